/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-client.h"
#include "crm-error.h"
#include "crm-query.h"

static CrmQuery *
make_query (void)
{
  CrmQuery *query = crm_query_new (&crm_client);

  crm_query_set_text (query, "ağa “oğlu” \\ \"");
  query->sort = CRM_CLIENT_CITY;
  query->descending = TRUE;
  crm_query_add_filter (query, CRM_CLIENT_KIND, CRM_FILTER_IS, (const char *[]) { "client", "partner", NULL });
  crm_query_add_filter (query, CRM_CLIENT_PHONE, CRM_FILTER_EMPTY, NULL);
  crm_query_add_filter (query, CRM_CLIENT_CREDIT_LIMIT, CRM_FILTER_AT_LEAST, (const char *[]) { "1000", NULL });
  return query;
}

static void
test_equal (void)
{
  g_autoptr (CrmQuery) query = make_query ();
  g_autoptr (CrmQuery) copy = crm_query_copy (query);
  g_autoptr (CrmQuery) other = crm_query_new (&crm_client);

  g_assert_true (crm_query_equal (query, copy));
  g_assert_false (crm_query_equal (query, other));
  crm_query_add_filter (copy, CRM_CLIENT_KIND, CRM_FILTER_IS, (const char *[]) { "client", NULL });
  g_assert_cmpuint (copy->filters->len, ==, 3);
  g_assert_false (crm_query_equal (query, copy));
  crm_query_add_filter (copy, CRM_CLIENT_KIND, CRM_FILTER_IS, (const char *[]) { "client", "partner", NULL });
  g_assert_true (crm_query_equal (query, copy));
  crm_query_remove_filter (copy, CRM_CLIENT_PHONE, CRM_FILTER_EMPTY);
  g_assert_null (crm_query_get_filter (copy, CRM_CLIENT_PHONE, CRM_FILTER_EMPTY));
  g_assert_false (crm_query_equal (query, copy));
  crm_query_set_text (other, "");
  g_assert_null (other->text);
}

static void
test_json (void)
{
  g_autoptr (CrmQuery) query = make_query ();
  g_autofree char *json = crm_query_to_json (query);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmQuery) read = crm_query_from_json (&crm_client, json, &error);

  g_assert_no_error (error);
  g_assert_true (crm_query_equal (query, read));
}

/* What another version or a damaged view holds is passed over as far as it makes no sense. */
static void
test_foreign_json (void)
{
  static const char * const passed_over[] = {
    "{}",
    "{\"text\":null,\"sort\":7,\"filters\":{}}",
    "{\"sort\":\"horoscope\",\"filters\":[1,null,[],{},{\"field\":\"horoscope\",\"op\":\"is\"},{\"field\":\"city\",\"op\":\"rhymes\"}]}",
  };
  static const char * const refused[] = { "", "[]", "7", "{", "null" };
  g_autoptr (CrmQuery) all = crm_query_new (&crm_client);

  for (gsize i = 0; i < G_N_ELEMENTS (passed_over); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (CrmQuery) query = crm_query_from_json (&crm_client, passed_over[i], &error);

      g_assert_no_error (error);
      g_assert_true (crm_query_equal (query, all));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (crm_query_from_json (&crm_client, refused[i], &error));
      g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/query/equal", test_equal);
  g_test_add_func ("/query/json", test_json);
  g_test_add_func ("/query/foreign-json", test_foreign_json);

  return g_test_run ();
}
