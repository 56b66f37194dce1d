/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-number.h"

static void
assert_formats (const char *locale,
                gint64      number,
                const char *expected)
{
  g_autofree char *formatted = NULL;

  g_setenv ("LC_ALL", locale, TRUE);
  formatted = crm_number_format (number);
  g_assert_cmpstr (formatted, ==, expected);
}

static void
test_format (void)
{
  assert_formats ("tr_TR.UTF-8", 26212, "26.212");
  assert_formats ("en_GB.UTF-8", 26212, "26,212");
  assert_formats ("C", 26212, "26,212");
  assert_formats ("C.UTF-8", 0, "0");
  assert_formats ("tr_TR.UTF-8", 999, "999");
  assert_formats ("tr_TR.UTF-8", -1234567, "-1.234.567");
  assert_formats ("C", G_MAXINT64, "9,223,372,036,854,775,807");
  assert_formats ("C", G_MININT64, "-9,223,372,036,854,775,808");
}

static void
assert_fills (const char *text,
              gint64      number,
              const char *expected)
{
  g_autofree char *filled = crm_number_fill (text, number);

  g_assert_cmpstr (filled, ==, expected);
}

static void
test_fill (void)
{
  g_setenv ("LC_ALL", "tr_TR.UTF-8", TRUE);
  assert_fills ("%s müşteri", 26212, "26.212 müşteri");
  assert_fills ("Hepsi (%s)", 1000, "Hepsi (1.000)");
  assert_fills ("%s", 7, "7");
  assert_fills ("yok", 7, "yok");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/number/format", test_format);
  g_test_add_func ("/number/fill", test_fill);

  return g_test_run ();
}
