/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmCsvWriterFlags:
 * @CRM_CSV_WRITER_BOM: begin with a byte order mark, by which Excel knows UTF-8
 * @CRM_CSV_WRITER_EXACT: write cells that look like formulas as they are: for another program, not for a spreadsheet
 */
typedef enum {
  CRM_CSV_WRITER_DEFAULT = 0,
  CRM_CSV_WRITER_BOM     = 1 << 0,
  CRM_CSV_WRITER_EXACT   = 1 << 1,
} CrmCsvWriterFlags;

/**
 * CrmCsvWriter: writes a CSV file (RFC 4180, UTF-8) that appears under its name only when it is complete. One thread at a time,
 * not the main thread: it waits for the disk.
 *
 * A cell that a spreadsheet would calculate (it begins with = + - @, their full-width forms, a tab or a carriage return) gets an
 * apostrophe in front, which crm_csv_unescape_formula() takes off again. Phone numbers ("+90 …") and numbers ("-1.234,56")
 * are left alone. The file is for its owner's eyes only (mode 0600): it holds other people's personal data.
 */
typedef struct _CrmCsvWriter CrmCsvWriter;

/**
 * crm_csv_writer_new:
 * @path: the file to write; one that is there stays as it is until crm_csv_writer_finish()
 * @delimiter: one of %CRM_CSV_DELIMITERS
 *
 * Returns: (transfer full): the writer; %NULL and %CRM_ERROR_UNREADABLE, %CRM_ERROR_FULL or %CRM_ERROR_IO if the folder cannot be written to
 */
CrmCsvWriter *crm_csv_writer_new      (const char          *path,
                                       char                 delimiter,
                                       CrmCsvWriterFlags    flags,
                                       GError             **error);

/** crm_csv_writer_free: throws away what was written unless it was finished. */
void          crm_csv_writer_free     (CrmCsvWriter        *self);

/**
 * crm_csv_writer_add_row:
 * @cells: (array length=n_cells): UTF-8; %NULL is an empty cell
 *
 * Returns: %FALSE and %CRM_ERROR_FULL or %CRM_ERROR_IO if it could not be written; the writer is then only good for freeing
 */
gboolean      crm_csv_writer_add_row  (CrmCsvWriter        *self,
                                       const char * const  *cells,
                                       guint                n_cells,
                                       GError             **error);

/**
 * crm_csv_writer_finish: brings the file to the disk and gives it its name, at once and whole.
 * Returns: %FALSE with an error as above; a file of that name is then as it was
 */
gboolean      crm_csv_writer_finish   (CrmCsvWriter        *self,
                                       GError             **error);

/** crm_csv_append_row: the text of one row with its line end, for an output that is no file. @cells as of crm_csv_writer_add_row() */
void          crm_csv_append_row      (GString             *into,
                                       const char * const  *cells,
                                       guint                n_cells,
                                       char                 delimiter,
                                       CrmCsvWriterFlags    flags);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCsvWriter, crm_csv_writer_free)

G_END_DECLS
