/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "bench-maker.h"
#include "crm-entity.h"
#include "crm-search-text.h"

/*
 * What belongs to the clients of an office: for 100,000 of them 150,000 people, 200,000 tasks, a million conversations, of which the first
 * client has 10,000.
 */

#define YEAR_2025 G_GINT64_CONSTANT (1735689600000000)
#define DAY G_GINT64_CONSTANT (86400000000)

static const char * const roles[] = { "Satın alma", "Genel müdür", "Muhasebe", "Depo", "Pazarlama", "Fabrika müdürü" };
static const char * const channels[] = { "call", "call", "call", "email", "visit", "chat" };
static const char * const outcomes[] = { "reached", "reached", "no_answer", "busy", "call_back" };
static const char * const openings[] = { "Fiyat listesi", "Numune", "Sözleşme taslağı", "Fuar daveti", "Teslimat", "Sipariş", "Şikâyet", "Ödeme" };
static const char * const verbs[] = { "istedi", "gönderildi", "soruldu", "konuşuldu", "ertelendi", "onaylandı", "bekliyor" };
static const char * const details[] = {
  "Pazartesi tekrar aranacak.", "Yeni katalog gönderilecek.", "Rakip teklif yüzde beş daha düşük.", "Müdür izinde, yardımcısı ile görüşüldü.",
  "Kargo ücretini biz karşılıyoruz.", "Vade doksan güne çıkarılsın dediler.", "Depo taşınıyor, adres değişecek.",
};

typedef struct {
  BenchMaker *maker;
  GArray     *clients; /* of gint64 */
  GArray     *people;
} Office;

static void
read_clients (Office *self)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->maker->db, "SELECT id FROM client ORDER BY id", NULL);

  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (self->clients, id);
    }
}

static gint64
pick_client (Office *self)
{
  return g_array_index (self->clients, gint64, g_rand_int_range (self->maker->rand, 0, (gint32) self->clients->len));
}

static gint64
pick_time (Office *self)
{
  return YEAR_2025 + (gint64) (g_rand_double (self->maker->rand) * 690 * DAY);
}

static void
add_person (Office *self)
{
  BenchMaker *maker = self->maker;
  gint64 id = ++maker->id, at = pick_time (self);
  g_autofree char *name = bench_maker_make_person (maker);
  g_autofree char *birthday = g_strdup_printf ("19%02d-%02d-%02d", g_rand_int_range (maker->rand, 50, 99), g_rand_int_range (maker->rand, 1, 13),
                                               g_rand_int_range (maker->rand, 1, 29));

  bench_maker_insert (maker, "INSERT INTO person (id, name, name_key, birthday, created, modified) VALUES (?, ?, ?, ?, ?, ?)", "itktii", id, name,
                      name, birthday, at, at);
  bench_maker_insert (maker, "INSERT INTO position (id, person, client, role, main) VALUES (?, ?, ?, ?, 1)", "iiit", ++maker->id, id,
                      pick_client (self), BENCH_PICK (maker->rand, roles));
  g_array_append_val (self->people, id);
}

static void
add_task (Office *self)
{
  BenchMaker *maker = self->maker;
  gint64 id = ++maker->id, at = pick_time (self);
  g_autofree char *name = g_strdup_printf ("%s %s", BENCH_PICK (maker->rand, openings), BENCH_PICK (maker->rand, verbs));
  g_autofree char *due = g_strdup_printf ("2026-%02d-%02d", g_rand_int_range (maker->rand, 1, 13), g_rand_int_range (maker->rand, 1, 29));

  bench_maker_insert (maker,
                      "INSERT INTO task (id, name, name_key, client, due, done, created, modified) VALUES (?, ?, ?, ?, ?, nullif (?, 0), ?, ?)",
                      "itkitiii", id, name, name, pick_client (self), due, g_rand_int_range (maker->rand, 0, 3) > 0 ? at : (gint64) 0, at, at);
}

static void
add_conversation (Office *self,
                  gint64  client)
{
  BenchMaker *maker = self->maker;
  gint64 id = ++maker->id, at = pick_time (self);
  g_autofree char *subject = g_strdup_printf ("%s %s", BENCH_PICK (maker->rand, openings), BENCH_PICK (maker->rand, verbs));
  g_autofree char *text = g_strdup_printf ("%s\n%s", subject, BENCH_PICK (maker->rand, details));

  bench_maker_insert (maker,
                      "INSERT INTO interaction (id, subject, client, channel, direction, at, outcome, text, created, modified)"
                      " VALUES (?, ?, ?, ?, 'out', ?, ?, ?, ?, ?)", "itititt" "ii", id, subject, client, BENCH_PICK (maker->rand, channels), at,
                      BENCH_PICK (maker->rand, outcomes), text, at, at);
  bench_maker_insert (maker, "INSERT INTO participant (id, interaction, person) VALUES (?, ?, ?)", "iii", ++maker->id, id,
                      g_array_index (self->people, gint64, g_rand_int_range (maker->rand, 0, (gint32) self->people->len)));
}

/* As the program puts them together */
static void
add_texts (Office          *self,
           const CrmEntity *entity)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s", entity->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->maker->db, sql, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) ids = crm_db_get_integers (self->maker->db, stmt, &error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!crm_search_text_update (self->maker->db, entity, g_array_index (ids, gint64, i), FALSE, &error))
      break;
  if (error != NULL)
    g_error ("%s", error->message);
}

/* What the program keeps from the records beside them. */
static void
derive (Office *self)
{
  static const char script[] =
    "UPDATE task SET next = 1 WHERE id IN (SELECT min (id) FROM task WHERE done IS NULL GROUP BY client);"
    "UPDATE client SET next_step = t.name, next_due = t.due FROM task t WHERE t.client = client.id AND t.next;"
    "UPDATE client SET last_contact = (SELECT max (at) FROM interaction i WHERE i.client = client.id AND outcome = 'reached');"
    "INSERT INTO search_word (search_word) VALUES ('rebuild'); INSERT INTO log_word (log_word) VALUES ('rebuild');"
    "COMMIT; PRAGMA wal_checkpoint (TRUNCATE);";
  g_autoptr (GError) error = NULL;

  if (!crm_db_execute (self->maker->db, script, &error))
    g_error ("%s", error->message);
}

void
bench_maker_fill_office (BenchMaker *maker,
                         guint       clients)
{
  Office self = { maker, g_array_new (FALSE, FALSE, sizeof (gint64)), g_array_new (FALSE, FALSE, sizeof (gint64)) };

  read_clients (&self);
  crm_db_execute (maker->db, "BEGIN", NULL);
  for (guint i = 0; i < clients * 3 / 2; i++)
    add_person (&self);
  for (guint i = 0; i < clients * 2; i++)
    add_task (&self);
  for (guint i = 0; i < clients * 10; i++)
    add_conversation (&self, i < clients / 10 ? g_array_index (self.clients, gint64, 0) : pick_client (&self));
  add_texts (&self, &crm_person);
  add_texts (&self, &crm_task);
  add_texts (&self, &crm_interaction);
  derive (&self);
  g_array_unref (self.clients);
  g_array_unref (self.people);
}
