/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-field-row.h"

G_BEGIN_DECLS

/** CrmSwitchRow: a CrmFieldRow for yes or no. Its text is "1" or "". */
#define CRM_TYPE_SWITCH_ROW (crm_switch_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmSwitchRow, crm_switch_row, CRM, SWITCH_ROW, AdwActionRow)

/** @field: of a table of fields */
GtkWidget *crm_switch_row_new (const CrmField *field);

G_END_DECLS
