/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-backup.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-error.h"
#include "crm-file.h"
#include "crm-generation.h"
#include "crm-schema.h"

#define PAGES_OF_SLICE 512
#define SECONDS_OF_DAY (24 * 60 * 60)

/* What SQLite keeps beside a database, and must never lie beside another. */
static const char * const companions[] = { "-wal", "-shm", "-journal" };

/* Copying and verifying */

static gboolean
count_table (CrmDb       *db,
             const char  *table,
             GString     *counts,
             GError     **error)
{
  /* A name cannot be bound; %w quotes it. */
  char *sql = sqlite3_mprintf ("SELECT count(*) FROM main.\"%w\"", table);
  gint64 n;
  gboolean ok = crm_db_get_integer (db, sql, 0, &n, error);

  sqlite3_free (sql);
  if (ok)
    g_string_append_printf (counts, "%s %" G_GINT64_FORMAT "\n", table, n);
  return ok;
}

/* Rows per table, as text that is equal for equal databases. */
static char *
count_rows (CrmDb   *db,
            GError **error)
{
  g_autoptr (GString) counts = g_string_new (NULL);
  g_autoptr (CrmStmt) tables = crm_db_prepare (db,
                                               "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND rootpage > 0"
                                               " ORDER BY name", error);
  gboolean row;

  if (tables == NULL)
    return NULL;
  while (crm_db_step (db, tables, &row, error))
    {
      if (!row)
        return g_string_free (g_steal_pointer (&counts), FALSE);
      if (!count_table (db, (const char *) sqlite3_column_text (tables, 0), counts, error))
        return NULL;
    }
  return NULL;
}

static gboolean
verify_open (CrmDb   *db,
             GError **error)
{
  return crm_schema_verify (db, error) && crm_db_quick_check (db, error);
}

gboolean
crm_backup_verify (const char  *path,
                   GError     **error)
{
  g_autoptr (CrmDb) db = crm_db_open (path, CRM_DB_INSPECT, error);

  return db != NULL && verify_open (db, error);
}

static gboolean
copy_pages (CrmDb   *source,
            CrmDb   *copy,
            GError **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (crm_db_get_handle (copy), "main", crm_db_get_handle (source), "main");
  GCancellable *cancellable = crm_db_get_cancellable (source);
  gboolean cancelled = FALSE;
  int code = SQLITE_OK;

  if (backup == NULL)
    return crm_db_fail (copy, error);
  while (code == SQLITE_OK && !(cancelled = g_cancellable_set_error_if_cancelled (cancellable, error)))
    code = sqlite3_backup_step (backup, PAGES_OF_SLICE);
  sqlite3_backup_finish (backup);
  return !cancelled && (code == SQLITE_DONE || crm_db_fail (copy, error));
}

static void
remove_unfinished (const char *passing)
{
  g_unlink (passing);
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *companion = g_strconcat (passing, companions[i], NULL);
      g_unlink (companion);
    }
}

/* (transfer full): the passing name of the file that will be @path. */
static char *
write_copy (CrmDb       *source,
            const char  *path,
            GError     **error)
{
  g_autoptr (CrmDb) copy = crm_db_create (path, error);

  if (copy == NULL)
    return NULL;
  /* Nobody trusts the file before it is synced as a whole. The copy says of itself that it has a log, as its source does:
     only what has been read in that mode can be taken out of it. */
  if (crm_db_execute (copy, "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY;", error) &&
      copy_pages (source, copy, error) &&
      crm_db_execute (copy, "SELECT count(*) FROM sqlite_schema; PRAGMA journal_mode=DELETE;", error))
    return g_strdup (crm_db_get_path (copy));
  remove_unfinished (crm_db_get_path (copy));
  return NULL;
}

static gboolean
verify_copy (CrmDb       *source,
             const char  *counts,
             const char  *passing,
             const char  *path,
             GError     **error)
{
  g_autoptr (CrmDb) copy = crm_db_open (passing, CRM_DB_INSPECT, error);
  g_autofree char *found = NULL;

  if (copy == NULL)
    return FALSE;
  crm_db_set_name (copy, path);
  crm_db_set_cancellable (copy, crm_db_get_cancellable (source));
  if (!verify_open (copy, error))
    return FALSE;
  found = count_rows (copy, error);
  if (found != NULL && g_strcmp0 (found, counts) != 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("The copy “%s” is not complete."), crm_db_get_name (copy));
  return found != NULL && g_strcmp0 (found, counts) == 0;
}

/* (transfer full): the passing name of a whole, synced copy of @source beside @path, or %NULL and nothing left there. */
static char *
make_copy (CrmDb       *source,
           const char  *path,
           GError     **error)
{
  g_autofree char *passing = NULL;
  g_autofree char *counts = NULL;

  /* One snapshot for the count and all slices, whoever writes meanwhile. */
  if (!crm_db_execute (source, "BEGIN", error))
    return NULL;
  counts = count_rows (source, error);
  passing = counts == NULL ? NULL : write_copy (source, path, error);
  crm_db_execute (source, "ROLLBACK", NULL);
  if (passing == NULL)
    return NULL;
  if (verify_copy (source, counts, passing, path, error) && crm_file_sync (passing, error))
    return g_steal_pointer (&passing);
  remove_unfinished (passing);
  return NULL;
}

static gboolean
check_target (CrmDb       *db,
              const char  *path,
              GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);
  gboolean in_use = crm_file_is_same (crm_db_get_path (db), path);

  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *companion = g_strconcat (path, companions[i], NULL);
      in_use = in_use || g_file_test (companion, G_FILE_TEST_EXISTS);
    }
  if (in_use)
    g_set_error (error, CRM_ERROR, CRM_ERROR_IN_USE,
                 _("“%s” is a database at work. Choose another name for the backup."), name);
  return !in_use;
}

gboolean
crm_backup_write (CrmDb       *db,
                  const char  *path,
                  GError     **error)
{
  g_autofree char *folder = NULL;
  g_autofree char *passing = NULL;

  g_return_val_if_fail (db != NULL && path != NULL, FALSE);

  if (!check_target (db, path, error))
    return FALSE;
  folder = g_path_get_dirname (path);
  crm_file_sweep (folder);
  passing = make_copy (db, path, error);
  if (passing == NULL)
    return FALSE;
  if (crm_file_replace (passing, path, error))
    return TRUE;
  remove_unfinished (passing);
  return FALSE;
}

/* Generations */

static char *
get_folder (const char *database)
{
  g_autofree char *folder = g_path_get_dirname (database);

  return g_build_filename (folder, "backups", NULL);
}

static GPtrArray *
list_generations (const char *database)
{
  g_autofree char *folder = get_folder (database);
  g_autofree char *base = g_path_get_basename (database);
  GPtrArray *generations = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_generation_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat st;
      CrmGeneration *generation = NULL;

      if (stat (path, &st) == 0 && S_ISREG (st.st_mode))
        generation = crm_generation_new (base, name, st.st_size);
      if (generation != NULL)
        g_ptr_array_add (generations, generation);
    }
  g_ptr_array_sort (generations, crm_generation_compare);
  return generations;
}

static void
remove_old (const char *database)
{
  g_autofree char *folder = get_folder (database);
  g_autoptr (GPtrArray) generations = list_generations (database);
  g_autoptr (GPtrArray) old = crm_generation_choose_old (generations);

  for (guint i = 0; i < old->len; i++)
    {
      const CrmGeneration *generation = g_ptr_array_index (old, i);
      g_autofree char *path = g_build_filename (folder, generation->name, NULL);
      g_unlink (path);
    }
}

static char *
find_free_name (const char *database,
                const char *folder,
                const char *reason)
{
  g_autofree char *base = g_path_get_basename (database);
  gint64 at = g_get_real_time () / G_USEC_PER_SEC;

  for (;;)
    {
      g_autofree char *name = crm_generation_make_name (base, at++, reason);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
}

gboolean
crm_backup_automatic (CrmDb       *db,
                      const char  *reason,
                      char       **path,
                      GError     **error)
{
  const char *database;
  g_autofree char *folder = NULL;
  g_autofree char *chosen = NULL;

  g_return_val_if_fail (db != NULL && reason != NULL, FALSE);

  database = crm_db_get_path (db);
  folder = get_folder (database);
  if (!crm_file_make_folder (folder, error))
    return FALSE;
  g_chmod (folder, 0700);
  chosen = find_free_name (database, folder, reason);
  if (!crm_backup_write (db, chosen, error))
    return FALSE;
  remove_old (database);
  if (path != NULL)
    *path = g_steal_pointer (&chosen);
  return TRUE;
}

gboolean
crm_backup_is_due (const char *database)
{
  g_autoptr (GPtrArray) generations = list_generations (database);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const CrmGeneration *newest;

  if (generations->len == 0)
    return TRUE;
  newest = g_ptr_array_index (generations, 0);
  /* One from the future was made under a wrong clock. */
  return ABS (now - newest->at) >= SECONDS_OF_DAY;
}

char *
crm_backup_find_newest (const char *database)
{
  g_autofree char *folder = get_folder (database);
  g_autoptr (GPtrArray) generations = list_generations (database);

  for (guint i = 0; i < generations->len; i++)
    {
      const CrmGeneration *generation = g_ptr_array_index (generations, i);
      g_autofree char *path = g_build_filename (folder, generation->name, NULL);

      if (crm_backup_verify (path, NULL))
        return g_steal_pointer (&path);
    }
  return NULL;
}

/* Restoring */

static char *
find_free_aside (const char *database)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  for (int seconds = 0;; seconds++)
    {
      g_autoptr (GDateTime) when = g_date_time_add_seconds (now, seconds);
      g_autofree char *stamp = g_date_time_format (when, "%Y%m%d-%H%M%S");
      g_autofree char *aside = g_strdup_printf ("%s.replaced-%s", database, stamp);
      gboolean taken = g_file_test (aside, G_FILE_TEST_EXISTS);

      for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
        {
          g_autofree char *companion = g_strconcat (aside, companions[i], NULL);
          taken = taken || g_file_test (companion, G_FILE_TEST_EXISTS);
        }
      if (!taken)
        return g_steal_pointer (&aside);
    }
}

static gboolean
move_companions (const char  *from,
                 const char  *to,
                 GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (companions); i++)
    {
      g_autofree char *old = g_strconcat (from, companions[i], NULL);
      g_autofree char *new = g_strconcat (to, companions[i], NULL);

      if (g_rename (old, new) != 0 && errno != ENOENT)
        return crm_file_fail (old, error);
    }
  return TRUE;
}

/* A second name first, where there is such a thing: so that a kill never leaves the place empty. */
static gboolean
move_database (const char  *database,
               const char  *aside,
               GError     **error)
{
  if (link (database, aside) == 0 || errno == ENOENT || g_rename (database, aside) == 0)
    return TRUE;
  return crm_file_fail (database, error);
}

static void
put_back (const char *passing,
          const char *database,
          const char *aside)
{
  gboolean replaced = !g_file_test (passing, G_FILE_TEST_EXISTS);

  if (crm_file_is_same (aside, database))
    g_unlink (aside);
  else if (g_file_test (aside, G_FILE_TEST_EXISTS) ? g_rename (aside, database) != 0 : replaced)
    return; /* What lies there now is the new one, which the companions of the old would spoil. */
  move_companions (aside, database, NULL);
}

static gboolean
check_replaceable (const char  *backup,
                   const char  *database,
                   GError     **error)
{
  g_autofree char *name = g_filename_display_name (database);

  if (g_file_test (database, G_FILE_TEST_EXISTS) && !g_file_test (database, G_FILE_TEST_IS_REGULAR))
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” is not a file."), name);
  else if (crm_file_is_same (backup, database))
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” cannot be restored from itself."), name);
  else
    return TRUE;
  return FALSE;
}

static char *
copy_backup (const char  *backup,
             const char  *database,
             GError     **error)
{
  g_autoptr (CrmDb) source = crm_db_open (backup, CRM_DB_INSPECT, error);

  return source != NULL && verify_open (source, error) ? make_copy (source, database, error) : NULL;
}

gboolean
crm_backup_restore (const char  *backup,
                    const char  *database,
                    char       **aside,
                    GError     **error)
{
  g_autofree char *place = crm_file_resolve (database);
  g_autofree char *free_name = find_free_aside (place);
  g_autofree char *passing = NULL;

  if (aside != NULL)
    *aside = NULL;
  if (!check_replaceable (backup, place, error))
    return FALSE;
  passing = copy_backup (backup, place, error);
  if (passing == NULL)
    return FALSE;
  if (!move_companions (place, free_name, error) || !move_database (place, free_name, error) ||
      !crm_file_replace (passing, place, error))
    {
      put_back (passing, place, free_name);
      remove_unfinished (passing);
      return FALSE;
    }
  if (aside != NULL && g_file_test (free_name, G_FILE_TEST_EXISTS))
    *aside = g_steal_pointer (&free_name);
  return TRUE;
}
