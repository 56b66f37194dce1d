/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-db.h"
#include "crm-error.h"
#include "crm-history.h"
#include "crm-schema.h"
#include "crm-test.h"

static const char * const tag_columns[] = { "name", "colour", "extra", "created", "modified", "deleted", NULL };
static const CrmHistoryTable tables[] = { { 7, "tag", NULL, tag_columns } };

#define NASTY "Ağaoğlu \"Gıda\" 'A.Ş.' \\ \b\f\n\r\t\001\037\177 </b> {\"a\":[1]} \xe2\x80\xae ☕"

static CrmDb *
open_with_history (const char *path)
{
  g_autoptr (GError) error = NULL;
  CrmDb *db;

  crm_schema_create (path, &error);
  g_assert_no_error (error);
  db = crm_db_open (path, CRM_DB_WRITE, &error);
  g_assert_no_error (error);
  crm_history_install (db, tables, G_N_ELEMENTS (tables), &error);
  g_assert_no_error (error);
  return db;
}

static void
run (CrmDb      *db,
     const char *sql)
{
  g_autoptr (GError) error = NULL;

  crm_db_execute (db, sql, &error);
  g_assert_no_error (error);
}

static void
assert_history (CrmTest    *test,
                const char *expected)
{
  g_autofree char *found = crm_test_query (test->database, "SELECT entity, record, op, before FROM history ORDER BY id");

  g_assert_cmpstr (found, ==, expected);
}

static void
test_kinds (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_with_history (test->database);

  run (db, "INSERT INTO tag (id, name, created, modified) VALUES (5, 'a', 1, 2)");
  assert_history (test, "7|5|1|NULL\n");
  run (db, "UPDATE tag SET name = 'b', colour = 'red', modified = 3");
  run (db, "UPDATE tag SET colour = NULL");
  run (db, "DELETE FROM tag");
  assert_history (test,
                  "7|5|1|NULL\n"
                  "7|5|2|{\"name\":\"a\",\"colour\":null,\"modified\":2}\n"
                  "7|5|2|{\"colour\":\"red\"}\n"
                  "7|5|3|{\"name\":\"b\",\"created\":1,\"modified\":3}\n");
}

static void
test_no_change (CrmTest       *test,
                gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_with_history (test->database);

  run (db, "INSERT INTO tag (id, name, created, modified) VALUES (5, 'a', 1, 2); DELETE FROM history");
  run (db, "UPDATE tag SET name = name, colour = NULL, created = 1; UPDATE tag SET name = 'x' WHERE id = 6");
  run (db, "DELETE FROM tag WHERE id = 6");
  assert_history (test, "");
  /* Empty is not NULL. */
  run (db, "UPDATE tag SET colour = ''");
  assert_history (test, "7|5|2|{\"colour\":null}\n");
}

static void
test_rolled_back (CrmTest       *test,
                  gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_with_history (test->database);

  run (db, "BEGIN; INSERT INTO tag (name, created, modified) VALUES ('a', 1, 2); ROLLBACK");
  assert_history (test, "");
}

#define FOUR_TAGS \
  "INSERT INTO tag (id, name, created, modified) VALUES (5, 'a', 1, 2), (6, 'b', 1, 2), (7, 'c', 1, 2), (8, 'd', 1, 2);" \
  "DELETE FROM history;"

static void
delete_range (CrmDb *db)
{
  g_autoptr (GError) error = NULL;

  crm_history_delete_range (db, tables, 6, 7, &error);
  g_assert_no_error (error);
}

static void
test_range (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_with_history (test->database);
  g_autofree char *left = NULL;

  run (db, FOUR_TAGS "BEGIN");
  delete_range (db);
  run (db, "DELETE FROM tag WHERE id = 8; COMMIT");
  left = crm_test_query (test->database, "SELECT id FROM tag");
  g_assert_cmpstr (left, ==, "5\n");
  assert_history (test,
                  "7|7|3|{\"name\":\"c\",\"created\":1,\"modified\":2}\n"
                  "7|6|3|{\"name\":\"b\",\"created\":1,\"modified\":2}\n"
                  "7|8|3|{\"name\":\"d\",\"created\":1,\"modified\":2}\n");
}

/* What fails or is cancelled in the midst of it leaves a connection that still keeps history. */
static void
test_range_rolled_back (CrmTest       *test,
                        gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_with_history (test->database);
  g_autoptr (GError) error = NULL;

  run (db, FOUR_TAGS "CREATE TEMP TRIGGER refuse BEFORE DELETE ON main.tag WHEN old.id = 7 BEGIN SELECT raise (FAIL, 'no'); END; BEGIN");
  g_assert_false (crm_history_delete_range (db, tables, 6, 7, &error));
  run (db, "ROLLBACK");
  assert_history (test, "");
  run (db, "DELETE FROM tag WHERE id = 8");
  assert_history (test, "7|8|3|{\"name\":\"d\",\"created\":1,\"modified\":2}\n");
}

static void
test_replace (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_with_history (test->database);

  run (db, "INSERT INTO tag (id, name, created, modified) VALUES (5, 'a', 1, 2); DELETE FROM history");
  run (db, "REPLACE INTO tag (id, name, created, modified) VALUES (5, 'b', 3, 4)");
  assert_history (test, "7|5|3|{\"name\":\"a\",\"created\":1,\"modified\":2}\n7|5|1|NULL\n");
}

/* Each value as JSON gives it back, compared by SQLite with what the row had. */
static void
assert_kept (CrmDb *db)
{
  gint64 same;
  g_autoptr (GError) error = NULL;

  crm_db_get_integer (db,
                      "SELECT json_valid (before) AND before ->> 'name' IS (SELECT value FROM setting WHERE name = 'text')"
                      " AND before ->> 'created' IS 9223372036854775807 AND before ->> 'modified' IS -9223372036854775808"
                      " AND typeof (before ->> 'created') = 'integer' FROM history ORDER BY id DESC LIMIT 1", 0, &same, &error);
  g_assert_no_error (error);
  g_assert_cmpint (same, ==, 1);
}

static void
test_values (CrmTest       *test,
             gconstpointer  data)
{
  static const char * const texts[] = { NASTY, "", "\"", "\\", "\\u0041", "null", "','", "{", "\xc3\xbc\xf0\x9f\x98\x80" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s-%u", test->database, i);
      g_autoptr (CrmDb) db = open_with_history (path);
      CrmStmt *stmt = crm_db_prepare (db, "INSERT INTO setting VALUES ('text', ?1)", NULL);

      crm_stmt_bind_text (stmt, 1, texts[i]);
      g_assert_true (crm_db_finish (db, stmt, NULL));
      run (db, "INSERT INTO tag (name, created, modified)"
               " SELECT value, 9223372036854775807, -9223372036854775808 FROM setting");
      run (db, "UPDATE tag SET name = 'else', created = 0, modified = 0");
      assert_kept (db);
      run (db, "UPDATE tag SET name = (SELECT value FROM setting), created = 9223372036854775807, modified = -9223372036854775808");
      run (db, "DELETE FROM tag");
      assert_kept (db);
    }
}

static void
test_not_in_file (CrmTest       *test,
                  gconstpointer  data)
{
  g_autoptr (CrmDb) db = open_with_history (test->database);
  g_autofree char *found = crm_test_query (test->database, "SELECT name FROM sqlite_schema WHERE type = 'trigger'");

  g_assert_cmpstr (found, ==, "");
}

static void
test_unknown_column (CrmTest       *test,
                     gconstpointer  data)
{
  static const char * const columns[] = { "name", "weight", NULL };
  static const CrmHistoryTable wrong[] = { { 8, "segment", NULL, columns } };
  g_autoptr (CrmDb) db = open_with_history (test->database);
  g_autoptr (GError) error = NULL;

  /* SQLite looks at columns only when the trigger is used: an error then, never a silent gap. */
  if (crm_history_install (db, wrong, 1, NULL))
    g_assert_false (crm_db_execute (db,
                                    "INSERT INTO segment (id, name, created, modified) VALUES (1, 'a', 0, 0);"
                                    "UPDATE segment SET name = 'b'", &error));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/db/history/kinds", test_kinds);
  crm_test_add ("/db/history/no-change", test_no_change);
  crm_test_add ("/db/history/rolled-back", test_rolled_back);
  crm_test_add ("/db/history/range", test_range);
  crm_test_add ("/db/history/range-rolled-back", test_range_rolled_back);
  crm_test_add ("/db/history/replace", test_replace);
  crm_test_add ("/db/history/values", test_values);
  crm_test_add ("/db/history/not-in-file", test_not_in_file);
  crm_test_add ("/db/history/unknown-column", test_unknown_column);
  return g_test_run ();
}
