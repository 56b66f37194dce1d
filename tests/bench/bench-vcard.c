/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib.h>
#include <stdlib.h>

#include "bench.h"
#include "bench-rows.h"
#include "crm-import.h"
#include "crm-store.h"
#include "crm-vcard-reader.h"

/*
 * A file of cards as phones and mail programs write them, read into memory: there is no barer way of doing the same, the baseline is what was asked for.
 * Then into an empty base, the dry run included: the baseline puts the very rows that came of it into the same tables.
 */

#define USUAL_RUNS 5
#define ASKED_FOR  20000.0

static void
append_card (GString *text,
             guint    i)
{
  static const char * const names[] = { "Ayşe", "Çağrı", "Işık", "Mehmet", "Sören", "Łukasz" };
  const char *name = names[i % G_N_ELEMENTS (names)];

  if (i % 3 == 0)
    g_string_append_printf (text, "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C4=9E%u;=C5=9E=C3=BCkr=C3=BC;;;\r\n"
                            "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=9E=C3=BCkr=C3=BC =C4=9E%u\r\nTEL;CELL;PREF:+905325550%03u\r\n"
                            "TEL;WORK:+902125550%03u\r\nEMAIL;WORK:sukru%u@ornek.example\r\nORG:Demir Tekstil;Depo\r\nBDAY:19800412\r\n"
                            "END:VCARD\r\n", i, i, i % 1000, i % 1000, i);
  else
    g_string_append_printf (text, "BEGIN:VCARD\r\nVERSION:%s\r\nN:Kara%u;%s;;;\r\nFN:%s Kara%u\r\nORG:Demir Tekstil A.Ş.;Satış\r\nTITLE:Müdür\r\n"
                            "TEL;TYPE=CELL,VOICE:+90 532 555 %04u\r\nTEL;TYPE=WORK:+90 212 555 %04u\r\nEMAIL;TYPE=INTERNET:kara%u@demir.example\r\n"
                            "ADR;TYPE=WORK:;;Gül Sok. No: %u\\, Kat 2;İstanbul;;34000;Türkiye\r\nitem1.URL:http\\://demir.example\r\n"
                            "item1.X-ABLabel:_$!<HomePage>!$_\r\nBDAY:1980-01-12\r\nCATEGORIES:Fuar,Toptan\r\n"
                            "NOTE:Fuarda görüşüldü\\, katalog istedi.\\nTekrar aranacak\\, sonra\r\n  teklif gönderilecek.\r\nEND:VCARD\r\n",
                            i % 3 == 1 ? "3.0" : "4.0", i, name, name, i, i % 10000, i % 10000, i, i);
}

static double
measure (GBytes *bytes,
         guint   expected)
{
  g_autoptr (CrmVcardReader) reader = crm_vcard_reader_new_for_bytes (bytes);
  GError *error = NULL;
  double start = bench_now ();
  CrmVcard *card;
  guint n = 0;

  for (; (card = crm_vcard_reader_next (reader, &error)) != NULL; n++)
    crm_vcard_free (card);
  bench_check (error);
  if (n != expected)
    g_error ("%u cards instead of %u", n, expected);
  return n / (bench_now () - start) * 1000;
}

/* Tables whose rows an import makes, parents first */
static const char * const tables[] = { "client", "person", "position", "person_point", "history", "search", NULL };

static void
import (const char *base,
        const char *cards,
        guint       expected)
{
  const char * const paths[] = { cards, NULL };
  g_autoptr (CrmImportOptions) options = crm_import_options_new_for_cards (paths);
  GError *error = NULL;
  g_autoptr (CrmStore) store = crm_store_open (base, FALSE, &error);
  g_autoptr (CrmDb) db = NULL;
  g_autoptr (CrmImportResult) plan = NULL;
  CrmImportRun run = { .options = options };

  bench_check (error);
  db = crm_db_open (base, CRM_DB_READ, &error);
  bench_check (error);
  plan = crm_import_plan (db, options, NULL, NULL, NULL, &error);
  bench_check (error);
  run.expected = (guint) plan->n_new;
  crm_store_step (store, "Import", crm_import_run, &run, NULL, &error);
  bench_check (error);
  if (run.result->n_new != expected)
    g_error ("%s", crm_import_result_get_summary (run.result));
  crm_import_result_free (run.result);
  crm_store_close (store);
}

static double
measure_bare (GPtrArray *rows,
              guint      cards)
{
  g_autofree char *path = bench_make_base ("vcard-bare.db");
  GError *error = NULL;
  g_autoptr (CrmDb) db = crm_db_open (path, CRM_DB_WRITE, &error);
  double start;

  bench_check (error);
  /* As the writer has it for bulk changes */
  bench_execute (db, "PRAGMA cache_size = -65536");
  start = bench_now ();
  bench_insert_rows (db, rows);
  return cards / (bench_now () - start) * 1000;
}

static void
measure_stored (GBytes *bytes,
                guint   cards,
                guint   runs)
{
  g_autofree char *file = bench_get_path ("cards.vcf");
  g_autofree char *first = bench_make_base ("vcard-ours.db");
  g_autoptr (GArray) bare = bench_times_new ();
  g_autoptr (GArray) ours = bench_times_new ();
  g_autoptr (GPtrArray) rows = NULL;
  GError *error = NULL;

  g_file_set_contents (file, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), &error);
  bench_check (error);
  import (first, file, cards);
  rows = bench_load_rows (first, tables);
  for (guint i = 0; i < runs; i++)
    {
      g_autofree char *path = bench_make_base ("vcard-ours.db");
      double start;

      bench_times_add (bare, measure_bare (rows, cards));
      start = bench_now ();
      import (path, file, cards);
      bench_times_add (ours, cards / (bench_now () - start) * 1000);
    }
  bench_report_at_least ("import of vCards, dry run included", "cards/s", bare, ours, 0.4);
}

int
main (int   argc,
      char *argv[])
{
  guint cards = bench_get_clients (), runs = bench_get_runs (USUAL_RUNS);
  GString *text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GArray) asked = bench_times_new ();
  g_autoptr (GArray) ours = bench_times_new ();

  bench_begin ("vcard");
  for (guint i = 0; i < cards; i++)
    append_card (text, i);
  bytes = g_string_free_to_bytes (text);
  for (guint i = 0; i < runs; i++)
    {
      bench_times_add (asked, ASKED_FOR);
      bench_times_add (ours, measure (bytes, cards));
    }
  bench_report_at_least ("vCards read", "cards/s", asked, ours, 1);
  measure_stored (bytes, cards, runs);
  return EXIT_SUCCESS;
}
