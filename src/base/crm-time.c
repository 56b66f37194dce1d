/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-time.h"

#include "crm-error.h"
#include "crm-locale-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/ustring.h>

/* The years 1 … 9999, which ISO 8601 writes with four digits and GDateTime knows. */
#define FIRST_SECOND G_GINT64_CONSTANT (-62135596800)
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)

#define SECONDS_PER_DAY G_GINT64_CONSTANT (86400)
#define EPOCH_JULIAN 719163 /* g_date_get_julian () of 1970-01-01 */
#define MAX_PATTERN 64
#define MAX_FORMATTED 128
#define FIRST_YEAR_OF_TWO_DIGITS 1969

/* How one locale writes dates; opening it costs as much as formatting hundreds. */
typedef struct {
  char         locale[CRM_LOCALE_SIZE];
  UDateFormat *date;
  UDateFormat *moment;
  UDateFormat *day;
  UDateFormat *near_day;
} Style;

static void
style_free (gpointer data)
{
  Style *self = data;

  if (self->date != NULL)
    udat_close (self->date);
  if (self->moment != NULL)
    udat_close (self->moment);
  if (self->day != NULL)
    udat_close (self->day);
  if (self->near_day != NULL)
    udat_close (self->near_day);
  g_free (self);
}

/* Formatters of ICU belong to one thread at a time. */
static GPrivate style_of_thread = G_PRIVATE_INIT (style_free);

/* %NULL if ICU cannot. What is formatted is wall clock time already, hence UTC. */
static UDateFormat *
open_format (const char *locale,
             const char *skeleton)
{
  UErrorCode status = U_ZERO_ERROR;
  UDateTimePatternGenerator *generator = udatpg_open (locale, &status);
  UChar wanted[MAX_PATTERN];
  UChar pattern[MAX_PATTERN];
  UChar utc[] = { 'U', 'T', 'C', 0 };
  UDateFormat *format;
  int32_t length;

  if (U_FAILURE (status))
    return NULL;

  u_uastrcpy (wanted, skeleton);
  length = udatpg_getBestPattern (generator, wanted, -1, pattern, MAX_PATTERN, &status);
  format = udat_open (UDAT_PATTERN, UDAT_PATTERN, locale, utc, -1, pattern, length, &status);
  udatpg_close (generator);

  return U_SUCCESS (status) ? format : NULL;
}

static const Style *
find_style (void)
{
  Style *style = g_private_get (&style_of_thread);
  char locale[CRM_LOCALE_SIZE];

  crm_locale_resolve (NULL, "LC_TIME", "en_001", locale);
  if (style != NULL && g_str_equal (style->locale, locale))
    return style;

  style = g_new0 (Style, 1);
  g_strlcpy (style->locale, locale, sizeof style->locale);
  style->date = open_format (locale, "yMMdd");
  style->moment = open_format (locale, "yMMMdHm");
  style->day = open_format (locale, "yMMMMEEEEd");
  style->near_day = open_format (locale, "MMMMEEEEd");
  g_private_replace (&style_of_thread, style);

  return style;
}

/* %NULL if ICU cannot. */
static char *
format_seconds (const UDateFormat *format,
                gint64             seconds)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar formatted[MAX_FORMATTED];
  int32_t length;

  if (format == NULL)
    return NULL;

  length = udat_format (format, (UDate) seconds * 1000.0, formatted, MAX_FORMATTED, NULL, &status);
  if (U_FAILURE (status) || length > MAX_FORMATTED)
    return NULL;

  return g_utf16_to_utf8 (formatted, length, NULL, NULL, NULL);
}

gint64
crm_time_now (void)
{
  return g_get_real_time ();
}

/* Rounds down, also before 1970. */
static gint64
to_seconds (gint64 when)
{
  gint64 seconds = when / G_USEC_PER_SEC - (when % G_USEC_PER_SEC < 0);

  return CLAMP (seconds, FIRST_SECOND, LAST_SECOND);
}

/* The day of a count from 1970-01-01, by 400 years of 146097 days that begin with March. GDateTime takes many times longer. */
static void
to_civil (gint64  days,
          int    *year,
          int    *month,
          int    *day)
{
  gint64 from_march = days + 719468;
  gint64 era = from_march / 146097;
  int of_era = (int) (from_march - era * 146097);
  int year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  int of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int from_march_month = (5 * of_year + 2) / 153;

  *day = of_year - (153 * from_march_month + 2) / 5 + 1;
  *month = from_march_month < 10 ? from_march_month + 3 : from_march_month - 9;
  *year = (int) (era * 400) + year_of_era + (*month <= 2);
}

/* Writes @n digits that end before @end. */
static void
put_digits (char *end,
            int   n,
            int   number)
{
  for (; n > 0; n--, number /= 10)
    *--end = (char) ('0' + number % 10);
}

char *
crm_time_to_iso (gint64 when)
{
  /* From the first day there is, so never below zero */
  gint64 seconds = to_seconds (when) - FIRST_SECOND;
  int second = (int) (seconds % (24 * 60 * 60));
  char *iso = g_strdup ("0000-00-00T00:00:00Z");
  int year, month, day;

  to_civil (seconds / (24 * 60 * 60) + FIRST_SECOND / (24 * 60 * 60), &year, &month, &day);
  put_digits (iso + 4, 4, year);
  put_digits (iso + 7, 2, month);
  put_digits (iso + 10, 2, day);
  put_digits (iso + 13, 2, second / 3600);
  put_digits (iso + 16, 2, second / 60 % 60);
  put_digits (iso + 19, 2, second % 60);
  return iso;
}

/* Exactly @n_digits digits at *@at, which goes behind them. */
static gboolean
read_number (const char **at,
             int          n_digits,
             int         *number)
{
  *number = 0;
  for (int i = 0; i < n_digits; i++, (*at)++)
    {
      if (!g_ascii_isdigit (**at))
        return FALSE;
      *number = *number * 10 + (**at - '0');
    }

  return TRUE;
}

static gboolean
read_char (const char **at,
           char         c)
{
  if (**at != c)
    return FALSE;

  (*at)++;
  return TRUE;
}

static gboolean
is_date (int year,
         int month,
         int day)
{
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
         g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
}

static gint64
to_days (int year,
         int month,
         int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);

  return (gint64) g_date_get_julian (&date) - EPOCH_JULIAN;
}

static gboolean
read_date (const char **at,
           gint64      *days)
{
  int year, month, day;

  if (!read_number (at, 4, &year) || !read_char (at, '-') || !read_number (at, 2, &month) || !read_char (at, '-') ||
      !read_number (at, 2, &day) || !is_date (year, month, day))
    return FALSE;

  *days = to_days (year, month, day);
  return TRUE;
}

static gboolean
read_fraction (const char **at,
               gint64      *microseconds)
{
  gint64 unit = G_USEC_PER_SEC / 10;

  if (!g_ascii_isdigit (**at))
    return FALSE;
  for (; g_ascii_isdigit (**at); (*at)++, unit /= 10)
    *microseconds += (**at - '0') * unit;

  return TRUE;
}

/* "14:05", "14:05:00", "14:05:00.123456" in microseconds since midnight. */
static gboolean
read_clock (const char **at,
            gint64      *microseconds)
{
  int hour, minute, second = 0;

  if (!read_number (at, 2, &hour) || !read_char (at, ':') || !read_number (at, 2, &minute) || hour > 23 || minute > 59)
    return FALSE;
  if (read_char (at, ':') && (!read_number (at, 2, &second) || second > 59))
    return FALSE;

  *microseconds = ((hour * 60 + minute) * 60 + second) * G_TIME_SPAN_SECOND;
  return **at != '.' || (read_char (at, '.') && read_fraction (at, microseconds));
}

/* "Z", "+03:00", "+0300", "-03" in seconds east of Greenwich. */
static gboolean
read_zone (const char **at,
           int         *east)
{
  gboolean west = **at == '-';
  int hours, minutes = 0;

  *east = 0;
  if (read_char (at, 'Z'))
    return TRUE;
  if (!read_char (at, west ? '-' : '+') || !read_number (at, 2, &hours) || hours > 23)
    return FALSE;
  if (**at != '\0')
    {
      if (**at == ':')
        (*at)++;
      if (!read_number (at, 2, &minutes) || minutes > 59)
        return FALSE;
    }

  *east = (hours * 60 + minutes) * 60 * (west ? -1 : 1);
  return TRUE;
}

gboolean
crm_time_from_iso (const char *text,
                   gint64     *when)
{
  const char *at = text;
  gint64 days, microseconds, seconds;
  int east;

  g_return_val_if_fail (when != NULL, FALSE);

  if (text == NULL || !read_date (&at, &days) || !(read_char (&at, 'T') || read_char (&at, ' ')) ||
      !read_clock (&at, &microseconds) || !read_zone (&at, &east) || *at != '\0')
    return FALSE;

  seconds = days * SECONDS_PER_DAY - east + microseconds / G_USEC_PER_SEC;
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND)
    return FALSE;

  *when = seconds * G_USEC_PER_SEC + microseconds % G_USEC_PER_SEC;
  return TRUE;
}

/* The calendar day in local time, counted from 1970-01-01. */
static gint64
local_day (GDateTime *time)
{
  int year, month, day;

  g_date_time_get_ymd (time, &year, &month, &day);

  return to_days (year, month, day);
}

char *
crm_time_format (gint64 when)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (to_seconds (when));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *clock = NULL;
  char *formatted;
  gint64 age;

  /* The very first and last day may have no local time. */
  if (time == NULL)
    return crm_time_to_iso (when);

  clock = g_date_time_format (time, "%H:%M");
  age = local_day (now) - local_day (time);
  if (age == 0)
    return g_steal_pointer (&clock);
  if (age == 1)
    /* Translators: %s is a time of day, like 14:05 */
    return g_strdup_printf (_("yesterday %s"), clock);

  formatted = format_seconds (find_style ()->moment,
                              local_day (time) * SECONDS_PER_DAY + g_date_time_get_hour (time) * 3600 +
                              g_date_time_get_minute (time) * 60);

  return formatted != NULL ? formatted : g_date_time_format (time, "%Y-%m-%d %H:%M");
}

int
crm_time_get_day (gint64 when)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (to_seconds (when));

  return (int) (time == NULL ? to_seconds (when) / SECONDS_PER_DAY : local_day (time));
}

char *
crm_time_format_day (gint64 when)
{
  int day = crm_time_get_day (when);
  int age = crm_time_get_day (crm_time_now ()) - day;
  char *formatted = NULL;

  if (age == 0)
    return g_strdup (_("Today"));
  if (age == 1)
    return g_strdup (_("Yesterday"));
  formatted = format_seconds (find_style ()->day, day * SECONDS_PER_DAY);

  return formatted != NULL ? formatted : crm_time_to_iso (when);
}

char *
crm_time_format_near_day (gint64 when)
{
  char *formatted = format_seconds (find_style ()->near_day, crm_time_get_day (when) * SECONDS_PER_DAY);

  return formatted != NULL ? formatted : crm_time_to_iso (when);
}

char *
crm_time_format_clock (gint64 when)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (to_seconds (when));

  return time == NULL ? g_strdup ("") : g_date_time_format (time, "%H:%M");
}

/* Days since 1970-01-01 of an ISO date and nothing else. */
static gboolean
parse_iso_date (const char *text,
                gint64     *days)
{
  return text != NULL && read_date (&text, days) && *text == '\0';
}

/* One to four digits at *@at; how many, 0 if there are none. */
static int
read_some_digits (const char **at,
                  int         *number)
{
  int n_digits = (int) MIN (strspn (*at, "0123456789"), 4);

  return read_number (at, n_digits, number) ? n_digits : 0;
}

/* Two digits are a year from 1969 to 2068, as strptime() has it. */
static int
complete_year (int year)
{
  return year + (year < FIRST_YEAR_OF_TWO_DIGITS % 100 ? 2000 : 1900);
}

/* Three numbers with the same mark between them, the year at either end. */
static gboolean
read_typed_date (const char *text,
                 int         numbers[3])
{
  int sizes[3];
  char mark = text[strspn (text, "0123456789")];

  if (mark == '\0' || strchr (".-/", mark) == NULL)
    return FALSE;

  for (int i = 0; i < 3; i++)
    {
      if (i > 0 && !read_char (&text, mark))
        return FALSE;
      sizes[i] = read_some_digits (&text, &numbers[i]);
    }

  if (sizes[0] == 4)
    {
      int year = numbers[0];

      numbers[0] = numbers[2];
      numbers[2] = year;
      sizes[0] = sizes[2];
    }
  else if (sizes[2] == 2)
    numbers[2] = complete_year (numbers[2]);
  else if (sizes[2] != 4)
    return FALSE;

  return *text == '\0' && (sizes[0] == 1 || sizes[0] == 2) && (sizes[1] == 1 || sizes[1] == 2);
}

char *
crm_date_parse (const char  *text,
                GError     **error)
{
  g_autofree char *trimmed = g_strstrip (g_utf8_make_valid (text != NULL ? text : "", -1));
  int numbers[3];

  if (!read_typed_date (trimmed, numbers))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                   _("“%s” is not a date. Write day, month and year, like 23.11.2026."), trimmed);
      return NULL;
    }
  if (!is_date (numbers[2], numbers[1], numbers[0]))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                   _("“%s” is not in the calendar. The day comes before the month, like 23.11.2026."), trimmed);
      return NULL;
    }

  return g_strdup_printf ("%04d-%02d-%02d", numbers[2], numbers[1], numbers[0]);
}

/* Day and month, in a leap year: nobody says that the 29th of February is none. */
static gboolean
read_day_of_year (const char *text,
                  int        *day,
                  int        *month)
{
  const char *mark;

  if (g_str_has_prefix (text, "--"))
    {
      text += 2;
      return read_number (&text, 2, month) && (*text != '-' || read_char (&text, '-')) && read_number (&text, 2, day) && *text == '\0' &&
             is_date (2000, *month, *day);
    }
  mark = text + strspn (text, "0123456789");
  if (*mark != '.' && *mark != '/')
    return FALSE;
  return read_some_digits (&text, day) > 0 && read_char (&text, *mark) && read_some_digits (&text, month) > 0 &&
         (*text == '\0' || strcmp (text, ".") == 0) && is_date (2000, *month, *day);
}

char *
crm_date_parse_yearly (const char  *text,
                       GError     **error)
{
  g_autofree char *trimmed = g_strstrip (g_utf8_make_valid (text != NULL ? text : "", -1));
  int day, month;

  if (read_day_of_year (trimmed, &day, &month))
    return g_strdup_printf ("--%02d-%02d", month, day);
  return crm_date_parse (text, error);
}

char *
crm_date_format (const char *iso)
{
  gint64 days;
  char *formatted;
  int day, month;

  if (iso != NULL && g_str_has_prefix (iso, "--") && read_day_of_year (iso, &day, &month))
    return g_strdup_printf ("%02d.%02d", day, month);
  if (!parse_iso_date (iso, &days))
    return g_strdup (iso != NULL ? iso : "");

  formatted = format_seconds (find_style ()->date, days * SECONDS_PER_DAY);

  return formatted != NULL ? formatted : g_strdup (iso);
}
