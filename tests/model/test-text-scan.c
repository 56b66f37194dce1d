/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-text-scan.h"

#include <string.h>

/* Few letters, so that everything is found often. */
static char *
make_text (GRand *rand,
           guint  longest)
{
  guint length = (guint) g_rand_int_range (rand, 0, (gint32) longest);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < length; i++)
    g_string_append_c (text, "aabbc 1"[g_rand_int_range (rand, 0, 7)]);
  return g_string_free (text, FALSE);
}

static void
test_find (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = make_text (rand, 120);
      g_autofree char *needle = make_text (rand, 5);
      gsize length = strlen (text);
      const char *found;

      if (*needle == '\0')
        continue;
      text = g_realloc (text, length + 1 + CRM_TEXT_SLACK);
      /* What is behind the end must not count. */
      memset (text + length + 1, 'a', CRM_TEXT_SLACK);
      found = crm_text_find (text, text + length, needle, strlen (needle));
      g_assert_true (found == strstr (text, needle));
    }
}

static void
assert_same (CrmTextScan *scan,
             GPtrArray   *texts)
{
  gsize size = 0;

  g_assert_cmpuint (crm_text_scan_get_n_records (scan), ==, texts->len);
  for (guint i = 0; i < texts->len; i++)
    {
      const char *expected = g_ptr_array_index (texts, i);
      gsize length;
      const char *text = crm_text_scan_get (scan, i, &length);

      g_assert_cmpmem (text, length, expected, strlen (expected));
      size += length + 1;
    }
  g_assert_cmpuint (crm_text_scan_get_size (scan), ==, size);
}

static void
assert_found (CrmTextScan *scan,
              GPtrArray   *texts,
              const char  *query)
{
  g_autoptr (CrmTerms) terms = crm_terms_parse (query);
  g_autofree guint64 *found = g_new0 (guint64, texts->len / 64 + 1);

  if (crm_terms_get_rarest (terms) == NULL)
    return;
  g_assert_true (crm_text_scan_find_inside (scan, terms, found, NULL, NULL));
  for (guint i = 0; i < texts->len; i++)
    {
      gboolean expected = TRUE;

      for (guint t = 0; t < terms->n_terms; t++)
        {
          const char *needle = terms->terms[t].needle;
          g_autofree char *begin = g_strconcat (" ", needle, NULL);
          g_autofree char *text = g_strconcat (" ", g_ptr_array_index (texts, i), NULL);

          expected = expected && strstr (text, terms->terms[t].only_begins ? begin : needle) != NULL;
        }
      g_assert_cmpint ((found[i / 64] >> (i % 64)) & 1, ==, expected);
    }
}

static void
assert_begun (CrmTextScan *scan,
              GPtrArray   *texts,
              const char  *query)
{
  g_autoptr (CrmTerms) terms = crm_terms_parse (query);
  g_autofree guint64 *found = g_new0 (guint64, texts->len / 64 + 1);

  g_assert_true (crm_text_scan_find_prefix (scan, terms, found, NULL));
  for (guint i = 0; i < texts->len; i++)
    {
      gboolean expected = TRUE;

      for (guint t = 0; t < terms->n_terms; t++)
        {
          g_autofree char *begin = g_strconcat (" ", terms->terms[t].needle, NULL);
          g_autofree char *text = g_strconcat (" ", g_ptr_array_index (texts, i), NULL);

          expected = expected && strstr (text, begin) != NULL;
        }
      g_assert_cmpint ((found[i / 64] >> (i % 64)) & 1, ==, expected);
    }
}

/* Records come, go and change, among them some that are longer than a block; the scan answers as the plain texts do. */
static void
test_changes (void)
{
  static const char * const queries[] = { "ab", "abc", "ab bc", "a bc", "c1", "ccc", "11", "b1a", "a", "b 1" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  g_autoptr (CrmTextScan) scan = crm_text_scan_new ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 4000; i++)
    {
      guint at = (guint) g_rand_int_range (rand, 0, (gint32) texts->len + 1);
      guint longest = g_rand_int_range (rand, 0, 100) == 0 ? 100000 : 300;

      if (at < texts->len && g_rand_int_range (rand, 0, 4) == 0)
        {
          crm_text_scan_remove (scan, at);
          g_ptr_array_remove_index (texts, at);
        }
      else
        {
          char *text = make_text (rand, longest);

          crm_text_scan_insert (scan, at, text, strlen (text));
          g_ptr_array_insert (texts, (int) at, text);
        }
      if (i % 200 == 0)
        {
          assert_same (scan, texts);
          for (guint q = 0; q < G_N_ELEMENTS (queries); q++)
            {
              assert_found (scan, texts, queries[q]);
              assert_begun (scan, texts, queries[q]);
            }
        }
    }
  assert_same (scan, texts);
  while (texts->len > 0)
    {
      crm_text_scan_remove (scan, texts->len / 2);
      g_ptr_array_remove_index (texts, texts->len / 2);
    }
  assert_same (scan, texts);
}

static void
test_cancelled (void)
{
  g_autoptr (CrmTextScan) scan = crm_text_scan_new ();
  g_autoptr (CrmTerms) terms = crm_terms_parse ("ab");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  guint64 found = 0;

  crm_text_scan_insert (scan, 0, "xabx", 4);
  g_assert_true (crm_text_scan_find_inside (scan, terms, &found, NULL, cancellable));
  g_assert_cmpuint (found, ==, 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (crm_text_scan_find_inside (scan, terms, &found, NULL, cancellable));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text-scan/find", test_find);
  g_test_add_func ("/text-scan/changes", test_changes);
  g_test_add_func ("/text-scan/cancelled", test_cancelled);

  return g_test_run ();
}
