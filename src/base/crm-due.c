/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-due.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-due-words.h"
#include "crm-error.h"

/* Dates further away are slips of the hand. */
#define MAX_YEARS 100
/* A day this near is told without its year: one year less is another day of the week and cannot be meant. */
#define MAX_DAYS_WITHOUT_YEAR 300

/* What was read of a text so far; each may be said once. */
typedef struct {
  int      year;
  int      month;
  int      day;
  int      weekday;    /* 1 … 7 from Monday on */
  int      offset;     /* "tomorrow" */
  gboolean has_offset;
  int      amount;     /* "2 weeks" */
  int      unit;       /* CrmDueUnit */
  gboolean has_amount;
  gboolean back;       /* "2 days late" */
  gboolean at;         /* the number that follows is an hour */
  int      which;      /* CRM_DUE_NEXT, … or 0 */
  int      edge;       /* CRM_DUE_END, … or 0 */
  int      minutes;    /* since midnight */
  gboolean has_clock;
} Reading;

static gboolean
set_clock (Reading *reading,
           int      minutes)
{
  if (reading->has_clock || minutes >= 24 * 60)
    return FALSE;
  reading->has_clock = TRUE;
  reading->at = FALSE;
  reading->minutes = minutes;
  return TRUE;
}

static gboolean
set_once (int *field,
          int  value)
{
  if (*field != 0)
    return FALSE;
  *field = value;
  return TRUE;
}

/* "9 am", "12 pm" */
static gboolean
set_half (Reading *reading,
          int      hour,
          gboolean afternoon)
{
  return hour >= 1 && hour <= 12 && set_clock (reading, (hour % 12 + (afternoon ? 12 : 0)) * 60);
}

static gboolean
set_amount (Reading *reading,
            int      amount,
            int      unit)
{
  if (reading->has_amount)
    return FALSE;
  reading->has_amount = TRUE;
  reading->amount = amount;
  return set_once (&reading->unit, unit);
}

/* A number means what stands beside it. Returns: tokens it took along, or -1 */
static int
take_number (Reading           *reading,
             const CrmDueToken *token,
             const CrmDueToken *next)
{
  int number = token->value;

  if (next->meaning == CRM_DUE_UNIT)
    return set_amount (reading, number, next->value) ? 1 : -1;
  if (next->meaning == CRM_DUE_AT)
    return set_amount (reading, number, CRM_DUE_HOUR) ? 1 : -1;
  if (next->meaning == CRM_DUE_HALF)
    return set_half (reading, number, next->value) ? 1 : -1;
  if (reading->at)
    return set_clock (reading, number * 60) ? 0 : -1;
  if (number >= 1000)
    return set_once (&reading->year, number) ? 0 : -1;
  if (token->ordinal || next->meaning == CRM_DUE_MONTH || reading->month != 0)
    return set_once (&reading->day, number) ? 0 : -1;
  return -1;
}

static gboolean
take_date (Reading           *reading,
           const CrmDueToken *token)
{
  if (reading->day != 0 || reading->month != 0 || reading->year != 0)
    return FALSE;
  reading->day = token->value;
  reading->month = token->month;
  reading->year = token->year;
  return TRUE;
}

static gboolean
take_offset (Reading *reading,
             int      offset)
{
  if (reading->has_offset)
    return FALSE;
  reading->has_offset = TRUE;
  reading->offset = offset;
  return TRUE;
}

/* "the day after tomorrow", "cuma günü", "öbür gün": the word adds nothing. */
static gboolean
take_unit (Reading *reading,
           int      unit)
{
  if (unit == CRM_DUE_DAY && reading->which == 0)
    return TRUE;
  return set_once (&reading->unit, unit);
}

/* Returns: tokens taken along with this one, or -1 if it fits nowhere */
static int
take (Reading           *reading,
      const CrmDueToken *token,
      const CrmDueToken *next)
{
  switch (token->meaning)
    {
    case CRM_DUE_NOISE:
      return 0;
    case CRM_DUE_ON:
      return next->meaning == CRM_DUE_UNIT ? take_number (reading, token, next) : 0;
    case CRM_DUE_NUMBER:
      return take_number (reading, token, next);
    case CRM_DUE_DATE:
      return take_date (reading, token) ? 0 : -1;
    case CRM_DUE_CLOCK:
      if (next->meaning == CRM_DUE_HALF)
        return token->value < 13 * 60 && set_clock (reading, token->value % (12 * 60) + (next->value ? 12 * 60 : 0)) ? 1 : -1;
      return set_clock (reading, token->value) ? 0 : -1;
    case CRM_DUE_HALF:
      return set_half (reading, token->number, token->value) ? 0 : -1;
    case CRM_DUE_AMOUNT:
      return set_amount (reading, token->number, token->value) ? 0 : -1;
    case CRM_DUE_OFFSET:
      return take_offset (reading, token->value) ? 0 : -1;
    case CRM_DUE_NOT:
      reading->has_offset = FALSE;
      return 0;
    case CRM_DUE_AFTER:
      if (next->meaning == CRM_DUE_OFFSET)
        return take_offset (reading, next->value + 1) ? 1 : -1;
      return 0;
    case CRM_DUE_UNIT:
      return take_unit (reading, token->value) ? 0 : -1;
    case CRM_DUE_WEEKDAY:
      return set_once (&reading->weekday, token->value) ? 0 : -1;
    case CRM_DUE_MONTH:
      return set_once (&reading->month, token->value) ? 0 : -1;
    case CRM_DUE_WHICH:
      return set_once (&reading->which, token->value) ? 0 : -1;
    case CRM_DUE_NEXT_UNIT:
      return set_once (&reading->which, CRM_DUE_NEXT) && set_once (&reading->unit, token->value) ? 0 : -1;
    case CRM_DUE_EDGE:
      return set_once (&reading->edge, token->value) ? 0 : -1;
    case CRM_DUE_BACK:
      reading->back = TRUE;
      return 0;
    case CRM_DUE_AT:
      reading->at = TRUE;
      return 0;
    case CRM_DUE_UNKNOWN:
    default:
      return -1;
    }
}

static gboolean
read_tokens (GArray  *tokens,
             Reading *reading)
{
  static const CrmDueToken none = { .meaning = CRM_DUE_NOISE };

  for (guint i = 0; i < tokens->len; i++)
    {
      const CrmDueToken *token = &g_array_index (tokens, CrmDueToken, i);
      int along = take (reading, token, i + 1 < tokens->len ? token + 1 : &none);

      if (along < 0)
        return FALSE;
      i += (guint) along;
    }
  return tokens->len > 0 && !reading->at;
}

/* Days that are no Saturday and no Sunday. */
static void
add_working_days (GDate *date,
                  int    n)
{
  for (int i = 0; i != n;)
    {
      if (n > 0)
        g_date_add_days (date, 1);
      else
        g_date_subtract_days (date, 1);
      if (g_date_get_weekday (date) < G_DATE_SATURDAY)
        i += n > 0 ? 1 : -1;
    }
}

static void
move_days (GDate *date,
           int    n)
{
  if (n >= 0)
    g_date_add_days (date, (guint) n);
  else
    g_date_subtract_days (date, (guint) -n);
}

static void
move_months (GDate *date,
             int    n)
{
  if (n >= 0)
    g_date_add_months (date, (guint) n);
  else
    g_date_subtract_months (date, (guint) -n);
}

static gboolean
add_amount (GDate *date,
            int    amount,
            int    unit)
{
  static const int most[] = {
    [CRM_DUE_DAY] = 36525, [CRM_DUE_WORKING_DAY] = 26000, [CRM_DUE_WEEK] = 5217, [CRM_DUE_MONTH_UNIT] = 1200, [CRM_DUE_YEAR] = 100,
  };

  if (ABS (amount) > most[unit])
    return FALSE;
  switch (unit)
    {
    case CRM_DUE_DAY: move_days (date, amount); break;
    case CRM_DUE_WORKING_DAY: add_working_days (date, amount); break;
    case CRM_DUE_WEEK: move_days (date, amount * 7); break;
    case CRM_DUE_MONTH_UNIT: move_months (date, amount); break;
    default: move_months (date, amount * 12); break;
    }
  return TRUE;
}

/* Hours and minutes move the clock, too. */
static gboolean
add_to_clock (Reading   *reading,
              GDateTime *now,
              GDate     *date)
{
  int minutes = reading->unit == CRM_DUE_HOUR ? reading->amount * 60 : reading->amount;
  g_autoptr (GDateTime) then = NULL;

  if (reading->has_clock || reading->amount > 10000)
    return FALSE;
  then = g_date_time_add_minutes (now, reading->back ? -minutes : minutes);
  g_date_set_dmy (date, (GDateDay) g_date_time_get_day_of_month (then), (GDateMonth) g_date_time_get_month (then),
                  (GDateYear) g_date_time_get_year (then));
  return set_clock (reading, g_date_time_get_hour (then) * 60 + g_date_time_get_minute (then));
}

/* The Monday of the week @date is in. */
static void
to_monday (GDate *date)
{
  g_date_subtract_days (date, (guint) g_date_get_weekday (date) - G_DATE_MONDAY);
}

static gboolean
find_weekday (const Reading *reading,
              GDate         *date)
{
  int today = (int) g_date_get_weekday (date);
  int ahead = (reading->weekday - today + 7) % 7;

  if (reading->which == CRM_DUE_NEXT)
    {
      to_monday (date);
      move_days (date, 7 + reading->weekday - 1);
      return TRUE;
    }
  if (ahead == 0 && reading->which != CRM_DUE_THIS)
    ahead = 7;
  move_days (date, ahead);
  return TRUE;
}

/* The day without what was not said of it: the next one that comes. */
static gboolean
find_day (const Reading *reading,
          GDate         *date)
{
  GDate today = *date;
  int year = reading->year != 0 ? reading->year : (int) g_date_get_year (&today);
  int month = reading->month != 0 ? reading->month : (int) g_date_get_month (&today);

  /* Eight years hold a 29th of February, also around 2100 */
  for (int i = 0; i < 8 * 12 + 1; i++)
    {
      if (g_date_valid_dmy ((GDateDay) reading->day, (GDateMonth) month, (GDateYear) year))
        {
          g_date_set_dmy (date, (GDateDay) reading->day, (GDateMonth) month, (GDateYear) year);
          if (reading->year != 0 || g_date_compare (date, &today) >= 0)
            break;
        }
      if (reading->year != 0)
        return FALSE;
      if (reading->month == 0 && ++month > 12)
        month = 1;
      if (reading->month != 0 || month == 1)
        year++;
    }
  if (!g_date_valid_dmy ((GDateDay) reading->day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  return reading->weekday == 0 || (int) g_date_get_weekday (date) == reading->weekday;
}

/* "end of month", "ay sonu", "gelecek ay başı" */
static gboolean
find_edge (const Reading *reading,
           GDate         *date)
{
  int later = reading->which == CRM_DUE_NEXT ? 1 : 0;

  if (reading->edge == CRM_DUE_START && later == 0)
    later = 1;
  if (reading->unit == CRM_DUE_WEEK)
    {
      int day = reading->edge == CRM_DUE_START ? 0 : reading->edge == CRM_DUE_END ? 4 : 5;

      if (reading->which != CRM_DUE_NEXT && reading->edge != CRM_DUE_START && (int) g_date_get_weekday (date) > day + 1)
        later = 1;
      to_monday (date);
      move_days (date, later * 7 + day);
      return TRUE;
    }
  if (reading->unit != CRM_DUE_MONTH_UNIT && reading->unit != CRM_DUE_YEAR)
    return FALSE;
  g_date_set_day (date, 1);
  if (reading->unit == CRM_DUE_YEAR)
    g_date_set_month (date, G_DATE_JANUARY);
  move_months (date, (later + (reading->edge == CRM_DUE_START ? 0 : 1)) * (reading->unit == CRM_DUE_YEAR ? 12 : 1));
  if (reading->edge != CRM_DUE_START)
    g_date_subtract_days (date, 1);
  return TRUE;
}

/* "next week" is its Monday, "next month" its first. */
static gboolean
find_next_unit (const Reading *reading,
                GDate         *date)
{
  Reading start = *reading;

  if (reading->which != CRM_DUE_NEXT && reading->which != CRM_DUE_COMING)
    return FALSE;
  if (reading->unit == CRM_DUE_DAY)
    {
      g_date_add_days (date, 1);
      return TRUE;
    }
  start.which = CRM_DUE_NEXT;
  start.edge = CRM_DUE_START;
  return find_edge (&start, date);
}

/* @date is today and becomes the day that is meant. */
static gboolean
find_date (Reading   *reading,
           GDateTime *now,
           GDate     *date)
{
  if (reading->has_amount)
    {
      if (reading->day != 0 || reading->month != 0 || reading->has_offset || reading->weekday != 0 || reading->which != 0 || reading->edge != 0)
        return FALSE;
      if (reading->unit == CRM_DUE_HOUR || reading->unit == CRM_DUE_MINUTE)
        return add_to_clock (reading, now, date);
      return add_amount (date, reading->back ? -reading->amount : reading->amount, reading->unit);
    }
  if (reading->back)
    return FALSE;
  if (reading->has_offset)
    {
      if (reading->day != 0 || reading->month != 0 || reading->weekday != 0 || reading->edge != 0)
        return FALSE;
      if (reading->unit != 0 && (reading->unit != CRM_DUE_WEEK || reading->which != CRM_DUE_NEXT))
        return FALSE;
      move_days (date, reading->offset + (reading->unit != 0 ? 7 : 0));
      return TRUE;
    }
  if (reading->day != 0)
    return reading->which == 0 && reading->edge == 0 && reading->unit == 0 && find_day (reading, date);
  if (reading->month != 0 || reading->year != 0)
    return FALSE;
  if (reading->weekday != 0)
    return reading->edge == 0 && (reading->unit == 0 || reading->unit == CRM_DUE_WEEK) && find_weekday (reading, date);
  if (reading->edge != 0)
    return find_edge (reading, date);
  if (reading->unit != 0)
    return find_next_unit (reading, date);
  if (!reading->has_clock || (reading->which != 0 && reading->which != CRM_DUE_THIS))
    return FALSE;
  if (reading->which == 0 && reading->minutes <= g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now))
    g_date_add_days (date, 1);
  return TRUE;
}

static void
set_today (GDate     *date,
           GDateTime *now)
{
  int year, month, day;

  g_date_time_get_ymd (now, &year, &month, &day);
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

gboolean
crm_due_parse (const char  *text,
               GDateTime   *now,
               CrmDue      *due,
               GError     **error)
{
  g_autofree char *typed = g_strstrip (g_utf8_make_valid (text != NULL ? text : "", -1));
  g_autoptr (GArray) tokens = crm_due_split (typed);
  Reading reading = { 0 };
  gboolean is_read;
  GDate date;

  g_return_val_if_fail (now != NULL && due != NULL, FALSE);

  set_today (&date, now);
  is_read = read_tokens (tokens, &reading);
  if (!is_read || !find_date (&reading, now, &date) || ABS ((int) g_date_get_year (&date) - g_date_time_get_year (now)) > MAX_YEARS)
    {
      if (is_read && reading.day != 0 && reading.month != 0)
        {
          g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("There is no day “%s” in the calendar."), typed);
          return FALSE;
        }
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                   _("“%s” is no day. Write it like “tomorrow”, “in 2 weeks”, “Mon 9:00”, “15.12.” or “end of month”."), typed);
      return FALSE;
    }
  g_snprintf (due->date, sizeof due->date, "%04u-%02u-%02u", (guint) g_date_get_year (&date), (guint) g_date_get_month (&date) % 100,
              (guint) g_date_get_day (&date) % 100);
  due->time[0] = '\0';
  if (reading.has_clock)
    g_snprintf (due->time, sizeof due->time, "%02u:%02u", (guint) reading.minutes / 60 % 100, (guint) reading.minutes % 60);
  return TRUE;
}

static gboolean
read_iso (const char *iso,
          GDate      *date)
{
  int numbers[3] = { 0 };

  if (iso == NULL || strlen (iso) != 10 || iso[4] != '-' || iso[7] != '-')
    return FALSE;
  for (int i = 0; i < 10; i++)
    {
      if (i == 4 || i == 7)
        continue;
      if (!g_ascii_isdigit (iso[i]))
        return FALSE;
      numbers[(i > 4) + (i > 7)] = numbers[(i > 4) + (i > 7)] * 10 + iso[i] - '0';
    }
  if (!g_date_valid_dmy ((GDateDay) numbers[2], (GDateMonth) numbers[1], (GDateYear) numbers[0]))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) numbers[2], (GDateMonth) numbers[1], (GDateYear) numbers[0]);
  return TRUE;
}

/* "Fri 4 Dec", with the year where it is not the one that comes to mind. */
static char *
spell_date (const GDate *date,
            int          days)
{
  const char *weekday = crm_due_get_weekday ((int) g_date_get_weekday (date));
  const char *month = crm_due_get_month ((int) g_date_get_month (date));

  if (days >= 0 && days < MAX_DAYS_WITHOUT_YEAR)
    /* Translators: a date: weekday, day, month */
    return g_strdup_printf (C_("due", "%1$s %2$d %3$s"), weekday, (int) g_date_get_day (date), month);
  /* Translators: a date: weekday, day, month, year */
  return g_strdup_printf (C_("due", "%1$s %2$d %3$s %4$d"), weekday, (int) g_date_get_day (date), month, (int) g_date_get_year (date));
}

static char *
format (const char *iso,
        const char *time,
        GDateTime  *now,
        gboolean    exact)
{
  GDate date;
  GDate today;
  int days;
  g_autofree char *words = NULL;

  if (!read_iso (iso, &date))
    return g_strdup (iso != NULL ? iso : "");
  set_today (&today, now);
  days = g_date_days_between (&today, &date);
  if (days < 0 && !exact)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d day late", "%d days late", (gulong) -days), -days);
  if (days == 0 || days == 1)
    words = g_strdup (days == 0 ? C_("due", "today") : C_("due", "tomorrow"));
  else
    words = spell_date (&date, days);
  if (time == NULL || *time == '\0')
    return g_steal_pointer (&words);
  return g_strdup_printf ("%s %s", words, time);
}

char *
crm_due_format (const char *date,
                const char *time,
                GDateTime  *now)
{
  g_return_val_if_fail (now != NULL, NULL);

  return format (date, time, now, FALSE);
}

char *
crm_due_format_exact (const char *date,
                      const char *time,
                      GDateTime  *now)
{
  g_return_val_if_fail (now != NULL, NULL);

  return format (date, time, now, TRUE);
}

int
crm_due_days (const char *date,
              GDateTime  *now)
{
  GDate day;
  GDate today;

  g_return_val_if_fail (now != NULL, 0);

  if (!read_iso (date, &day))
    return 0;
  set_today (&today, now);
  return g_date_days_between (&today, &day);
}

gboolean
crm_due_is_late (const char *date,
                 const char *time,
                 GDateTime  *now)
{
  GDate day;
  int days;
  g_autofree char *clock = NULL;

  g_return_val_if_fail (now != NULL, FALSE);

  if (!read_iso (date, &day))
    return FALSE;
  days = crm_due_days (date, now);
  if (days != 0 || time == NULL || *time == '\0')
    return days < 0;
  clock = g_date_time_format (now, "%H:%M");
  return strcmp (time, clock) < 0;
}
