/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"
#include "crm-today.h"

G_BEGIN_DECLS

/**
 * CrmTodayItem: one thing that asks for attention, with what can be done about it in place. Chosen, it opens its record.
 *
 * Signals: "done", "snooze" (const char *date): asked for; "plan": to set the next step.
 */
#define CRM_TYPE_TODAY_ITEM (crm_today_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmTodayItem, crm_today_item, CRM, TODAY_ITEM, GtkListBoxRow)

/** @row: copied; @rhythm: days, of a client that is silent */
GtkWidget         *crm_today_item_new      (CrmTodayPart part, const CrmTodayRow *row, int rhythm);
/** (transfer none) */
const CrmTodayRow *crm_today_item_get_row  (CrmTodayItem *self);
/** (transfer none): equal if and only if two look and act the same. */
const char        *crm_today_item_get_sign (CrmTodayItem *self);
/** (transfer full): what it would be of a row. */
char              *crm_today_item_make_sign (CrmTodayPart part, const CrmTodayRow *row, int rhythm);
/** Brings the words for when it is due up to the time. */
void               crm_today_item_refresh  (CrmTodayItem *self);

G_END_DECLS
