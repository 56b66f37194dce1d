/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <string.h>

#include "crm-client.h"
#include "crm-collator.h"
#include "crm-contact-point.h"
#include "crm-fold.h"
#include "crm-search.h"
#include "crm-segment.h"
#include "crm-sql.h"
#include "crm-tag.h"
#include "crm-test-store.h"

#define N_CLIENTS 300
#define N_ROUNDS 120
#define N_QUERIES 12

/* Queries as jobs of the reader */

typedef struct {
  CrmStore *store;
  CrmQuery *query;
  gboolean  prefix_only;
} Job;

static gpointer
run_query (CrmDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Job *job = data;

  return crm_index_query (crm_store_get_index (job->store), db, job->query, job->prefix_only, error);
}

static CrmIdList *
query (CrmStore *store,
       CrmQuery *what,
       gboolean  prefix_only)
{
  g_autoptr (GError) error = NULL;
  Job job = { store, what, prefix_only };
  CrmIdList *list = crm_store_read (store, run_query, &job, &error);

  g_assert_no_error (error);
  return list;
}

/* The names of what a text finds, parted by "|", and by "||" from those that have it inside words. */
static char *
find_names (CrmStore   *store,
            const char *text)
{
  g_autoptr (CrmQuery) what = crm_query_new (&crm_client);
  g_autoptr (CrmIdList) list = NULL;
  GString *names = g_string_new (NULL);

  crm_query_set_text (what, text);
  list = query (store, what, FALSE);
  for (guint i = 0; i < crm_id_list_get_length (list); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT name FROM client WHERE id = %" G_GINT64_FORMAT, crm_id_list_get (list, i));
      g_autofree char *name = g_strchomp (crm_test_query (crm_store_get_path (store), sql));

      g_string_append_printf (names, "%s%s", i == 0 ? "" : i == crm_id_list_get_n_prefix (list) ? "||" : "|", name);
    }
  return g_string_free (names, FALSE);
}

#define assert_finds(store, text, expected) \
  G_STMT_START { \
    g_autofree char *crm_names = find_names (store, text); \
    g_assert_cmpstr (crm_names, ==, expected); \
  } G_STMT_END

static void
test_finds (CrmTest       *test,
            gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);

  crm_test_save (store, &crm_client, 0, "name", "ŞİŞECAM A.Ş.", "phone", "+90 212 350 50 50", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Çiçek Tarım", "city", "ISPARTA", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Cumhur Makine", "city", "İstanbul", "phone", "0212 555 01 42", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Mikrosoft Yazılım", "email", "bilgi@mikrosoft.example", NULL);
  crm_test_save (store, &crm_client, 0, "name", "Softa Tekstil", NULL);

  assert_finds (store, "istanbul", "Cumhur Makine");
  assert_finds (store, "ISTANBUL cum", "Cumhur Makine");
  assert_finds (store, "ısparta", "Çiçek Tarım");
  assert_finds (store, "cicek", "Çiçek Tarım");
  assert_finds (store, "sisecam as", "ŞİŞECAM A.Ş.");
  assert_finds (store, "soft", "Softa Tekstil||Mikrosoft Yazılım");
  assert_finds (store, "c", "Cumhur Makine|Çiçek Tarım");
  assert_finds (store, "5550142", "Cumhur Makine");
  assert_finds (store, "90 212 350", "ŞİŞECAM A.Ş.");
  assert_finds (store, "0212", "Cumhur Makine|ŞİŞECAM A.Ş.");
  assert_finds (store, "zzz", "");
  assert_finds (store, "\"*", "Cumhur Makine|Çiçek Tarım|Mikrosoft Yazılım|Softa Tekstil|ŞİŞECAM A.Ş.");
  /* A letter SQLite's tokenizer does not know */
  crm_test_save (store, &crm_client, 0, "name", "Foo𞤢bar", NULL);
  assert_finds (store, "foo𞤢b", "Foo𞤢bar");
  g_object_unref (store);
}

static gboolean
delete_one (CrmWriter     *writer,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return crm_writer_delete (writer, &crm_client, *(gint64 *) data, error);
}

static void
test_trash (CrmTest       *test,
            gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  g_autoptr (CrmQuery) what = crm_query_new (&crm_client);
  g_autoptr (CrmIdList) trash = NULL, none = NULL;
  g_autoptr (GError) error = NULL;
  gint64 kept = crm_test_save (store, &crm_client, 0, "name", "Kalan", "city", "Van", NULL);
  gint64 gone = crm_test_save (store, &crm_client, 0, "name", "Giden", "city", "Van", "phone", "0432 111 22 33", NULL);

  crm_store_step (store, "Delete", delete_one, &gone, NULL, &error);
  g_assert_no_error (error);
  what->trash = TRUE;
  crm_query_set_text (what, "van 0432111");
  trash = query (store, what, FALSE);
  g_assert_cmpuint (crm_id_list_get_length (trash), ==, 1);
  g_assert_cmpint (crm_id_list_get (trash, 0), ==, gone);
  g_assert_cmpint (crm_id_list_find (trash, gone), ==, 0);
  g_assert_cmpint (crm_id_list_find (trash, kept), ==, -1);
  crm_query_set_text (what, "kalan");
  none = query (store, what, FALSE);
  g_assert_cmpuint (crm_id_list_get_length (none), ==, 0);
  g_object_unref (store);
}

static gpointer
run_first (CrmDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Job *job = data;

  return crm_index_first (db, job->query, 3, error);
}

static void
test_first (CrmTest       *test,
            gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  g_autoptr (CrmQuery) what = crm_query_new (&crm_client);
  static const char * const names[] = { "Ç", "C", "D", "Ş", "S" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    crm_test_save (store, &crm_client, 0, "name", names[i], "kind", i % 2 == 0 ? "client" : "partner", NULL);
  for (guint i = 0; i < 4; i++)
    {
      Job job = { store, what, FALSE };
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmIdList) first = NULL, all = NULL;

      what->descending = i % 2 != 0;
      if (i >= 2)
        crm_query_add_filter (what, CRM_CLIENT_KIND, CRM_FILTER_IS, (const char *[]) { "client", NULL });
      first = crm_store_read (store, run_first, &job, &error);
      g_assert_no_error (error);
      all = query (store, what, FALSE);
      g_assert_cmpuint (crm_id_list_get_length (first), ==, 3);
      for (guint p = 0; p < 3; p++)
        g_assert_cmpint (crm_id_list_get (first, p), ==, crm_id_list_get (all, p));
    }
  g_object_unref (store);
}

typedef struct {
  CrmStore   *store;
  const char *text;
  guint       limit;
  GArray     *ids;
} Search;

static gpointer
run_search (CrmDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Search *search = data;

  crm_index_search_all (crm_store_get_index (search->store), db, search->text, search->limit, search->ids, error);
  return NULL;
}

static gpointer
run_search_once (CrmDb         *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Search *search = data;

  crm_search_once (db, search->text, search->limit, search->ids, error);
  return NULL;
}

/* Who asks once without an index finds the same. */
static void
assert_same_once (CrmStore     *store,
                  const char   *text,
                  guint         limit)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) once = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  Search search = { store, text, limit, ids };

  crm_store_read (store, run_search, &search, &error);
  search.ids = once;
  crm_store_read (store, run_search_once, &search, &error);
  g_assert_no_error (error);
  g_test_message ("“%s”, at most %u: %u hits", text, limit, ids->len);
  g_assert_cmpmem (once->data, once->len * sizeof (gint64), ids->data, ids->len * sizeof (gint64));
}

static void
assert_search (CrmStore     *store,
               const char   *text,
               guint         limit,
               const gint64 *expected,
               guint         n_expected)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  Search search = { store, text, limit, ids };

  crm_store_read (store, run_search, &search, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (ids->data, ids->len * sizeof (gint64), expected, n_expected * sizeof (gint64));
  assert_same_once (store, text, limit);
}

static void
test_search_all (CrmTest       *test,
                 gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  gint64 segment = crm_test_save (store, &crm_segment, 0, "name", "Kuru gıda", NULL);
  gint64 inside = crm_test_save (store, &crm_client, 0, "name", "Akkuru Ltd.", NULL);
  gint64 by_city = crm_test_save (store, &crm_client, 0, "name", "Aslan", "city", "Kuruçay", NULL);
  gint64 later = crm_test_save (store, &crm_client, 0, "name", "Kuruş Finans", NULL);
  gint64 earlier = crm_test_save (store, &crm_client, 0, "name", "Kuruçeşme Yat", NULL);
  const gint64 expected[] = { segment, earlier, later, by_city, inside };

  assert_search (store, "KURU", 0, expected, 5);
  assert_search (store, "kuru", 5, expected, 5);
  assert_search (store, "kuru", 2, expected, 2);
  assert_search (store, "  ", 5, expected, 0);
  assert_search (store, "yok", 5, expected, 0);
  g_object_unref (store);
}

static gint64
make_call (CrmStore   *store,
           const char *at,
           const char *text)
{
  return crm_test_save (store, &crm_interaction, 0, "at", at, "text", text, NULL);
}

/* Conversations come behind other records, the newest first, and have room of their own. */
static void
test_search_log (CrmTest       *test,
                 gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  gint64 inside = make_call (store, "2026-11-20T10:00:00Z", "Akkuru ile görüşüldü");
  gint64 old = make_call (store, "2026-01-05T10:00:00Z", "Kuru kayısı sordu");
  gint64 new = make_call (store, "2026-11-05T10:00:00Z", "KURU incir istiyor");
  gint64 later = crm_test_save (store, &crm_client, 0, "name", "Kuruş Finans", NULL);
  gint64 earlier = crm_test_save (store, &crm_client, 0, "name", "Kuruçeşme Yat", NULL);
  const gint64 all[] = { earlier, later, new, old, inside };
  const gint64 four[] = { earlier, later, new, old };
  const gint64 one_each[] = { earlier, later, new };
  const gint64 changed[] = { earlier, later, old, inside };

  assert_search (store, "kuru", 0, all, 5);
  assert_search (store, "kuru", 10, all, 5);
  assert_search (store, "kuru", 4, four, 4);
  assert_search (store, "kuru", 3, one_each, 3);
  crm_test_save (store, &crm_interaction, new, "text", "İncir istiyor", NULL);
  assert_search (store, "kuru", 10, changed, 4);
  crm_test_undo (store, FALSE);
  assert_search (store, "kuru", 10, all, 5);
  crm_test_assert_search (store);
  g_object_unref (store);
}

/*
 * Random bases and random edits: what the index answers must be what one finds by looking at each record, without index,
 * ranks and bitmaps.
 */

typedef struct {
  CrmStore    *store;
  GRand       *rand;
  CrmCollator *collator;
  GArray      *ids;     /* of clients ever made */
  guint        n_names;
} Play;

/* What the naive search looks at. */
typedef struct {
  GPtrArray   *records; /* of CrmValues, in the order of names */
  GPtrArray   *texts;   /* of char *, folded */
  CrmCollator *collator;
} Base;

static const char * const syllables[] = { "ka", "ra", "ağ", "lu", "şi", "Çi", "çek", "İs", "tan", "ISp", "bul", "öz", "ün", "x" };
static const char * const cities[] = { "İstanbul", "ISPARTA", "istanbul", "Ağrı", "Çorum", "Cide", "Iğdır", "İzmir" };

static guint
pick (Play  *play,
      guint  n)
{
  return (guint) g_rand_int_range (play->rand, 0, (gint32) n);
}

static char *
make_name (Play *play)
{
  GString *name = g_string_new (NULL);
  guint n_words = 1 + pick (play, 3);

  for (guint w = 0; w < n_words; w++)
    {
      if (w > 0)
        g_string_append_c (name, ' ');
      for (guint s = 0; s <= pick (play, 3); s++)
        g_string_append (name, syllables[pick (play, G_N_ELEMENTS (syllables))]);
    }
  return g_string_free (name, FALSE);
}

static char *
make_phone (Play *play)
{
  static const char * const forms[] = { "0%u %u %02u %02u", "+90 (%u) %u-%02u%02u", "90%u%u%02u%02u", "%u %u %02u %02u" };
  const guint areas[] = { 212, 216, 555 };

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (forms[pick (play, G_N_ELEMENTS (forms))], areas[pick (play, 3)], 500 + pick (play, 30), pick (play, 20),
                          pick (play, 20));
#pragma GCC diagnostic pop
}

static void
set_some (Play      *play,
          CrmValues *values)
{
  static const char * const kinds[] = { "prospect", "client", "key_client", "former" };
  static const char * const grades[] = { "A", "B", "C" };
  static const char * const segments[] = { "Zincir", "Bakkal", "Çarşı", "Cadde" };
  static const char * const tags[] = { "fuar", "önemli", "fuar, önemli", "Önemli, yeni" };
  static const char * const owners[] = { "Ayşe", "ayşe", "Çağla", "Cem", "Deniz" };
  g_autofree char *name = make_name (play);
  g_autofree char *phone = make_phone (play);

  if (crm_values_get_id (values) == 0 || pick (play, 3) == 0)
    crm_values_set_text (values, CRM_CLIENT_NAME, name);
  if (pick (play, 3) == 0)
    crm_values_set_text (values, CRM_CLIENT_CITY, pick (play, 5) == 0 ? NULL : cities[pick (play, G_N_ELEMENTS (cities))]);
  if (pick (play, 3) == 0)
    crm_values_set_text (values, CRM_CLIENT_KIND, kinds[pick (play, 4)]);
  if (pick (play, 3) == 0)
    crm_values_set_text (values, CRM_CLIENT_GRADE, pick (play, 4) == 0 ? NULL : grades[pick (play, 3)]);
  if (pick (play, 3) == 0)
    crm_values_set_text (values, CRM_CLIENT_PHONE, pick (play, 4) == 0 ? NULL : phone);
  if (pick (play, 4) == 0)
    crm_values_set_text (values, CRM_CLIENT_OWNER, pick (play, 5) == 0 ? NULL : owners[pick (play, 5)]);
  if (pick (play, 4) == 0)
    crm_values_set_text (values, CRM_CLIENT_TAGS, pick (play, 4) == 0 ? NULL : tags[pick (play, 4)]);
  if (pick (play, 4) == 0)
    crm_values_set_integer (values, CRM_CLIENT_CREDIT_LIMIT, 100 * pick (play, 50));
  if (pick (play, 4) == 0)
    crm_values_set_reference (values, CRM_CLIENT_SEGMENT, 0, segments[pick (play, 4)]);
}

static gboolean
edit_some (CrmWriter     *writer,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Play *play = data;
  guint n = pick (play, 10) == 0 ? 150 : 1 + pick (play, 12);

  for (guint i = 0; i < n; i++)
    {
      gint64 id = play->ids->len == 0 || pick (play, 5) == 0 ? 0 : g_array_index (play->ids, gint64, pick (play, play->ids->len));
      g_autoptr (CrmValues) values = crm_values_new (&crm_client, id);
      g_autoptr (GError) failure = NULL;

      if (id != 0 && pick (play, 6) == 0)
        {
          if (pick (play, 2) == 0)
            crm_writer_delete (writer, &crm_client, id, &failure);
          else
            crm_writer_restore (writer, &crm_client, id, &failure);
          continue;
        }
      set_some (play, values);
      if (id == 0)
        {
          id = crm_writer_insert (writer, values, error);
          g_assert_no_error (*error);
          g_array_append_val (play->ids, id);
        }
      else
        crm_writer_update (writer, values, &failure);
    }
  return TRUE;
}

static gboolean
fill (CrmWriter     *writer,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  Play *play = data;

  for (guint i = 0; i < N_CLIENTS; i++)
    {
      g_autoptr (CrmValues) values = crm_values_new (&crm_client, 0);
      gint64 id;

      set_some (play, values);
      id = crm_writer_insert (writer, values, error);
      g_assert_no_error (*error);
      g_array_append_val (play->ids, id);
    }
  return TRUE;
}

/* Names that many refer to: of a segment or a tag. */
static gboolean
rename_one (CrmWriter     *writer,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Play *play = data;
  const CrmEntity *entity = pick (play, 2) == 0 ? &crm_segment : &crm_tag;
  const char *old = entity == &crm_segment ? "Bakkal" : "fuar";
  gint64 id = crm_writer_find_named (writer, entity, old, TRUE, error);
  g_autoptr (CrmValues) values = crm_values_new (entity, id);
  g_autofree char *name = g_strdup_printf ("%s%u", pick (play, 2) == 0 ? "A" : "Z", play->n_names++);

  g_assert_no_error (*error);
  crm_values_set_text (values, crm_entity_get_title_field (entity), name);
  return crm_writer_update (writer, values, error);
}

static void
change (Play *play)
{
  g_autoptr (GError) error = NULL;
  guint kind = pick (play, 10);

  if (kind < 2)
    {
      g_autofree char *label = crm_store_undo (play->store, kind == 0, &error);

      g_clear_error (&error); /* there may be nothing to undo */
    }
  else
    {
      crm_store_step (play->store, "Edit", kind == 2 ? rename_one : edit_some, play, NULL, &error);
      g_assert_no_error (error);
    }
}

/* The naive way */

static gpointer
read_base (CrmDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Base *base = data;

  base->records = crm_sql_read_all (db, &crm_client, error);
  base->texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < base->records->len; i++)
    {
      g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT text FROM search WHERE id = ?", error);
      gboolean row;

      crm_stmt_bind_integer (stmt, 1, crm_values_get_id (g_ptr_array_index (base->records, i)));
      g_assert_true (crm_db_step (db, stmt, &row, error));
      g_assert_true (row);
      g_ptr_array_add (base->texts, g_strdup ((const char *) sqlite3_column_text (stmt, 0)));
    }
  return NULL;
}

static int
compare_texts (CrmCollator *collator,
               const char  *a,
               const char  *b)
{
  gsize a_size, b_size;
  const guint8 *key = crm_collator_key (collator, a, -1, &a_size);
  g_autofree guint8 *a_key = g_memdup2 (key, a_size);
  const guint8 *b_key = crm_collator_key (collator, b, -1, &b_size);
  int order = memcmp (a_key, b_key, MIN (a_size, b_size));

  return order != 0 ? order : (a_size > b_size) - (a_size < b_size);
}

static int
compare_field (const CrmValues *a,
               const CrmValues *b,
               guint            field,
               CrmCollator     *collator)
{
  const CrmField *f = &crm_client.fields[field];
  gint64 x = crm_values_get_integer (a, field);
  gint64 y = crm_values_get_integer (b, field);

  if (f->kind == CRM_KIND_CHOICE)
    {
      for (x = 0; g_strcmp0 (f->choices[x].name, crm_values_get_text (a, field)) != 0;)
        x++;
      for (y = 0; g_strcmp0 (f->choices[y].name, crm_values_get_text (b, field)) != 0;)
        y++;
    }
  else if (f->kind == CRM_KIND_REFERENCE || !crm_field_is_integer (f))
    return compare_texts (collator, crm_values_get_text (a, field), crm_values_get_text (b, field));
  return (x > y) - (x < y);
}

typedef struct {
  const CrmQuery *query;
  CrmCollator    *collator;
} SortBy;

/* Those without a value last; equal ones by name, which is the order they come in, then id. */
static int
compare_records (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const CrmValues *one = *(CrmValues * const *) a;
  const CrmValues *other = *(CrmValues * const *) b;
  const SortBy *by = data;
  gboolean one_null = crm_values_is_null (one, by->query->sort);
  gboolean other_null = crm_values_is_null (other, by->query->sort);
  int order = 0;

  if (one_null != other_null)
    return one_null - other_null;
  if (!one_null)
    order = compare_field (one, other, by->query->sort, by->collator);
  if (order == 0)
    order = compare_texts (by->collator, crm_values_get_text (one, CRM_CLIENT_NAME), crm_values_get_text (other, CRM_CLIENT_NAME));
  if (order == 0)
    order = crm_values_get_id (one) < crm_values_get_id (other) ? -1 : 1;
  return by->query->descending && !one_null ? -order : order;
}

static gboolean
is_number (const char *word)
{
  return word[strspn (word, "0123456789")] == '\0';
}

static gboolean
begins_a_word (const char *text,
               const char *word)
{
  g_autofree char *spaced_text = g_strconcat (" ", text, NULL);
  g_autofree char *spaced_word = g_strconcat (" ", word, NULL);

  return strstr (spaced_text, spaced_word) != NULL;
}

/* 2: all at the beginning of words, 1: inside, 0: not. Numbers are asked for alone, as they are spaced in one piece. */
static int
match_words (const char *text,
             const char *typed)
{
  g_autofree char *folded = crm_fold (typed);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  gboolean all_begin = TRUE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      gboolean begins = begins_a_word (text, words[i]);

      if (!begins && (g_utf8_strlen (words[i], -1) == 1 || strstr (text, words[i]) == NULL))
        return 0;
      all_begin = all_begin && begins;
    }
  return all_begin ? 2 : 1;
}

static char *
get_digits (const char *text)
{
  GString *digits = g_string_new (NULL);

  crm_fold_digits_append (digits, text);
  return g_string_free (digits, FALSE);
}

static int
match_number (const char *text,
              const char *typed)
{
  static const char * const starts[] = { "", "0", "90", "00", "0090" };
  g_autofree char *digits = get_digits (typed);
  const char *bare = digits + strspn (digits, "0");
  g_auto (GStrv) parts = NULL;
  g_autofree char *folded = crm_fold (typed);
  gboolean all_parts = TRUE;

  if (g_str_has_prefix (bare, "90") && (strchr (typed, '+') != NULL || strlen (bare) == 12) && strlen (bare) >= 6)
    bare += 2;
  bare += strspn (bare, "0");
  if (begins_a_word (text, digits))
    return 2;
  for (guint i = 0; i < G_N_ELEMENTS (starts) && strlen (bare) >= 3; i++)
    {
      g_autofree char *spelling = g_strconcat (starts[i], bare, NULL);

      if (begins_a_word (text, spelling))
        return 2;
    }
  parts = g_strsplit (folded, " ", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    all_parts = all_parts && begins_a_word (text, parts[i]);
  if (all_parts)
    return 2;
  return strstr (text, strlen (bare) >= 4 ? bare : digits) != NULL;
}

static int
match_text (const char *text,
            const char *typed)
{
  g_autofree char *digits = get_digits (typed);
  g_autofree char *folded = crm_fold (typed);
  g_autofree char *together = g_strjoinv ("", (char **) (char *[]) { folded, NULL });

  if (*folded == '\0')
    return 2;
  g_strdelimit (together, " ", '0');
  return is_number (together) && strlen (digits) >= 4 ? match_number (text, typed) : match_words (text, typed);
}

static gboolean
fold_equal (const char *a,
            const char *b)
{
  g_autofree char *x = crm_fold (a);
  g_autofree char *y = crm_fold (b);

  return a != NULL && strcmp (x, y) == 0;
}

static gboolean
has_value (const CrmValues *values,
           const CrmFilter *filter)
{
  const CrmField *field = &crm_client.fields[filter->field];
  const char *text = crm_values_get_text (values, filter->field);

  for (char **value = filter->values; *value != NULL; value++)
    {
      g_auto (GStrv) tags = g_strsplit (text != NULL ? text : "", ", ", -1);
      g_autofree char *folded = crm_fold (text);
      g_autofree char *part = crm_fold (*value);

      switch (filter->op)
        {
        case CRM_FILTER_CONTAINS:
          if (text != NULL && strstr (folded, part) != NULL)
            return TRUE;
          break;
        case CRM_FILTER_AT_LEAST:
          return !crm_values_is_null (values, filter->field) &&
                 crm_values_get_integer (values, filter->field) >= g_ascii_strtoll (*value, NULL, 10);
        case CRM_FILTER_AT_MOST:
          return !crm_values_is_null (values, filter->field) &&
                 crm_values_get_integer (values, filter->field) <= g_ascii_strtoll (*value, NULL, 10);
        default:
          if (field->kind == CRM_KIND_CHOICE ? g_strcmp0 (text, *value) == 0 : fold_equal (text, *value))
            return TRUE;
          for (guint t = 0; field->kind == CRM_KIND_TAGS && text != NULL && tags[t] != NULL; t++)
            if (fold_equal (tags[t], *value))
              return TRUE;
        }
    }
  return FALSE;
}

static gboolean
passes (const CrmValues *values,
        const CrmQuery  *what)
{
  for (guint i = 0; i < what->filters->len; i++)
    {
      const CrmFilter *filter = g_ptr_array_index (what->filters, i);
      gboolean passed;

      if (filter->op == CRM_FILTER_EMPTY || filter->op == CRM_FILTER_NOT_EMPTY)
        passed = crm_values_is_null (values, filter->field) == (filter->op == CRM_FILTER_EMPTY);
      else
        passed = has_value (values, filter) != (filter->op == CRM_FILTER_IS_NOT);
      if (!passed)
        return FALSE;
    }
  return TRUE;
}

static void
assert_as_naive (Play      *play,
                 Base      *base,
                 CrmQuery  *what)
{
  g_autoptr (GPtrArray) expected = g_ptr_array_new ();
  g_autoptr (GPtrArray) inside = g_ptr_array_new ();
  g_autoptr (CrmIdList) list = query (play->store, what, FALSE);
  g_autoptr (CrmIdList) first = query (play->store, what, TRUE);
  g_autofree char *json = crm_query_to_json (what);
  SortBy by = { what, play->collator };

  for (guint i = 0; i < base->records->len; i++)
    {
      CrmValues *record = g_ptr_array_index (base->records, i);
      int match = what->text == NULL ? 2 : match_text (g_ptr_array_index (base->texts, i), what->text);

      if (match > 0 && passes (record, what))
        g_ptr_array_add (match == 2 ? expected : inside, record);
    }
  g_ptr_array_sort_with_data (expected, compare_records, &by);
  g_ptr_array_sort_with_data (inside, compare_records, &by);

  g_test_message ("%s: %u hits, %u inside", json, expected->len, inside->len);
  g_assert_cmpuint (crm_id_list_get_n_prefix (list), ==, expected->len);
  g_assert_cmpuint (crm_id_list_get_length (first), ==, expected->len);
  g_ptr_array_extend (expected, inside, NULL, NULL);
  g_assert_cmpuint (crm_id_list_get_length (list), ==, expected->len);
  for (guint i = 0; i < expected->len; i++)
    {
      gint64 id = crm_values_get_id (g_ptr_array_index (expected, i));

      g_assert_cmpint (crm_id_list_get (list, i), ==, id);
      g_assert_cmpint (crm_id_list_find (list, id), ==, i);
      if (i < crm_id_list_get_length (first))
        g_assert_cmpint (crm_id_list_get (first, i), ==, id);
    }
}

static char *
make_text (Play *play,
           Base *base)
{
  /* Undone, even the first filling of the base is */
  const char *text = base->texts->len > 0 ? g_ptr_array_index (base->texts, pick (play, base->texts->len)) : "";
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n = g_strv_length (words);
  GString *typed = g_string_new (NULL);
  guint n_words = 1 + pick (play, 3);

  for (guint i = 0; i < n_words && n > 0; i++)
    {
      const char *word = words[pick (play, n)];
      guint length = (guint) strlen (word);
      guint start = pick (play, 2) == 0 ? 0 : pick (play, length);

      if (is_number (word))
        {
          if (length - start < 4 || i > 0)
            continue;
          /* A number alone, with a space or two somewhere. */
          g_string_assign (typed, pick (play, 4) == 0 && start == 0 ? "+" : "");
          g_string_append_len (typed, word + start, 4 + (gssize) pick (play, length - start - 3));
          if (typed->len > 5)
            g_string_insert_c (typed, 3, ' ');
          return g_string_free (typed, FALSE);
        }
      if (typed->len > 0)
        g_string_append_c (typed, ' ');
      g_string_append_len (typed, word + start, 1 + (gssize) pick (play, MIN (length - start, 6)));
    }
  return g_string_free (typed, FALSE);
}

static void
add_filters (Play     *play,
             CrmQuery *what)
{
  const char *city[] = { cities[pick (play, G_N_ELEMENTS (cities))], "corum", NULL };
  const char *kind[] = { "client", "former", NULL };
  const char *segment[] = { "zincir", "Çarşı", NULL };
  const char *tag[] = { "onemli", NULL };
  const char *limit[] = { "2000", NULL };
  const char *part[] = { "ayş", NULL };
  CrmFilterOp is = pick (play, 2) == 0 ? CRM_FILTER_IS : CRM_FILTER_IS_NOT;

  switch (pick (play, 8))
    {
    case 0:
      crm_query_add_filter (what, CRM_CLIENT_CITY, is, city);
      break;
    case 1:
      crm_query_add_filter (what, CRM_CLIENT_KIND, is, kind);
      crm_query_add_filter (what, CRM_CLIENT_PHONE, CRM_FILTER_NOT_EMPTY, NULL);
      break;
    case 2:
      crm_query_add_filter (what, CRM_CLIENT_SEGMENT, is, segment);
      break;
    case 3:
      crm_query_add_filter (what, CRM_CLIENT_TAGS, is, tag);
      break;
    case 4:
      crm_query_add_filter (what, CRM_CLIENT_CREDIT_LIMIT, pick (play, 2) == 0 ? CRM_FILTER_AT_LEAST : CRM_FILTER_AT_MOST, limit);
      break;
    case 5:
      crm_query_add_filter (what, CRM_CLIENT_OWNER, CRM_FILTER_CONTAINS, part);
      break;
    case 6:
      crm_query_add_filter (what, CRM_CLIENT_GRADE, CRM_FILTER_EMPTY, NULL);
      break;
    default:
      break;
    }
}

static void
compare_with_naive (Play *play)
{
  static const guint sorts[] = {
    CRM_CLIENT_NAME, CRM_CLIENT_CITY, CRM_CLIENT_KIND, CRM_CLIENT_GRADE, CRM_CLIENT_SEGMENT, CRM_CLIENT_OWNER,
    CRM_CLIENT_PHONE, CRM_CLIENT_CREDIT_LIMIT, CRM_CLIENT_TAGS, CRM_CLIENT_MODIFIED
  };
  Base base = { 0 };
  g_autoptr (GError) error = NULL;

  crm_store_read (play->store, read_base, &base, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (CrmQuery) what = crm_query_new (&crm_client);
      g_autofree char *text = make_text (play, &base);

      assert_same_once (play->store, text, pick (play, 4) * pick (play, 20));

      if (pick (play, 4) > 0)
        crm_query_set_text (what, text);
      if (pick (play, 3) > 0)
        what->sort = sorts[pick (play, G_N_ELEMENTS (sorts))];
      what->descending = pick (play, 3) == 0;
      add_filters (play, what);
      assert_as_naive (play, &base, what);
    }
  g_ptr_array_unref (base.records);
  g_ptr_array_unref (base.texts);
}

static void
test_random (CrmTest       *test,
             gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (CrmCollator) collator = crm_collator_new (NULL);
  g_autoptr (GError) error = NULL;
  Play play = { crm_test_open_store (test), rand, collator, ids };

  crm_store_step (play.store, "Fill", fill, &play, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      compare_with_naive (&play);
      change (&play);
    }
  compare_with_naive (&play);
  g_object_unref (play.store);
}

/* Lists handed out stay as they are, whatever becomes of the base. */
static void
test_immutable (CrmTest       *test,
                gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  g_autoptr (CrmQuery) what = crm_query_new (&crm_client);
  g_autoptr (CrmIdList) before = NULL, after = NULL;
  gint64 b = crm_test_save (store, &crm_client, 0, "name", "B", NULL);
  gint64 c = crm_test_save (store, &crm_client, 0, "name", "C", NULL);

  before = query (store, what, FALSE);
  crm_test_save (store, &crm_client, 0, "name", "A", NULL);
  crm_test_save (store, &crm_client, b, "name", "D", NULL);
  after = query (store, what, FALSE);

  g_assert_cmpuint (crm_id_list_get_length (before), ==, 2);
  g_assert_cmpint (crm_id_list_get (before, 0), ==, b);
  g_assert_cmpint (crm_id_list_get (before, 1), ==, c);
  g_assert_cmpuint (crm_id_list_get_length (after), ==, 3);
  g_assert_cmpint (crm_id_list_find (after, b), ==, 2);
  g_assert_false (crm_id_list_equal (before, after));
  g_object_unref (store);
}

static void
test_cancelled (CrmTest       *test,
                gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  g_autoptr (CrmDb) db = NULL;
  g_autoptr (CrmIndex) index = crm_index_new ();
  g_autoptr (CrmQuery) what = crm_query_new (&crm_client);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CrmIdList) list = NULL;
  g_autoptr (GError) error = NULL;
  Play play = { store, g_rand_new_with_seed (3), NULL, g_array_new (FALSE, FALSE, sizeof (gint64)) };

  crm_store_step (store, "Fill", fill, &play, NULL, &error);
  g_assert_no_error (error);
  db = crm_db_open (test->database, CRM_DB_READ, &error);
  g_assert_no_error (error);
  crm_query_set_text (what, "ka");
  g_cancellable_cancel (cancellable);
  crm_db_set_cancellable (db, cancellable);
  g_assert_null (crm_index_query (index, db, what, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  /* Once more, for good: nothing half loaded is left behind. */
  crm_db_set_cancellable (db, NULL);
  list = crm_index_query (index, db, what, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (crm_id_list_get_length (list), >, 20);
  g_rand_free (play.rand);
  g_array_unref (play.ids);
  g_object_unref (store);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LC_ALL", "tr_TR.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);

  crm_test_add ("/index/finds", test_finds);
  crm_test_add ("/index/trash", test_trash);
  crm_test_add ("/index/first", test_first);
  crm_test_add ("/index/search-all", test_search_all);
  crm_test_add ("/index/search-log", test_search_log);
  crm_test_add ("/index/random", test_random);
  crm_test_add ("/index/immutable", test_immutable);
  crm_test_add ("/index/cancelled", test_cancelled);

  return g_test_run ();
}
