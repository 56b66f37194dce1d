/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-schema.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "crm-backup.h"
#include "crm-error.h"
#include "crm-file.h"
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
run_script (CrmDb   *db,
            guint    version,
            GError **error)
{
  g_autofree char *script = load_script (version);
  gint64 found;

  if (!crm_db_get_integer (db, "PRAGMA user_version", 0, &found, error))
    return FALSE;
  /* Another process may have been quicker. */
  return found >= version || (crm_db_execute (db, script, error) && set_version (db, version, error));
}

static gboolean
run_version (CrmDb   *db,
             guint    version,
             GError **error)
{
  if (!crm_db_execute (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (run_script (db, version, error) && crm_db_execute (db, "COMMIT", error))
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
check_no_log (const char  *path,
              GError     **error)
{
  static const char * const logs[] = { "-wal", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (logs); i++)
    {
      g_autofree char *name = g_filename_display_name (path);
      g_autofree char *log = g_strconcat (path, logs[i], NULL);
      struct stat st;

      if (stat (log, &st) != 0 || st.st_size == 0)
        continue;
      /* Another process has made the database meanwhile; the log is its. */
      if (stat (path, &st) == 0)
        return TRUE;
      g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED,
                   _("The database “%s” is missing, but its log “%s%s” is there."), name, name, logs[i]);
      return FALSE;
    }
  return TRUE;
}

static gboolean
fill_and_name (CrmDb       *db,
               const char  *path,
               GError     **error)
{
  g_autofree char *passing = g_strdup (crm_db_get_path (db));
  gboolean taken = FALSE;
  gboolean ok = run_versions (db, 1, crm_schema_get_latest (), error);

  crm_db_close (db);
  ok = ok && crm_file_give_name (passing, path, &taken, error);
  if (!ok || taken)
    g_unlink (passing);
  return ok;
}

gboolean
crm_schema_create (const char  *path,
                   GError     **error)
{
  g_autofree char *folder = NULL;
  CrmDb *db;

  g_return_val_if_fail (path != NULL, FALSE);

  folder = g_path_get_dirname (path);
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  if (!crm_file_make_folder (folder, error) || !check_no_log (path, error))
    return FALSE;
  crm_file_sweep (folder);
  db = crm_db_create (path, error);
  return db != NULL && fill_and_name (db, path, error);
}

static gboolean
read_version (CrmDb   *db,
              guint   *version,
              GError **error)
{
  gint64 found;

  if (!crm_db_get_integer (db, "PRAGMA user_version", 0, &found, error))
    return FALSE;
  if (found > crm_schema_get_latest ())
    g_set_error (error, CRM_ERROR, CRM_ERROR_NEWER,
                 _("The database “%s” was written by a newer version of Client Manager. Update the program to open it."),
                 crm_db_get_name (db));
  else if (found < 1)
    g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("The database “%s” is damaged: its tables are missing."),
                 crm_db_get_name (db));
  else
    {
      *version = found;
      return TRUE;
    }
  return FALSE;
}

gboolean
crm_schema_migrate (CrmDb   *db,
                    GError **error)
{
  guint latest = crm_schema_get_latest ();
  guint version;

  g_return_val_if_fail (db != NULL, FALSE);

  if (!read_version (db, &version, error))
    return FALSE;
  return version == latest ||
         (crm_backup_automatic (db, "migration", NULL, error) && run_versions (db, version + 1, latest, error));
}

/* All that the file declares, but for what SQLite itself puts there: the indexes of keys, and statistics. */
static GHashTable *
read_schema (CrmDb   *db,
             GError **error)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db,
                                             "SELECT type || ' ' || name, coalesce (sql, '') FROM main.sqlite_schema"
                                             " WHERE NOT (type = 'index' AND sql IS NULL)"
                                             " AND sql IS NOT 'CREATE TABLE sqlite_stat1(tbl,idx,stat)'", error);
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

/* The yardstick: what our scripts make of an empty database. */
static GHashTable *
read_own_schema (guint    version,
                 GError **error)
{
  g_autoptr (CrmDb) db = crm_db_create (NULL, error);

  return db != NULL && run_versions (db, 1, version, error) ? read_schema (db, error) : NULL;
}

static gboolean
compare_schemas (CrmDb       *db,
                 GHashTable  *found,
                 GHashTable  *own,
                 GError     **error)
{
  const char *name = crm_db_get_name (db);
  GHashTableIter iter;
  gpointer key, sql;

  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, &key, &sql))
    if (g_strcmp0 (g_hash_table_lookup (own, key), sql) != 0)
      {
        g_autofree char *shown = g_utf8_make_valid (key, -1);
        g_set_error (error, CRM_ERROR, CRM_ERROR_FOREIGN,
                     _("“%s” is refused: it holds “%s”, which is not of Client Manager."), name, shown);
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

gboolean
crm_schema_verify (CrmDb   *db,
                   GError **error)
{
  g_autoptr (GHashTable) found = NULL;
  g_autoptr (GHashTable) own = NULL;
  guint version;

  g_return_val_if_fail (db != NULL, FALSE);

  if (!read_version (db, &version, error))
    return FALSE;
  found = read_schema (db, error);
  own = found == NULL ? NULL : read_own_schema (version, error);
  return own != NULL && compare_schemas (db, found, own, error);
}
