/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "crm-config.h"

#include <sqlite3.h>
#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

#include "bench.h"
#include "crm-client.h"
#include "crm-index.h"
#include "crm-text-scan.h"

/*
 * From a text to the ids of all clients that have it, in the order of the list: by the index, and by the barest way there is: a prepared
 * statement of the full-text index and a bitmap of ranks; a scan of all folded texts in one piece of memory; a plain SELECT.
 */

#define N_TERMS 40
#define LARGE 1000000
#define SLACK 64
#define PALETTE_ROWS 40

/* Words of conversations */
static const char * const spoken[] = { "numune", "katalog", "fuar", "sozlesme", "teslimat", "rakip", "vade", "adres" };

typedef struct {
  char         *of;       /* what is searched, for the report */
  CrmDb        *db;       /* the bare one's */
  CrmDb        *own_db;
  CrmIndex     *index;
  guint         n;
  gint64        first;    /* smallest id */
  gint64        last;
  gint64       *ids;      /* by rank */
  guint32      *rank;     /* by id - first; G_MAXUINT32: not a client */
  guint64      *bits;
  gint64       *hits;
  GString      *text;     /* folded texts, each followed by a line break */
  guint32      *starts;   /* of each in @text */
  guint32      *text_rank;
  char         *prefixes[N_TERMS];
  char         *insides[N_TERMS];
} Bench;

static CrmDb *
open_database (const char *path)
{
  GError *error = NULL;
  CrmDb *db = crm_db_open (path, CRM_DB_READ, &error);

  bench_check (error);
  return db;
}

static CrmStmt *
prepare (Bench      *self,
         const char *sql)
{
  GError *error = NULL;
  CrmStmt *stmt = crm_db_prepare (self->db, sql, &error);

  bench_check (error);
  return stmt;
}

/* The barest ways */

static void
load_ranks (Bench *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CrmStmt) stmt = prepare (self, "SELECT id FROM client WHERE deleted IS NULL ORDER BY name_key, id");
  gint64 last = 0;

  self->first = G_MAXINT64;
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (ids, id);
      self->first = MIN (self->first, id);
      last = MAX (last, id);
    }
  self->n = ids->len;
  self->ids = g_memdup2 (ids->data, ids->len * sizeof (gint64));
  self->last = last;
  self->rank = g_new (guint32, last - self->first + 1);
  memset (self->rank, 0xff, (gsize) (last - self->first + 1) * sizeof (guint32));
  for (guint i = 0; i < self->n; i++)
    self->rank[self->ids[i] - self->first] = i;
  self->bits = g_new0 (guint64, self->n / 64 + 1);
  self->hits = g_new (gint64, self->n);
}

static void
load_texts (Bench *self)
{
  g_autoptr (CrmStmt) stmt = prepare (self, "SELECT id, text FROM search WHERE entity = 1 ORDER BY id");
  guint i = 0;

  self->text = g_string_sized_new (self->n * 80);
  self->starts = g_new (guint32, self->n + 1);
  self->text_rank = g_new (guint32, self->n);
  for (; sqlite3_step (stmt) == SQLITE_ROW; i++)
    {
      self->starts[i] = (guint32) self->text->len;
      self->text_rank[i] = self->rank[sqlite3_column_int64 (stmt, 0) - self->first];
      g_string_append (self->text, (const char *) sqlite3_column_text (stmt, 1));
      g_string_append_c (self->text, '\n');
    }
  self->starts[i] = (guint32) self->text->len;
  g_string_set_size (self->text, self->text->len + SLACK);
  g_string_set_size (self->text, self->text->len - SLACK);
}

static inline void
mark (Bench *self,
      guint  rank)
{
  self->bits[rank / 64] |= G_GUINT64_CONSTANT (1) << (rank % 64);
}

static guint
read_off (Bench *self)
{
  guint n = 0;

  for (guint i = 0; i <= self->n / 64; i++)
    {
      for (guint64 word = self->bits[i]; word != 0; word &= word - 1)
        self->hits[n++] = self->ids[i * 64 + (guint) __builtin_ctzll (word)];
      self->bits[i] = 0;
    }
  return n;
}

static guint
find_prefix (Bench      *self,
             const char *word)
{
  g_autoptr (CrmStmt) stmt = prepare (self, "SELECT rowid FROM search_word WHERE search_word MATCH ?");
  g_autofree char *expression = g_strdup_printf ("\"%s\"*", word);

  crm_stmt_bind_text (stmt, 1, expression);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);

      if (G_LIKELY (id >= self->first && id <= self->last && self->rank[id - self->first] != G_MAXUINT32))
        mark (self, self->rank[id - self->first]);
    }
  return read_off (self);
}

#ifdef __x86_64__
__attribute__ ((target ("avx2")))
static const char *
find_wide (const char *text,
           const char *end,
           const char *word,
           gsize       length)
{
  __m256i first = _mm256_set1_epi8 (word[0]);
  __m256i last = _mm256_set1_epi8 (word[length - 1]);

  for (; text + length <= end; text += 32)
    {
      __m256i a = _mm256_cmpeq_epi8 (first, _mm256_loadu_si256 ((gconstpointer) text));
      __m256i b = _mm256_cmpeq_epi8 (last, _mm256_loadu_si256 ((gconstpointer) (text + length - 1)));

      for (guint m = (guint) _mm256_movemask_epi8 (_mm256_and_si256 (a, b)); m != 0; m &= m - 1)
        {
          const char *hit = text + __builtin_ctz (m);

          if (hit + length <= end && memcmp (hit, word, length) == 0)
            return hit;
        }
    }
  return NULL;
}
#endif

static const char *
find_bare (const char *text,
           const char *end,
           const char *word,
           gsize       length)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2"))
    return find_wide (text, end, word, length);
#endif
  return memmem (text, (gsize) (end - text), word, length);
}

static guint
find_inside (Bench      *self,
             const char *word)
{
  const char *end = self->text->str + self->text->len;
  const char *at = self->text->str;
  gsize length = strlen (word);
  guint low = 0;

  while ((at = find_bare (at, end, word, length)) != NULL)
    {
      guint32 offset = (guint32) (at - self->text->str);
      guint high = low + 1;

      for (guint step = 1; high < self->n && self->starts[high] <= offset; step *= 2)
        {
          low = high;
          high += step;
        }
      high = MIN (high, self->n);
      while (high - low > 1)
        {
          guint middle = (low + high) / 2;

          if (self->starts[middle] <= offset)
            low = middle;
          else
            high = middle;
        }
      mark (self, self->text_rank[low]);
      at = self->text->str + self->starts[low + 1];
    }
  return read_off (self);
}

static guint
select_ids (Bench      *self,
            const char *sql,
            const char *parameter)
{
  g_autoptr (CrmStmt) stmt = prepare (self, sql);
  guint n = 0;

  if (parameter != NULL)
    crm_stmt_bind_text (stmt, 1, parameter);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    self->hits[n++] = sqlite3_column_int64 (stmt, 0);
  return n;
}

/* Ours */

static guint
query (Bench          *self,
       CrmIndex       *index,
       const CrmQuery *query,
       gboolean        prefix_only)
{
  GError *error = NULL;
  g_autoptr (CrmIdList) list = crm_index_query (index, self->own_db, query, prefix_only, &error);

  bench_check (error);
  return crm_id_list_get_length (list);
}

static void
expect_same (guint       bare,
             guint       own,
             const char *what)
{
  if (bare == own)
    return;
  g_printerr ("%s: %u and %u hits\n", what, bare, own);
  exit (EXIT_FAILURE);
}

/* Terms from records spread over the table */
static void
choose_terms (Bench *self)
{
  for (guint i = 0; i < N_TERMS; i++)
    {
      guint record = (guint) ((i * G_GUINT64_CONSTANT (104729) + 17) % self->n);
      g_autofree char *text = g_strndup (self->text->str + self->starts[record], self->starts[record + 1] - self->starts[record] - 1);
      g_auto (GStrv) words = g_strsplit (text, " ", -1);

      self->prefixes[i] = g_strdup (words[0]);
      self->insides[i] = g_strdup (strlen (words[1]) > 3 ? words[1] + 1 : words[0] + 1);
    }
}

typedef struct {
  gboolean inside;
  guint    letters;
  double   most;
  double   slack;
} Case;

static const Case cases[] = {
  { FALSE, 1, 1.3, 0.2 }, { FALSE, 2, 1.3, 0.2 }, { FALSE, 3, 1.3, 0.2 }, { FALSE, 4, 1.3, 0.2 }, { FALSE, 5, 1.3, 0.2 },
  { FALSE, 6, 1.3, 0.2 }, { TRUE, 2, 1.5, 0 },    { TRUE, 3, 1.5, 0 },    { TRUE, 4, 1.5, 0 },    { TRUE, 6, 1.5, 0 },
};

static void
measure_search (Bench      *self,
                const Case *c)
{
  g_autoptr (CrmQuery) what = crm_query_new (&crm_client);
  g_autoptr (GArray) bare = bench_times_new ();
  g_autoptr (GArray) own = bench_times_new ();
  g_autofree char *name = g_strdup_printf ("%s %u letter%s, %s", c->inside ? "inside words" : "beginning of words",
                                           c->letters, c->letters == 1 ? "" : "s", self->of);

  for (guint run = 0; run < bench_get_runs (5) + 1; run++)
    for (guint i = 0; i < N_TERMS; i++)
      {
        const char *term = c->inside ? self->insides[i] : self->prefixes[i];
        g_autofree char *word = g_strndup (term, c->letters);
        double start, middle, end;
        guint n_bare, n_own;

        if (strlen (term) < c->letters)
          continue;
        crm_query_set_text (what, word);
        start = bench_now ();
        n_bare = c->inside ? find_inside (self, word) : find_prefix (self, word);
        middle = bench_now ();
        n_own = query (self, self->index, what, !c->inside);
        end = bench_now ();
        expect_same (n_bare, n_own, word);
        if (run == 0)
          continue; /* the first reads pages and makes statements */
        bench_times_add (bare, middle - start);
        bench_times_add (own, end - middle);
      }
  bench_report_at_most (name, "ms", bare, own, c->most, c->slack);
}

typedef struct {
  const char     *what;
  CrmClientField  sort;
  const char     *sql;
  CrmClientField  filter;     /* CRM_CLIENT_NAME: none */
  const char     *values[3];  /* of the filter, in turns */
} Change;

#define ALL "SELECT id FROM client WHERE deleted IS NULL"
/* Here the index of names would do harm. */
#define UNINDEXED "SELECT id FROM client NOT INDEXED WHERE deleted IS NULL"

static const Change changes[] = {
  { "sort by city", CRM_CLIENT_CITY, ALL " ORDER BY city_key, name_key, id", CRM_CLIENT_NAME, { NULL } },
  { "sort by account manager", CRM_CLIENT_OWNER, ALL " ORDER BY owner, name_key, id", CRM_CLIENT_NAME, { NULL } },
  { "sort by e-mail", CRM_CLIENT_EMAIL, ALL " ORDER BY email, name_key, id", CRM_CLIENT_NAME, { NULL } },
  { "sort by time of creation", CRM_CLIENT_CREATED, ALL " ORDER BY created, name_key, id", CRM_CLIENT_NAME, { NULL } },
  { "filter by kind", CRM_CLIENT_NAME, UNINDEXED " AND kind = ? ORDER BY name_key, id", CRM_CLIENT_KIND,
    { "prospect", "client", "partner" } },
  { "filter by city", CRM_CLIENT_NAME, UNINDEXED " AND city = ? ORDER BY name_key, id", CRM_CLIENT_CITY,
    { "İstanbul", "Ankara", "Łódź" } },
  { "filter by segment", CRM_CLIENT_NAME, ALL " AND segment IN (SELECT id FROM segment WHERE name = ?) ORDER BY name_key, id",
    CRM_CLIENT_SEGMENT, { "Hotels", "Retail", "Health" } },
};

static void
measure_change (Bench        *self,
                const Change *c)
{
  g_autoptr (CrmQuery) what = crm_query_new (&crm_client);
  g_autoptr (GArray) bare = bench_times_new ();
  g_autoptr (GArray) own = bench_times_new ();
  g_autofree char *name = g_strdup_printf ("%s, %s", c->what, self->of);

  what->sort = c->sort;
  for (guint run = 0; run < bench_get_runs (5) + 1; run++)
    {
      /* Of a fresh index, so that the order is not there yet. */
      g_autoptr (CrmIndex) index = crm_index_new ();
      const char *value = c->values[run % G_N_ELEMENTS (c->values)];
      double start, middle, end;
      guint n_bare, n_own;
      GError *error = NULL;

      crm_index_load (index, self->own_db, &crm_client, &error);
      bench_check (error);
      if (value != NULL)
        crm_query_add_filter (what, c->filter, CRM_FILTER_IS, (const char *[]) { value, NULL });
      start = bench_now ();
      n_bare = select_ids (self, c->sql, value);
      middle = bench_now ();
      n_own = query (self, index, what, FALSE);
      end = bench_now ();
      expect_same (n_bare, n_own, c->what);
      if (run == 0)
        continue;
      bench_times_add (bare, middle - start);
      bench_times_add (own, end - middle);
    }
  bench_report_at_most (name, "ms", bare, own, 1.5, 0);
}

/* The palette: the first hits among everything, conversations with them, the newest first. */

static guint
find_everything (Bench      *self,
                 const char *word)
{
  g_autoptr (CrmStmt) stmt = prepare (self,
                                      "SELECT i.id FROM log_word CROSS JOIN interaction i ON i.id = log_word.rowid WHERE log_word MATCH ?"
                                      " ORDER BY i.at DESC, i.id DESC LIMIT ?");
  g_autoptr (CrmStmt) all = prepare (self, "SELECT s.id FROM search_word CROSS JOIN search s ON s.id = search_word.rowid"
                                           " WHERE search_word MATCH ? ORDER BY s.text LIMIT ?");
  g_autofree char *expression = g_strdup_printf ("\"%s\"*", word);
  guint n = 0, n_log = 0;

  crm_stmt_bind_text (all, 1, expression);
  crm_stmt_bind_integer (all, 2, PALETTE_ROWS);
  while (sqlite3_step (all) == SQLITE_ROW)
    n++;
  crm_stmt_bind_text (stmt, 1, expression);
  crm_stmt_bind_integer (stmt, 2, MAX (PALETTE_ROWS - n, PALETTE_ROWS / 4));
  while (sqlite3_step (stmt) == SQLITE_ROW)
    n_log++;
  return MIN (n + n_log, PALETTE_ROWS);
}

static void
measure_everything (Bench *self,
                    guint  letters)
{
  g_autoptr (GArray) bare = bench_times_new ();
  g_autoptr (GArray) own = bench_times_new ();
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *name = g_strdup_printf ("everything %u letters, %s", letters, self->of);

  for (guint run = 0; run < bench_get_runs (3) + 1; run++)
    for (guint i = 0; i < N_TERMS + G_N_ELEMENTS (spoken); i++)
      {
        const char *term = i < N_TERMS ? self->prefixes[i] : spoken[i - N_TERMS];
        g_autofree char *word = g_strndup (term, letters);
        double start, middle, end;
        GError *error = NULL;

        start = bench_now ();
        find_everything (self, word);
        middle = bench_now ();
        crm_index_search_all (self->index, self->own_db, word, PALETTE_ROWS, ids, &error);
        bench_check (error);
        end = bench_now ();
        if (run == 0)
          continue;
        bench_times_add (bare, middle - start);
        bench_times_add (own, end - middle);
      }
  bench_report_at_most (name, "ms", bare, own, 1.3, 0.2);
}

/* @is_office: with people, tasks and conversations */
static void
measure (guint    clients,
         gboolean is_office)
{
  g_autofree char *path = is_office ? bench_get_office (clients) : bench_get_database (clients);
  Bench self = { .db = open_database (path), .own_db = open_database (path), .index = crm_index_new () };
  GError *error = NULL;

  load_ranks (&self);
  load_texts (&self);
  self.of = g_strdup_printf (is_office ? "office of %u clients" : "%u clients", self.n);
  choose_terms (&self);
  crm_index_load (self.index, self.own_db, &crm_client, &error);
  bench_check (error);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    measure_search (&self, &cases[i]);
  if (is_office)
    for (guint letters = 2; letters <= 5; letters++)
      measure_everything (&self, letters);
  else
    for (gsize i = 0; i < G_N_ELEMENTS (changes); i++)
      measure_change (&self, &changes[i]);

  for (guint i = 0; i < N_TERMS; i++)
    {
      g_free (self.prefixes[i]);
      g_free (self.insides[i]);
    }
  g_free (self.of);
  g_free (self.ids);
  g_free (self.rank);
  g_free (self.bits);
  g_free (self.hits);
  g_free (self.starts);
  g_free (self.text_rank);
  g_string_free (self.text, TRUE);
  crm_index_free (self.index);
  crm_db_close (self.db);
  crm_db_close (self.own_db);
}

int
main (void)
{
  bench_begin ("search");
  measure (bench_get_clients (), FALSE);
  measure (bench_get_clients (), TRUE);
  if (g_getenv ("CRM_BENCH_CLIENTS") == NULL)
    measure (LARGE, FALSE);
  return EXIT_SUCCESS;
}
