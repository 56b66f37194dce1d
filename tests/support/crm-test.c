/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534

void
crm_test_set_up (CrmTest       *test,
                 gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  test->folder = g_dir_make_tmp ("crm-test-XXXXXX", &error);
  g_assert_no_error (error);
  test->database = g_build_filename (test->folder, "crm.db", NULL);
}

static void
remove_all (const char *path)
{
  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *inner = g_build_filename (path, name, NULL);
          remove_all (inner);
        }
    }
  g_remove (path);
}

void
crm_test_tear_down (CrmTest       *test,
                    gconstpointer  data)
{
  remove_all (test->folder);
  g_free (test->folder);
  g_free (test->database);
}

void
crm_test_add (const char  *name,
              CrmTestFunc  func)
{
  g_test_add (name, CrmTest, NULL, crm_test_set_up, func, crm_test_tear_down);
}

static void
run_apart (gconstpointer data)
{
  CrmTestFunc func = (CrmTestFunc) (gsize) data;
  CrmTest test;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  crm_test_set_up (&test, NULL);
  func (&test, NULL);
  crm_test_tear_down (&test, NULL);
}

void
crm_test_add_apart (const char  *name,
                    CrmTestFunc  func)
{
  g_test_add_data_func (name, (gconstpointer) (gsize) func, run_apart);
}

guint
crm_test_rounds (guint n)
{
  return g_getenv ("CRM_TEST_BRIEF") != NULL ? n / 5 : n;
}

void
crm_test_become_nobody (CrmTest *test)
{
  if (geteuid () != 0)
    return;
  g_assert_cmpint (chown (test->folder, NOBODY, NOBODY), ==, 0);
  g_assert_cmpint (setgid (NOBODY), ==, 0);
  g_assert_cmpint (setuid (NOBODY), ==, 0);
}

void
crm_test_limit_files (gint64 bytes)
{
  struct rlimit limit;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = bytes < 0 ? limit.rlim_max : (rlim_t) bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

char *
crm_test_get_path (CrmTest    *test,
                   const char *name)
{
  return g_build_filename (test->folder, name, NULL);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char * const *) a, *(char * const *) b);
}

/* Takes the lines over. */
static char *
join_sorted (GPtrArray *lines)
{
  g_autoptr (GPtrArray) owned = lines;
  GString *text = g_string_new (NULL);

  g_ptr_array_sort (lines, compare_texts);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (char *) g_ptr_array_index (lines, i));
  return g_string_free (text, FALSE);
}

char *
crm_test_list (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  return join_sorted (names);
}

guint
crm_test_get_mode (const char *path)
{
  struct stat st;

  g_assert_cmpint (lstat (path, &st), ==, 0);
  return st.st_mode & 07777;
}

GBytes *
crm_test_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

void
crm_test_write (const char *path,
                const void *data,
                gssize      size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, size, &error);
  g_assert_no_error (error);
}

static sqlite3 *
connect (const char *path)
{
  sqlite3 *handle;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 10000);
  return handle;
}

void
crm_test_run_sql (const char *path,
                  const char *sql)
{
  sqlite3 *handle = connect (path);

  if (sqlite3_exec (handle, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
  sqlite3_close (handle);
}

static sqlite3_stmt *
prepare (sqlite3    *handle,
         const char *sql)
{
  sqlite3_stmt *stmt;

  if (sqlite3_prepare_v2 (handle, sql, -1, &stmt, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
  return stmt;
}

static gboolean
next_row (sqlite3_stmt *stmt)
{
  int code = sqlite3_step (stmt);

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    g_error ("%s: %s", sqlite3_sql (stmt), sqlite3_errmsg (sqlite3_db_handle (stmt)));
  return code == SQLITE_ROW;
}

char *
crm_test_query (const char *path,
                const char *sql)
{
  sqlite3 *handle = connect (path);
  sqlite3_stmt *stmt = prepare (handle, sql);
  GString *text = g_string_new (NULL);

  while (next_row (stmt))
    for (int i = 0; i < sqlite3_column_count (stmt); i++)
      {
        const char *value = (const char *) sqlite3_column_text (stmt, i);
        g_string_append_printf (text, "%s%s", value == NULL ? "NULL" : value,
                                i + 1 < sqlite3_column_count (stmt) ? "|" : "\n");
      }
  sqlite3_finalize (stmt);
  sqlite3_close (handle);
  return g_string_free (text, FALSE);
}

char *
crm_test_get (CrmTest    *test,
              const char *sql)
{
  return g_strchomp (crm_test_query (test->database, sql));
}

static char *
dump_value (sqlite3_value *value)
{
  if (sqlite3_value_type (value) == SQLITE_NULL)
    return g_strdup ("NULL");
  if (sqlite3_value_type (value) == SQLITE_TEXT)
    return g_strescape ((const char *) sqlite3_value_text (value), NULL);
  if (sqlite3_value_type (value) == SQLITE_BLOB)
    return g_compute_checksum_for_data (G_CHECKSUM_SHA256, sqlite3_value_blob (value), sqlite3_value_bytes (value));
  return g_strdup ((const char *) sqlite3_value_text (value));
}

static void
dump_table (sqlite3    *handle,
            const char *table,
            GPtrArray  *lines)
{
  char *sql = sqlite3_mprintf ("SELECT * FROM main.\"%w\"", table);
  sqlite3_stmt *stmt = prepare (handle, sql);

  while (next_row (stmt))
    {
      GString *line = g_string_new (table);

      for (int i = 0; i < sqlite3_column_count (stmt); i++)
        {
          g_autofree char *value = dump_value (sqlite3_column_value (stmt, i));
          g_string_append_printf (line, "|%s=%c%s", sqlite3_column_name (stmt, i), "?iftbn"[sqlite3_column_type (stmt, i)],
                                  value);
        }
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  sqlite3_finalize (stmt);
  sqlite3_free (sql);
}

char *
crm_test_dump (const char         *path,
               const char * const *but)
{
  sqlite3 *handle = connect (path);
  sqlite3_stmt *tables = prepare (handle, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
                                          " AND name NOT LIKE 'sqlite!_%' ESCAPE '!'");
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);

  while (next_row (tables))
    {
      const char *table = (const char *) sqlite3_column_text (tables, 0);

      if (but == NULL || !g_strv_contains (but, table))
        dump_table (handle, table, lines);
    }
  sqlite3_finalize (tables);
  sqlite3_close (handle);
  return join_sorted (lines);
}
