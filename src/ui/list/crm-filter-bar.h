/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmFilterBar: the filters in force as chips, each to be changed by a click or taken away by its cross, and a button for more.
 *
 * Signal "changed" (guint field, int op, GStrv values): as of CrmFilterPopover.
 */
#define CRM_TYPE_FILTER_BAR (crm_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (CrmFilterBar, crm_filter_bar, CRM, FILTER_BAR, GtkWidget)

/** @lead: a widget that stands before the chips; may be %NULL */
GtkWidget *crm_filter_bar_new       (CrmStore *store, GtkWidget *lead);
/** Shows the filters of @query; no "changed" is emitted. */
void       crm_filter_bar_set_query (CrmFilterBar *self, const CrmQuery *query);

G_END_DECLS
