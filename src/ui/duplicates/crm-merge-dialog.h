/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmMergeDialog: two records side by side, field by field, with the choice between them, and what becomes of them: exactly what the merge will do.
 *
 * Signal "merged" (gint64 id, const char *text): it is done, as a step; the record that stayed, and what to say. The dialog closes by itself.
 */
#define CRM_TYPE_MERGE_DIALOG (crm_merge_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrmMergeDialog, crm_merge_dialog, CRM, MERGE_DIALOG, AdwWindow)

/** Of the two the older one is kept until the user decides otherwise. */
GtkWidget *crm_merge_dialog_new (CrmStore *store, const CrmEntity *entity, gint64 left, gint64 right, GtkWindow *parent);

G_END_DECLS
