/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-money.h"

#include "crm-error.h"

#include <string.h>

static void
assert_parses (const char *text,
               const char *currency,
               const char *locale,
               gint64      expected)
{
  g_autoptr (GError) error = NULL;
  gint64 minor = 0;

  if (!crm_money_parse (text, currency, locale, &minor, &error))
    g_error ("“%s”: %s", text, error->message);
  g_assert_cmpint (minor, ==, expected);
}

static void
assert_refuses (const char *text,
                const char *currency,
                const char *locale)
{
  g_autoptr (GError) error = NULL;
  gint64 minor = 7;

  if (crm_money_parse (text, currency, locale, &minor, &error))
    g_error ("“%s” was read as %" G_GINT64_FORMAT, text, minor);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_assert_cmpint (minor, ==, 7);
}

static void
test_digits (void)
{
  g_assert_cmpint (crm_money_digits ("TRY"), ==, 2);
  g_assert_cmpint (crm_money_digits ("JPY"), ==, 0);
  g_assert_cmpint (crm_money_digits ("KRW"), ==, 0);
  g_assert_cmpint (crm_money_digits ("KWD"), ==, 3);
  g_assert_cmpint (crm_money_digits ("IQD"), ==, 3);
  g_assert_cmpint (crm_money_digits ("PY "), ==, 2);
  g_assert_cmpint (crm_money_digits (NULL), ==, 2);
}

static void
assert_plain (gint64      minor,
              const char *currency,
              const char *expected)
{
  g_autofree char *plain = crm_money_to_plain (minor, currency);

  g_assert_cmpstr (plain, ==, expected);
}

static void
test_plain (void)
{
  assert_plain (123456, "TRY", "1234.56");
  assert_plain (-5, "EUR", "-0.05");
  assert_plain (0, "EUR", "0.00");
  assert_plain (1234, "JPY", "1234");
  assert_plain (1234, "KWD", "1.234");
  assert_plain (G_MAXINT64, "EUR", "92233720368547758.07");
  assert_plain (G_MININT64, "EUR", "-92233720368547758.08");
}

static void
assert_format (gint64      minor,
               const char *currency,
               const char *locale,
               const char *expected)
{
  g_autofree char *formatted = crm_money_format (minor, currency, locale);

  g_assert_cmpstr (formatted, ==, expected);
}

static void
test_format (void)
{
  assert_format (123456, "TRY", "tr_TR.UTF-8", "₺1.234,56");
  assert_format (123456, "EUR", "de", "1.234,56\xc2\xa0€");
  assert_format (123456, "EUR", "en_US", "€1,234.56");
  assert_format (-123456, "JPY", "en_US", "-¥123,456");
  assert_format (G_MAXINT64, "USD", "en_US", "$92,233,720,368,547,758.07");
  assert_format (123456, "nothing", "tr", "1234.56 nothing");
  assert_format (123456, NULL, "tr", "1234.56");

  g_setenv ("LC_ALL", "de_DE.UTF-8", TRUE);
  assert_format (123456, "EUR", NULL, "1.234,56\xc2\xa0€");
  g_setenv ("LC_ALL", "en_US.UTF-8", TRUE);
  assert_format (123456, "EUR", NULL, "€1,234.56");
}

static void
test_parse (void)
{
  static const char * const locales[] = { "tr", "en_US", "de_CH", "C", "xx" };

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      assert_parses ("1.234,56", "TRY", locales[i], 123456);
      assert_parses ("1,234.56", "TRY", locales[i], 123456);
      assert_parses ("1234", "TRY", locales[i], 123400);
      assert_parses ("1234,5", "TRY", locales[i], 123450);
      assert_parses ("1 234,5", "TRY", locales[i], 123450);
      assert_parses ("1\xc2\xa0" "234\xe2\x80\xaf" "567,89", "TRY", locales[i], 123456789);
      assert_parses ("1'234.50", "CHF", locales[i], 123450);
      assert_parses ("1.234.567", "TRY", locales[i], 123456700);
      assert_parses ("12,34,567.80", "INR", locales[i], 123456780);
      assert_parses ("-12,3", "TRY", locales[i], -1230);
      assert_parses ("−12.3", "TRY", locales[i], -1230);
      assert_parses ("+7", "TRY", locales[i], 700);
      assert_parses (" 0.05 ", "TRY", locales[i], 5);
      assert_parses (",5", "TRY", locales[i], 50);
      assert_parses ("5.", "TRY", locales[i], 500);
      assert_parses ("12.5000", "TRY", locales[i], 1250);
      assert_parses ("1234.00", "JPY", locales[i], 1234);
      assert_parses ("₺1.234,56", "TRY", locales[i], 123456);
      assert_parses ("1.234,56 TL", "TRY", locales[i], 123456);
      assert_parses ("1.234,56 try", "TRY", locales[i], 123456);
      assert_parses ("-TRY 5", "TRY", locales[i], -500);
      assert_parses ("TRY -5", "TRY", locales[i], -500);
      assert_parses ("€5", "EUR", locales[i], 500);
      assert_parses ("٥", "EUR", locales[i], 500);
      assert_parses ("0,125", "KWD", locales[i], 125);
      assert_parses ("92233720368547758.07", "EUR", locales[i], G_MAXINT64);
    }
}

static void
test_locale_decides (void)
{
  assert_parses ("1.234", "TRY", "tr", 123400);
  assert_parses ("1,234", "TRY", "en_US", 123400);
  assert_parses ("1.234", "KWD", "en_US", 1234);
  assert_parses ("1.234", "KWD", "tr", 1234000);
  assert_refuses ("1,234", "TRY", "tr");
  assert_refuses ("1.234", "TRY", "en_US");
}

static void
test_refused (void)
{
  static const char * const refused[] = {
    NULL, "", " ", "-", ".", ",", "abc", "TRY", "12a", "1-2",
    "--5", "1.2.3", "1,2,3", "1.234,5.6", "1,23.456,7", "1.23,456.7",
    "12345.678,9", "1..2", "1,,234", "1  234", "12 34", "0.123",
    "1.239", "12.345,678", "5 USD", "$5", "€ 5", "5%", "1e5",
    "92233720368547758.08", "99999999999999999999999", "5\xff", "0x10",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refuses (refused[i], "TRY", "en_GB");
  assert_refuses ("1.5", "JPY", "en_US");
}

/* What is shown can be typed back, in every language and currency. */
static void
test_round_trip (void)
{
  static const char * const locales[] = {
    "tr", "en_US", "en_IN", "de_DE", "de_AT", "de_CH", "fr_FR", "nl_NL", "sv_SE", "pl_PL", "ru_RU",
    "ar_EG", "fa_IR", "hi_IN", "ja_JP",
    "da_DK", "pt_BR", "C",
  };
  static const char * const currencies[] = { "TRY", "EUR", "USD", "GBP", "JPY", "CHF", "INR", "SEK", "XYZ" };

  for (gsize i = 0; i < G_N_ELEMENTS (locales); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (currencies); j++)
      for (int round = 0; round < 50; round++)
        {
          gint64 minor = ((gint64) g_test_rand_int () * 65536) >> g_test_rand_int_range (0, 48);
          g_autofree char *formatted = crm_money_format (minor, currencies[j], locales[i]);
          g_autofree char *plain = crm_money_to_plain (minor, currencies[j]);

          assert_parses (formatted, currencies[j], locales[i], minor);
          assert_parses (plain, currencies[j], "en_US", minor);
        }
}

static void
test_random_bytes (void)
{
  static const char pieces[] = "0123456789.,-+ '\xc2\xa0₺TL\xff";

  for (int round = 0; round < 50000; round++)
    {
      g_autoptr (GError) error = NULL;
      gint64 minor;
      char text[17];
      int length = g_test_rand_int_range (0, sizeof text);

      for (int i = 0; i < length; i++)
        text[i] = pieces[g_test_rand_int_range (0, sizeof pieces - 1)];
      text[length] = '\0';

      g_assert_true (crm_money_parse (text, "TRY", "tr", &minor, &error) == (error == NULL));
      if (error != NULL)
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/money/digits", test_digits);
  g_test_add_func ("/money/plain", test_plain);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/locale-decides", test_locale_decides);
  g_test_add_func ("/money/refused", test_refused);
  g_test_add_func ("/money/round-trip", test_round_trip);
  g_test_add_func ("/money/random-bytes", test_random_bytes);

  return g_test_run ();
}
