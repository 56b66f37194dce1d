/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** CrmImportResultItem: a heading, or a row of the file and what is to say of it. Immutable. */
#define CRM_TYPE_IMPORT_RESULT_ITEM (crm_import_result_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportResultItem, crm_import_result_item, CRM, IMPORT_RESULT_ITEM, GObject)

/** @line: of the file; 0: a heading; %G_MAXUINT64: of no line. @detail: (nullable): may have several lines */
CrmImportResultItem *crm_import_result_item_new        (guint64              line,
                                                        const char          *title,
                                                        const char          *detail);
/** As of crm_import_result_item_new(). */
guint64              crm_import_result_item_get_line   (CrmImportResultItem *self);
/** (transfer none) */
const char          *crm_import_result_item_get_title  (CrmImportResultItem *self);
/** (transfer none) (nullable) */
const char          *crm_import_result_item_get_detail (CrmImportResultItem *self);

G_END_DECLS
