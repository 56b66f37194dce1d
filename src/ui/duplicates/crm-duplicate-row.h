/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-duplicate-item.h"
#include "crm-list-look.h"
#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmDuplicateRow: two records that may be the same: how sure that is and why, and what can be done about it.
 *
 * Signal "merge"; signal "tell-apart"; signal "open" (gint64 id): asked for by its buttons.
 */
#define CRM_TYPE_DUPLICATE_ROW (crm_duplicate_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmDuplicateRow, crm_duplicate_row, CRM, DUPLICATE_ROW, GtkWidget)

GtkWidget        *crm_duplicate_row_new      (CrmStore *store);
/** @item: (nullable); @look: of its records */
void              crm_duplicate_row_set_item (CrmDuplicateRow *self, CrmDuplicateItem *item, CrmListLook *look);
/** (transfer none) (nullable) */
CrmDuplicateItem *crm_duplicate_row_get_item (CrmDuplicateRow *self);
/** (transfer none): of the first or second record; "" until it is read. */
const char       *crm_duplicate_row_get_title (CrmDuplicateRow *self, guint side);

G_END_DECLS
