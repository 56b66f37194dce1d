/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-import-column.h"

G_BEGIN_DECLS

/**
 * CrmImportColumnRow: a column of the file: its name, what its first rows hold, and a button for the field it goes to.
 *
 * Signal "chosen" (CrmImportColumn *, int): the user chose this target for the column.
 */
#define CRM_TYPE_IMPORT_COLUMN_ROW (crm_import_column_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportColumnRow, crm_import_column_row, CRM, IMPORT_COLUMN_ROW, GtkBox)

GtkWidget *crm_import_column_row_new        (const CrmEntity    *entity);
/** @column: (nullable): to show */
void       crm_import_column_row_set_column (CrmImportColumnRow *self,
                                             CrmImportColumn    *column);
/** crm_import_column_row_choose: lets the user choose, as the button does. */
void       crm_import_column_row_choose     (CrmImportColumnRow *self);

G_END_DECLS
