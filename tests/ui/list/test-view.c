/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-client.h"
#include "crm-view.h"

static CrmQuery *
create_query (const char *text)
{
  CrmQuery *query = crm_query_new (&crm_client);

  crm_query_add_filter (query, CRM_CLIENT_KIND, CRM_FILTER_IS, (const char *[]) { "key_client", NULL });
  crm_query_set_text (query, text);
  query->sort = CRM_CLIENT_CITY;
  query->descending = TRUE;
  return query;
}

static void
test_json_keeps_all (void)
{
  g_autoptr (CrmQuery) query = create_query ("İstanbul");
  g_autoptr (GVariant) columns = g_variant_ref_sink (g_variant_new_parsed ("[('name', uint32 0, true), ('city', 140, false)]"));
  g_autoptr (CrmView) view = crm_view_new (12, query, "table", columns);
  g_autofree char *json = crm_view_to_json (view);
  g_autoptr (CrmView) read = crm_view_from_json (&crm_client, json, NULL);

  g_assert_nonnull (read);
  g_assert_cmpint (read->id, ==, 12);
  g_assert_true (crm_query_equal (read->query, query));
  g_assert_cmpstr (read->face, ==, "table");
  g_assert_true (g_variant_equal (read->columns, columns));
}

static void
test_json_of_an_older_version (void)
{
  g_autoptr (CrmView) view = crm_view_from_json (&crm_client, "{\"text\":\"\",\"sort\":\"city\",\"filters\":[]}", NULL);

  g_assert_nonnull (view);
  g_assert_cmpint (view->query->sort, ==, CRM_CLIENT_CITY);
  g_assert_null (view->face);
  g_assert_null (view->columns);
}

static void
test_json_without_sense (void)
{
  g_autoptr (CrmView) view =
    crm_view_from_json (&crm_client, "{\"view\":\"x\",\"face\":\"moon\",\"columns\":[3,{\"width\":1},{\"field\":\"city\",\"width\":-5}]}", NULL);
  g_autoptr (GVariant) columns = g_variant_ref_sink (g_variant_new_parsed ("[('city', uint32 0, false)]"));
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (view);
  g_assert_cmpint (view->id, ==, 0);
  g_assert_null (view->face);
  g_assert_true (g_variant_equal (view->columns, columns));
  g_assert_null (crm_view_from_json (&crm_client, "[]", &error));
  g_assert_nonnull (error);
}

static void
test_search_within_a_view (void)
{
  g_autoptr (CrmQuery) plain = create_query (NULL);
  g_autoptr (CrmQuery) searched = create_query ("fuar");
  g_autoptr (CrmQuery) other = create_query ("bayi");
  g_autoptr (CrmView) without = crm_view_new (1, plain, NULL, NULL);
  g_autoptr (CrmView) with = crm_view_new (2, searched, NULL, NULL);

  g_assert_true (crm_view_matches (without, plain));
  g_assert_true (crm_view_matches (without, searched));
  g_assert_true (crm_view_matches (with, searched));
  g_assert_false (crm_view_matches (with, plain));
  g_assert_false (crm_view_matches (with, other));
  other->descending = FALSE;
  g_assert_false (crm_view_matches (without, other));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/view/json-keeps-all", test_json_keeps_all);
  g_test_add_func ("/view/json-of-an-older-version", test_json_of_an_older_version);
  g_test_add_func ("/view/json-without-sense", test_json_without_sense);
  g_test_add_func ("/view/search-within-a-view", test_search_within_a_view);
  return g_test_run ();
}
