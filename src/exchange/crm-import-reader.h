/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-import-row.h"
#include "crm-import.h"

G_BEGIN_DECLS

/* Within exchange. */

/**
 * CrmImportReader: the rows of a file, read by a thread of their own while the last ones are being dealt with: reading takes about as long as
 * deciding, and a third of writing. It is ahead by no more than a few hundred rows.
 */
typedef struct _CrmImportReader CrmImportReader;

/** crm_import_reader_new: @options stays in use. %CRM_ERROR_UNREADABLE if the file cannot be opened. */
CrmImportReader *crm_import_reader_new  (const CrmImportOptions *options, GError **error);
/** crm_import_reader_free: also before the end of the file. */
void             crm_import_reader_free (CrmImportReader *self);

/**
 * crm_import_reader_next: the next row below the header.
 * @row: (out): valid until the next call
 * @reason: (out) (transfer none): %NULL, or why the row is rejected; only its line is good then
 *
 * Returns: %FALSE at the end of the file, or with @error if it cannot be read on
 */
gboolean         crm_import_reader_next (CrmImportReader *self, const CrmImportRow **row, const char **reason, GError **error);
/** crm_import_reader_get_position: bytes read of the file, a little ahead of the row. */
gint64           crm_import_reader_get_position (CrmImportReader *self);
/** Bytes of the file; of several, all of them. */
gint64           crm_import_reader_get_size     (CrmImportReader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportReader, crm_import_reader_free)

G_END_DECLS
