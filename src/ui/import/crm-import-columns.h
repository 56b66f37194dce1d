/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-mapping.h"

G_BEGIN_DECLS

/**
 * CrmImportColumns: the columns of the file, one below the other, each with its first cells and the field it goes to. Thousands of them are light.
 *
 * Signal "chosen" (guint, int): the user chose this target for the column of this number.
 */
#define CRM_TYPE_IMPORT_COLUMNS (crm_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportColumns, crm_import_columns, CRM, IMPORT_COLUMNS, GtkBox)

/**
 * crm_import_columns_set:
 * @mapping: read at once
 * @rows: the first rows of the file, of GStrv
 */
void crm_import_columns_set        (CrmImportColumns *self,
                                    const CrmMapping *mapping,
                                    GPtrArray        *rows);
/** crm_import_columns_set_shape: the rows have the orientation of @shape: vertical where their texts and buttons have no room side by side. */
void crm_import_columns_set_shape  (CrmImportColumns *self,
                                    GtkOrientable    *shape);
/** crm_import_columns_set_notice: a quiet sentence above the columns with the button "Guess Anew" (action "import.guess"); %NULL: none. */
void crm_import_columns_set_notice (CrmImportColumns *self,
                                    const char       *text);

G_END_DECLS
