/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Points in time are UTC microseconds (gint64); dates are ISO text "2026-11-23". Any thread. */

/** Now, as it is stored: microseconds since 1970, UTC. Any thread. */
gint64   crm_time_now         (void);
/** (transfer full): ISO 8601 in UTC, whole seconds, "2026-11-23T14:05:00Z"; the nearest end of the years 1 … 9999 for what is outside. */
char    *crm_time_to_iso      (gint64 when);
/** Accepts what crm_time_to_iso() writes, with offset or Z, seconds and fraction optional. */
gboolean crm_time_from_iso    (const char *text, gint64 *when);
/** (transfer full): for people, local time: "14:05" today, "yesterday 14:05", else "23 Nov 2026, 14:05" in the locale's order and words. */
char    *crm_time_format      (gint64 when);
/** The local day of it, counted from 1970-01-01 on. */
int      crm_time_get_day     (gint64 when);
/** (transfer full): for headings: "Today", "Yesterday", else "Monday, 23 November 2026" in the locale's order and words. */
char    *crm_time_format_day  (gint64 when);
/** (transfer full): the day without its year: "Monday 23 November" in the locale's order and words. */
char    *crm_time_format_near_day (gint64 when);
/** (transfer full): local time of day: "14:05". */
char    *crm_time_format_clock (gint64 when);

/**
 * crm_date_parse: (transfer full): ISO form of "23.11.2026", "23/11/2026", "2026-11-23", "23.11.26" (1969 … 2068), day before
 * month; NULL and CRM_ERROR_INVALID else.
 */
char    *crm_date_parse       (const char *text, GError **error);
/**
 * crm_date_parse_yearly: the same, or a day of every year, "23.11" or ISO 8601's "--11-23" (also "--1123"), whose ISO form is "--11-23".
 */
char    *crm_date_parse_yearly (const char *text, GError **error);
/**
 * (transfer full): "23.11.2026" in Turkish, else as the locale (LC_TIME of the environment) writes it; a day of every year as "23.11"; @iso itself
 * if it is no date.
 */
char    *crm_date_format      (const char *iso);

G_END_DECLS
