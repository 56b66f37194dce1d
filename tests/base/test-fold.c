/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-fold.h"

#include <string.h>

#define MAX_RANDOM 64

static void
assert_folds (const char *text,
              const char *expected)
{
  g_autofree char *folded = crm_fold (text);

  g_assert_cmpstr (folded, ==, expected);
}

static void
test_letters (void)
{
  static const char * const alike[][4] = {
    { "istanbul", "İSTANBUL", "ISTANBUL", "I\xcc\x87stanbul" },
    { "isparta", "ısparta", "ISPARTA", "Isparta" },
    { "cicek", "ÇİÇEK", "çiçek", "c\xcc\xa7i\xcc\x87" "c\xcc\xa7" "ek" },
    { "lodz", "Łódź", "ŁÓDŹ", "Lo\xcc\x81" "dz\xcc\x81" },
    { "weiss", "Weiß", "WEISS", "WEIẞ" },
    { "soren", "Søren", "SØREN", "SÖREN" },
    { "dvorak", "Dvořák", "DVOŘÁK", "Dvor\xcc\x8c" "a\xcc\x81k" },
    { "aether thor dordevic", "Æther Þór Đorđević", "æther þór đorđević", "ÆTHER\tÞÓR\nĐORĐEVIĆ" },
    { "nguyen", "Nguyễn", "NGUYỄN", "Nguye\xcc\x82\xcc\x83n" },
    { "acme 2000", "ＡＣＭＥ　２０００", "ａｃｍｅ ２０００", "Acme ٢٠٠٠" },
    { "οδοσ", "ΟΔΟΣ", "οδος", "Οδός" },
    { "иван", "ИВАН", "Иван", "иван" },
    { "fiat", "ﬁat", "FIAT", "fi\xc2\xad" "at" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (alike); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (alike[i]); j++)
      assert_folds (alike[i][j], alike[i][0]);
}

static void
test_words (void)
{
  assert_folds (NULL, "");
  assert_folds ("", "");
  assert_folds (" . ,;'’ - ", "");
  assert_folds ("ŞİŞECAM A.Ş.", "sisecam as");
  assert_folds ("  Ltd.  Şti. ", "ltd sti");
  assert_folds ("O'Brien O’Brien OʼBrien", "obrien obrien obrien");
  assert_folds ("Ankara'da", "ankarada");
  assert_folds ("J. R. Smith", "j r smith");
  assert_folds ("S.p.A.", "spa");
  assert_folds ("No.5", "no 5");
  assert_folds ("A..B", "a b");
  assert_folds ("3.5", "3 5");
  assert_folds ("1.234,56", "1 234 56");
  assert_folds ("ali@example.com", "ali example com");
  assert_folds ("+90 (212) 555-01-42", "90 212 555 01 42");
  assert_folds ("tea&coffee/co_op", "tea coffee co op");
  assert_folds ("ab\xff" "cd\xc3", "ab cd");
  assert_folds ("x\xe2\x80\x8by", "x y");
}

static void
test_append (void)
{
  g_autoptr (GString) into = g_string_new (NULL);

  crm_fold_append (into, " -- ", -1);
  g_assert_cmpstr (into->str, ==, "");
  crm_fold_append (into, "Ömer Ak", 5);
  g_assert_cmpstr (into->str, ==, "omer");
  crm_fold_append (into, NULL, -1);
  crm_fold_append (into, "...", -1);
  g_assert_cmpstr (into->str, ==, "omer");
  crm_fold_append (into, "Işık\0Ay", 9);
  g_assert_cmpstr (into->str, ==, "omer isik ay");
  crm_fold_digits_append (into, "no digits");
  g_assert_cmpstr (into->str, ==, "omer isik ay");
  crm_fold_digits_append (into, "+90 (212) ５５");
  g_assert_cmpstr (into->str, ==, "omer isik ay 9021255");
}

static void
test_name (void)
{
  static const char * const alike[][2] = {
    { "Şişecam A.Ş.", "sisecam" },
    { "ŞİŞECAM AŞ", "sisecam" },
    { "Şişecam A. Ş.", "sisecam" },
    { "Demir Sanayi ve Ticaret A.Ş.", "demir" },
    { "Demir San. Tic. Ltd. Şti.", "demir" },
    { "Demir San.Tic.Ltd.Şti.", "demir" },
    { "Demir Sanayi Ticaret Limited Şirketi", "demir" },
    { "Demir Anonim Şirketi", "demir" },
    { "Ömer GmbH & Co. KG", "omer" },
    { "Rossi S.p.A.", "rossi" },
    { "Rossi S.r.l.", "rossi" },
    { "Luxe S.à r.l.", "luxe" },
    { "Garcia, S.L.", "garcia" },
    { "Prado S.A.", "prado" },
    { "Vermeer B.V.", "vermeer" },
    { "Vermeer N.V.", "vermeer" },
    { "Kowalski Sp. z o.o.", "kowalski" },
    { "Novak s.r.o.", "novak" },
    { "Novak a.s.", "novak" },
    { "Kovács Kft.", "kovacs" },
    { "Kovács Zrt.", "kovacs" },
    { "Borg AB", "borg" },
    { "Fjord AS", "fjord" },
    { "Lahti Oy", "lahti" },
    { "Lahti Oyj", "lahti" },
    { "Holm A/S", "holm" },
    { "Holm ApS", "holm" },
    { "Roe, Inc.", "roe" },
    { "Roe Corp.", "roe" },
    { "Smith & Co.", "smith" },
    { "Smith and Co", "smith" },
    { "Roe LLC", "roe" },
    { "Roe LLP", "roe" },
    { "Roe Ltd.", "roe" },
    { "Roe PLC", "roe" },
    { "Roe Pty Ltd", "roe" },
    { "Dupont SAS", "dupont" },
    { "Dupont SARL", "dupont" },
    { "Dupont et Cie", "dupont" },
    { "A.Ş.", "as" },
    { "Ltd. Şti.", "ltd" },
    { "Atlas", "atlas" },
    { "AS Roma", "as roma" },
    { "", "" },
    { " - ", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (alike); i++)
    {
      g_autofree char *name = crm_fold_name (alike[i][0]);

      g_assert_cmpstr (name, ==, alike[i][1]);
    }
}

static void
test_numbers (void)
{
  static const char * const phones[][2] = {
    { "+90 212 555 01 42", "2125550142" },
    { "0090 212 555 01 42", "2125550142" },
    { "0 (212) 555 0142", "2125550142" },
    { "+90 (0) 212 555 01 42", "2125550142" },
    { "212-555-01-42", "2125550142" },
    { "90 212 555 01 42", "2125550142" },
    { "0212 555 01 42 dahili 17", "2125550142" },
    { "0212 555 01 42 ext. 17", "2125550142" },
    { "02125550142x17", "2125550142" },
    { "+90 444 0 123", "4440123" },
    { "444 0 123", "4440123" },
    { "+49 30 12345678", "3012345678" },
    { "030 12345678", "3012345678" },
    { "9012", "9012" },
    { "112", "" },
    { "0112", "" },
    { "", "" },
    { "x", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (phones); i++)
    {
      g_autofree char *key = crm_phone_key (phones[i][0]);

      g_assert_cmpstr (key, ==, phones[i][1]);
    }
}

/* The text with [ ] around its spans. */
static void
assert_spans (const char *text,
              const char *query,
              const char *expected)
{
  g_auto (GStrv) words = g_strsplit (query, " ", -1);
  g_autoptr (GArray) spans = crm_fold_find_spans (text, (const char * const *) words);
  g_autoptr (GString) marked = g_string_new (text);

  for (guint i = spans->len; i > 0; i--)
    {
      CrmSpan *span = &g_array_index (spans, CrmSpan, i - 1);

      g_string_insert_c (marked, span->end, ']');
      g_string_insert_c (marked, span->start, '[');
    }
  g_assert_cmpstr (marked->str, ==, expected);
}

static void
test_spans (void)
{
  assert_spans ("Şişecam A.Ş.", "sis", "[Şiş]ecam A.Ş.");
  assert_spans ("ŞİŞECAM A.Ş.", "sisecam as", "[ŞİŞECAM] [A.Ş].");
  assert_spans ("Microsoft", "soft", "Micro[soft]");
  assert_spans ("Soft Microsoft", "soft", "[Soft] Microsoft");
  assert_spans ("Ann O'Brien-Anders", "an obri", "[An]n [O'Bri]en-[An]ders");
  assert_spans ("Weiß", "weis", "[Weiß]");
  assert_spans ("Weiß", "s", "Wei[ß]");
  assert_spans ("I\xcc\x87stanbul", "i", "[I\xcc\x87]stanbul");
  assert_spans ("Dvor\xcc\x8c" "ák", "dvor", "[Dvor\xcc\x8c]ák");
  assert_spans ("+90 212 555 01 42", "5550142", "+90 212 [555 01 42]");
  assert_spans ("+90 (212) 555-01-42", "1255", "+90 (2[12) 55]5-01-42");
  assert_spans ("12 a 34", "1234", "12 a 34");
  assert_spans ("1 2 3", "123", "1 2 3");
  assert_spans ("banana", "ana", "b[anana]");
  assert_spans ("abcd", "abc ab", "[abc]d");
  assert_spans ("abcd", "", "abcd");
  assert_spans ("", "a", "");
  assert_spans ("nothing", "here", "nothing");
}

static void
assert_folded (const char *folded)
{
  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_false (g_str_has_prefix (folded, " "));
  g_assert_false (g_str_has_suffix (folded, " "));
  g_assert_null (strstr (folded, "  "));
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    g_assert_true (*at == ' ' || g_unichar_isalnum (g_utf8_get_char (at)));
}

static void
assert_fold_is_stable (const char *text)
{
  g_autofree char *once = crm_fold (text);
  g_autofree char *twice = crm_fold (once);

  assert_folded (once);
  g_assert_cmpstr (once, ==, twice);
}

static void
test_every_character (void)
{
  char utf8[7];

  for (gunichar c = 1; c <= 0x10FFFF; c++)
    {
      g_autofree char *upper = NULL;
      g_autofree char *lower = NULL;

      if (!g_unichar_validate (c))
        continue;

      utf8[g_unichar_to_utf8 (c, utf8)] = '\0';
      assert_fold_is_stable (utf8);

      if (g_unichar_toupper (g_unichar_tolower (c)) != c)
        continue;
      upper = crm_fold (utf8);
      utf8[g_unichar_to_utf8 (g_unichar_tolower (c), utf8)] = '\0';
      lower = crm_fold (utf8);
      g_assert_cmpstr (upper, ==, lower);
    }
}

/* Bytes from a small alphabet meet each other more often than bytes from all 256. */
static void
fill_random (char *text,
             gsize size)
{
  static const char * const pieces[] = {
    "a", "B", "1", " ", ".", "'", "İ", "ß", "Æ", "\xcc\x87", "’", "\xff", "\xc3", "\xe2\x80",
    "한", "½", "ﷺ", "Ş", "0", "-",
  };
  gsize length = 0;

  while (g_test_rand_int_range (0, 20) != 0)
    {
      char byte[2] = { (char) g_test_rand_int_range (1, 256), '\0' };
      const char *piece = g_test_rand_bit () ? byte : pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];

      if (length + strlen (piece) >= size)
        break;
      memcpy (text + length, piece, strlen (piece));
      length += strlen (piece);
    }
  text[length] = '\0';
}

static void
assert_spans_hold (const char         *text,
                   const char * const *words)
{
  g_autoptr (GArray) spans = crm_fold_find_spans (text, words);
  gsize length = strlen (text);
  guint before = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      CrmSpan *span = &g_array_index (spans, CrmSpan, i);

      g_assert_true (i == 0 || span->start > before);
      g_assert_cmpuint (span->start, <, span->end);
      g_assert_cmpuint (span->end, <=, length);
      g_assert_true (g_utf8_validate (text + span->start, span->end - span->start, NULL));
      before = span->end;
    }
}

static void
test_random_bytes (void)
{
  for (int i = 0; i < 20000; i++)
    {
      char text[MAX_RANDOM];
      char query[MAX_RANDOM];
      g_autofree char *folded = NULL;
      g_autofree char *whole = NULL;
      g_autofree char *valid = NULL;
      g_auto (GStrv) words = NULL;
      g_autoptr (GArray) spans = NULL;

      fill_random (text, sizeof text);
      fill_random (query, sizeof query);
      assert_fold_is_stable (text);

      folded = crm_fold (query);
      words = g_strsplit (folded, " ", -1);
      valid = g_utf8_make_valid (text, -1);
      assert_spans_hold (valid, (const char * const *) words);

      g_strfreev (words);
      whole = crm_fold (valid);
      words = g_strsplit (whole, " ", -1);
      assert_spans_hold (valid, (const char * const *) words);
      spans = crm_fold_find_spans (valid, (const char * const *) words);
      g_assert_true ((*whole == '\0') == (spans->len == 0));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fold/letters", test_letters);
  g_test_add_func ("/fold/words", test_words);
  g_test_add_func ("/fold/append", test_append);
  g_test_add_func ("/fold/name", test_name);
  g_test_add_func ("/fold/numbers", test_numbers);
  g_test_add_func ("/fold/spans", test_spans);
  g_test_add_func ("/fold/every-character", test_every_character);
  g_test_add_func ("/fold/random-bytes", test_random_bytes);

  return g_test_run ();
}
