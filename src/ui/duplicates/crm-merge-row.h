/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-merge-plan.h"

G_BEGIN_DECLS

/**
 * CrmMergeRow: a field of two records that become one (or fields that go together): what each has, with the choice between them, and what the result
 * has. The first record stands at the left, whichever of the two is kept.
 *
 * Signal "chosen" (int): whose it is to be, a CrmMergeSide: %CRM_MERGE_KEPT: that of the record at the left.
 */
#define CRM_TYPE_MERGE_ROW (crm_merge_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmMergeRow, crm_merge_row, CRM, MERGE_ROW, GtkListBoxRow)

/** @field: the first of its group, as of crm_merge_get_group() */
GtkWidget *crm_merge_row_new      (const CrmEntity *entity, guint field);
/** Which field is to be chosen. */
guint      crm_merge_row_get_field (CrmMergeRow *self);
/** crm_merge_row_set_plan: shows what the plan says; @kept_at_right: the record that is kept stands at the right. */
void       crm_merge_row_set_plan (CrmMergeRow *self, const CrmMergePlan *plan, gboolean kept_at_right);

/** crm_merge_row_make_columns: (transfer floating): a box whose children stand below each other where the window is narrow, else side by side as in the rows. */
GtkWidget *crm_merge_row_make_columns (void);
/** crm_merge_row_make_choice: (transfer floating): one of several round buttons; @other: (nullable): another one of them */
GtkWidget *crm_merge_row_make_choice  (GtkWidget *other, GtkWidget *child);
/** crm_merge_row_make_result: (transfer floating): what stands in the column of the result, @label in it. */
GtkWidget *crm_merge_row_make_result  (GtkWidget *label);

G_END_DECLS
