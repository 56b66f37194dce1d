/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/** CrmBulkEditDialog: sets one field of many records to one value. */
#define CRM_TYPE_BULK_EDIT_DIALOG (crm_bulk_edit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrmBulkEditDialog, crm_bulk_edit_dialog, CRM, BULK_EDIT_DIALOG, AdwWindow)

/** @near: within the window; @ids: (element-type gint64): by reference */
GtkWidget *crm_bulk_edit_dialog_new (GtkWidget *near, CrmStore *store, const CrmEntity *entity, GArray *ids);

G_END_DECLS
