/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <sqlite3.h>

#include "bench.h"
#include "crm-client.h"
#include "crm-db.h"
#include "crm-fold.h"
#include "crm-store.h"

/*
 * One field changed and on disk: by the store, with what follows from it (history, step, search, children), and by the bare statements
 * that change the same rows and the search row, whose words triggers keep in step. Two copies of one database, the same settings.
 */

/* The first id of bench-data.c and how far clients lie apart there. */
#define FIRST_CLIENT G_GINT64_CONSTANT (7000000000000001)
#define CLIENT_STEP 4

static const char triggers[] =
  "CREATE TEMP TRIGGER search_updated AFTER UPDATE OF text ON main.search BEGIN"
  " INSERT INTO search_word (search_word, rowid, text) VALUES ('delete', old.id, old.text);"
  " INSERT INTO search_word (rowid, text) VALUES (new.id, new.text);"
  " END;";

typedef struct {
  const char     *what;
  CrmClientField  field;
  const char     *beginning; /* of a new value, a number follows */
  const char     *sql[3]; /* the bare statements: ?1 the value, ?2 the client; NULL: no more */
} Case;

static const Case cases[] = {
  { "save the account manager", CRM_CLIENT_OWNER, "Manager ",
    { "UPDATE client SET owner = ?1, modified = modified + 1 WHERE id = ?2" } },
  { "save the phone number", CRM_CLIENT_PHONE, "+90 212 555 ",
    { "UPDATE contact_point SET value = ?1 WHERE client = ?2 AND kind = 'phone'",
      "UPDATE client SET phone = ?1, modified = modified + 1 WHERE id = ?2" } },
  { "save the notes", CRM_CLIENT_NOTES, "Called back, wants an offer of ",
    { "UPDATE client SET notes = ?1, modified = modified + 1 WHERE id = ?2" } },
};

typedef struct {
  CrmStore *store;
  CrmDb    *bare;
} Bench;

static void
run_bare (CrmDb      *db,
          const char *sql,
          const char *text,
          gint64      id)
{
  GError *error = NULL;
  CrmStmt *stmt = crm_db_prepare (db, sql, &error);

  bench_check (error);
  crm_stmt_bind_text (stmt, 1, text);
  crm_stmt_bind_integer (stmt, 2, id);
  crm_db_finish (db, stmt, &error);
  bench_check (error);
}

static char *
read_search_text (CrmDb  *db,
                  gint64  id)
{
  GError *error = NULL;
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT text FROM search WHERE id = ?", &error);
  gboolean row;

  bench_check (error);
  crm_stmt_bind_integer (stmt, 1, id);
  crm_db_step (db, stmt, &row, &error);
  bench_check (error);
  return g_strdup ((const char *) sqlite3_column_text (stmt, 0));
}

/* The new search text is at hand before the clock starts. */
static double
save_bare (Bench      *self,
           const Case *test,
           gint64      id,
           const char *value)
{
  g_autofree char *old = read_search_text (self->bare, id);
  g_autoptr (GString) text = g_string_new (old);
  GError *error = NULL;
  double start;

  crm_fold_append (text, value, -1);
  start = bench_now ();
  crm_db_execute (self->bare, "BEGIN IMMEDIATE", &error);
  bench_check (error);
  for (guint i = 0; i < G_N_ELEMENTS (test->sql) && test->sql[i] != NULL; i++)
    run_bare (self->bare, test->sql[i], value, id);
  run_bare (self->bare, "UPDATE search SET text = ?1 WHERE id = ?2", text->str, id);
  crm_db_execute (self->bare, "COMMIT", &error);
  bench_check (error);
  return bench_now () - start;
}

static double
save (Bench      *self,
      const Case *test,
      gint64      id,
      const char *value)
{
  g_autoptr (CrmValues) changes = crm_values_new (&crm_client, id);
  GError *error = NULL;
  double start;

  crm_values_set_text (changes, test->field, value);
  start = bench_now ();
  crm_store_save (self->store, changes, &error);
  bench_check (error);
  return bench_now () - start;
}

static void
measure (Bench      *self,
         const Case *test,
         guint       clients)
{
  guint runs = bench_get_runs (300);
  g_autoptr (GArray) bare = bench_times_new ();
  g_autoptr (GArray) ours = bench_times_new ();

  for (guint i = 0; i < runs; i++)
    {
      gint64 id = FIRST_CLIENT + CLIENT_STEP * ((gint64) i * 7919 % clients);
      g_autofree char *value = g_strdup_printf ("%s%04u", test->beginning, i % 10000);

      bench_times_add (bare, save_bare (self, test, id, value));
      bench_times_add (ours, save (self, test, id, value));
    }
  bench_report_at_most (test->what, "ms", bare, ours, 3, 0);
}

int
main (int   argc,
      char *argv[])
{
  guint clients = bench_get_clients ();
  g_autofree char *bare = NULL;
  g_autofree char *ours = NULL;
  Bench self;
  GError *error = NULL;

  bench_begin ("save");
  bare = bench_copy_database (clients, "save-bare.db");
  ours = bench_copy_database (clients, "save-ours.db");
  self.bare = crm_db_open (bare, CRM_DB_WRITE, &error);
  bench_check (error);
  /* Else SQLite lets no trigger write to the index of words */
  sqlite3_db_config (crm_db_get_handle (self.bare), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);
  crm_db_execute (self.bare, triggers, &error);
  bench_check (error);
  self.store = crm_store_open (ours, FALSE, &error);
  bench_check (error);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    measure (&self, &cases[i], clients);
  crm_db_close (self.bare);
  g_object_unref (self.store);
  return EXIT_SUCCESS;
}
