/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-fields-row.h"

G_BEGIN_DECLS

/** CrmTemplateStepRow: a step of an activity template in a few words; opened, its fields. */
#define CRM_TYPE_TEMPLATE_STEP_ROW (crm_template_step_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmTemplateStepRow, crm_template_step_row, CRM, TEMPLATE_STEP_ROW, CrmFieldsRow)

GtkWidget *crm_template_step_row_new (CrmStore *store);

G_END_DECLS
