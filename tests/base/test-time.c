/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-time.h"

#include "crm-error.h"

#include <string.h>

static void
assert_iso (gint64      seconds,
            const char *expected)
{
  g_autofree char *iso = crm_time_to_iso (seconds * G_USEC_PER_SEC);
  gint64 when = 0;

  g_assert_cmpstr (iso, ==, expected);
  g_assert_true (crm_time_from_iso (iso, &when));
  g_assert_cmpint (when, ==, seconds * G_USEC_PER_SEC);
}

static void
test_iso (void)
{
  g_autofree char *before_epoch = crm_time_to_iso (-1);
  g_autofree char *earliest = crm_time_to_iso (G_MININT64);
  g_autofree char *latest = crm_time_to_iso (G_MAXINT64);

  assert_iso (0, "1970-01-01T00:00:00Z");
  assert_iso (1795442700, "2026-11-23T14:05:00Z");
  assert_iso (951782400, "2000-02-29T00:00:00Z");
  assert_iso (-86400, "1969-12-31T00:00:00Z");
  for (int i = 0; i < 5000; i++)
    {
      gint64 seconds = (gint64) g_test_rand_double_range (-62135596800.0, 253402300799.0);
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
      g_autofree char *clock = g_date_time_format (time, "-%m-%dT%H:%M:%SZ");
      g_autofree char *expected = g_strdup_printf ("%04d%s", g_date_time_get_year (time), clock);

      assert_iso (seconds, expected);
    }

  g_assert_cmpstr (before_epoch, ==, "1969-12-31T23:59:59Z");
  g_assert_cmpstr (earliest, ==, "0001-01-01T00:00:00Z");
  g_assert_cmpstr (latest, ==, "9999-12-31T23:59:59Z");
}

static void
assert_reads (const char *text,
              gint64      microseconds)
{
  gint64 when = 0;

  g_assert_true (crm_time_from_iso (text, &when));
  g_assert_cmpint (when, ==, 1795442700 * G_TIME_SPAN_SECOND + microseconds);
}

static void
test_from_iso (void)
{
  static const char * const refused[] = {
    "", "2026-11-23", "2026-11-23T14:05:00", "2026-11-23T14:05", "2026-11-23T14Z", "2026-11-31T14:05Z",
    "2026-13-01T14:05Z",
    "2025-02-29T14:05Z", "2026-11-23T24:00Z", "2026-11-23T14:60Z", "2026-11-23T14:05:60Z", "2026-11-23T14:05:00.Z",
    "2026-11-23T14:05Zx", " 2026-11-23T14:05Z", "2026-11-23T14:05+3", "2026-11-23T14:05+03:", "0000-01-01T00:00Z",
    "0001-01-01T00:00+14:00", "9999-12-31T23:59-01:00", "26-11-23T14:05Z", "2026-1-2T14:05Z", "2026-11-23T14:05:00.5",
  };
  gint64 when = 7;

  assert_reads ("2026-11-23T14:05:00Z", 0);
  assert_reads ("2026-11-23T14:05Z", 0);
  assert_reads ("2026-11-23 14:05Z", 0);
  assert_reads ("2026-11-23T17:05:00+03:00", 0);
  assert_reads ("2026-11-23T17:05+0300", 0);
  assert_reads ("2026-11-23T17:05+03", 0);
  assert_reads ("2026-11-24T00:05+10:00", 0);
  assert_reads ("2026-11-23T08:35-05:30", 0);
  assert_reads ("2026-11-23T14:05:00.5Z", 500000);
  assert_reads ("2026-11-23T14:05:00.123456789Z", 123456);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (crm_time_from_iso (refused[i], &when));
  g_assert_false (crm_time_from_iso (NULL, &when));
  g_assert_cmpint (when, ==, 7);
}

static void
assert_time_format (GDateTime  *time,
                    const char *expected)
{
  g_autofree char *formatted = crm_time_format (g_date_time_to_unix (time) * G_USEC_PER_SEC);

  g_assert_cmpstr (formatted, ==, expected);
}

static void
test_format (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) today = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                       g_date_time_get_day_of_month (now), 9, 5, 0);
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (today, -1);
  g_autoptr (GDateTime) long_ago = g_date_time_new_local (2020, 11, 3, 14, 5, 59);
  g_autofree char *earliest = crm_time_format (G_MININT64);
  g_autofree char *latest = crm_time_format (G_MAXINT64);

  assert_time_format (today, "09:05");
  assert_time_format (yesterday, "yesterday 09:05");

  g_setenv ("LC_ALL", "tr_TR.UTF-8", TRUE);
  assert_time_format (long_ago, "3 Kas 2020 14:05");
  g_setenv ("LC_ALL", "en_GB.UTF-8", TRUE);
  assert_time_format (long_ago, "3 Nov 2020, 14:05");
  g_setenv ("LC_ALL", "C", TRUE);
  assert_time_format (long_ago, "3 Nov 2020, 14:05");

  g_assert_true (g_utf8_validate (earliest, -1, NULL));
  g_assert_true (g_utf8_validate (latest, -1, NULL));
}

/* Newer versions of ICU write no comma behind the day of the week. */
static void
assert_day_written (const char *formatted,
                    const char *expected)
{
  g_auto (GStrv) parts = g_strsplit (formatted, ",", -1);
  g_autofree char *plain = g_strjoinv (NULL, parts);

  g_assert_cmpstr (plain, ==, expected);
}

static void
assert_day (GDateTime  *time,
            const char *expected)
{
  g_autofree char *formatted = crm_time_format_day (g_date_time_to_unix (time) * G_USEC_PER_SEC);

  assert_day_written (formatted, expected);
}

static void
assert_near_day (GDateTime  *time,
                 const char *expected)
{
  g_autofree char *formatted = crm_time_format_near_day (g_date_time_to_unix (time) * G_USEC_PER_SEC);

  assert_day_written (formatted, expected);
}

static void
test_day (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) yesterday = g_date_time_add_days (now, -1);
  g_autoptr (GDateTime) long_ago = g_date_time_new_local (2020, 11, 3, 0, 5, 59);
  g_autofree char *earliest = crm_time_format_day (G_MININT64);
  g_autofree char *clock = crm_time_format_clock (g_date_time_to_unix (long_ago) * G_USEC_PER_SEC);

  assert_day (now, "Today");
  assert_day (yesterday, "Yesterday");
  g_setenv ("LC_ALL", "tr_TR.UTF-8", TRUE);
  assert_day (long_ago, "3 Kasım 2020 Salı");
  assert_near_day (long_ago, "3 Kasım Salı");
  g_setenv ("LC_ALL", "en_GB.UTF-8", TRUE);
  assert_day (long_ago, "Tuesday 3 November 2020");
  assert_near_day (long_ago, "Tuesday 3 November");
  g_setenv ("LC_ALL", "C", TRUE);
  g_assert_true (g_utf8_validate (earliest, -1, NULL));
  g_assert_cmpstr (clock, ==, "00:05");
}

static void
test_now (void)
{
  gint64 now = crm_time_now ();

  g_assert_cmpint (now, >, G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC);
  g_assert_cmpint (crm_time_now (), >=, now);
}

static void
assert_date (const char *text,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *iso = crm_date_parse (text, &error);

  g_assert_cmpstr (iso, ==, expected);
  if (expected == NULL)
    g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  else
    g_assert_no_error (error);
}

static void
test_date_parse (void)
{
  static const char * const refused[] = {
    NULL, "", "23", "23.11", "23.11.", "31.11.2026", "29.02.2025", "1900-02-29", "2026-00-10",
    "11/23/2026", "2026.13.01", "23.11/2026", "23.11.202", "23.11.02026",
    "123.11.2026", "23 Nov 2026", "23.11.2026 x", "00.11.2026", "01.01.0000", "2026-11-23T14:05",
    "\xff", "..", "1..2026",
    "26.11.23.26",
  };

  assert_date ("23.11.2026", "2026-11-23");
  assert_date ("23/11/2026", "2026-11-23");
  assert_date ("23-11-2026", "2026-11-23");
  assert_date ("2026-11-23", "2026-11-23");
  assert_date ("2026/1/2", "2026-01-02");
  assert_date (" 1.2.2026 ", "2026-02-01");
  assert_date ("23.11.26", "2026-11-23");
  assert_date ("1.1.68", "2068-01-01");
  assert_date ("1.1.69", "1969-01-01");
  assert_date ("29.02.2024", "2024-02-29");
  assert_date ("0001-01-01", "0001-01-01");
  assert_date ("9999-12-31", "9999-12-31");
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_date (refused[i], NULL);
}

static void
assert_date_format (const char *locale,
                    const char *iso,
                    const char *expected)
{
  g_autofree char *formatted = NULL;

  g_setenv ("LC_ALL", locale, TRUE);
  formatted = crm_date_format (iso);
  g_assert_cmpstr (formatted, ==, expected);
}

static void
test_date_format (void)
{
  assert_date_format ("tr_TR.UTF-8", "2026-11-03", "03.11.2026");
  assert_date_format ("de_DE.UTF-8", "2026-11-03", "03.11.2026");
  assert_date_format ("en_GB.UTF-8", "2026-11-03", "03/11/2026");
  assert_date_format ("en_US.UTF-8", "2026-11-03", "11/03/2026");
  assert_date_format ("C", "2026-11-03", "03/11/2026");
  assert_date_format ("tr_TR.UTF-8", "2026-02-30", "2026-02-30");
  assert_date_format ("tr_TR.UTF-8", "soon", "soon");
  assert_date_format ("tr_TR.UTF-8", NULL, "");
}

/* Every day of four hundred years is shown as it is typed. */
static void
test_date_round_trip (void)
{
  GDate date;

  g_setenv ("LC_ALL", "tr_TR.UTF-8", TRUE);
  g_date_clear (&date, 1);
  for (g_date_set_dmy (&date, 1, G_DATE_JANUARY, 1700); g_date_get_year (&date) < 2100; g_date_add_days (&date, 1))
    {
      g_autofree char *iso = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), g_date_get_month (&date),
                                              g_date_get_day (&date));
      g_autofree char *formatted = crm_date_format (iso);

      assert_date (formatted, iso);
    }
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/time/iso", test_iso);
  g_test_add_func ("/time/from-iso", test_from_iso);
  g_test_add_func ("/time/format", test_format);
  g_test_add_func ("/time/day", test_day);
  g_test_add_func ("/time/now", test_now);
  g_test_add_func ("/date/parse", test_date_parse);
  g_test_add_func ("/date/format", test_date_format);
  g_test_add_func ("/date/round-trip", test_date_round_trip);

  return g_test_run ();
}
