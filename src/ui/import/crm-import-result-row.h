/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-import-result-item.h"

G_BEGIN_DECLS

/** CrmImportResultRow: a heading, or the number of a line of the file and what is to say of it. */
#define CRM_TYPE_IMPORT_RESULT_ROW (crm_import_result_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportResultRow, crm_import_result_row, CRM, IMPORT_RESULT_ROW, GtkBox)

GtkWidget *crm_import_result_row_new      (void);
/** Shows another item. @item: (nullable) */
void       crm_import_result_row_set_item (CrmImportResultRow  *self,
                                           CrmImportResultItem *item);

G_END_DECLS
