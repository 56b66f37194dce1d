/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-error.h"
#include "crm-when.h"

/* Monday, 23 November 2026, 16:20 */
static GDateTime *
create_now (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (3 * 3600);

  return g_date_time_new (zone, 2026, 11, 23, 16, 20, 0);
}

static char *
read (const char *text)
{
  g_autoptr (GDateTime) now = create_now ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) time = NULL;
  gint64 when;

  if (!crm_when_parse (text, now, &when, &error))
    {
      g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
      return g_strdup ("refused");
    }
  utc = g_date_time_new_from_unix_utc (when / G_USEC_PER_SEC);
  time = g_date_time_to_timezone (utc, g_date_time_get_timezone (now));
  return g_date_time_format (time, "%Y-%m-%d %H:%M");
}

static void
test_parse (void)
{
  static const struct {
    const char *text;
    const char *expected;
  } cases[] = {
    { "", "2026-11-23 16:20" }, { "now", "2026-11-23 16:20" }, { "Şimdi", "2026-11-23 16:20" }, { "14:05", "2026-11-23 14:05" },
    { "at 9:30", "2026-11-23 09:30" }, { "23:10", "2026-11-22 23:10" }, { "10 min ago", "2026-11-23 16:10" },
    { "10 dk önce", "2026-11-23 16:10" }, { "2h", "2026-11-23 14:20" }, { "2 saat önce", "2026-11-23 14:20" },
    { "3 gün önce", "2026-11-20 16:20" }, { "1 week ago", "2026-11-16 16:20" }, { "yesterday", "2026-11-22 12:00" },
    { "today 09:40", "2026-11-23 09:40" }, { "bugün 09:40", "2026-11-23 09:40" }, { "Bugün saat 9:40", "2026-11-23 09:40" },
    { "dün 14:30", "2026-11-22 14:30" }, { "dün 9:00", "2026-11-22 09:00" }, { "DÜN saat 9:00", "2026-11-22 09:00" }, { "Fri 9:00", "2026-11-20 09:00" },
    { "cuma 9:00", "2026-11-20 09:00" }, { "15.11. 14:30", "2026-11-15 14:30" }, { "24.12.2025", "2025-12-24 12:00" },
    { "20.11.2026 08:15", "2026-11-20 08:15" }, { "2026-11-20T08:15:00Z", "2026-11-20 11:15" },
    { "tomorrow", "refused" }, { "in 2 weeks", "refused" }, { "today 23:00", "refused" }, { "25:00", "refused" }, { "whenever", "refused" },
    { "24.12.2030", "refused" }, { "10 apples", "refused" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = read (cases[i].text);

      if (!g_str_equal (found, cases[i].expected))
        g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (found, ==, cases[i].expected);
    }
}

/* What stands in the field is read as the same minute. */
static void
test_format (void)
{
  static const char * const texts[] = { "2026-11-23 14:05", "2026-11-22 23:59", "2025-02-28 00:00" };
  g_autoptr (GDateTime) now = create_now ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *iso = g_strdup_printf ("%.10sT%s:00", texts[i], texts[i] + 11);
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, g_date_time_get_timezone (now));
      g_autofree char *shown = crm_when_format (g_date_time_to_unix (time) * G_USEC_PER_SEC, now);
      g_autofree char *found = read (shown);

      g_assert_cmpstr (found, ==, texts[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/when/parse", test_parse);
  g_test_add_func ("/when/format", test_format);
  return g_test_run ();
}
