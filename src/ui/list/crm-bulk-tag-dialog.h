/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/** CrmBulkTagDialog: gives many clients a tag, or takes one from them; the tags there are can be picked. */
#define CRM_TYPE_BULK_TAG_DIALOG (crm_bulk_tag_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrmBulkTagDialog, crm_bulk_tag_dialog, CRM, BULK_TAG_DIALOG, AdwMessageDialog)

/** @near: within the window; @ids: (element-type gint64): by reference */
GtkWidget *crm_bulk_tag_dialog_new (GtkWidget *near, CrmStore *store, GArray *ids);

G_END_DECLS
