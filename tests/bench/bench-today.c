/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <stdlib.h>

#include "bench.h"
#include "crm-db.h"
#include "crm-today.h"

/*
 * What the page "Today" reads, and the plainest statements that give the same: of each part how many there are and the first ten. Half of the clients have
 * a next step, and all were talked to at some time.
 */

#define ROWS 10
#define DAY "'2026-11-23'"
#define WEEK "'2026-11-30'"
#define AT "1795392000000000"

static const char prepare[] =
    "UPDATE task SET next = 1 WHERE id IN (SELECT min (id) FROM task WHERE done IS NULL GROUP BY client);"
    "UPDATE client SET (next_step, next_due) = (SELECT name, due FROM task WHERE client = client.id AND next);"
    "UPDATE client SET last_contact = (SELECT max (at) FROM interaction WHERE client = client.id);"
    "ANALYZE;";

static const char * const plain[] = {
  "SELECT count (*) FROM task WHERE done IS NULL AND deleted IS NULL AND due < " DAY,
  "SELECT t.*, c.name FROM task t LEFT JOIN client c ON c.id = t.client WHERE done IS NULL AND t.deleted IS NULL AND due < " DAY " ORDER BY due, time LIMIT 10",
  "SELECT count (*) FROM task WHERE done IS NULL AND deleted IS NULL AND due = " DAY,
  "SELECT t.*, c.name FROM task t LEFT JOIN client c ON c.id = t.client WHERE done IS NULL AND t.deleted IS NULL AND due = " DAY " ORDER BY due, time LIMIT 10",
  "SELECT count (*) FROM task WHERE done IS NULL AND deleted IS NULL AND due > " DAY " AND due <= " WEEK,
  "SELECT t.*, c.name FROM task t LEFT JOIN client c ON c.id = t.client WHERE done IS NULL AND t.deleted IS NULL AND due > " DAY " AND due <= " WEEK
  " ORDER BY due, time LIMIT 10",
  "SELECT count (*) FROM client WHERE next_step IS NULL AND deleted IS NULL",
  "SELECT id, name, grade, phone FROM client WHERE next_step IS NULL AND deleted IS NULL ORDER BY grade NULLS LAST, name_key LIMIT 10",
  "SELECT count (*) FROM client WHERE grade = 'A' AND coalesce (last_contact, created) < " AT " - 14 * 86400000000 AND kind IN ('client', 'key_client')"
  " AND deleted IS NULL",
  "SELECT count (*) FROM client WHERE grade = 'B' AND coalesce (last_contact, created) < " AT " - 30 * 86400000000 AND kind IN ('client', 'key_client')"
  " AND deleted IS NULL",
  "SELECT count (*) FROM client WHERE grade = 'C' AND coalesce (last_contact, created) < " AT " - 60 * 86400000000 AND kind IN ('client', 'key_client')"
  " AND deleted IS NULL",
  "SELECT count (*) FROM client WHERE grade = 'D' AND coalesce (last_contact, created) < " AT " - 90 * 86400000000 AND kind IN ('client', 'key_client')"
  " AND deleted IS NULL",
  "SELECT id, name, grade, phone FROM client WHERE grade = 'A' AND coalesce (last_contact, created) < " AT " - 14 * 86400000000"
  " AND kind IN ('client', 'key_client') AND deleted IS NULL ORDER BY coalesce (last_contact, created) LIMIT 10",
  "SELECT count (*) FROM person WHERE substr (birthday, -5) BETWEEN '11-23' AND '11-30' AND birthday IS NOT NULL AND deleted IS NULL",
  "SELECT id, name, birthday FROM person WHERE substr (birthday, -5) = '11-23' AND birthday IS NOT NULL AND deleted IS NULL ORDER BY name_key LIMIT 10",
};

static void
run_plain (CrmDb *db)
{
  GError *error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    {
      g_autoptr (CrmStmt) stmt = crm_db_prepare (db, plain[i], &error);
      gboolean row = TRUE;

      bench_check (error);
      while (row && crm_db_step (db, stmt, &row, &error))
        for (int j = 0; row && j < sqlite3_column_count (stmt); j++)
          (void) sqlite3_column_text (stmt, j);
      bench_check (error);
    }
}

static void
run_own (CrmDb *db)
{
  static const int rhythms[CRM_TODAY_N_GRADES] = { 14, 30, 60, 90 };
  g_autoptr (GDateTime) now = g_date_time_new_utc (2026, 11, 23, 14, 5, 0);
  GError *error = NULL;
  CrmTodayRequest request;
  CrmToday *today;

  crm_today_request_init (&request, now, ROWS);
  memcpy (request.rhythms, rhythms, sizeof rhythms);
  today = crm_today_read (db, &request, &error);
  bench_check (error);
  crm_today_free (today);
}

int
main (void)
{
  guint n_runs = bench_get_runs (30);
  g_autofree char *office = bench_get_office (bench_get_clients ());
  g_autofree char *path = bench_get_path ("today.db");
  g_autoptr (GArray) baseline = bench_times_new ();
  g_autoptr (GArray) ours = bench_times_new ();
  g_autoptr (GFile) from = g_file_new_for_path (office);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  GError *error = NULL;
  CrmDb *db;

  bench_begin ("today");
  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  bench_check (error);
  db = crm_db_open (path, CRM_DB_WRITE, &error);
  bench_check (error);
  crm_db_execute (db, prepare, &error);
  bench_check (error);
  for (guint i = 0; i < n_runs; i++)
    {
      double start = bench_now ();

      run_plain (db);
      bench_times_add (baseline, bench_now () - start);
      start = bench_now ();
      run_own (db);
      bench_times_add (ours, bench_now () - start);
    }
  crm_db_close (db);
  bench_report_at_most ("Today read", "ms", baseline, ours, 3, 0);
  return EXIT_SUCCESS;
}
