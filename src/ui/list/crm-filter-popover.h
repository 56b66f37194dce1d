/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmFilterPopover: chooses what a list is filtered by: first a field, then its values with how many records have each.
 *
 * Signal "changed" (guint field, int op, GStrv values): the filter of that field and CrmFilterOp is to be; NULL values: none.
 * For %CRM_FILTER_EMPTY an empty array stands for "in force".
 */
#define CRM_TYPE_FILTER_POPOVER (crm_filter_popover_get_type ())
G_DECLARE_FINAL_TYPE (CrmFilterPopover, crm_filter_popover, CRM, FILTER_POPOVER, GtkPopover)

GtkWidget *crm_filter_popover_new         (CrmStore *store);
/** What the list shows; kept by copy. */
void       crm_filter_popover_set_query   (CrmFilterPopover *self, const CrmQuery *query);
/** Begins with the choice of a field. */
void       crm_filter_popover_show_fields (CrmFilterPopover *self);
/** Begins with the values of a field. */
void       crm_filter_popover_show_values (CrmFilterPopover *self, guint field);

G_END_DECLS
