/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "crm-backup.h"
#include "crm-error.h"
#include "crm-schema-resource.h"

static char *
load_script (guint version)
{
  g_autofree char *name = g_strdup_printf ("/com/example/Crm/schema/%03u.sql", version);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (crm_schema_get_resource (), name, 0, NULL);

  return bytes == NULL ? NULL : g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

guint
crm_schema_get_latest (void)
{
  static gsize latest;

  if (g_once_init_enter (&latest))
    {
      guint n = 0;
      char *script;

      while ((script = load_script (n + 1)) != NULL)
        {
          g_free (script);
          n++;
        }
      g_once_init_leave (&latest, n);
    }
  return latest;
}

static gboolean
set_version (CrmDb   *db,
             guint    version,
             GError **error)
{
  g_autofree char *pragma = g_strdup_printf ("PRAGMA user_version=%u", version);

  return crm_db_execute (db, pragma, error);
}

static gboolean
run_version (CrmDb   *db,
             guint    version,
             GError **error)
{
  g_autofree char *script = load_script (version);

  if (!crm_db_execute (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (crm_db_execute (db, script, error) && set_version (db, version, error) && crm_db_execute (db, "COMMIT", error))
    return TRUE;
  crm_db_execute (db, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
run_versions (CrmDb   *db,
              guint    first,
              guint    last,
              GError **error)
{
  for (guint v = first; v <= last; v++)
    if (!run_version (db, v, error))
      return FALSE;
  return TRUE;
}

static gboolean
sync_folder (const char  *folder,
             GError     **error)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (!ok)
    {
      g_autofree char *name = g_filename_display_name (folder);
      g_set_error (error, CRM_ERROR, CRM_ERROR_IO, _("The folder “%s” cannot be written: %s."), name, g_strerror (errno));
    }
  if (fd >= 0)
    close (fd);
  return ok;
}

gboolean
crm_schema_create (const char  *path,
                   GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *temporary = g_strdup_printf ("%s.new-%d", path, (int) getpid ());
  g_autoptr (CrmDb) db = NULL;
  gboolean ok;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_autofree char *name = g_filename_display_name (folder);
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("The folder “%s” cannot be made: %s."), name, g_strerror (errno));
      return FALSE;
    }
  g_unlink (temporary);
  db = crm_db_create (temporary, error);
  ok = db != NULL && run_versions (db, 1, crm_schema_get_latest (), error);
  g_clear_pointer (&db, crm_db_close);
  /* link() where rename() would replace: whoever was quicker has made the base. */
  if (ok && link (temporary, path) != 0 && errno != EEXIST)
    {
      g_autofree char *name = g_filename_display_name (path);
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("The file “%s” cannot be created: %s."), name, g_strerror (errno));
      ok = FALSE;
    }
  g_unlink (temporary);
  return ok && sync_folder (folder, error);
}

gboolean
crm_schema_migrate (CrmDb   *db,
                    GError **error)
{
  g_autofree char *name = g_filename_display_name (crm_db_get_path (db));
  g_autofree char *backup = NULL;
  gint64 version;

  if (!crm_db_get_integer (db, "PRAGMA user_version", 0, &version, error))
    return FALSE;
  if (version > crm_schema_get_latest ())
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_NEWER,
                   _("The database “%s” was written by a newer version of Client Manager. Update the program to open it."), name);
      return FALSE;
    }
  if (version == crm_schema_get_latest ())
    return TRUE;
  if (version == 0)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("The database “%s” is damaged: its tables are missing."), name);
      return FALSE;
    }
  return crm_backup_automatic (db, "migration", &backup, error) && run_versions (db, version + 1, crm_schema_get_latest (), error);
}

/* Our own schema, as an empty database has it: the yardstick for a file that comes from elsewhere. */
static GHashTable *
read_schema (CrmDb   *db,
             GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db,
                                             "SELECT type || ' ' || name, coalesce (sql, '') FROM main.sqlite_schema"
                                             " WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&found);
      g_hash_table_replace (found, g_strdup ((const char *) sqlite3_column_text (stmt, 0)),
                            g_strdup ((const char *) sqlite3_column_text (stmt, 1)));
    }
  return NULL;
}

static GHashTable *
read_own_schema (guint    version,
                 GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("crm-schema-XXXXXX", error);
  g_autofree char *path = NULL;
  g_autoptr (CrmDb) db = NULL;
  GHashTable *own = NULL;

  if (folder == NULL)
    return NULL;
  path = g_build_filename (folder, "schema", NULL);
  db = crm_db_create (path, error);
  if (db != NULL && run_versions (db, 1, version, error))
    own = read_schema (db, error);
  g_clear_pointer (&db, crm_db_close);
  g_unlink (path);
  g_rmdir (folder);
  return own;
}

gboolean
crm_schema_verify (CrmDb   *db,
                   GError **error)
{
  g_autoptr (GHashTable) found = read_schema (db, error);
  g_autoptr (GHashTable) own = NULL;
  gint64 version;
  g_autofree char *name = g_filename_display_name (crm_db_get_path (db));
  GHashTableIter iter;
  gpointer key, sql;

  if (found == NULL || !crm_db_get_integer (db, "PRAGMA user_version", 0, &version, error))
    return FALSE;
  own = read_own_schema (CLAMP (version, 0, crm_schema_get_latest ()), error);
  if (own == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &key, &sql))
    if (g_strcmp0 (g_hash_table_lookup (own, key), sql) != 0)
      {
        g_set_error (error, CRM_ERROR, CRM_ERROR_FOREIGN,
                     _("“%s” is refused: it holds “%s”, which is not of Client Manager."), name, (const char *) key);
        return FALSE;
      }
  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (found, key))
      {
        g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("“%s” is damaged: it lacks “%s”."), name, (const char *) key);
        return FALSE;
      }
  return TRUE;
}
