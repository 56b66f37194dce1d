/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** CrmCsvEncoding: the character encodings that spreadsheets and address books write CSV in here. */
typedef enum {
  CRM_CSV_UTF_8,
  CRM_CSV_UTF_16LE,
  CRM_CSV_UTF_16BE,
  CRM_CSV_WINDOWS_1254,
  CRM_CSV_WINDOWS_1252,
} CrmCsvEncoding;

#define CRM_CSV_N_ENCODINGS (CRM_CSV_WINDOWS_1252 + 1)

/** CRM_CSV_DELIMITERS: the characters that may stand between cells, as a string. */
#define CRM_CSV_DELIMITERS ",;\t|"

/**
 * CrmCsvFormat:
 * @encoding: how bytes become characters
 * @bom: whether a byte order mark opens the file; for showing only, the reader skips one wherever it stands
 * @delimiter: one of %CRM_CSV_DELIMITERS
 * @has_header: whether the first row read names the columns
 * @header_row: the line (from 1) at which reading begins: the header's or, without header, the first row's; what stands
 *   above it (titles, comments) is passed over. 0 means 1.
 *
 * All the reader needs to know about a file. A plain value: copy it, change it, no ownership.
 */
typedef struct {
  CrmCsvEncoding encoding;
  gboolean       bom;
  char           delimiter;
  gboolean       has_header;
  guint          header_row;
} CrmCsvFormat;

/**
 * CrmCsvDetect: what to find out; the fields of the format above it are taken as the user chose them.
 * @CRM_CSV_DETECT_ALL: everything
 * @CRM_CSV_DETECT_DELIMITER: delimiter and header in the given encoding
 * @CRM_CSV_DETECT_HEADER: the header, in the given encoding and with the given delimiter
 */
typedef enum {
  CRM_CSV_DETECT_ALL,
  CRM_CSV_DETECT_DELIMITER,
  CRM_CSV_DETECT_HEADER,
} CrmCsvDetect;

/** CrmCsvIsKnown: is @folded_name (see crm_fold()) the name of a column that the caller can map? */
typedef gboolean (*CrmCsvIsKnown) (const char *folded_name);

/**
 * crm_csv_format_detect:
 * @self: (inout): what is known of the format (see @what), then what was found; untouched on error
 * @path: a file
 * @is_known: (nullable): tells column names; makes the recognition of the header surer
 *
 * Looks at the beginning of a file, and, if that is plain ASCII, for the first other byte. Reads files: not for the main thread.
 *
 * Returns: %FALSE and %CRM_ERROR_INVALID if the file is empty, is no text, or is in an encoding that is not read;
 *   %CRM_ERROR_UNREADABLE or %CRM_ERROR_IO if it cannot be read
 */
gboolean    crm_csv_format_detect        (CrmCsvFormat  *self,
                                          CrmCsvDetect   what,
                                          const char    *path,
                                          CrmCsvIsKnown  is_known,
                                          GError       **error);

/** crm_csv_format_detect_bytes: the same for a file that is in memory. Any thread. */
gboolean    crm_csv_format_detect_bytes  (CrmCsvFormat  *self,
                                          CrmCsvDetect   what,
                                          GBytes        *bytes,
                                          CrmCsvIsKnown  is_known,
                                          GError       **error);

/** crm_csv_encoding_get_label: (transfer none): the translated name of an encoding, for a choice: "Turkish (Windows-1254)". */
const char *crm_csv_encoding_get_label   (CrmCsvEncoding encoding);

/** crm_csv_encoding_get_charset: (transfer none): its IANA name: "windows-1254". */
const char *crm_csv_encoding_get_charset (CrmCsvEncoding encoding);

/** crm_csv_delimiter_get_label: (transfer none): the translated name of a delimiter, for a choice: "Semicolon". */
const char *crm_csv_delimiter_get_label  (char delimiter);

G_END_DECLS
