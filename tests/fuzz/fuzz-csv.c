/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-csv-format.h"
#include "crm-csv-reader.h"

#include <string.h>

/* The input is a file. */
int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

static void
check_row (const CrmCsvRow *row)
{
  g_assert_true (row->n_cells > 0 && row->n_cells <= CRM_CSV_MAX_CELLS);
  g_assert_null (row->cells[row->n_cells]);
  for (guint i = 0; i < row->n_cells; i++)
    {
      const char *cell = row->cells[i];
      const char *plain = crm_csv_unescape_formula (cell);

      g_assert_true (g_utf8_validate (cell, -1, NULL));
      g_assert_true (plain == cell || plain == cell + 1);
    }
}

/* Every row begins behind the one before, whatever had to be read again. */
static void
read_all (GBytes             *bytes,
          const CrmCsvFormat *format)
{
  g_autoptr (CrmCsvReader) reader = crm_csv_reader_new_for_bytes (bytes, format);
  g_autoptr (GError) error = NULL;
  guint64 line = 0, n = 0;
  CrmCsvRow row;

  while (crm_csv_reader_next (reader, &row, &error))
    {
      check_row (&row);
      g_assert_cmpuint (row.line, >, line);
      g_assert_cmpuint (row.record, ==, ++n);
      line = row.line;
    }
  g_assert_no_error (error);
  g_assert_cmpint (crm_csv_reader_get_position (reader), ==, crm_csv_reader_get_size (reader));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  CrmCsvFormat format = { .delimiter = ',' };

  if (crm_csv_format_detect_bytes (&format, CRM_CSV_DETECT_ALL, bytes, NULL, &error))
    {
      g_assert_nonnull (strchr (CRM_CSV_DELIMITERS, format.delimiter));
      g_assert_cmpuint (format.header_row, >, 0);
      read_all (bytes, &format);
    }
  else
    g_assert_nonnull (error);

  /* What the user may choose instead */
  format = (CrmCsvFormat) { .delimiter = CRM_CSV_DELIMITERS[size % 4], .encoding = size % CRM_CSV_N_ENCODINGS };
  read_all (bytes, &format);
  return 0;
}
