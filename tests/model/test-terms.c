/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-fold.h"
#include "crm-terms.h"
#include "crm-text-scan.h"

#include <string.h>

static void
test_words (void)
{
  g_autoptr (CrmTerms) terms = crm_terms_parse ("  ŞİŞECAM A.Ş. x ");
  g_autofree char *expression = crm_terms_to_fts (terms);

  g_assert_cmpstr (terms->folded, ==, "sisecam as x");
  g_assert_cmpstr (expression, ==, "(\"sisecam\"*) AND (\"as\"*) AND (\"x\"*)");
  g_assert_cmpstr (crm_terms_get_rarest (terms)->needle, ==, "sisecam");
  g_assert_true (terms->terms[2].only_begins);
}

static void
test_nothing (void)
{
  const char * const nothing[] = { NULL, "", "  ", "…-?!\"*" };

  for (gsize i = 0; i < G_N_ELEMENTS (nothing); i++)
    {
      g_autoptr (CrmTerms) terms = crm_terms_parse (nothing[i]);

      g_assert_cmpuint (terms->n_terms, ==, 0);
      g_assert_null (terms->words[0]);
      g_assert_null (crm_terms_get_rarest (terms));
    }
}

static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CrmTerms) terms = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "word ");
  terms = crm_terms_parse (text->str);
  g_assert_cmpuint (terms->n_terms, ==, CRM_TERMS_MAX_WORDS);
  g_assert_cmpstr (terms->terms[CRM_TERMS_MAX_WORDS - 1].needle, ==, "word");
}

typedef struct {
  const char *query;
  const char *text;   /* as a person wrote it; a number in brackets is a phone number, one word in the folded text */
  gboolean    prefix;
  gboolean    inside;
} Match;

static const Match matches[] = {
  { "istanbul", "İSTANBUL", TRUE, TRUE },
  { "ISTANBUL", "istanbul", TRUE, TRUE },
  { "ısparta", "ISPARTA", TRUE, TRUE },
  { "cicek", "ÇİÇEK Tarım", TRUE, TRUE },
  { "tar çiç", "ÇİÇEK Tarım", TRUE, TRUE },
  { "sisecam as", "ŞİŞECAM A.Ş.", TRUE, TRUE },
  { "soft", "Microsoft", FALSE, TRUE },
  { "soft mic", "Microsoft", FALSE, TRUE },
  { "soft z", "Microsoft", FALSE, FALSE },
  { "soft o", "Microsoft", FALSE, FALSE },
  { "ft co", "Microsoft Corp.", FALSE, TRUE },
  { "micro soft", "Micro Soft", TRUE, TRUE },
  { "microsoft", "Micro Soft", FALSE, FALSE },
  /* Numbers */
  { "0212 555 01 42", "[0212 555 01 42]", TRUE, TRUE },
  { "02125550142", "[+90 (212) 555 01 42]", TRUE, TRUE },
  { "+90 (212) 5550142", "[0212 555 01 42]", TRUE, TRUE },
  { "0090 212 555", "[212 5550142]", TRUE, TRUE },
  { "+90 212 555", "[0090 212 555 01 42]", TRUE, TRUE },
  { "905551112233", "[0555 111 22 33]", TRUE, TRUE },
  { "0212", "[+90 212 555 01 42]", TRUE, TRUE },
  { "0212", "[212 555 01 42]", TRUE, FALSE },
  { "555 0142", "[0212 555 01 42]", FALSE, TRUE },
  { "0142", "[0212 555 01 42]", FALSE, TRUE },
  { "1420", "[0212 555 01 42]", FALSE, FALSE },
  { "012", "[0212 555 01 42]", FALSE, FALSE },
  { "ağaoğlu 0212 555", "Ağaoğlu Gıda [0212 555 01 42]", TRUE, TRUE },
  { "oğlu 0212 555", "Ağaoğlu Gıda [0212 555 01 42]", FALSE, TRUE },
  { "0212 555 ağa", "Ağaoğlu Gıda [0216 555 01 42]", FALSE, FALSE },
  { "12 34000", "Büyükdere Cad. No 12, 34000 İstanbul", TRUE, FALSE },
  { "34000 12", "Büyükdere Cad. No 12, 34000 İstanbul", TRUE, FALSE },
  { "12 34001", "Büyükdere Cad. No 12, 34000 İstanbul", FALSE, FALSE },
};

static char *
fold_with_numbers (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, "[]", -1);
  GString *folded = g_string_new (NULL);

  for (guint i = 0; parts[i] != NULL; i++)
    if (i % 2 == 0)
      crm_fold_append (folded, parts[i], -1);
    else
      crm_fold_digits_append (folded, parts[i]);
  g_string_set_size (folded, folded->len + CRM_TEXT_SLACK);
  return g_string_free (folded, FALSE);
}

static void
test_matches (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (matches); i++)
    {
      const Match *match = &matches[i];
      g_autoptr (CrmTerms) terms = crm_terms_parse (match->query);
      g_autofree char *text = fold_with_numbers (match->text);

      g_test_message ("%s in %s", match->query, match->text);
      g_assert_cmpint (crm_terms_match_prefix (terms, text, strlen (text)), ==, match->prefix);
      g_assert_cmpint (crm_terms_match_inside (terms, NULL, text, strlen (text)), ==, match->inside);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/terms/words", test_words);
  g_test_add_func ("/terms/nothing", test_nothing);
  g_test_add_func ("/terms/many", test_many);
  g_test_add_func ("/terms/matches", test_matches);

  return g_test_run ();
}
