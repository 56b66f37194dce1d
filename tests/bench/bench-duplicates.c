/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <sqlite3.h>

#include "bench.h"
#include "crm-client.h"
#include "crm-duplicates.h"

/*
 * All clients that may be there twice. The baseline reads what they are compared by, by plain SELECTs of SQLite, and looks at every text.
 * However fast that is: ours is to be done within 20 seconds.
 */

#define USUAL_RUNS 5
#define MOST_SECONDS 20

static const char * const selects[] = {
  "SELECT id, name, city, tax_number, web, parent FROM client WHERE deleted IS NULL ORDER BY id",
  "SELECT client, kind, value FROM contact_point WHERE kind <> 'chat'",
  "SELECT client, other FROM distinct_client",
};

static double
read_bare (CrmDb *db)
{
  double start = bench_now ();
  guint64 sum = 0;

  for (guint i = 0; i < G_N_ELEMENTS (selects); i++)
    {
      GError *error = NULL;
      g_autoptr (CrmStmt) stmt = crm_db_prepare (db, selects[i], &error);

      bench_check (error);
      while (sqlite3_step (stmt) == SQLITE_ROW)
        for (int column = 0; column < sqlite3_column_count (stmt); column++)
          {
            const guchar *text = sqlite3_column_text (stmt, column);

            for (; text != NULL && *text != '\0'; text++)
              sum += *text;
          }
    }
  g_assert (sum > 0);
  return (bench_now () - start) / 1000;
}

static double
find (CrmDb *db)
{
  double start = bench_now ();
  GError *error = NULL;
  g_autoptr (CrmDuplicates) found = crm_duplicates_find (db, &crm_client, 1000, NULL, NULL, &error);

  bench_check (error);
  return (bench_now () - start) / 1000;
}

int
main (void)
{
  guint clients = bench_get_clients ();
  g_autofree char *path = bench_get_database (clients);
  g_autofree char *what = g_strdup_printf ("duplicates of %u clients", clients);
  g_autofree char *seconds = g_strdup_printf ("duplicates of %u clients, against %d s", clients, MOST_SECONDS);
  g_autoptr (GArray) bare = bench_times_new ();
  g_autoptr (GArray) ours = bench_times_new ();
  g_autoptr (GArray) most = bench_times_new ();
  GError *error = NULL;
  CrmDb *db;

  bench_begin ("duplicates");
  db = crm_db_open (path, CRM_DB_READ, &error);
  bench_check (error);
  read_bare (db);
  bench_times_add (most, MOST_SECONDS);
  for (guint i = bench_get_runs (USUAL_RUNS); i > 0; i--)
    {
      bench_times_add (bare, read_bare (db));
      bench_times_add (ours, find (db));
    }
  bench_report_at_most (what, "s", bare, ours, 25, 0);
  bench_report_at_most (seconds, "s", most, ours, 1, 0);
  crm_db_close (db);
  return EXIT_SUCCESS;
}
