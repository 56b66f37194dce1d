/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-import.h"

G_BEGIN_DECLS

/** CrmImportResultPage: what the import would do, row by row: what is rejected and why, what to look at, what changes, what is new. */
#define CRM_TYPE_IMPORT_RESULT_PAGE (crm_import_result_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportResultPage, crm_import_result_page, CRM, IMPORT_RESULT_PAGE, GtkBox)

/** @result: (nullable): read at once; %NULL: not known */
void crm_import_result_page_set_result (CrmImportResultPage   *self,
                                        const CrmImportResult *result);

G_END_DECLS
