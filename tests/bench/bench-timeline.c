/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "bench.h"
#include "crm-db.h"
#include "crm-store.h"
#include "crm-timeline.h"

/*
 * The first screen of the timeline of a client with 10,000 conversations: from its being opened to the model having it, against the bare query for the
 * same 50 rows with who took part and what came of it.
 */

#define FIRST_SCREEN 50
#define FRAME_MS 16.7
#define CLIENT G_GINT64_CONSTANT (5000)

static const char filling[] =
  "INSERT INTO client (id, name, name_key, kind, created, modified) VALUES (5000, 'Timeline', x'00', 'client', 0, 0);"
  "INSERT INTO person (id, name, name_key, created, modified) VALUES (5001, 'Sevgi Kaya', x'00', 0, 0);"
  "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
  " INSERT INTO interaction (id, client, channel, direction, at, length, outcome, subject, text, created, modified)"
  " SELECT 100000 + i, 5000, CASE i % 3 WHEN 0 THEN 'email' ELSE 'call' END, 'out', 1700000000000000 + i * 3600000000, 5, 'reached',"
  " 'Conversation ' || i, 'Conversation ' || i || char (10) || 'They want an offer for the whole year, with the prices of last spring.', 0, 0 FROM n;"
  "INSERT INTO participant (id, interaction, person) SELECT id + 1000000, id, 5001 FROM interaction WHERE client = 5000;";

static const char bare_query[] =
  "SELECT i.id, i.at, i.subject, i.text, i.channel, i.direction, i.outcome, i.length, t.id, t.name, t.done, p.role, person.id, person.name"
  " FROM (SELECT * FROM interaction WHERE client = 5000 AND deleted IS NULL ORDER BY at DESC, id DESC LIMIT 50) i"
  " LEFT JOIN task t ON t.id = i.next_step LEFT JOIN participant p ON p.interaction = i.id LEFT JOIN person ON person.id = p.person";

static double
read_bare (CrmDb *db)
{
  double start = bench_now ();
  GError *error = NULL;
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, bare_query, &error);
  guint n = 0;
  gboolean row;

  bench_check (error);
  while (crm_db_step (db, stmt, &row, &error) && row)
    {
      for (int i = 0; i < sqlite3_column_count (stmt); i++)
        sqlite3_column_text (stmt, i);
      n++;
    }
  bench_check (error);
  g_assert (n == FIRST_SCREEN);
  return bench_now () - start;
}

static void
on_loaded (CrmTimeline  *timeline,
           GError       *error,
           gboolean     *is_loaded)
{
  bench_check (error);
  *is_loaded = TRUE;
}

static double
read_ours (CrmStore *store)
{
  g_autoptr (CrmTimeline) timeline = crm_timeline_new (store, &crm_client);
  gboolean is_loaded = FALSE;
  double start;

  g_signal_connect (timeline, "loaded", G_CALLBACK (on_loaded), &is_loaded);
  crm_timeline_set_active (timeline, TRUE);
  start = bench_now ();
  crm_timeline_open (timeline, CLIENT);
  while (!is_loaded)
    g_main_context_iteration (NULL, TRUE);
  g_assert (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == FIRST_SCREEN);
  return bench_now () - start;
}

int
main (int   argc,
      char *argv[])
{
  guint runs = bench_get_runs (200);
  g_autoptr (GArray) bare = bench_times_new ();
  g_autoptr (GArray) ours = bench_times_new ();
  g_autofree char *path = NULL;
  GError *error = NULL;
  CrmStore *store;
  CrmDb *db;

  bench_begin ("timeline");
  path = bench_copy_database (bench_get_clients (), "timeline.db");
  db = crm_db_open (path, CRM_DB_WRITE, &error);
  bench_check (error);
  crm_db_execute (db, filling, &error);
  bench_check (error);
  store = crm_store_open (path, FALSE, &error);
  bench_check (error);
  read_ours (store);
  for (guint i = 0; i < runs; i++)
    {
      bench_times_add (bare, read_bare (db));
      bench_times_add (ours, read_ours (store));
    }
  bench_report_at_most ("first screen of a timeline of 10,000 conversations", "ms", bare, ours, 2, FRAME_MS);
  crm_db_close (db);
  g_object_unref (store);
  return EXIT_SUCCESS;
}
