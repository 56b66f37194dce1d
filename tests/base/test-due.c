/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-due.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "crm-error.h"

/* Monday, 23 November 2026, 14:05 */
static GDateTime *
now_new (void)
{
  return g_date_time_new_utc (2026, 11, 23, 14, 5, 0);
}

static char *
parse (const char *text,
       GDateTime  *now)
{
  g_autoptr (GError) error = NULL;
  CrmDue due;

  if (!crm_due_parse (text, now, &due, &error))
    {
      g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
      return g_strdup_printf ("“%s”: %s", text, error->message);
    }
  return g_strdup_printf ("%s%s%s", due.date, *due.time != '\0' ? " " : "", due.time);
}

static const struct {
  const char *text;
  const char *expected;
} cases[] = {
  /* Days that have a name */
  { "today", "2026-11-23" }, { "Today", "2026-11-23" }, { "  TODAY  ", "2026-11-23" }, { "tonight", "2026-11-23" },
  { "tomorrow", "2026-11-24" }, { "TOMORROW 9:00", "2026-11-24 09:00" }, { "yesterday", "2026-11-22" },
  { "the day after tomorrow", "2026-11-25" },
  { "bugün", "2026-11-23" }, { "BUGÜN", "2026-11-23" }, { "bugun", "2026-11-23" }, { "yarın", "2026-11-24" }, { "YARIN", "2026-11-24" },
  { "Yarin", "2026-11-24" }, { "yarına", "2026-11-24" }, { "YARİN", "2026-11-24" }, { "dün", "2026-11-22" }, { "öbür gün", "2026-11-25" },
  { "ÖBÜR GÜN", "2026-11-25" }, { "yarın değil öbür gün", "2026-11-25" }, { "ertesi gün", "2026-11-24" },

  /* So much later */
  { "in 2 weeks", "2026-12-07" }, { "2 weeks", "2026-12-07" }, { "in two weeks", "2026-12-07" }, { "2 weeks from now", "2026-12-07" },
  { "in a week", "2026-11-30" }, { "3d", "2026-11-26" }, { "2w", "2026-12-07" }, { "2W", "2026-12-07" }, { "3 d", "2026-11-26" },
  { "1m", "2026-12-23" }, { "1y", "2027-11-23" }, { "in 3 days at 10:30", "2026-11-26 10:30" }, { "in 10 days", "2026-12-03" },
  { "in 5 working days", "2026-11-30" }, { "in 4 business days", "2026-11-27" }, { "0 days", "2026-11-23" },
  { "2 hafta sonra", "2026-12-07" }, { "İki hafta sonra", "2026-12-07" }, { "iki hafta içinde", "2026-12-07" }, { "bir ay sonra", "2026-12-23" },
  { "on gün sonra", "2026-12-03" }, { "on iki gün sonra", "2026-12-05" }, { "3 gün sonra 10:30", "2026-11-26 10:30" }, { "3g", "2026-11-26" },
  { "1 yıl sonra", "2027-11-23" }, { "3 iş günü sonra", "2026-11-26" }, { "5 iş günü", "2026-11-30" }, { "3gün", "2026-11-26" },
  { "2 hours", "2026-11-23 16:05" }, { "in 10 hours", "2026-11-24 00:05" }, { "2 saat sonra", "2026-11-23 16:05" },
  { "30 dakika sonra", "2026-11-23 14:35" }, { "in 3 months", "2027-02-23" },

  /* So much ago, as overdue tasks are shown */
  { "2 days late", "2026-11-21" }, { "1 day late", "2026-11-22" }, { "2 days ago", "2026-11-21" }, { "2 gün gecikti", "2026-11-21" },
  { "3 gün önce", "2026-11-20" },

  /* Weekdays; today is one of them */
  { "Mon 9:00", "2026-11-30 09:00" }, { "mon", "2026-11-30" }, { "Tuesday", "2026-11-24" }, { "fri", "2026-11-27" }, { "on friday", "2026-11-27" },
  { "sunday", "2026-11-29" }, { "friday at 2 pm", "2026-11-27 14:00" }, { "friday 9am", "2026-11-27 09:00" },
  { "next friday", "2026-12-04" }, { "next monday", "2026-11-30" }, { "this friday", "2026-11-27" }, { "this monday", "2026-11-23" },
  { "coming friday", "2026-11-27" }, { "next week friday", "2026-12-04" }, { "by friday", "2026-11-27" },
  { "Pzt 9:00", "2026-11-30 09:00" }, { "pazartesi 09:00", "2026-11-30 09:00" }, { "PAZARTESİ", "2026-11-30" }, { "Pazartesi'ye", "2026-11-30" },
  { "salı", "2026-11-24" }, { "SALI", "2026-11-24" }, { "sali", "2026-11-24" }, { "çarşamba", "2026-11-25" }, { "ÇARŞAMBA", "2026-11-25" },
  { "Çar", "2026-11-25" }, { "Per. 10:00", "2026-11-26 10:00" }, { "perşembe günü", "2026-11-26" }, { "cuma", "2026-11-27" },
  { "cumaya", "2026-11-27" }, { "Cuma’ya kadar", "2026-11-27" }, { "cmt", "2026-11-28" }, { "cumartesi", "2026-11-28" }, { "pazar", "2026-11-29" },
  { "haftaya salı", "2026-12-01" }, { "HAFTAYA SALI", "2026-12-01" }, { "gelecek cuma", "2026-12-04" }, { "önümüzdeki cuma", "2026-11-27" },
  { "bu cuma", "2026-11-27" }, { "gelecek hafta cuma", "2026-12-04" }, { "haftaya cuma 15:00", "2026-12-04 15:00" },

  /* Weeks, months, years and their ends */
  { "next week", "2026-11-30" }, { "haftaya", "2026-11-30" }, { "gelecek hafta", "2026-11-30" }, { "haftaya bugün", "2026-11-30" },
  { "next month", "2026-12-01" }, { "gelecek ay", "2026-12-01" }, { "next year", "2027-01-01" }, { "seneye", "2027-01-01" },
  { "next day", "2026-11-24" }, { "end of month", "2026-11-30" }, { "End of the month", "2026-11-30" }, { "eom", "2026-11-30" },
  { "end of next month", "2026-12-31" }, { "ay sonu", "2026-11-30" }, { "AY SONU", "2026-11-30" }, { "gelecek ay sonu", "2026-12-31" },
  { "ay başı", "2026-12-01" }, { "end of week", "2026-11-27" }, { "weekend", "2026-11-28" }, { "hafta sonu", "2026-11-28" },
  { "end of year", "2026-12-31" }, { "yıl sonu", "2026-12-31" }, { "ay sonunda", "2026-11-30" },

  /* Dates */
  { "15.12.", "2026-12-15" }, { "15.12", "2026-12-15" }, { "15/12", "2026-12-15" }, { "5.1.", "2027-01-05" }, { "23.11.", "2026-11-23" },
  { "22.11.", "2027-11-22" }, { "15.12.2026", "2026-12-15" }, { "15/12/2026", "2026-12-15" }, { "15.12.27", "2027-12-15" },
  { "2026-12-15", "2026-12-15" }, { "2026-12-15 14:30", "2026-12-15 14:30" }, { "1.2.2024", "2024-02-01" }, { "29.2.", "2028-02-29" },
  { "15 dec", "2026-12-15" }, { "15 dec 14:30", "2026-12-15 14:30" }, { "dec 15", "2026-12-15" }, { "December 15, 2027", "2027-12-15" },
  { "15th dec", "2026-12-15" }, { "the 15th", "2026-12-15" }, { "the 30th", "2026-11-30" }, { "the 31st", "2026-12-31" }, { "15. dec", "2026-12-15" },
  { "3 may", "2027-05-03" }, { "Fri 4 Dec", "2026-12-04" }, { "Fri 4 Dec 2026 8:15", "2026-12-04 08:15" },
  { "15 Aralık", "2026-12-15" }, { "15 ARALIK", "2026-12-15" }, { "15 aralik 14:30", "2026-12-15 14:30" }, { "15 Aralık'ta", "2026-12-15" },
  { "15 Aralık 2027", "2027-12-15" }, { "15 Ara", "2026-12-15" }, { "4 Ara Cum", "2026-12-04" }, { "ayın 15'i", "2026-12-15" },
  { "ayın 15’inde", "2026-12-15" }, { "1 ağustos", "2027-08-01" }, { "2 Şubat", "2027-02-02" }, { "2 KASIM", "2027-11-02" }, { "1 Ocak", "2027-01-01" },
  { "3 Mayıs'a kadar", "2027-05-03" }, { "5 Temmuz", "2027-07-05" }, { "6 Eylül", "2027-09-06" }, { "7 Ekim", "2027-10-07" },

  /* Times */
  { "15:00", "2026-11-23 15:00" }, { "14:05", "2026-11-24 14:05" }, { "9:00", "2026-11-24 09:00" }, { "bugün 17:00", "2026-11-23 17:00" },
  { "bugün 17:00'de", "2026-11-23 17:00" }, { "bugün saat 17:00", "2026-11-23 17:00" }, { "yarın saat 9'da", "2026-11-24 09:00" },
  { "yarın 9'da", "2026-11-24 09:00" }, { "yarın saat 9.30", "2026-11-24 09:30" }, { "yarın 14.30", "2026-11-24 14:30" },
  { "9:00 tomorrow", "2026-11-24 09:00" }, { "tomorrow at 9", "2026-11-24 09:00" }, { "tomorrow 5pm", "2026-11-24 17:00" },
  { "tomorrow 5:30 pm", "2026-11-24 17:30" }, { "tomorrow 12am", "2026-11-24 00:00" }, { "tomorrow 12 pm", "2026-11-24 12:00" },
  { "tomorrow morning", "2026-11-24 09:00" }, { "tomorrow noon", "2026-11-24 12:00" }, { "this evening", "2026-11-23 18:00" },
  { "yarın sabah", "2026-11-24 09:00" }, { "bu akşam", "2026-11-23 18:00" }, { "yarın öğleden sonra", "2026-11-24 14:00" },
  { "yarın öğlen", "2026-11-24 12:00" }, { "cuma akşamı", "2026-11-27 18:00" },
};

static void
test_parse (void)
{
  g_autoptr (GDateTime) now = now_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *read = parse (cases[i].text, now);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (read, ==, cases[i].expected);
    }
}

static void
test_refused (void)
{
  static const char * const refused[] = {
    "", "   ", "soon", "yakında", "15", "2", "in", "at", "saat", "saat 25", "tomorrow at 24:00", "9:60", "tomorrow friday", "2 weeks friday",
    "in 2 weeks tomorrow", "today 9:00 10:00", "next", "gelecek", "late", "gecikti", "december", "2026", "friday late", "999999 days", "9999 years", "200 years",
    "15.13.", "32.1.", "1.2.3.4", "2026-12", "15-12-", "15..12", "3x", "13pm", "0am", "am", "end", "sonu", "month", "hafta", "mon tue", "jan feb",
    "x tomorrow", "tomorrow x", "10001 hours", "1.1.1800", "'", "’", "9:", ":", ".", "2 saat sonra 9:00",
  };
  static const char * const not_there[] = { "31.2.", "30 feb", "29.2.2027", "31 Nisan", "Fri 5 Dec", "Mon 4 Dec 2026" };
  g_autoptr (GDateTime) now = now_new ();
  g_autoptr (GError) error = NULL;
  CrmDue due;

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_test_message ("%s", refused[i]);
      g_assert_false (crm_due_parse (refused[i], now, &due, &error));
      g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
      g_clear_error (&error);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (not_there); i++)
    {
      g_test_message ("%s", not_there[i]);
      g_assert_false (crm_due_parse (not_there[i], now, &due, &error));
      g_assert_nonnull (strstr (error->message, "calendar"));
      g_clear_error (&error);
    }
  g_assert_false (crm_due_parse ("\xff\xfe", now, &due, NULL));
}

/* Whatever the text, there is an answer; whatever the answer, it is a date. */
static void
test_anything (void)
{
  static const char * const pieces[] = {
    "in", "on", "2", "15.", "12", "15.12.", "9:00", "next", "gelecek", "friday", "salı", "week", "ay", "sonu", "end", "dec", "15'i", "late", "haftaya",
    "at", "saat", "pm", "3d", "tomorrow", "değil", "after", "’", "iş", "29.2.", "this",
  };
  g_autoptr (GDateTime) now = now_new ();

  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      CrmDue due;

      for (int n = g_test_rand_int_range (1, 6); n > 0; n--)
        g_string_append_printf (text, "%s ", pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      if (crm_due_parse (text->str, now, &due, NULL))
        {
          g_autofree char *exact = crm_due_format_exact (due.date, due.time, now);
          g_autofree char *again = parse (exact, now);
          g_autofree char *expected = g_strdup_printf ("%s%s%s", due.date, *due.time != '\0' ? " " : "", due.time);

          g_assert_cmpstr (again, ==, expected);
        }
    }
}

static void
assert_format (const char *date,
               const char *time,
               const char *expected)
{
  g_autoptr (GDateTime) now = now_new ();
  g_autofree char *words = crm_due_format (date, time, now);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_format (void)
{
  g_autoptr (GDateTime) now = now_new ();
  g_autofree char *exact = crm_due_format_exact ("2026-11-21", "09:00", now);

  assert_format ("2026-11-23", NULL, "today");
  assert_format ("2026-11-23", "14:00", "today 14:00");
  assert_format ("2026-11-24", "", "tomorrow");
  assert_format ("2026-11-22", NULL, "1 day late");
  assert_format ("2026-11-21", "09:00", "2 days late");
  assert_format ("2026-12-04", NULL, "Fri 4 Dec");
  assert_format ("2026-12-04", "08:30", "Fri 4 Dec 08:30");
  assert_format ("2027-12-10", NULL, "Fri 10 Dec 2027");
  assert_format ("soon", NULL, "soon");
  assert_format (NULL, NULL, "");
  g_assert_cmpstr (exact, ==, "Sat 21 Nov 2026 09:00");
  g_assert_cmpint (crm_due_days ("2026-11-21", now), ==, -2);
  g_assert_cmpint (crm_due_days ("2027-11-23", now), ==, 365);
  g_assert_cmpint (crm_due_days ("2027-11-31", now), ==, 0);
  g_assert_true (crm_due_is_late ("2026-11-22", NULL, now));
  g_assert_true (crm_due_is_late ("2026-11-23", "14:04", now));
  g_assert_false (crm_due_is_late ("2026-11-23", "14:05", now));
  g_assert_false (crm_due_is_late ("2026-11-23", "", now));
  g_assert_false (crm_due_is_late ("2026-11-24", "00:00", now));
  g_assert_false (crm_due_is_late (NULL, NULL, now));
}

/* What is shown is read as the same day, from any day of a leap year on. */
static void
assert_round_trip (void)
{
  g_autoptr (GDateTime) first = g_date_time_new_utc (2027, 7, 1, 14, 5, 0);

  for (int start = 0; start < 366; start += 5)
    {
      g_autoptr (GDateTime) now = g_date_time_add_days (first, start);

      for (int days = -400; days <= 800; days += 3)
        {
          g_autoptr (GDateTime) then = g_date_time_add_days (now, days);
          g_autofree char *date = g_date_time_format (then, "%Y-%m-%d");
          g_autofree char *with_time = g_strconcat (date, " 09:30", NULL);
          g_autofree char *words = crm_due_format (date, NULL, now);
          g_autofree char *exact = crm_due_format_exact (date, "09:30", now);
          g_autofree char *words_read = parse (words, now);
          g_autofree char *exact_read = parse (exact, now);

          g_assert_cmpstr (words_read, ==, date);
          g_assert_cmpstr (exact_read, ==, with_time);
        }
    }
}

static void
test_round_trip (void)
{
  assert_round_trip ();
}

static void
test_turkish (void)
{
  g_autofree char *catalogues = g_test_build_filename (G_TEST_BUILT, "..", "po", NULL);

  if (setlocale (LC_ALL, "C.UTF-8") == NULL)
    {
      g_test_skip ("no locale C.UTF-8");
      return;
    }
  bindtextdomain (GETTEXT_PACKAGE, catalogues);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  g_setenv ("LANGUAGE", "tr", TRUE);
  assert_format ("2026-11-23", "14:00", "bugün 14:00");
  assert_format ("2026-11-24", NULL, "yarın");
  assert_format ("2026-11-21", NULL, "2 gün gecikti");
  assert_format ("2026-12-04", NULL, "4 Ara Cum");
  assert_format ("2027-12-10", "09:00", "10 Ara 2027 Cum 09:00");
  assert_round_trip ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/due/parse", test_parse);
  g_test_add_func ("/due/refused", test_refused);
  g_test_add_func ("/due/anything", test_anything);
  g_test_add_func ("/due/format", test_format);
  g_test_add_func ("/due/round-trip", test_round_trip);
  g_test_add_func ("/due/turkish", test_turkish);
  return g_test_run ();
}
