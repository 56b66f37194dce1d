/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-csv-format.h"

G_BEGIN_DECLS

/** The longest row in bytes of UTF-8; of a longer one the beginning is kept and a problem reported. */
#define CRM_CSV_MAX_ROW_BYTES (1024 * 1024)
/** The most cells in a row; further ones are dropped and a problem reported. */
#define CRM_CSV_MAX_CELLS     10000
/** The most lines in a row: a quotation mark that is still open behind them is taken for a mistake. */
#define CRM_CSV_MAX_ROW_LINES 1000

/**
 * CrmCsvRow:
 * @cells: (array length=n_cells): valid UTF-8, line breaks inside as they were; %NULL behind the last
 * @n_cells: may differ from row to row
 * @line: the line of the file (from 1) in which the row begins
 * @record: the number (from 1) of the row among those returned, the header included
 * @is_header: %TRUE for the first row of a file with header
 * @problem: %NULL, or why the row must not be used: a translated sentence; the cells are then what could be read of it
 *
 * Everything is borrowed from the reader and valid until the next row is read.
 */
typedef struct {
  const char * const *cells;
  guint               n_cells;
  guint64             line;
  guint64             record;
  gboolean            is_header;
  const char         *problem;
} CrmCsvRow;

/**
 * CrmCsvReader: reads a CSV file row by row, in bounded memory whatever is in it. Belongs to one thread at a time.
 *
 * Rows without a filled cell are passed over; spaces around a cell without quotation marks are no part of it. Damage is confined to its row: a quotation mark that is never closed, a row
 * longer than %CRM_CSV_MAX_ROW_BYTES and bytes that are no text in the encoding are reported with the row
 * where they are (@problem), and reading goes on behind; after an open quotation mark that is the next line.
 */
typedef struct _CrmCsvReader CrmCsvReader;

/**
 * crm_csv_reader_new:
 * @path: a regular file
 * @format: copied; see crm_csv_format_detect()
 *
 * Returns: (transfer full): the reader; %NULL and %CRM_ERROR_UNREADABLE if the file cannot be opened
 */
CrmCsvReader *crm_csv_reader_new           (const char          *path,
                                            const CrmCsvFormat  *format,
                                            GError             **error);

/** crm_csv_reader_new_for_bytes: (transfer full): the same for a file that is in memory. */
CrmCsvReader *crm_csv_reader_new_for_bytes (GBytes              *bytes,
                                            const CrmCsvFormat  *format);

void          crm_csv_reader_free          (CrmCsvReader        *self);

/**
 * crm_csv_reader_next:
 * @row: (out): the next row; see #CrmCsvRow for how long it is valid
 *
 * Returns: %TRUE and @row; %FALSE at the end of the file, or with %CRM_ERROR_IO if it cannot be read on
 */
gboolean      crm_csv_reader_next          (CrmCsvReader        *self,
                                            CrmCsvRow           *row,
                                            GError             **error);

/** crm_csv_reader_get_position: how many bytes of the file were read, for showing progress against crm_csv_reader_get_size(). */
gint64        crm_csv_reader_get_position  (CrmCsvReader        *self);

/** crm_csv_reader_get_size: the size of the file in bytes when it was opened. */
gint64        crm_csv_reader_get_size      (CrmCsvReader        *self);

/**
 * crm_csv_unescape_formula: (transfer none): @cell without the apostrophe that #CrmCsvWriter puts in front of a cell which a
 * spreadsheet would calculate; any other cell as it is. Points into @cell. Any thread.
 */
const char   *crm_csv_unescape_formula     (const char          *cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCsvReader, crm_csv_reader_free)

G_END_DECLS
