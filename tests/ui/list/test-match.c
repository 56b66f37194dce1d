/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-match.h"

#include <string.h>

#include "crm-client.h"

static const char * const no_words[] = { NULL };

static void
assert_bold (const char         *text,
             const char * const *words,
             const char         *expected)
{
  g_autoptr (PangoAttrList) bold = crm_match_bold (text, words);
  g_autoptr (GString) found = g_string_new (NULL);
  GSList *attributes;

  g_assert_nonnull (bold);
  attributes = pango_attr_list_get_attributes (bold);
  for (GSList *i = attributes; i != NULL; i = i->next)
    {
      PangoAttribute *attribute = i->data;

      g_assert_cmpint (attribute->klass->type, ==, PANGO_ATTR_WEIGHT);
      g_string_append_len (found, text + attribute->start_index, attribute->end_index - attribute->start_index);
      g_string_append_c (found, '|');
    }
  g_slist_free_full (attributes, (GDestroyNotify) pango_attribute_destroy);
  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_bold (void)
{
  const char *words[] = { "sis", "as", NULL };
  const char *inside[] = { "soft", NULL };

  assert_bold ("ŞİŞECAM A.Ş.", words, "ŞİŞ|A.Ş|");
  assert_bold ("Microsoft", inside, "soft|");
  g_assert_null (crm_match_bold ("Alpina", words + 2));
  g_assert_null (crm_match_bold ("Alpina", inside));
  g_assert_null (crm_match_bold (NULL, words));
  g_assert_null (crm_match_bold ("Alpina", no_words));
}

static CrmValues *
new_client (void)
{
  CrmValues *values = crm_values_new (&crm_client, 1);

  crm_values_set_text (values, CRM_CLIENT_NAME, "Çınar Tekstil");
  crm_values_set_text (values, CRM_CLIENT_CITY, "Bursa");
  crm_values_set_text (values, CRM_CLIENT_PHONE, "+90 224 555 01 42");
  crm_values_set_text (values, CRM_CLIENT_EMAIL, "siparis@cinartekstil.example");
  crm_values_set_text (values, CRM_CLIENT_TAGS, "fuar, öncelikli");
  return values;
}

static void
test_elsewhere (void)
{
  g_autoptr (CrmValues) values = new_client ();
  const char *shown[] = { "Çınar Tekstil", "Bursa", "+90 224 555 01 42" };
  const char *by_name[] = { "cin", "bur", NULL };
  const char *by_email[] = { "cin", "siparis", NULL };
  const char *by_tag[] = { "oncelik", NULL };
  const char *by_phone[] = { "5550142", NULL };
  g_autofree char *email = crm_match_find_elsewhere (values, by_email, shown, 3);
  g_autofree char *tag = crm_match_find_elsewhere (values, by_tag, shown, 3);

  g_assert_null (crm_match_find_elsewhere (values, no_words, shown, 3));
  g_assert_null (crm_match_find_elsewhere (values, by_name, shown, 3));
  g_assert_null (crm_match_find_elsewhere (values, by_phone, shown, 3));
  g_assert_cmpstr (email, ==, "siparis@cinartekstil.example");
  g_assert_cmpstr (tag, ==, "fuar, öncelikli");
}

static void
test_excerpt (void)
{
  g_autoptr (CrmValues) values = new_client ();
  g_autofree char *before = g_strnfill (4000, 'x');
  g_autofree char *note = g_strconcat (before, " eski\nmüşteri, vade sorunu çözüldü ", before, NULL);
  const char *words[] = { "vade", NULL };
  g_autofree char *found = NULL;

  crm_values_set_text (values, CRM_CLIENT_NOTES, note);
  found = crm_match_find_elsewhere (values, words, NULL, 0);
  g_assert_nonnull (strstr (found, "müşteri, vade sorunu"));
  g_assert_true (g_str_has_prefix (found, "…"));
  g_assert_null (strchr (found, '\n'));
  g_assert_cmpint (g_utf8_strlen (found, -1), <=, 100);
  g_assert_true (g_utf8_validate (found, -1, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list/match/bold", test_bold);
  g_test_add_func ("/list/match/elsewhere", test_elsewhere);
  g_test_add_func ("/list/match/excerpt", test_excerpt);
  return g_test_run ();
}
