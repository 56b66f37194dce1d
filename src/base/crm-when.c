/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-when.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

#include "crm-due.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-time.h"

#define NOON 12
/* Clocks differ a little */
#define TOLERANCE (5 * G_TIME_SPAN_MINUTE)

/* What has been read of a text so far. */
typedef struct {
  GDateTime *now;
  gboolean   has_span;  /* "10 min" */
  GTimeSpan  span;
  gboolean   has_day;   /* "yesterday" */
  int        days;      /* before today */
  gboolean   has_clock;
  int        hour;
  int        minute;
} Reading;

static GTimeSpan
get_unit (const char *word)
{
  static const struct {
    const char *word;
    GTimeSpan   span;
  } units[] = {
    { "m", G_TIME_SPAN_MINUTE }, { "min", G_TIME_SPAN_MINUTE }, { "mins", G_TIME_SPAN_MINUTE }, { "minute", G_TIME_SPAN_MINUTE },
    { "minutes", G_TIME_SPAN_MINUTE }, { "dk", G_TIME_SPAN_MINUTE }, { "dakika", G_TIME_SPAN_MINUTE },
    { "h", G_TIME_SPAN_HOUR }, { "hour", G_TIME_SPAN_HOUR }, { "hours", G_TIME_SPAN_HOUR }, { "saat", G_TIME_SPAN_HOUR },
    { "sa", G_TIME_SPAN_HOUR }, { "d", G_TIME_SPAN_DAY }, { "day", G_TIME_SPAN_DAY }, { "days", G_TIME_SPAN_DAY },
    { "gun", G_TIME_SPAN_DAY }, { "week", 7 * G_TIME_SPAN_DAY }, { "weeks", 7 * G_TIME_SPAN_DAY }, { "hafta", 7 * G_TIME_SPAN_DAY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].word, word))
      return units[i].span;
  return 0;
}

static gboolean
read_clock (const char *word,
            Reading    *reading)
{
  int length = 0;

  if (reading->has_clock || sscanf (word, "%2d:%2d%n", &reading->hour, &reading->minute, &length) != 2 || word[length] != '\0')
    return FALSE;
  reading->has_clock = reading->hour >= 0 && reading->hour < 24 && reading->minute >= 0 && reading->minute < 60;
  return reading->has_clock;
}

static gboolean
read_day (const char *word,
          Reading    *reading)
{
  static const char * const today[] = { "now", "today", "simdi", "bugun", NULL };
  static const char * const yesterday[] = { "yesterday", "dun", NULL };

  if (reading->has_day)
    return FALSE;
  reading->has_day = g_strv_contains (today, word) || g_strv_contains (yesterday, word);
  reading->days = g_strv_contains (yesterday, word) ? 1 : 0;
  return reading->has_day;
}

/* "10 min", "2h": @word and perhaps @next; the number of words taken, 0 if it is none. */
static guint
read_span (const char *word,
           const char *next,
           Reading    *reading)
{
  char *end;
  guint64 number = g_ascii_strtoull (word, &end, 10);
  GTimeSpan unit;

  if (end == word || number > 10000 || reading->has_span)
    return 0;
  unit = get_unit (*end != '\0' ? end : next != NULL ? next : "");
  if (unit == 0)
    return 0;
  reading->has_span = TRUE;
  reading->span = (GTimeSpan) number * unit;
  return *end != '\0' ? 1 : 2;
}

static gboolean
is_noise (const char *word)
{
  static const char * const noise[] = { "ago", "once", "at", "saat", "on", NULL };

  return g_strv_contains (noise, word);
}

/* Words folded one by one: a colon means a time. */
static GPtrArray *
split (const char *text)
{
  g_auto (GStrv) raw = g_strsplit_set (text, " \t\n,", -1);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; raw[i] != NULL; i++)
    if (raw[i][0] != '\0')
      g_ptr_array_add (words, strchr (raw[i], ':') != NULL ? g_strdup (raw[i]) : crm_fold (raw[i]));
  g_ptr_array_add (words, NULL);
  return words;
}

static gboolean
read_words (const char *text,
            Reading    *reading)
{
  g_autoptr (GPtrArray) words = split (text);
  guint i = 0;

  while (words->pdata[i] != NULL)
    {
      guint taken = read_span (words->pdata[i], words->pdata[i + 1], reading);

      if (taken == 0 && !read_clock (words->pdata[i], reading) && !read_day (words->pdata[i], reading) && !is_noise (words->pdata[i]))
        return FALSE;
      i += MAX (taken, 1);
    }
  return (reading->has_span && !reading->has_clock && !reading->has_day) || (!reading->has_span && (reading->has_clock || reading->has_day));
}

static gint64
to_time (GDateTime *time)
{
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static gint64
resolve (const Reading *reading)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (reading->now, -reading->days);
  g_autoptr (GDateTime) time = NULL;
  g_autoptr (GDateTime) before = NULL;

  if (reading->has_span)
    return to_time (reading->now) - reading->span;
  if (!reading->has_clock && reading->days == 0)
    return to_time (reading->now);
  time = g_date_time_new (g_date_time_get_timezone (day), g_date_time_get_year (day), g_date_time_get_month (day),
                          g_date_time_get_day_of_month (day), reading->has_clock ? reading->hour : NOON,
                          reading->has_clock ? reading->minute : 0, 0);
  /* A time alone that is not yet was yesterday's */
  if (reading->has_day || to_time (time) <= to_time (reading->now) + TOLERANCE)
    return to_time (time);
  before = g_date_time_add_days (time, -1);
  return to_time (before);
}

/* As crm_due_parse() has it, counted from some days before @now. */
static gboolean
read_due (const char *text,
          GDateTime  *now,
          int         days_before,
          gint64     *when)
{
  g_autoptr (GDateTime) base = g_date_time_add_days (now, -days_before);
  g_autoptr (GDateTime) time = NULL;
  CrmDue due;
  int year, month, day, hour = NOON, minute = 0;

  if (!crm_due_parse (text, base, &due, NULL) || sscanf (due.date, "%d-%d-%d", &year, &month, &day) != 3)
    return FALSE;
  if (due.time[0] != '\0')
    sscanf (due.time, "%d:%d", &hour, &minute);
  time = g_date_time_new (g_date_time_get_timezone (now), year, month, day, hour, minute, 0);
  if (time == NULL)
    return FALSE;
  *when = to_time (time);
  return TRUE;
}

/* A day of the calendar or of the week, which is the same tomorrow: the last there was. */
static gboolean
read_calendar (const char *text,
               GDateTime  *now,
               gint64     *when)
{
  static const int steps_back[] = { 7, 364 };
  gint64 latest = to_time (now) + TOLERANCE;
  gint64 day_before, two_before;

  if (!read_due (text, now, 0, when) || !read_due (text, now, 1, &day_before) || !read_due (text, now, 2, &two_before))
    return FALSE;
  if (*when <= latest)
    return TRUE;
  if (day_before != two_before)
    return FALSE;
  if (day_before <= latest)
    {
      *when = day_before;
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (steps_back); i++)
    if (read_due (text, now, steps_back[i], when) && *when <= latest)
      return TRUE;
  return FALSE;
}

gboolean
crm_when_parse (const char  *text,
                GDateTime   *now,
                gint64      *when,
                GError     **error)
{
  g_autofree char *trimmed = NULL;
  Reading reading = { .now = now };

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (now != NULL, FALSE);
  g_return_val_if_fail (when != NULL, FALSE);

  trimmed = g_strstrip (g_utf8_make_valid (text, -1));
  if (trimmed[0] == '\0')
    {
      *when = to_time (now);
      return TRUE;
    }
  if (crm_time_from_iso (trimmed, when))
    return TRUE;
  if (read_words (trimmed, &reading))
    {
      *when = resolve (&reading);
      if (*when <= to_time (now) + TOLERANCE)
        return TRUE;
    }
  else if (read_calendar (trimmed, now, when))
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
               _("“%s” is no time that has been. Write it like “now”, “14:05”, “10 min ago”, “yesterday 9:00” or “23.11.2026 14:05”."), trimmed);
  return FALSE;
}

char *
crm_when_format (gint64     when,
                 GDateTime *now)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (when / G_USEC_PER_SEC);
  g_autoptr (GDateTime) time = utc == NULL ? NULL : g_date_time_to_timezone (utc, g_date_time_get_timezone (now));

  if (time == NULL)
    return crm_time_to_iso (when);
  if (g_date_time_get_year (time) == g_date_time_get_year (now) && g_date_time_get_day_of_year (time) == g_date_time_get_day_of_year (now))
    return g_date_time_format (time, "%H:%M");
  return g_date_time_format (time, "%d.%m.%Y %H:%M");
}
