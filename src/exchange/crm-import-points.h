/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-row.h"

G_BEGIN_DECLS

/* Within exchange: the phone numbers and e-mail addresses of a row. */

/** crm_import_points_read: adds those in the columns of @field to the points of the row. %CRM_ERROR_INVALID: why the row is rejected. */
gboolean crm_import_points_read (CrmImportRow *self, const CrmCsvRow *row, guint field, GError **error);
/** crm_import_point_key: the same for a number or address however it is written; never 0. @label: (nullable) */
guint64  crm_import_point_key   (CrmPointKind kind, const char *value, const char *label);
/**
 * crm_import_row_add_point: adds one, unless the row has it already.
 * @label: (nullable)
 */
void     crm_import_row_add_point (CrmImportRow *self, CrmPointKind kind, const char *value, const char *label);
/** crm_import_point_clear: a GDestroyNotify for a CrmImportPoint in an array. */
void     crm_import_point_clear (gpointer data);

G_END_DECLS
