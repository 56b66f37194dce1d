/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-entity.h"

G_BEGIN_DECLS

/** CrmBulkBar: how many records are selected, and what can be done with them, by the actions of the list. */
#define CRM_TYPE_BULK_BAR (crm_bulk_bar_get_type ())
G_DECLARE_FINAL_TYPE (CrmBulkBar, crm_bulk_bar, CRM, BULK_BAR, GtkWidget)

/** @entity: of what is selected */
GtkWidget *crm_bulk_bar_new (const CrmEntity *entity);
/** crm_bulk_bar_update: @n_selected: 0: it does not show; @trash: what can be done with records in the trash */
void       crm_bulk_bar_update (CrmBulkBar *self, guint n_selected, gboolean trash);

G_END_DECLS
