/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-field-row.h"

G_BEGIN_DECLS

/** CrmChoiceRow: a CrmFieldRow for one of a few values. Its text is the stored name. A required field has no "—". */
#define CRM_TYPE_CHOICE_ROW (crm_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmChoiceRow, crm_choice_row, CRM, CHOICE_ROW, AdwComboRow)

/** @field: of a table of fields, kept by reference */
GtkWidget *crm_choice_row_new (const CrmField *field);

G_END_DECLS
