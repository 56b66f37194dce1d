/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** A day on which something is due, perhaps with a time on the wall's clock. */
typedef struct {
  char date[11]; /* "2026-12-15" */
  char time[6];  /* "09:30"; "" for any time of that day */
} CrmDue;

/**
 * crm_due_parse:
 * @text: what was typed, in English or Turkish whatever the interface speaks: "tomorrow", "in 2 weeks", "Mon 9:00", "next friday", "15.12.",
 *   "15 dec 14:30", "end of month", "3d", "yarın", "2 hafta sonra", "haftaya salı", "ay sonu", "15 Aralık"
 * @now: what the words are counted from
 *
 * A day without its year or month is the next one that comes, today included; a bare weekday comes after today; "next friday" and "haftaya
 * cuma" are of the week that begins on the next Monday. A time alone is today, or tomorrow if it is over.
 *
 * Returns: %FALSE and CRM_ERROR_INVALID with what can be written instead
 */
gboolean crm_due_parse  (const char *text, GDateTime *now, CrmDue *due, GError **error);

/**
 * crm_due_format: (transfer full): for people, in the user's language: "today 14:00", "tomorrow", "2 days late", "Fri 4 Dec", "Fri 10 Dec 2027".
 * crm_due_parse() reads the same day from it. @date: ISO; returned itself if it is none. @time: (nullable)
 */
char    *crm_due_format (const char *date, const char *time, GDateTime *now);
/** (transfer full): the same for a field in which it is edited: what is late stands with its date and time. */
char    *crm_due_format_exact (const char *date, const char *time, GDateTime *now);

/** Days from today to @date, below zero if it is over; 0 if it is no date. */
int      crm_due_days    (const char *date, GDateTime *now);
/** Is the day over, or the time of today? */
gboolean crm_due_is_late (const char *date, const char *time, GDateTime *now);

G_END_DECLS
