/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-client.h"
#include "crm-distinct.h"
#include "crm-duplicate-set.h"
#include "crm-duplicates.h"
#include "crm-error.h"
#include "crm-test-store.h"

#define MANY 400

typedef struct {
  const CrmEntity *entity;
  guint            limit;
  double           done;
  guint            reports;
} Scan;

static void
on_progress (double   done,
             gpointer data)
{
  Scan *scan = data;

  g_assert_cmpfloat (done, >=, scan->done);
  g_assert_cmpfloat (done, <=, 1);
  scan->done = done;
  scan->reports++;
}

static gpointer
run (CrmDb         *db,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Scan *scan = data;

  return crm_duplicates_find (db, scan->entity, scan->limit, on_progress, scan, error);
}

static CrmDuplicates *
find_of (CrmStore        *store,
         const CrmEntity *entity,
         guint            limit)
{
  Scan scan = { .entity = entity, .limit = limit };
  g_autoptr (GError) error = NULL;
  CrmDuplicates *found = crm_store_read (store, run, &scan, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (scan.reports, >, 0);
  return found;
}

static CrmDuplicates *
find (CrmStore *store,
      guint     limit)
{
  return find_of (store, &crm_client, limit);
}

static const CrmDuplicate *
get_pair (CrmDuplicates *found,
          gint64         a,
          gint64         b)
{
  for (guint i = 0; i < found->pairs->len; i++)
    {
      const CrmDuplicate *pair = &g_array_index (found->pairs, CrmDuplicate, i);

      if (pair->a == MIN (a, b) && pair->b == MAX (a, b))
        return pair;
    }
  return NULL;
}

/* Each pair as it is saved, and in what it agrees; 0: it is not found. */
typedef struct {
  const char          *first[10];
  const char          *second[10];
  CrmDuplicateReasons  reasons;
} Planted;

static const Planted pairs[] = {
  { { "name", "Çınarlı Şişe ve Cam San. A.Ş." }, { "name", "CINARLI SISE VE CAM LTD. ŞTİ." }, CRM_DUPLICATE_NAME },
  { { "name", "Weiß & Söhne GmbH", "city", "Köln" }, { "name", "WEISS & SÖHNE", "city", "KÖLN" }, CRM_DUPLICATE_NAME | CRM_DUPLICATE_CITY },
  { { "name", "Yıldız Mobilya" }, { "name", "Mobilya Yıldız Ltd. Şti." }, CRM_DUPLICATE_WORDS },
  { { "name", "Akdeniz Balıkçılık", "city", "Mersin" }, { "name", "Akdeniz Balkçılık", "city", "mersin" },
    CRM_DUPLICATE_SIMILAR_NAME | CRM_DUPLICATE_CITY },
  { { "name", "Doruk Ambalaj", "city", "Rize" }, { "name", "Dorku Ambalaj", "city", "Rize" }, CRM_DUPLICATE_SIMILAR_NAME | CRM_DUPLICATE_CITY },
  { { "name", "Дельта Групп", "city", "Ordu" }, { "name", "Дельта Группа", "city", "Ordu" }, CRM_DUPLICATE_SIMILAR_NAME | CRM_DUPLICATE_CITY },
  { { "name", "Ömür Boya", "tax_number", "1234567890" }, { "name", "Ö. B. Kimya", "tax_number", "123 456 7890" }, CRM_DUPLICATE_TAX_NUMBER },
  { { "name", "Pınar Unlu", "phone", "+90 (212) 555 01 42" }, { "name", "Unlu Mamuller", "mobile", "0212 5550142" }, CRM_DUPLICATE_PHONE },
  { { "name", "Sarı Taksi", "email", "Bilgi@gmail.com" }, { "name", "Hızlı Kurye", "email", "bilgi@GMAIL.com" }, CRM_DUPLICATE_EMAIL },
  { { "name", "Toprak Seramik", "city", "Uşak", "email", "a@toprak.example" }, { "name", "Toprek Seramik", "city", "İzmir", "web", "www.toprak.example" },
    CRM_DUPLICATE_SIMILAR_NAME | CRM_DUPLICATE_DOMAIN },
  /* Not enough */
  { { "name", "Gül Çiçekçilik", "city", "Van", "email", "gul@hotmail.com" }, { "name", "Nur Optik", "city", "Van", "email", "nur@hotmail.com" }, 0 },
  { { "name", "Depo Kiralama 1", "city", "Bolu" }, { "name", "Depo Kiralama 2", "city", "Bolu" }, 0 },
  { { "name", "Ufuk", "city", "Kars" }, { "name", "Ufku", "city", "Kars" }, 0 },
  { { "name", "Bereket Fırın", "city", "Muş" }, { "name", "Bereket Fırını Ekmek", "city", "Muş" }, 0 },
  { { "name", "Kaya Petrol", "city", "Ağrı", "tax_number", "DE 129" }, { "name", "Kaya Petrol", "city", "Sivas", "tax_number", "DE 130" }, 0 },
};

static const char * const firms[] = { "Ak Un A.Ş.", "Ay Tekstil", "Lale Optik" };

/* Those who work in one firm have its phone and its e-mail in common. */
static const Planted people[] = {
  { { "name", "Selin Akın" }, { "name", "SELİN AKIN" }, CRM_DUPLICATE_NAME },
  { { "name", "Ümit Öz", "mobile", "0532 555 00 11" }, { "name", "Öz Ümit", "phone", "+90 532 5550011" }, CRM_DUPLICATE_WORDS | CRM_DUPLICATE_PHONE },
  { { "name", "Nermin Kutlu", "firm", "Ak Un A.Ş." }, { "name", "Nermin Kutlü", "firm", "Ak Un A.Ş." }, CRM_DUPLICATE_NAME | CRM_DUPLICATE_FIRM },
  { { "name", "Bahadır Şen", "firm", "Ak Un A.Ş." }, { "name", "Bahadr Şen", "firm", "Ak Un A.Ş." },
    CRM_DUPLICATE_SIMILAR_NAME | CRM_DUPLICATE_FIRM },
  { { "name", "Derya Tan", "email", "derya@lale.example" }, { "name", "Derya Can Tan", "email", "Derya@Lale.example" }, CRM_DUPLICATE_EMAIL },
  { { "name", "İpek Gür", "birthday", "1980-04-12" }, { "name", "Ipek Gur", "birthday", "--04-12" }, CRM_DUPLICATE_NAME | CRM_DUPLICATE_BIRTHDAY },
  { { "name", "Ayla Er", "phone", "0212 555 77 01", "email", "ayla@gmail.com" }, { "name", "A. Ersoy", "phone", "0212 555 77 01", "email", "ayla@gmail.com" },
    CRM_DUPLICATE_PHONE | CRM_DUPLICATE_EMAIL },
  /* Not enough */
  { { "name", "Orhan Su", "firm", "Ay Tekstil", "phone", "0224 555 01 01" }, { "name", "Leman Kor", "firm", "Ay Tekstil", "phone", "0224 555 01 01" }, 0 },
  { { "name", "Sema Ulu", "firm", "Ay Tekstil", "email", "info@ay.example" }, { "name", "Tarık Bal", "firm", "Ay Tekstil", "email", "info@ay.example" }, 0 },
  { { "name", "Hakan Ateş", "firm", "Ay Tekstil" }, { "name", "Hakan Ateş", "firm", "Lale Optik" }, 0 },
  { { "name", "Cem Duru", "birthday", "1970-01-02" }, { "name", "Cem Duru", "birthday", "1971-01-02" }, 0 },
  { { "name", "Nilgün" }, { "name", "Nilgün" }, 0 },
};

static gint64
save_of (CrmStore           *store,
         const CrmEntity    *entity,
         const char * const *fields)
{
  g_autoptr (CrmValues) values = crm_values_new (entity, 0);
  g_autoptr (GError) error = NULL;
  gint64 id;

  for (guint i = 0; fields[i] != NULL; i += 2)
    {
      crm_values_parse_named (values, fields[i], fields[i + 1], &error);
      g_assert_no_error (error);
    }
  id = crm_store_save (store, values, &error);
  g_assert_no_error (error);
  return id;
}

static gint64
save (CrmStore           *store,
      const char * const *fields)
{
  return save_of (store, &crm_client, fields);
}

static void
assert_found (CrmTest         *test,
              const CrmEntity *entity,
              const Planted   *planted,
              guint            n_planted)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree gint64 *ids = g_new (gint64, 2 * n_planted);
  g_autoptr (CrmDuplicates) found = NULL;
  guint n = 0, last = 100;

  for (guint i = 0; i < G_N_ELEMENTS (firms); i++)
    save_of (store, &crm_client, (const char * const[]) { "name", firms[i], NULL });
  for (guint i = 0; i < n_planted; i++)
    {
      ids[2 * i] = save_of (store, entity, planted[i].first);
      ids[2 * i + 1] = save_of (store, entity, planted[i].second);
    }
  found = find_of (store, entity, 100);
  for (guint i = 0; i < n_planted; i++)
    {
      const CrmDuplicate *pair = get_pair (found, ids[2 * i], ids[2 * i + 1]);

      g_test_message ("%s, %s: %s", planted[i].first[1], planted[i].second[1], pair == NULL ? "not found" : "found");
      g_assert_true ((pair != NULL) == (planted[i].reasons != 0));
      if (pair != NULL)
        g_assert_cmpuint (pair->reasons, ==, planted[i].reasons);
      n += pair != NULL;
    }
  g_assert_cmpuint (found->pairs->len, ==, n);
  g_assert_cmpuint (found->n_found, ==, n);
  for (guint i = 0; i < found->pairs->len; i++)
    {
      guint score = g_array_index (found->pairs, CrmDuplicate, i).score;

      g_assert_cmpuint (score, <=, last);
      g_assert_cmpuint (score, >=, 50);
      last = score;
    }
}

static void
test_planted (CrmTest       *test,
              gconstpointer  data)
{
  assert_found (test, &crm_client, pairs, G_N_ELEMENTS (pairs));
}

static void
test_people (CrmTest       *test,
             gconstpointer  data)
{
  assert_found (test, &crm_person, people, G_N_ELEMENTS (people));
}

/* Of the same pairs the best ones, whatever the limit; all are counted. */
static void
test_limit (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (CrmDuplicates) all = NULL;
  g_autoptr (CrmDuplicates) few = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      save (store, pairs[i].first);
      save (store, pairs[i].second);
    }
  all = find (store, 100);
  few = find (store, 3);
  g_assert_cmpuint (few->pairs->len, ==, 3);
  g_assert_cmpuint (few->n_found, ==, all->n_found);
  g_assert_cmpmem (few->pairs->data, 3 * sizeof (CrmDuplicate), all->pairs->data, 3 * sizeof (CrmDuplicate));
}

static gboolean
insert_many (CrmWriter     *writer,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (CrmValues) values = crm_values_new (&crm_client, 0);
      /* Far enough from each other */
      g_autofree char *name = g_strdup_printf ("Firma %x", g_str_hash (i % 2 == 0 ? "a" : "b") * (i + 7) * 2654435761u);

      crm_values_set_text (values, CRM_CLIENT_NAME, i < MANY / 2 ? "Şahıs Firması" : name);
      crm_values_set_text (values, CRM_CLIENT_PHONE, "0850 555 10 10");
      crm_values_set_text (values, CRM_CLIENT_EMAIL, "bilgi@muhasebe.example");
      if (crm_writer_insert (writer, values, error) == 0)
        return FALSE;
    }
  return TRUE;
}

/* A call centre, an accountant, a name that says nothing */
static void
test_shared_by_hundreds (CrmTest       *test,
                         gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDuplicates) found = NULL;
  const CrmDuplicate *pair;
  gint64 a, b;

  crm_store_step (store, "Many", insert_many, NULL, NULL, &error);
  g_assert_no_error (error);
  a = save (store, (const char * const[]) { "name", "Lale Kuyumcu", "phone", "0850 555 10 10", "city", "Tokat", NULL });
  b = save (store, (const char * const[]) { "name", "Lale Kuyumcu", "phone", "0850 555 10 10", "city", "Tokat", NULL });
  found = find (store, 100);
  g_assert_cmpuint (found->n_found, ==, 1);
  pair = get_pair (found, a, b);
  g_assert_true (pair != NULL && pair->reasons == (CRM_DUPLICATE_NAME | CRM_DUPLICATE_CITY));
}

static gpointer
run_standing (CrmDb         *db,
              gpointer       ids,
              GCancellable  *cancellable,
              GError       **error)
{
  return crm_duplicate_set_find_standing (db, &crm_client, ids, error);
}

/* @expected: of the pairs a b, a c, b c, a letter each */
static void
assert_standing (CrmStore   *store,
                 gint64      a,
                 gint64      b,
                 gint64      c,
                 const char *expected)
{
  const gint64 two[] = { a, b, a, c, b, c };
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GByteArray) standing = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (two); i += 2)
    {
      const gint64 pair[] = { MIN (two[i], two[i + 1]), MAX (two[i], two[i + 1]) };

      g_array_append_vals (ids, pair, 2);
    }
  standing = crm_store_read (store, run_standing, ids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (standing->len, ==, 3);
  for (guint i = 0; i < standing->len; i++)
    g_assert_cmpint (standing->data[i], ==, expected[i] == 'y');
}

static gboolean
delete (CrmWriter     *writer,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  return crm_writer_delete (writer, &crm_client, *(const gint64 *) data, error);
}

static void
test_told_apart (CrmTest       *test,
                 gconstpointer  data)
{
  const char * const twin[] = { "name", "Nehir Su", "phone", "0312 555 20 20", NULL };
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 a = save (store, twin), b = save (store, twin), c = save (store, twin);
  g_autofree char *parent = g_strdup_printf ("%" G_GINT64_FORMAT, a);
  g_autoptr (CrmValues) distinct = crm_values_new (&crm_distinct_client, 0);
  g_autoptr (CrmValues) branch = crm_values_new (&crm_client, c);
  g_autoptr (CrmDuplicates) found = find (store, 10);
  g_autoptr (CrmDuplicates) less = NULL;
  g_autoptr (CrmDuplicates) one = NULL;
  g_autoptr (CrmDuplicates) again = NULL;
  g_autoptr (CrmDuplicates) trashed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (found->pairs->len, ==, 3);
  assert_standing (store, a, b, c, "yyy");
  /* In whichever order */
  crm_values_set_reference (distinct, CRM_DISTINCT_ONE, b, NULL);
  crm_values_set_reference (distinct, CRM_DISTINCT_OTHER, a, NULL);
  g_assert_cmpint (crm_store_save (store, distinct, &error), !=, 0);
  less = find (store, 10);
  g_assert_cmpuint (less->pairs->len, ==, 2);
  g_assert_null (get_pair (less, a, b));
  assert_standing (store, a, b, c, "nyy");
  /* A branch is known to be another than its firm. */
  crm_values_set_reference (branch, CRM_CLIENT_PARENT, a, NULL);
  g_assert_cmpint (crm_store_save (store, branch, &error), ==, c);
  one = find (store, 10);
  g_assert_cmpuint (one->pairs->len, ==, 1);
  g_assert_nonnull (get_pair (one, b, c));
  assert_standing (store, a, b, c, "nny");
  crm_test_undo (store, FALSE);
  crm_test_undo (store, FALSE);
  again = find (store, 10);
  g_assert_cmpuint (again->pairs->len, ==, 3);
  crm_store_step (store, "Delete", delete, &a, NULL, &error);
  trashed = find (store, 10);
  g_assert_cmpuint (trashed->pairs->len, ==, 1);
  assert_standing (store, a, b, c, "nny");
}

static void
test_same_as_itself (CrmTest       *test,
                     gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  gint64 id = save (store, (const char * const[]) { "name", "Nehir Su", NULL });
  g_autoptr (CrmValues) distinct = crm_values_new (&crm_distinct_client, 0);
  g_autoptr (GError) error = NULL;

  crm_values_set_reference (distinct, CRM_DISTINCT_ONE, id, NULL);
  crm_values_set_reference (distinct, CRM_DISTINCT_OTHER, id, NULL);
  g_assert_cmpint (crm_store_save (store, distinct, &error), ==, 0);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
}

static void
on_found (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  GAsyncResult **kept = data;

  *kept = g_object_ref (result);
}

/* In a thread of its own, while the store's own threads have nothing to do with it */
static void
test_background (CrmTest       *test,
                 gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (CrmDuplicates) found = NULL;
  g_autoptr (GError) error = NULL;

  save (store, pairs[0].first);
  save (store, pairs[0].second);
  g_cancellable_cancel (cancellable);
  crm_duplicates_find_async (store, &crm_client, 10, NULL, NULL, cancellable, on_found, &cancelled);
  crm_duplicates_find_async (store, &crm_client, 10, NULL, NULL, NULL, on_found, &done);
  while (cancelled == NULL || done == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (crm_duplicates_find_finish (cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  found = crm_duplicates_find_finish (done, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->pairs->len, ==, 1);
}

static void
test_words (void)
{
  g_autofree char *words = crm_duplicates_describe (CRM_DUPLICATE_NAME | CRM_DUPLICATE_CITY);
  const char *label;

  g_assert_cmpstr (words, ==, "Same name, same city");
  g_assert_cmpstr (crm_duplicates_get_reason (CRM_DUPLICATE_PHONE, &label), ==, "phone");
  g_assert_cmpstr (label, ==, "Same phone");
  g_assert_null (crm_duplicates_get_reason (0, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/duplicates/planted", test_planted);
  crm_test_add ("/duplicates/people", test_people);
  crm_test_add ("/duplicates/limit", test_limit);
  crm_test_add ("/duplicates/shared-by-hundreds", test_shared_by_hundreds);
  crm_test_add ("/duplicates/told-apart", test_told_apart);
  crm_test_add ("/duplicates/same-as-itself", test_same_as_itself);
  crm_test_add ("/duplicates/background", test_background);
  g_test_add_func ("/duplicates/words", test_words);
  return g_test_run ();
}
