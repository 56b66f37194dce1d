/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-collator.h"

#include <string.h>

static int
compare (CrmCollator *collator,
         const char  *one,
         const char  *other)
{
  gsize size, other_size;
  const guint8 *key = crm_collator_key (collator, one, -1, &size);
  g_autofree guint8 *kept = g_memdup2 (key, size);
  const guint8 *other_key = crm_collator_key (collator, other, -1, &other_size);
  int order = memcmp (kept, other_key, MIN (size, other_size));

  return order != 0 ? order : (size > other_size) - (size < other_size);
}

static void
assert_ascending (const char         *locale,
                  const char * const *words)
{
  g_autoptr (CrmCollator) collator = crm_collator_new (locale);

  for (; words[1] != NULL; words++)
    {
      g_assert_cmpint (compare (collator, words[0], words[1]), <, 0);
      g_assert_cmpint (compare (collator, words[1], words[0]), >, 0);
      g_assert_cmpint (compare (collator, words[0], words[0]), ==, 0);
    }
}

static void
test_turkish (void)
{
  static const char * const words[] = {
    "", "Cuma", "cz", "çam", "Çankırı", "da", "gz", "ğa", "ha", "ısparta", "Iz", "iade", "İstanbul", "Ja",
    "oz", "öa", "pa", "sz", "şa", "ta", "uz", "üa", "va", NULL,
  };

  assert_ascending ("tr", words);
  assert_ascending ("tr_TR.UTF-8", words);
}

static void
test_other_languages (void)
{
  static const char * const german[] = { "Ofen", "Öl", "Otto", "Zebra", NULL };
  static const char * const swedish[] = { "Ofen", "Zebra", "Ål", "Ärta", "Öl", NULL };

  assert_ascending ("de_DE.UTF-8", german);
  assert_ascending ("sv_SE", swedish);
  assert_ascending ("C", german);
  assert_ascending ("xx_nowhere", german);
}

static void
assert_name (const char *locale,
             const char *language)
{
  g_autoptr (CrmCollator) collator = crm_collator_new (locale);
  g_auto (GStrv) parts = g_strsplit (crm_collator_get_name (collator), " ", -1);

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  g_assert_cmpstr (parts[0], ==, language);
  g_assert_true (g_ascii_isdigit (parts[1][0]));
}

static void
test_name (void)
{
  assert_name ("tr_TR.UTF-8", "tr");
  assert_name ("en_US.UTF-8", "root");
  assert_name ("C.UTF-8", "root");

  g_setenv ("LANG", "sv_SE.UTF-8", TRUE);
  g_unsetenv ("LC_ALL");
  g_unsetenv ("LC_COLLATE");
  assert_name (NULL, "sv");
  g_setenv ("LC_COLLATE", "tr_TR.UTF-8", TRUE);
  assert_name (NULL, "tr");
  g_setenv ("LC_ALL", "C", TRUE);
  assert_name (NULL, "root");
  g_setenv ("LC_ALL", "", TRUE);
  assert_name (NULL, "tr");
}

static void
test_any_text (void)
{
  g_autoptr (CrmCollator) collator = crm_collator_new ("tr");
  g_autoptr (GString) text = g_string_new (NULL);
  gsize size = 7;

  g_assert_null (crm_collator_key (collator, NULL, -1, &size));
  g_assert_cmpuint (size, ==, 0);
  g_assert_cmpint (compare (collator, "a\xff", "b\xc3"), <, 0);

  g_assert_nonnull (crm_collator_key (collator, "ab", 1, &size));
  g_assert_cmpint (compare (collator, "a", "ab"), <, 0);

  for (int i = 0; i < 5000; i++)
    g_string_append_c (text, (char) g_test_rand_int_range (1, 256));
  g_assert_nonnull (crm_collator_key (collator, text->str, (gssize) text->len, &size));
  g_assert_cmpuint (size, >, 0);
  g_assert_cmpint (compare (collator, "z", "a"), >, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/collator/turkish", test_turkish);
  g_test_add_func ("/collator/other-languages", test_other_languages);
  g_test_add_func ("/collator/name", test_name);
  g_test_add_func ("/collator/any-text", test_any_text);

  return g_test_run ();
}
