/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-fields-row.h"

G_BEGIN_DECLS

/** CrmPositionRow: a firm where a person works or worked, with a button that opens it. */
#define CRM_TYPE_POSITION_ROW (crm_position_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmPositionRow, crm_position_row, CRM, POSITION_ROW, CrmFieldsRow)

G_END_DECLS
