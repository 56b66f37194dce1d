/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

#include "bench.h"
#include "bench-maker.h"
#include "bench-rows.h"
#include "crm-client.h"
#include "crm-collator.h"
#include "crm-db.h"
#include "crm-fold.h"
#include "crm-schema.h"
#include "crm-segment.h"

/*
 * Invented clients, two in three of them Turkish, always the same. They go straight into the tables, past the program's own code,
 * so that what is measured does not change with it; only folding and sort keys are its own.
 */

#define SEED 20231123
#define FIRST_ID G_GINT64_CONSTANT (7000000000000000) /* as large as real ones */

static const char * const first_names[] = {
  "Ahmet", "Mehmet", "Hüseyin", "İbrahim", "İsmail", "Ömer", "Süleyman", "Çağrı", "Ilgaz", "Işık", "Şükrü", "Şule", "Özlem", "Gökçe",
  "Buğra", "Ayşe", "Zeynep", "Yasemin", "Çiğdem", "Büşra", "Pınar", "Yağmur", "Renée", "André", "Zoë", "François", "Søren", "Åsa",
  "Jürgen", "Łukasz", "Zdeněk", "Zoltán", "Peter", "Sofia", "Marco", "Elena", "Sophie", "Piotr", "João", "Begoña", "Lars", "Niamh",
};
static const char * const roots[] = {
  "Kara", "Ak", "Demir", "Yıldır", "Öz", "Gün", "Çelik", "Kaya", "Taş", "Şahin", "Yıl", "Al", "Arı", "Çam", "Dağ", "Gök", "Güler",
  "Ilgın", "İnan", "İpek", "Kılıç", "Kır", "Koç", "Kurt", "Sarı", "Soy", "Tan", "Toprak", "Turan", "Ulu", "Ünal", "Yeşil", "Altın",
  "Müll", "Weiß", "Berg", "Lind", "Strand", "Roth", "Dubois", "Lefèv", "Ross", "Ferrar", "Garcí", "Núñ", "Novák", "Nagy", "Johans",
};
static const char * const endings[] = {
  "oğlu", "kaya", "taş", "can", "türk", "soy", "er", "man", "bulut", "ışık", "dağ", "lar", "demir", "şen", "göz", "han", "bey", "el",
  "tepe", "su", "mann", "sen", "son", "ski", "ez", "stein", "feld", "bach",
};
static const char * const trades[] = {
  "Tekstil", "İnşaat", "Gıda", "Otomotiv", "Lojistik", "Bilişim", "Mobilya", "Plastik", "Makina", "Turizm", "Elektrik", "Ambalaj",
  "Seramik", "Kimya", "Reklam", "Danışmanlık",
};
static const char * const forms[] = { "A.Ş.", "Ltd. Şti.", "San. Tic.", "GmbH", "S.p.A.", "B.V.", "S.à r.l.", "AS" };
static const char * const cities[] = {
  "İstanbul", "Isparta", "Iğdır", "İzmir", "Ankara", "Diyarbakır", "Şanlıurfa", "Kırşehir", "Eskişehir", "Muğla", "Çanakkale",
  "Gümüşhane", "Ağrı", "Balıkesir", "Bursa", "Antalya", "Konya", "Trabzon", "München", "Köln", "Zürich", "Málaga", "Kraków", "Łódź",
  "Århus", "Genève", "Wien", "Paris", "Milano", "Porto",
};
static const char * const segments[] = { "Hotels", "Retail", "Export", "Public sector", "Health", "Workshops" };
static const char * const kinds[] = { "prospect", "client", "key_client", "partner" };
static const char * const grades[] = { "A", "B", "C", "D" };

void
bench_maker_insert (BenchMaker *self,
                    const char *sql,
                    const char *types,
                    ...)
{
  GError *error = NULL;
  CrmStmt *stmt = crm_db_prepare (self->db, sql, &error);
  va_list values;

  bench_check (error);
  va_start (values, types);
  for (int i = 0; types[i] != '\0'; i++)
    {
      const char *text;
      gconstpointer key;
      gsize size;

      switch (types[i])
        {
        case 'i':
          crm_stmt_bind_integer (stmt, i + 1, va_arg (values, gint64));
          break;
        case 'k':
          text = va_arg (values, const char *);
          key = crm_collator_key (self->collator, text, -1, &size);
          crm_stmt_bind_blob (stmt, i + 1, key, size);
          break;
        default:
          crm_stmt_bind_text (stmt, i + 1, va_arg (values, const char *));
        }
    }
  va_end (values);
  crm_db_finish (self->db, stmt, &error);
  bench_check (error);
}

char *
bench_maker_make_person (BenchMaker *self)
{
  const char *first = BENCH_PICK (self->rand, first_names);
  const char *root = BENCH_PICK (self->rand, roots), *ending = BENCH_PICK (self->rand, endings);

  return g_strdup_printf ("%s %s%s", first, root, ending);
}

static char *
make_name (GRand *rand)
{
  const char *first = BENCH_PICK (rand, first_names);
  const char *root = BENCH_PICK (rand, roots), *ending = BENCH_PICK (rand, endings);
  const char *trade = BENCH_PICK (rand, trades), *form = BENCH_PICK (rand, forms);

  return g_rand_boolean (rand) ? g_strdup_printf ("%s%s %s %s", root, ending, trade, form)
                               : g_strdup_printf ("%s %s%s %s", first, root, ending, trade);
}

static void
add_child (BenchMaker      *self,
           gint64      client,
           const char *kind,
           const char *value)
{
  bench_maker_insert (self, "INSERT INTO contact_point (id, client, kind, value, main) VALUES (?, ?, ?, ?, ?)", "iitti", ++self->id,
          client, kind, value, (gint64) 1);
}

static void
add_search_row (BenchMaker      *self,
                gint64      client,
                const char *name,
                const char *phone,
                const char *email,
                const char *city)
{
  g_autoptr (GString) text = g_string_new (NULL);

  crm_fold_append (text, name, -1);
  crm_fold_digits_append (text, phone);
  crm_fold_append (text, email, -1);
  crm_fold_append (text, city, -1);
  bench_maker_insert (self, "INSERT INTO search (id, entity, text) VALUES (?, ?, ?)", "iit", client, (gint64) crm_client.number, text->str);
}

static void
add_client (BenchMaker *self)
{
  gint64 id = ++self->id, segment = g_rand_int_range (self->rand, 1, G_N_ELEMENTS (segments) + 1);
  gint64 at = G_GINT64_CONSTANT (1700000000000000) + id;
  const char *city = BENCH_PICK (self->rand, cities);
  const char *kind = BENCH_PICK (self->rand, kinds), *grade = BENCH_PICK (self->rand, grades);
  g_autofree char *name = make_name (self->rand);
  g_autofree char *phone =
    g_strdup_printf ("+90 5%02d %03d %02d %02d", g_rand_int_range (self->rand, 0, 100), g_rand_int_range (self->rand, 0, 1000),
                     g_rand_int_range (self->rand, 0, 100), g_rand_int_range (self->rand, 0, 100));
  g_autofree char *folded = crm_fold (name);
  g_autofree char *local = crm_fold (BENCH_PICK (self->rand, first_names));
  g_autofree char *email = g_strdup_printf ("%s@%s.example", local, g_strdelimit (folded, " ", '-'));

  bench_maker_insert (self,
          "INSERT INTO client (id, name, name_key, kind, segment, grade, city, city_key, phone, email, created, modified)"
          " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "itktittkttii", id, name, name, kind, segment, grade, city, city,
          phone, email, at, at);
  add_child (self, id, "phone", phone);
  add_child (self, id, "email", email);
  bench_maker_insert (self, "INSERT INTO address (id, client, city, main) VALUES (?, ?, ?, 1)", "iit", ++self->id, id, city);
  add_search_row (self, id, name, phone, email, city);
}

static void
fill (BenchMaker *self,
      guint       clients)
{
  gint64 at = G_GINT64_CONSTANT (1700000000000000);

  bench_execute (self->db, "BEGIN");
  bench_maker_insert (self, "INSERT INTO setting (name, value) VALUES ('collation', ?)", "t", crm_collator_get_name (self->collator));
  for (guint i = 0; i < G_N_ELEMENTS (segments); i++)
    {
      g_autofree char *folded = crm_fold (segments[i]);

      bench_maker_insert (self, "INSERT INTO segment (id, name, created, modified) VALUES (?, ?, ?, ?)", "itii", (gint64) i + 1, segments[i], at, at);
      bench_maker_insert (self, "INSERT INTO search (id, entity, text) VALUES (?, ?, ?)", "iit", (gint64) i + 1, (gint64) crm_segment.number, folded);
    }
  for (guint i = 0; i < clients; i++)
    add_client (self);
  bench_execute (self->db, "INSERT INTO search_word (search_word) VALUES ('rebuild'); COMMIT; PRAGMA wal_checkpoint (TRUNCATE);");
}

char *
bench_get_path (const char *name)
{
  const char *folder = g_getenv ("CRM_BENCH_FOLDER");
  g_autofree char *databases = g_build_filename (folder != NULL ? folder : ".", "databases", NULL);

  g_mkdir_with_parents (databases, 0755);
  return g_build_filename (databases, name, NULL);
}

static void
make (const char *path,
      guint       clients,
      gboolean    is_office)
{
  BenchMaker maker = { NULL, crm_collator_new (NULL), g_rand_new_with_seed (SEED), FIRST_ID };
  GError *error = NULL;

  g_printerr (is_office ? "Making %u clients with all that belongs to them …\n" : "Making %u clients …\n", clients);
  crm_schema_create (path, &error);
  bench_check (error);
  maker.db = crm_db_open (path, CRM_DB_WRITE, &error);
  bench_check (error);
  fill (&maker, clients);
  if (is_office)
    bench_maker_fill_office (&maker, clients);
  crm_db_close (maker.db);
  crm_collator_free (maker.collator);
  g_rand_free (maker.rand);
}

static char *
get_database (guint    clients,
              gboolean is_office)
{
  g_autoptr (CrmCollator) collator = crm_collator_new (NULL);
  g_autofree char *order = g_strdelimit (g_strdup (crm_collator_get_name (collator)), " ", '-');
  g_autofree char *name = g_strdup_printf ("%s-%u-v%u-%s.db", is_office ? "office" : "clients", clients, crm_schema_get_latest (), order);
  g_autofree char *unfinished = bench_get_path ("unfinished.db");
  char *path = bench_get_path (name);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return path;
  g_remove (unfinished);
  make (unfinished, clients, is_office);
  if (g_rename (unfinished, path) != 0)
    {
      g_printerr ("%s: %s\n", path, g_strerror (errno));
      exit (EXIT_FAILURE);
    }
  return path;
}

char *
bench_get_database (guint clients)
{
  return get_database (clients, FALSE);
}

char *
bench_get_office (guint clients)
{
  return get_database (clients, TRUE);
}

char *
bench_copy_database (guint       clients,
                     const char *name)
{
  g_autofree char *path = bench_get_database (clients);
  char *copy = bench_get_path (name);
  g_autofree char *log = g_strconcat (copy, "-wal", NULL);
  g_autofree char *shared = g_strconcat (copy, "-shm", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) to = g_file_new_for_path (copy);
  GError *error = NULL;

  g_remove (log);
  g_remove (shared);
  g_file_copy (from, to, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  bench_check (error);
  return copy;
}
