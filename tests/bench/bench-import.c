/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>

#include "bench.h"
#include "bench-rows.h"
#include "crm-db.h"
#include "crm-import.h"
#include "crm-store.h"

/*
 * A CSV file of clients into an empty base, the dry run included, and taken back again. The baseline puts the very rows that came of it, out of memory,
 * into the same tables with their indexes, history and search rows, makes the index of words, and deletes them again. Every base is a new file;
 * the settings are the same.
 */

#define USUAL_RUNS 5

/* Tables whose rows an import makes, parents first */
static const char * const tables[] = { "tag", "segment", "client", "contact_point", "address", "client_tag", "history", "search", NULL };

/* The file */

static char *
make_csv (guint clients)
{
  static const char * const trades[] = { "Gıda", "Tekstil", "Makina", "İnşaat", "Ambalaj", "Kimya", "Turizm" };
  static const char * const cities[] = { "İstanbul", "Ankara", "İzmir", "Bursa", "Iğdır", "Köln", "Łódź", "Milano" };
  g_autoptr (GString) text = g_string_new ("Firma;Şehir;Adres;Posta Kodu;Telefon;E-posta;Sektör;Segment;Etiket;Notlar\n");
  g_autoptr (GRand) rand = g_rand_new_with_seed (20231123);
  char *path = bench_get_path ("import.csv");
  GError *error = NULL;

  for (guint i = 0; i < clients; i++)
    {
      guint number = g_rand_int (rand) % 900 + 100;

      g_string_append_printf (text, "Çağ%uoğlu %s %s;%s;Işık Sok. No: %u;%05u;+90 212 555 %02u %02u %02u;info@cag%u.example;%s;%s;%s;%s\n",
                              g_rand_int (rand) % 100000, trades[number % G_N_ELEMENTS (trades)], number % 2 ? "A.Ş." : "Ltd. Şti.",
                              cities[i % G_N_ELEMENTS (cities)], number, i % 100000, i / 10000 % 100, i / 100 % 100, i % 100, i,
                              trades[i % G_N_ELEMENTS (trades)], number % 3 ? "Toptan" : "Perakende", i % 4 == 0 ? "Fuar" : "",
                              i % 3 == 0 ? "Fuarda görüşüldü, katalog istedi." : "");
    }
  g_file_set_contents (path, text->str, (gssize) text->len, &error);
  bench_check (error);
  return path;
}

/* Ours */

/* By SQLite alone: a connection of ours refuses to attach what VACUUM works with. */
static void
run_script (const char *path,
            const char *script)
{
  sqlite3 *db;

  if (sqlite3_open (path, &db) != SQLITE_OK || sqlite3_exec (db, script, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s", sqlite3_errmsg (db));
  sqlite3_close (db);
}

static double
get_size (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? (double) info.st_size / (1024 * 1024) : 0;
}

static void
import (CrmStore   *store,
        const char *csv,
        guint       clients)
{
  GError *error = NULL;
  g_autoptr (CrmImportOptions) options = crm_import_options_new (csv, &error);
  g_autoptr (CrmDb) db = NULL;
  g_autoptr (CrmImportResult) plan = NULL;
  CrmImportRun run = { .options = options };

  bench_check (error);
  db = crm_db_open (crm_store_get_path (store), CRM_DB_READ, &error);
  bench_check (error);
  plan = crm_import_plan (db, options, NULL, NULL, NULL, &error);
  bench_check (error);
  run.expected = (guint) plan->n_new;
  crm_store_step (store, "Import", crm_import_run, &run, NULL, &error);
  bench_check (error);
  if (run.result->n_new != clients)
    g_error ("%s", crm_import_result_get_summary (run.result));
  crm_import_result_free (run.result);
}

/* The baseline */

static void
delete_rows (CrmDb      *db,
             const BenchRows *rows)
{
  GError *error = NULL;
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE id = ?", rows->table);
  CrmStmt *stmt = crm_db_prepare (db, sql, &error);

  bench_check (error);
  for (guint i = 0; i < rows->values->len; i += (guint) rows->n_columns)
    {
      sqlite3_bind_value (stmt, 1, g_ptr_array_index (rows->values, i));
      if (sqlite3_step (stmt) != SQLITE_DONE)
        g_error ("%s", sqlite3_errmsg (crm_db_get_handle (db)));
      sqlite3_reset (stmt);
    }
  crm_stmt_release (stmt);
}

/* What stood there is lost: history, which undo keeps, is no part of the baseline. */
static void
delete_all (CrmDb     *db,
            GPtrArray *all)
{
  bench_execute (db, "BEGIN IMMEDIATE");
  for (guint i = all->len; i > 0; i--)
    if (strcmp (((const BenchRows *) g_ptr_array_index (all, i - 1))->table, "history") != 0)
      delete_rows (db, g_ptr_array_index (all, i - 1));
  bench_execute (db, "INSERT INTO search_word (search_word) VALUES ('rebuild'); COMMIT");
}

typedef struct {
  guint   clients;
  char   *csv;
  GArray *import[2]; /* bare, ours; clients a second */
  GArray *undo[2];
  GArray *size[2];   /* MiB */
} Bench;

static void
measure_bare (Bench     *self,
              GPtrArray *rows)
{
  g_autofree char *path = bench_make_base ("import-bare.db");
  GError *error = NULL;
  CrmDb *db = crm_db_open (path, CRM_DB_WRITE, &error);
  double start;

  bench_check (error);
  /* As the writer has it for bulk changes */
  bench_execute (db, "PRAGMA cache_size = -65536");
  start = bench_now ();
  bench_insert_rows (db, rows);
  bench_times_add (self->import[0], self->clients / (bench_now () - start) * 1000);
  start = bench_now ();
  delete_all (db, rows);
  bench_times_add (self->undo[0], self->clients / (bench_now () - start) * 1000);
  crm_db_close (db);
}

static char *
measure_ours (Bench *self)
{
  char *path = bench_make_base ("import-ours.db");
  GError *error = NULL;
  g_autoptr (CrmStore) store = crm_store_open (path, FALSE, &error);
  double start = bench_now ();

  bench_check (error);
  import (store, self->csv, self->clients);
  bench_times_add (self->import[1], self->clients / (bench_now () - start) * 1000);
  start = bench_now ();
  g_free (crm_store_undo (store, FALSE, &error));
  bench_check (error);
  bench_times_add (self->undo[1], self->clients / (bench_now () - start) * 1000);
  return path;
}

/* One import that stays: what it makes, and how large that is beside the tables and the search index alone. */
static GPtrArray *
prepare (Bench *self)
{
  g_autofree char *ours = bench_make_base ("import-ours.db");
  g_autofree char *bare = bench_make_base ("import-bare.db");
  GError *error = NULL;
  CrmStore *store = crm_store_open (ours, FALSE, &error);
  g_autoptr (CrmDb) db = NULL;
  GPtrArray *rows;

  bench_check (error);
  import (store, self->csv, self->clients);
  crm_store_close (store);
  g_object_unref (store);
  run_script (ours, "PRAGMA wal_checkpoint (TRUNCATE)");
  rows = bench_load_rows (ours, tables);
  db = crm_db_open (bare, CRM_DB_WRITE, &error);
  bench_check (error);
  bench_insert_rows (db, rows);
  g_clear_pointer (&db, crm_db_close);
  run_script (bare, "DROP TABLE history; VACUUM; PRAGMA wal_checkpoint (TRUNCATE)");
  bench_times_add (self->size[0], get_size (bare));
  bench_times_add (self->size[1], get_size (ours));
  return rows;
}

int
main (int   argc,
      char *argv[])
{
  Bench self = { .clients = bench_get_clients () };
  guint runs = bench_get_runs (USUAL_RUNS);
  g_autoptr (GPtrArray) rows = NULL;

  bench_begin ("import");
  self.csv = make_csv (self.clients);
  for (guint i = 0; i < 2; i++)
    {
      self.import[i] = bench_times_new ();
      self.undo[i] = bench_times_new ();
      self.size[i] = bench_times_new ();
    }
  rows = prepare (&self);
  for (guint i = 0; i < runs; i++)
    {
      g_autofree char *path = NULL;

      measure_bare (&self, rows);
      path = measure_ours (&self);
    }
  bench_report_at_least ("import of a CSV file, dry run included", "clients/s", self.import[0], self.import[1], 0.6);
  bench_report_at_least ("undo of that import", "clients/s", self.undo[0], self.undo[1], 0.5);
  bench_report_at_most ("size of the file after it", "MiB", self.size[0], self.size[1], 1.3, 0);
  return EXIT_SUCCESS;
}
