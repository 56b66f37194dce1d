/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <string.h>

#include "crm-generation.h"

#define DAY (24 * 60 * 60)

static GPtrArray *
new_generations (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) crm_generation_free);
}

static void
add (GPtrArray  *generations,
     gint64      at,
     gint64      size)
{
  g_autofree char *name = crm_generation_make_name ("crm.db", at, "daily");

  g_ptr_array_add (generations, crm_generation_new ("crm.db", name, size));
  g_ptr_array_sort (generations, crm_generation_compare);
}

static gint64
get_seconds (const char *day)
{
  g_autofree char *noon = g_strconcat (day, "T12:00:00Z", NULL);
  g_autoptr (GDateTime) when = g_date_time_new_from_iso8601 (noon, NULL);

  return g_date_time_to_unix (when);
}

/* The days of the generations that stay, the newest first. */
static char *
list_kept (GPtrArray *generations)
{
  g_autoptr (GPtrArray) old = crm_generation_choose_old (generations);
  GString *kept = g_string_new (NULL);

  for (guint i = 0; i < generations->len; i++)
    {
      const CrmGeneration *generation = g_ptr_array_index (generations, i);
      const char *stamp = strrchr (generation->name, 'T') - 8;

      if (!g_ptr_array_find (old, generation, NULL))
        g_string_append_printf (kept, "%s%.8s", kept->len > 0 ? " " : "", stamp);
    }
  return g_string_free (kept, FALSE);
}

static void
test_names (void)
{
  static const char * const others[] = {
    "crm.db", "crm.db-", "crm.db-20261123T091205Z", "crm.db-20261123T091205Z-daily", "crm.db-20261123T091205Z-daily.db-wal",
    "crm.db-2-20261123T091205Z-daily.db", "crm-20261123T091205Z-daily.db", "crm.db-20261323T091205Z-daily.db",
    "crm.db-20261123X091205Z-daily.db", "crm.db-20261123T091205Zdaily.db", ".crm-0123456789abcdef.part", "",
  };
  g_autoptr (CrmGeneration) generation = NULL;
  g_autofree char *name = crm_generation_make_name ("crm.db", 1795425125, "before-import");

  g_assert_cmpstr (name, ==, "crm.db-20261123T091205Z-before-import.db");
  generation = crm_generation_new ("crm.db", name, 17);
  g_assert_nonnull (generation);
  g_assert_cmpint (generation->at, ==, 1795425125);
  g_assert_cmpint (generation->size, ==, 17);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_null (crm_generation_new ("crm.db", others[i], 0));
}

static void
test_few (void)
{
  g_autoptr (GPtrArray) generations = new_generations ();
  g_autofree char *none = list_kept (generations);
  g_autofree char *one = NULL;

  g_assert_cmpstr (none, ==, "");
  add (generations, get_seconds ("2026-11-23"), 100);
  one = list_kept (generations);
  g_assert_cmpstr (one, ==, "20261123");
}

static void
test_year_of_days (void)
{
  g_autoptr (GPtrArray) generations = new_generations ();
  g_autofree char *kept = NULL;
  gint64 last = get_seconds ("2026-11-25"); /* a Wednesday */

  for (guint i = 0; i < 500; i++)
    add (generations, last - i * DAY, 1000 + 500 - i);
  kept = list_kept (generations);
  g_assert_cmpstr (kept, ==,
                   "20261125 20261124 20261123 20261122 20261121 20261120 20261119 " /* days, two Sundays among them */
                   "20261115 20261108 "
                   "20261031 20260930 20260831 20260731 20260630 20260531 20260430 20260331 20260228 20260131 20251231");
}

/* Day by day as it really goes: each time what is old goes. */
static void
test_as_time_goes (void)
{
  g_autoptr (GPtrArray) generations = new_generations ();
  gint64 first = get_seconds ("2024-01-01");

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GPtrArray) old = NULL;

      add (generations, first + i * DAY, 1000);
      old = crm_generation_choose_old (generations);
      for (guint k = 0; k < old->len; k++)
        g_ptr_array_remove (generations, g_ptr_array_index (old, k));
      g_assert_cmpuint (generations->len, <=, 7 + 4 + 12);
      if (i >= 400)
        g_assert_cmpuint (generations->len, >=, 7 + 2 + 10);
    }
}

static void
test_one_day (void)
{
  g_autoptr (GPtrArray) generations = new_generations ();
  g_autoptr (GPtrArray) old = NULL;
  gint64 noon = get_seconds ("2026-11-23");

  for (guint i = 0; i < 5; i++)
    add (generations, noon + i * 60, 100);
  old = crm_generation_choose_old (generations);
  g_assert_cmpuint (old->len, ==, 4);
  g_assert_false (g_ptr_array_find (old, g_ptr_array_index (generations, 0), NULL));
}

static void
test_rarely_used (void)
{
  g_autoptr (GPtrArray) generations = new_generations ();
  g_autofree char *kept = NULL;

  add (generations, get_seconds ("2019-05-01"), 100);
  add (generations, get_seconds ("2021-07-01"), 100);
  add (generations, get_seconds ("2026-11-23"), 100);
  kept = list_kept (generations);
  g_assert_cmpstr (kept, ==, "20261123 20210701 20190501");
}

static void
test_shrinking (void)
{
  g_autoptr (GPtrArray) generations = new_generations ();
  g_autofree char *at_once = NULL;
  g_autofree char *later = NULL;
  gint64 first = get_seconds ("2026-03-02");

  for (guint i = 0; i < 20; i++)
    add (generations, first + i * DAY, 1000);
  add (generations, first + 20 * DAY, 499);
  at_once = list_kept (generations);
  g_assert_cmpuint (strlen (at_once), ==, 21 * 9 - 1);
  for (guint i = 21; i < 400; i++)
    add (generations, first + i * DAY, 499);
  later = list_kept (generations);
  g_assert_nonnull (strstr (later, "20260321")); /* the last large one, long out of all generations */
  g_assert_null (strstr (later, "20260320"));
}

static void
test_half (void)
{
  g_autoptr (GPtrArray) generations = new_generations ();
  g_autoptr (GPtrArray) old = NULL;
  gint64 noon = get_seconds ("2026-11-23");

  add (generations, noon, 1000);
  add (generations, noon + 60, 500);
  old = crm_generation_choose_old (generations);
  g_assert_cmpuint (old->len, ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/generation/names", test_names);
  g_test_add_func ("/db/generation/few", test_few);
  g_test_add_func ("/db/generation/year-of-days", test_year_of_days);
  g_test_add_func ("/db/generation/as-time-goes", test_as_time_goes);
  g_test_add_func ("/db/generation/one-day", test_one_day);
  g_test_add_func ("/db/generation/rarely-used", test_rarely_used);
  g_test_add_func ("/db/generation/shrinking", test_shrinking);
  g_test_add_func ("/db/generation/half", test_half);
  return g_test_run ();
}
