/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-query-label.h"

#include "crm-client.h"

static void
assert_described (guint              field,
                  CrmFilterOp        op,
                  const char * const *values,
                  const char        *expected)
{
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);
  g_autofree char *text = NULL;

  crm_query_add_filter (query, field, op, values);
  text = crm_query_describe (query);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_filters (void)
{
  assert_described (CRM_CLIENT_KIND, CRM_FILTER_IS, (const char *[]) { "key_client", NULL }, "Key client");
  assert_described (CRM_CLIENT_KIND, CRM_FILTER_IS, (const char *[]) { "key_client", "partner", NULL }, "Key client or Partner");
  assert_described (CRM_CLIENT_CITY, CRM_FILTER_IS, (const char *[]) { "İzmir", NULL }, "City: İzmir");
  assert_described (CRM_CLIENT_GRADE, CRM_FILTER_IS, (const char *[]) { "A", "B", NULL }, "Grade: A or B");
  assert_described (CRM_CLIENT_EMAIL, CRM_FILTER_EMPTY, NULL, "Has no e-mail");
  assert_described (CRM_CLIENT_WEB, CRM_FILTER_EMPTY, NULL, "Web site: none");
  assert_described (CRM_CLIENT_SEGMENT, CRM_FILTER_NOT_EMPTY, NULL, "Segment: any");
}

static void
test_several (void)
{
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);
  g_autofree char *none = crm_query_describe (query);
  g_autofree char *two = NULL;

  g_assert_cmpstr (none, ==, "");
  crm_query_add_filter (query, CRM_CLIENT_KIND, CRM_FILTER_IS, (const char *[]) { "former", NULL });
  crm_query_add_filter (query, CRM_CLIENT_PHONE, CRM_FILTER_EMPTY, NULL);
  two = crm_query_describe (query);
  g_assert_cmpstr (two, ==, "Former client, Has no phone");
}

static void
test_offered (void)
{
  g_assert_true (crm_field_has_value_filter (&crm_client.fields[CRM_CLIENT_CITY]));
  g_assert_true (crm_field_has_value_filter (&crm_client.fields[CRM_CLIENT_TAGS]));
  g_assert_false (crm_field_has_value_filter (&crm_client.fields[CRM_CLIENT_EMAIL]));
  g_assert_false (crm_field_has_value_filter (&crm_client.fields[CRM_CLIENT_TAX_NUMBER]));
  g_assert_nonnull (crm_field_get_none_label (&crm_client.fields[CRM_CLIENT_TAX_NUMBER]));
  g_assert_null (crm_field_get_none_label (&crm_client.fields[CRM_CLIENT_NAME]));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list/query-label/filters", test_filters);
  g_test_add_func ("/list/query-label/several", test_several);
  g_test_add_func ("/list/query-label/offered", test_offered);
  return g_test_run ();
}
