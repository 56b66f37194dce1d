/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gstdio.h>
#include <utime.h>

#include "crm-db.h"
#include "crm-error.h"
#include "crm-schema.h"
#include "crm-test.h"

#define N_CREATORS 4
#define N_ROUNDS 10

static void
create (const char *path)
{
  g_autoptr (GError) error = NULL;

  crm_schema_create (path, &error);
  g_assert_no_error (error);
}

static void
test_create (CrmTest       *test,
             gconstpointer  data)
{
  g_autofree char *folder = crm_test_get_path (test, "a/b");
  g_autofree char *path = g_build_filename (folder, "crm.db", NULL);
  g_autofree char *names = NULL;
  g_autoptr (CrmDb) db = NULL;
  g_autoptr (GError) error = NULL;
  gint64 version;

  g_assert_cmpuint (crm_schema_get_latest (), >=, 1);
  create (path);
  names = crm_test_list (folder);
  g_assert_cmpstr (names, ==, "crm.db\n");
  g_assert_cmpuint (crm_test_get_mode (folder), ==, 0700);
  db = crm_db_open (path, CRM_DB_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (crm_schema_verify (db, &error));
  g_assert_true (crm_schema_migrate (db, &error));
  crm_db_get_integer (db, "PRAGMA user_version", 0, &version, NULL);
  g_assert_cmpint (version, ==, crm_schema_get_latest ());
}

static void
test_existing (CrmTest       *test,
               gconstpointer  data)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autofree char *names = NULL;

  create (test->folder);
  crm_test_write (test->database, "letter", -1);
  before = crm_test_read (test->database);
  create (test->database);
  after = crm_test_read (test->database);
  g_assert_true (g_bytes_equal (before, after));
  names = crm_test_list (test->folder);
  g_assert_cmpstr (names, ==, "crm.db\n");
}

static void
test_log_without_database (CrmTest       *test,
                           gconstpointer  data)
{
  g_autofree char *log = g_strconcat (test->database, "-wal", NULL);
  g_autofree char *names = NULL;
  g_autoptr (GError) error = NULL;

  crm_test_write (log, "what was written last", -1);
  g_assert_false (crm_schema_create (test->database, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_DAMAGED);
  crm_test_assert_contains (error->message, log);
  names = crm_test_list (test->folder);
  g_assert_cmpstr (names, ==, "crm.db-wal\n");
  crm_test_write (log, "", 0);
  create (test->database);
}

static void
test_no_folder (CrmTest       *test,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (test->database, "crm.db", NULL);
  g_autoptr (GError) error = NULL;

  crm_test_write (test->database, "a file", -1);
  g_assert_false (crm_schema_create (path, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE);
  crm_test_assert_contains (error->message, test->database);
}

static void
test_full (CrmTest       *test,
           gconstpointer  data)
{
  g_autofree char *names = NULL;
  g_autoptr (GError) error = NULL;

  crm_test_limit_files (20000);
  g_assert_false (crm_schema_create (test->database, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_FULL);
  crm_test_assert_contains (error->message, test->database);
  names = crm_test_list (test->folder);
  g_assert_cmpstr (names, ==, "");
  crm_test_limit_files (-1);
}

/* Whoever comes first: what has the name is whole, and one base for all. */
static gpointer
create_and_write (gpointer path)
{
  g_autoptr (CrmDb) db = NULL;
  g_autoptr (GError) error = NULL;

  create (path);
  db = crm_db_open (path, CRM_DB_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (crm_schema_verify (db, &error));
  crm_db_execute (db, "INSERT INTO tag (id, name, created, modified) VALUES (NULL, 'a', 0, 0)", &error);
  g_assert_no_error (error);
  return NULL;
}

static void
test_race (CrmTest       *test,
           gconstpointer  data)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autofree char *folder = g_strdup_printf ("%s/%u", test->folder, round);
      g_autofree char *path = g_build_filename (folder, "crm.db", NULL);
      g_autofree char *count = NULL;
      g_autofree char *names = NULL;
      GThread *threads[N_CREATORS];

      for (guint i = 0; i < N_CREATORS; i++)
        threads[i] = g_thread_new ("create", create_and_write, path);
      for (guint i = 0; i < N_CREATORS; i++)
        g_thread_join (threads[i]);
      count = crm_test_query (path, "SELECT count(*) FROM tag");
      g_assert_cmpint (atoi (count), ==, N_CREATORS);
      names = crm_test_list (folder);
      g_assert_cmpstr (names, ==, "crm.db\n");
    }
}

static void
test_forgotten (CrmTest       *test,
                gconstpointer  data)
{
  g_autofree char *old = crm_test_get_path (test, ".crm-0123456789abcdef.part-journal");
  g_autofree char *fresh = crm_test_get_path (test, ".crm-fedcba9876543210.part");
  g_autofree char *names = NULL;
  struct utimbuf long_ago = { 0 };

  crm_test_write (old, "x", 1);
  crm_test_write (fresh, "x", 1);
  g_assert_cmpint (g_utime (old, &long_ago), ==, 0);
  create (test->database);
  names = crm_test_list (test->folder);
  g_assert_cmpstr (names, ==, ".crm-fedcba9876543210.part\ncrm.db\n");
}

static void
assert_refused_after (CrmTest    *test,
                      const char *sql,
                      int         code,
                      const char *part)
{
  g_autoptr (CrmDb) db = NULL;
  g_autoptr (GError) error = NULL;

  g_unlink (test->database);
  create (test->database);
  crm_test_run_sql (test->database, sql);
  db = crm_db_open (test->database, CRM_DB_INSPECT, &error);
  g_assert_no_error (error);
  g_assert_false (crm_schema_verify (db, &error));
  g_assert_error (error, CRM_ERROR, code);
  crm_test_assert_contains (error->message, test->database);
  crm_test_assert_contains (error->message, part);
}

static void
test_foreign_objects (CrmTest       *test,
                      gconstpointer  data)
{
  assert_refused_after (test, "CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM client; END", CRM_ERROR_FOREIGN, "spy");
  assert_refused_after (test, "CREATE VIEW looking AS SELECT 1", CRM_ERROR_FOREIGN, "looking");
  assert_refused_after (test, "CREATE TABLE \"a\"\"b\" (x)", CRM_ERROR_FOREIGN, "a\"b");
  assert_refused_after (test, "CREATE INDEX odd ON client (abs (id))", CRM_ERROR_FOREIGN, "odd");
  assert_refused_after (test, "CREATE VIRTUAL TABLE words USING fts5 (x)", CRM_ERROR_FOREIGN, "words");
  assert_refused_after (test, "ALTER TABLE client ADD COLUMN more TEXT DEFAULT (abs (1))", CRM_ERROR_FOREIGN, "client");
  /* No trigger can be made with such a name, but a file can have it. */
  assert_refused_after (test,
                        "CREATE TRIGGER spy AFTER INSERT ON client BEGIN DELETE FROM client; END;"
                        "PRAGMA writable_schema=ON;"
                        "UPDATE sqlite_schema SET name = 'sqlite_spy', sql = replace (sql, 'spy', 'sqlite_spy') WHERE name = 'spy'",
                        CRM_ERROR_FOREIGN, "sqlite_spy");
}

static void
test_lacking (CrmTest       *test,
              gconstpointer  data)
{
  assert_refused_after (test, "DROP TABLE client_tag", CRM_ERROR_DAMAGED, "client_tag");
  assert_refused_after (test, "DROP INDEX client_name", CRM_ERROR_DAMAGED, "client_name");
  assert_refused_after (test, "PRAGMA user_version=0", CRM_ERROR_DAMAGED, "missing");
  assert_refused_after (test, "PRAGMA user_version=-1", CRM_ERROR_DAMAGED, "missing");
  assert_refused_after (test, "PRAGMA user_version=1000", CRM_ERROR_NEWER, "newer");
}

static void
test_own_objects (CrmTest       *test,
                  gconstpointer  data)
{
  g_autoptr (CrmDb) db = NULL;
  g_autoptr (GError) error = NULL;

  create (test->database);
  crm_test_run_sql (test->database, "INSERT INTO tag (name, created, modified) VALUES ('a', 0, 0); ANALYZE; VACUUM");
  db = crm_db_open (test->database, CRM_DB_WRITE, &error);
  g_assert_no_error (error);
  g_assert_true (crm_schema_verify (db, &error));
  /* Triggers of the connection are not of the file. */
  g_assert_true (crm_db_execute (db, "CREATE TEMP TRIGGER own AFTER INSERT ON main.tag BEGIN SELECT 1; END", &error));
  g_assert_true (crm_schema_verify (db, &error));
}

static void
test_newer (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmDb) db = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *version = NULL;

  create (test->database);
  crm_test_run_sql (test->database, "PRAGMA user_version=1000");
  db = crm_db_open (test->database, CRM_DB_WRITE, &error);
  g_assert_no_error (error);
  g_assert_false (crm_schema_migrate (db, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_NEWER);
  crm_test_assert_contains (error->message, test->database);
  version = crm_test_query (test->database, "PRAGMA user_version");
  g_assert_cmpstr (version, ==, "1000\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/db/schema/create", test_create);
  crm_test_add ("/db/schema/existing", test_existing);
  crm_test_add ("/db/schema/log-without-database", test_log_without_database);
  crm_test_add ("/db/schema/no-folder", test_no_folder);
  crm_test_add_apart ("/db/schema/full", test_full);
  crm_test_add ("/db/schema/race", test_race);
  crm_test_add ("/db/schema/forgotten", test_forgotten);
  crm_test_add ("/db/schema/foreign-objects", test_foreign_objects);
  crm_test_add ("/db/schema/lacking", test_lacking);
  crm_test_add ("/db/schema/own-objects", test_own_objects);
  crm_test_add ("/db/schema/newer", test_newer);
  return g_test_run ();
}
