/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-row.h"

G_BEGIN_DECLS

/* Within exchange: the cells of a row as its reading wants them. Texts live until the next row. */

/* Between several values of a cell, as Google writes them */
#define CRM_IMPORT_SEPARATOR ":::"

/** crm_import_row_trim: (transfer none): without spaces of any script at both ends. */
const char *crm_import_row_trim          (CrmImportRow *self, const char *text);
/** crm_import_row_get_cell: (transfer none): trimmed; "" if the row has no such cell. */
const char *crm_import_row_get_cell      (CrmImportRow *self, const CrmCsvRow *row, guint column);
/** crm_import_row_get_line: (transfer none): the same on one line. */
const char *crm_import_row_get_line      (CrmImportRow *self, const CrmCsvRow *row, guint column);
/**
 * crm_import_row_get_first: (transfer none): the first filled cell of the columns that go to @target; "" if none is.
 * @column: (out) (optional): where it stands
 */
const char *crm_import_row_get_first     (CrmImportRow *self, const CrmCsvRow *row, int target, guint *column);
/** crm_import_row_keep_in_notes: what its field does not take is not lost. @why: a sentence */
void        crm_import_row_keep_in_notes (CrmImportRow *self, guint column, const char *text, const char *why);

G_END_DECLS
