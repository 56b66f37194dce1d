/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-client.h"
#include "crm-contact-point.h"
#include "crm-like.h"
#include "crm-person.h"
#include "crm-test-store.h"

typedef struct {
  CrmStore     *store;
  CrmLikeQuery  query;
  guint         limit;
} Search;

static gint64
save (CrmStore  *store,
      CrmValues *values)
{
  g_autoptr (GError) error = NULL;
  gint64 id = crm_store_save (store, values, &error);

  g_assert_no_error (error);
  return id;
}

/* With what is not known NULL. */
static gint64
add (CrmStore   *store,
     const char *name,
     const char *phone,
     const char *email,
     const char *tax_number)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_client, 0);

  crm_values_set_text (values, CRM_CLIENT_NAME, name);
  crm_values_set_text (values, CRM_CLIENT_CITY, "Bursa");
  crm_values_set_text (values, CRM_CLIENT_TAX_NUMBER, tax_number);
  if (phone != NULL)
    crm_values_set_text (values, CRM_CLIENT_PHONE, phone);
  if (email != NULL)
    crm_values_set_text (values, CRM_CLIENT_EMAIL, email);
  return save (store, values);
}

static void
add_contact (CrmStore   *store,
             gint64      client,
             const char *kind,
             const char *value)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_contact_point, 0);

  crm_values_set_reference (values, CRM_CONTACT_POINT_OWNER, client, NULL);
  crm_values_set_text (values, CRM_CONTACT_POINT_KIND, kind);
  crm_values_set_text (values, CRM_CONTACT_POINT_VALUE, value);
  save (store, values);
}

static gpointer
run (CrmDb         *db,
     gpointer       data,
     GCancellable  *cancellable,
     GError       **error)
{
  Search *search = data;

  return crm_like_find (db, crm_store_get_index (search->store), &search->query, search->limit, error);
}

static GPtrArray *
find (CrmStore     *store,
      CrmLikeQuery  query)
{
  Search search = { store, query, 3 };
  g_autoptr (GError) error = NULL;
  GPtrArray *found = crm_store_read (store, run, &search, &error);

  g_assert_no_error (error);
  return found;
}

/* One is found, for that reason; @shared: what it shares. */
static void
assert_found (CrmStore      *store,
              CrmLikeQuery   query,
              gint64         id,
              CrmLikeReason  reason,
              const char    *shared)
{
  g_autoptr (GPtrArray) found = find (store, query);
  const CrmLike *like;

  g_assert_cmpuint (found->len, ==, 1);
  like = found->pdata[0];
  g_assert_cmpint (like->id, ==, id);
  g_assert_cmpint (like->reason, ==, reason);
  g_assert_cmpstr (like->shared, ==, shared);
  g_assert_cmpstr (like->detail, ==, "Bursa");
}

static void
assert_nothing (CrmStore     *store,
                CrmLikeQuery  query)
{
  g_autoptr (GPtrArray) found = find (store, query);

  g_assert_cmpuint (found->len, ==, 0);
}

static void
test_name (CrmTest       *test,
           gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  gint64 id = add (store, "Çınarlı Şişe ve Cam San. A.Ş.", NULL, NULL, NULL);
  g_autoptr (CrmValues) notes = crm_values_new (&crm_client, add (store, "Demirkol Lojistik", NULL, NULL, NULL));

  /* What stands in the notes is no name */
  crm_values_set_text (notes, CRM_CLIENT_NOTES, "Bought from Çınarlı Şişe ve Cam");
  save (store, notes);

  assert_found (store, (CrmLikeQuery) { &crm_client, .name = "CINARLI SISE VE CAM" }, id, CRM_LIKE_SAME_NAME, "Çınarlı Şişe ve Cam San. A.Ş.");
  assert_found (store, (CrmLikeQuery) { &crm_client, .name = "çınarlı şişe ve cam ltd. şti." }, id, CRM_LIKE_SAME_NAME, "Çınarlı Şişe ve Cam San. A.Ş.");
  assert_found (store, (CrmLikeQuery) { &crm_client, .name = "cam çın" }, id, CRM_LIKE_SIMILAR_NAME, "Çınarlı Şişe ve Cam San. A.Ş.");
  assert_nothing (store, (CrmLikeQuery) { &crm_client, .name = "çınarlı demir" });
  assert_nothing (store, (CrmLikeQuery) { &crm_client, .name = "çı" });
  assert_nothing (store, (CrmLikeQuery) { &crm_client, .name = "  " });
  assert_nothing (store, (CrmLikeQuery) { &crm_client, .name = "cam çın", .except = id });
  assert_nothing (store, (CrmLikeQuery) { &crm_client });
  g_object_unref (store);
}

static void
test_phone (CrmTest       *test,
            gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  gint64 id = add (store, "Kuzey Nakliyat", "+90 (212) 555 01 42", NULL, NULL);

  add_contact (store, id, "mobile", "0532 555 01 77");
  add (store, "Güney Nakliyat", "0212 555 01 43", NULL, NULL);

  assert_found (store, (CrmLikeQuery) { &crm_client, .phone = "02125550142" }, id, CRM_LIKE_PHONE, "+90 (212) 555 01 42");
  assert_found (store, (CrmLikeQuery) { &crm_client, .phone = "212-555-0142" }, id, CRM_LIKE_PHONE, "+90 (212) 555 01 42");
  assert_found (store, (CrmLikeQuery) { &crm_client, .phone = "90 532 5550177" }, id, CRM_LIKE_PHONE, "0532 555 01 77");
  /* Half a number is typed; that is not the same one */
  assert_nothing (store, (CrmLikeQuery) { &crm_client, .phone = "0212 555" });
  assert_nothing (store, (CrmLikeQuery) { &crm_client, .phone = "abc" });
  g_object_unref (store);
}

static void
test_email (CrmTest       *test,
            gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  gint64 id = add (store, "Kuzey Nakliyat", NULL, "Siparis@kuzey.example", NULL);

  assert_found (store, (CrmLikeQuery) { &crm_client, .email = "siparis@KUZEY.example" }, id, CRM_LIKE_EMAIL, "Siparis@kuzey.example");
  assert_nothing (store, (CrmLikeQuery) { &crm_client, .email = "siparis@kuzey" });
  assert_nothing (store, (CrmLikeQuery) { &crm_client, .email = "siparis" });
  g_object_unref (store);
}

static void
test_tax_number (CrmTest       *test,
                 gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  gint64 id = add (store, "Kuzey Nakliyat", NULL, NULL, "1234567890");
  gint64 foreign = add (store, "Fjord Møbler", NULL, NULL, "NO 987 654 321 MVA");

  assert_found (store, (CrmLikeQuery) { &crm_client, .tax_number = "123 456 7890" }, id, CRM_LIKE_TAX_NUMBER, "1234567890");
  assert_found (store, (CrmLikeQuery) { &crm_client, .tax_number = "no 987 654 321 mva" }, foreign, CRM_LIKE_TAX_NUMBER, "NO 987 654 321 MVA");
  assert_nothing (store, (CrmLikeQuery) { &crm_client, .tax_number = "123456789" });
  g_object_unref (store);
}

static gboolean
delete_all (CrmWriter     *writer,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const gint64 *id;

  for (id = data; *id != 0; id++)
    if (!crm_writer_delete (writer, &crm_client, *id, error))
      return FALSE;
  return TRUE;
}

/* The strongest reason is told, the strongest candidate comes first, and what is in the trash is not there. */
static void
test_order (CrmTest       *test,
            gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  gint64 similar = add (store, "Akın Makine Yedek Parça", NULL, NULL, NULL);
  gint64 same = add (store, "AKIN MAKİNE LTD. ŞTİ.", NULL, NULL, NULL);
  gint64 phone = add (store, "Akın Makine Servis", "0224 555 01 10", NULL, NULL);
  gint64 tax_number = add (store, "Başka Bir Ad", "0224 555 01 10", NULL, "1234567890");
  CrmLikeQuery query = { &crm_client, .name = "Akın Makine", .phone = "0224 5550110", .tax_number = "1234567890" };
  g_autoptr (GPtrArray) found = find (store, query);
  gint64 deleted[] = { tax_number, phone, same, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpint (((CrmLike *) found->pdata[0])->id, ==, tax_number);
  g_assert_cmpint (((CrmLike *) found->pdata[1])->id, ==, phone);
  g_assert_cmpint (((CrmLike *) found->pdata[2])->id, ==, same);

  crm_store_step (store, "Delete", delete_all, deleted, NULL, &error);
  g_assert_no_error (error);
  assert_found (store, query, similar, CRM_LIKE_SIMILAR_NAME, "Akın Makine Yedek Parça");
  g_object_unref (store);
}

static void
test_words (void)
{
  CrmLike phone = { .reason = CRM_LIKE_PHONE, .shared = (char *) "0212 555 01 42" };
  CrmLike name = { .reason = CRM_LIKE_SAME_NAME, .shared = (char *) "Kuzey" };
  g_autofree char *same_phone = crm_like_describe (&phone);
  g_autofree char *same_name = crm_like_describe (&name);

  g_assert_cmpstr (same_phone, ==, "Same phone: 0212 555 01 42");
  g_assert_cmpstr (same_name, ==, "Same name");
}

/* A person, too: by name, any number and any address; but everybody has a given name. */
static void
test_people (CrmTest       *test,
             gconstpointer  data)
{
  CrmStore *store = crm_test_open_store (test);
  gint64 id;

  add (store, "Bursa", NULL, NULL, NULL);
  add (store, "Selin Akın", "0532 555 01 42", "selin@kuzey.example", NULL);
  id = crm_test_save (store, &crm_person, 0, "name", "Selin Ada Akın", "firm", "Bursa", "phone", "+90 (212) 555 01 42", "mobile", "0532 555 01 77",
                      "email", "Selin@kuzey.example", NULL);
  crm_test_save (store, &crm_person, 0, "name", "Ali Demir", "notes", "Knows Selin Akın", NULL);

  assert_found (store, (CrmLikeQuery) { &crm_person, .name = "SELİN ADA AKIN" }, id, CRM_LIKE_SAME_NAME, "Selin Ada Akın");
  assert_found (store, (CrmLikeQuery) { &crm_person, .name = "akin selin" }, id, CRM_LIKE_SIMILAR_NAME, "Selin Ada Akın");
  assert_found (store, (CrmLikeQuery) { &crm_person, .phone = "02125550142" }, id, CRM_LIKE_PHONE, "+90 (212) 555 01 42");
  assert_found (store, (CrmLikeQuery) { &crm_person, .phone = "0532 5550177" }, id, CRM_LIKE_PHONE, "0532 555 01 77");
  assert_found (store, (CrmLikeQuery) { &crm_person, .email = "selin@KUZEY.example", .tax_number = "1" }, id, CRM_LIKE_EMAIL, "Selin@kuzey.example");
  assert_nothing (store, (CrmLikeQuery) { &crm_person, .name = "selin" });
  assert_nothing (store, (CrmLikeQuery) { &crm_person, .name = "selin akın", .except = id });
  assert_nothing (store, (CrmLikeQuery) { &crm_person, .phone = "0532 555 01 42" });
  g_object_unref (store);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/like/name", test_name);
  crm_test_add ("/like/phone", test_phone);
  crm_test_add ("/like/email", test_email);
  crm_test_add ("/like/tax-number", test_tax_number);
  crm_test_add ("/like/order", test_order);
  g_test_add_func ("/like/words", test_words);
  crm_test_add ("/like/people", test_people);
  return g_test_run ();
}
