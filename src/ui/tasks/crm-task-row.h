/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-fields-row.h"

G_BEGIN_DECLS

/**
 * CrmTaskRow: a task in a few words, to be done or snoozed; opened, its fields. What to do with it it is told as a CrmChildRow.
 */
#define CRM_TYPE_TASK_ROW (crm_task_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmTaskRow, crm_task_row, CRM, TASK_ROW, CrmFieldsRow)

GtkWidget *crm_task_row_new (CrmStore *store);

G_END_DECLS
