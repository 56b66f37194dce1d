/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * crm_when_parse: when something happened, as people type it, in English or Turkish whatever the interface speaks: "now", "14:05", "10 min ago",
 *   "2 hours ago", "yesterday 9:00", "Mon 9:00", "15.11. 14:30", "23.11.2026", "şimdi", "10 dk önce", "dün 9:00", or as crm_time_to_iso() writes it.
 * @now: what the words are counted from; never later than that, but for a few minutes
 * @when: (out): UTC microseconds; of a day without a time its noon, of today @now
 *
 * Returns: %FALSE and CRM_ERROR_INVALID with what can be written instead
 */
gboolean crm_when_parse  (const char *text, GDateTime *now, gint64 *when, GError **error);
/** crm_when_format: (transfer full): for a field in which it is edited: "14:05" today, else with its date; crm_when_parse() reads the same minute from it. */
char    *crm_when_format (gint64 when, GDateTime *now);

G_END_DECLS
