/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-backup.h"
#include "crm-db.h"
#include "crm-error.h"
#include "crm-lock.h"
#include "crm-schema.h"
#include "crm-test.h"

#define ENDLESS "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max (i) FROM n"

static CrmDb *
open_new (const char *path)
{
  g_autoptr (GError) error = NULL;
  CrmDb *db;

  crm_schema_create (path, &error);
  g_assert_no_error (error);
  db = crm_db_open (path, CRM_DB_WRITE, &error);
  g_assert_no_error (error);
  return db;
}

static void
assert_refused (const char *path,
                int         code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_db_open (path, CRM_DB_WRITE, &error));
  g_assert_error (error, CRM_ERROR, code);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  crm_test_assert_contains (error->message, path);
}

/* Refused, named and left as it is. */
static void
assert_refused_file (const char *path,
                     const void *data,
                     gssize      size,
                     int         code)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  crm_test_write (path, data, size);
  before = crm_test_read (path);
  assert_refused (path, code);
  after = crm_test_read (path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
assert_modes (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  g_test_message ("%s %04o", path, crm_test_get_mode (path));
  g_assert_cmpuint (crm_test_get_mode (path), ==, dir != NULL ? 0700 : 0600);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);
      assert_modes (inner);
    }
}

static void
test_modes (CrmTest       *test,
            gconstpointer  data)
{
  g_autofree char *folder = crm_test_get_path (test, "share/crm");
  g_autofree char *path = g_build_filename (folder, "crm.db", NULL);
  g_autofree char *backup = g_build_filename (folder, "copy.db", NULL);
  g_autofree char *names = NULL;
  g_autoptr (CrmLock) lock = NULL;
  g_autoptr (CrmDb) db = NULL;
  g_autoptr (GError) error = NULL;

  umask (0);
  db = open_new (path);
  lock = crm_lock_take (path, CRM_LOCK_WINDOW, &error);
  g_assert_no_error (error);
  crm_db_execute (db, "INSERT INTO setting VALUES ('a', 'b')", &error);
  g_assert_no_error (error);
  crm_backup_automatic (db, "daily", NULL, &error);
  g_assert_no_error (error);
  crm_backup_write (db, backup, &error);
  g_assert_no_error (error);
  names = crm_test_list (folder);
  g_assert_cmpstr (names, ==, "backups\ncopy.db\ncrm.db\ncrm.db-shm\ncrm.db-wal\ncrm.db.lock\n");
  assert_modes (folder);
}

static void
test_missing (CrmTest       *test,
              gconstpointer  data)
{
  g_autofree char *beneath = g_build_filename (test->database, "x.db", NULL);

  assert_refused (test->database, CRM_ERROR_NOT_FOUND);
  assert_refused (test->folder, CRM_ERROR_UNREADABLE);
  crm_test_write (test->database, "x", -1);
  assert_refused (beneath, CRM_ERROR_UNREADABLE);
}

/* SQLite's own message repeats what stands in the file, whatever that is; ours is text. */
static void
test_damaged_schema (CrmTest       *test,
                     gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_new (test->database);

  g_clear_pointer (&db, crm_db_close);
  crm_test_run_sql (test->database,
                    "PRAGMA writable_schema = ON;"
                    "UPDATE sqlite_schema SET name = CAST (x'c16e' AS TEXT), tbl_name = name, sql = 'CREATE nonsense' WHERE name = 'client_name'");
  assert_refused (test->database, CRM_ERROR_DAMAGED);
}

static void
test_unreadable (CrmTest       *test,
                 gconstpointer  data)
{
  g_autoptr (CrmDb) db = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *within = NULL;

  crm_test_become_nobody (test);
  g_clear_pointer (&db, crm_db_close);
  db = open_new (test->database);
  g_clear_pointer (&db, crm_db_close);
  g_assert_cmpint (g_chmod (test->database, 0400), ==, 0);
  assert_refused (test->database, CRM_ERROR_UNREADABLE);
  g_assert_cmpint (g_chmod (test->database, 0000), ==, 0);
  assert_refused (test->database, CRM_ERROR_UNREADABLE);
  g_assert_cmpint (g_chmod (test->database, 0600), ==, 0);
  g_assert_cmpint (g_chmod (test->folder, 0500), ==, 0);
  assert_refused (test->database, CRM_ERROR_UNREADABLE);

  within = crm_test_get_path (test, "new.db");
  g_assert_false (crm_schema_create (within, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE);
  crm_test_assert_contains (error->message, within);
  g_clear_error (&error);

  /* What needs no log can be inspected there all the same. */
  db = crm_db_open (test->database, CRM_DB_INSPECT, &error);
  g_assert_no_error (error);
  g_assert_true (crm_db_quick_check (db, &error));
  g_assert_cmpint (g_chmod (test->folder, 0700), ==, 0);
}

static void
test_foreign (CrmTest       *test,
              gconstpointer  data)
{
  g_autofree char *noise = g_malloc (100000);
  g_autofree char *other = crm_test_get_path (test, "other.db");

  for (guint i = 0; i < 100000; i++)
    noise[i] = i * 7919 >> 3;
  assert_refused_file (test->database, "x", 1, CRM_ERROR_FOREIGN);
  assert_refused_file (test->database, "Dear Sir or Madam\n", -1, CRM_ERROR_FOREIGN);
  assert_refused_file (test->database, noise, 100000, CRM_ERROR_FOREIGN);
  assert_refused_file (test->database, "", 0, CRM_ERROR_DAMAGED);
  crm_test_run_sql (other, "PRAGMA application_id=7; CREATE TABLE t (a)");
  assert_refused (other, CRM_ERROR_FOREIGN);
}

static void
test_damaged_beginning (CrmTest       *test,
                        gconstpointer  data)
{
  g_autoptr (GBytes) whole = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  crm_db_close (open_new (test->database));
  whole = crm_test_read (test->database);
  bytes = g_memdup2 (g_bytes_get_data (whole, &size), g_bytes_get_size (whole));
  bytes[3] ^= 0xff;
  assert_refused_file (test->database, bytes, size, CRM_ERROR_DAMAGED);
  bytes[3] ^= 0xff;
  bytes[17] ^= 0x55; /* page size */
  assert_refused_file (test->database, bytes, size, CRM_ERROR_DAMAGED);
  bytes[17] ^= 0x55;
  memset (bytes + 100, 0xee, 3000);
  assert_refused_file (test->database, bytes, size, CRM_ERROR_DAMAGED);
}

static void
test_quick_check (CrmTest       *test,
                  gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_new (test->database);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *root = NULL;
  gsize size;

  g_assert_true (crm_db_quick_check (db, &error));
  g_assert_no_error (error);
  g_clear_pointer (&db, crm_db_close);
  root = crm_test_query (test->database, "SELECT rootpage FROM sqlite_schema WHERE name = 'client'");
  whole = crm_test_read (test->database);
  bytes = g_memdup2 (g_bytes_get_data (whole, &size), g_bytes_get_size (whole));
  memset (bytes + (atoi (root) - 1) * 4096, 0xa5, 4096);
  crm_test_write (test->database, bytes, size);
  db = crm_db_open (test->database, CRM_DB_WRITE, &error);
  g_assert_no_error (error);
  g_assert_false (crm_db_quick_check (db, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_DAMAGED);
  crm_test_assert_contains (error->message, test->database);
}

static void
test_reader (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_new (test->database);
  g_autoptr (CrmDb) reader = NULL;
  g_autoptr (GError) error = NULL;

  reader = crm_db_open (test->database, CRM_DB_READ, &error);
  g_assert_no_error (error);
  g_assert_false (crm_db_execute (reader, "INSERT INTO setting VALUES ('a', 'b')", &error));
  g_assert_nonnull (error);
}

static void
test_inspect (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_new (test->database);
  g_autoptr (GError) error = NULL;
  g_autofree char *odd = crm_test_get_path (test, "50% of? a#b.db");
  g_autofree char *names = NULL;
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  gint64 n;

  crm_db_execute (db, "INSERT INTO setting VALUES ('a', 'b')", &error);
  g_assert_no_error (error);
  g_clear_pointer (&db, crm_db_close);
  g_assert_cmpint (g_rename (test->database, odd), ==, 0);
  before = crm_test_read (odd);
  db = crm_db_open (odd, CRM_DB_INSPECT, &error);
  g_assert_no_error (error);
  g_assert_true (crm_db_get_integer (db, "SELECT count(*) FROM setting", -1, &n, &error));
  g_assert_cmpint (n, ==, 1);
  g_assert_false (crm_db_execute (db, "DELETE FROM setting", NULL));
  names = crm_test_list (test->folder);
  g_assert_cmpstr (names, ==, "50% of? a#b.db\n");
  g_clear_pointer (&db, crm_db_close);
  after = crm_test_read (odd);
  g_assert_true (g_bytes_equal (before, after));
}

static void
test_statements (CrmTest       *test,
                 gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_new (test->database);
  g_autoptr (GError) error = NULL;
  const char *sql = "INSERT INTO setting VALUES (?1, ?2)";
  CrmStmt *stmt = crm_db_prepare (db, sql, &error);
  gint64 n;

  g_assert_no_error (error);
  crm_stmt_bind_text (stmt, 1, "'; DROP TABLE setting; --");
  g_assert_true (crm_db_finish (db, stmt, &error));
  /* From the cache, and without the values of before. */
  g_assert_true (crm_db_prepare (db, sql, &error) == stmt);
  crm_stmt_bind_text (stmt, 1, "b");
  g_assert_true (crm_db_finish (db, stmt, &error));
  g_assert_true (crm_db_get_integer (db, "SELECT count(*) FROM setting WHERE value IS NULL", -1, &n, &error));
  g_assert_cmpint (n, ==, 2);
  g_assert_true (crm_db_get_integer (db, "SELECT 1 WHERE 0", -1, &n, &error));
  g_assert_cmpint (n, ==, -1);

  stmt = crm_db_prepare (db, sql, &error);
  crm_stmt_bind_text (stmt, 1, "b");
  g_assert_false (crm_db_finish (db, stmt, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (crm_db_prepare (db, "SELECT nothing", &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_FAILED);
  g_assert_false (crm_db_finish (db, NULL, NULL));
}

static void
test_defensive (CrmTest       *test,
                gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_new (test->database);
  gint64 value;

  g_assert_false (crm_db_execute (db, "ATTACH '/dev/null' AS x", NULL));
  g_assert_false (crm_db_execute (db, "PRAGMA writable_schema=ON; DELETE FROM sqlite_schema", NULL));
  g_assert_false (crm_db_execute (db, "SELECT \"no column\"", NULL));
  g_assert_false (crm_db_execute (db, "INSERT INTO client_tag VALUES (1, 2, 3, NULL)", NULL));
  crm_db_get_integer (db, "PRAGMA synchronous", -1, &value, NULL);
  g_assert_cmpint (value, ==, 2);
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (50000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

static void
assert_cancelled_soon (CrmDb      *db,
                       const char *sql)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);
  gint64 begin = g_get_monotonic_time ();

  crm_db_set_cancellable (db, cancellable);
  g_assert_false (crm_db_execute (db, sql, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
  crm_db_set_cancellable (db, NULL);
  g_thread_join (thread);
}

static void
test_cancel (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_new (test->database);
  g_autoptr (CrmDb) other = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  assert_cancelled_soon (db, ENDLESS);
  other = crm_db_open (test->database, CRM_DB_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (crm_db_execute (other, "BEGIN IMMEDIATE", NULL));
  assert_cancelled_soon (db, "BEGIN IMMEDIATE");
  g_assert_true (crm_db_execute (other, "COMMIT", NULL));
  g_assert_true (crm_db_execute (db, "BEGIN IMMEDIATE; COMMIT", NULL));

  g_cancellable_cancel (cancelled);
  crm_db_set_cancellable (db, cancelled);
  g_assert_false (crm_db_quick_check (db, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  crm_db_set_cancellable (db, NULL);
  g_assert_true (crm_db_quick_check (db, NULL));
}

static void
test_full (CrmTest       *test,
           gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_new (test->database);
  g_autoptr (GError) error = NULL;
  const char *sql = "INSERT INTO setting VALUES ('big', hex (zeroblob (500000)))";
  gint64 n;

  crm_test_limit_files (300000);
  g_assert_false (crm_db_execute (db, sql, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_FULL);
  crm_test_assert_contains (error->message, test->database);
  g_clear_error (&error);
  crm_test_limit_files (-1);
  g_assert_true (crm_db_execute (db, sql, &error));
  g_assert_true (crm_db_quick_check (db, &error));
  crm_db_get_integer (db, "SELECT count(*) FROM setting", 0, &n, NULL);
  g_assert_cmpint (n, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add_apart ("/db/db/modes", test_modes);
  crm_test_add ("/db/db/missing", test_missing);
  crm_test_add_apart ("/db/db/unreadable", test_unreadable);
  crm_test_add ("/db/db/foreign", test_foreign);
  crm_test_add ("/db/db/damaged-beginning", test_damaged_beginning);
  crm_test_add ("/db/db/damaged-schema", test_damaged_schema);
  crm_test_add ("/db/db/quick-check", test_quick_check);
  crm_test_add ("/db/db/reader", test_reader);
  crm_test_add ("/db/db/inspect", test_inspect);
  crm_test_add ("/db/db/statements", test_statements);
  crm_test_add ("/db/db/defensive", test_defensive);
  crm_test_add ("/db/db/cancel", test_cancel);
  crm_test_add_apart ("/db/db/full", test_full);
  return g_test_run ();
}
