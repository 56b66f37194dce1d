/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-csv-format.h"

G_BEGIN_DECLS

/* What the CSV sources share among each other, and those of other files of text with them. */

/** crm_csv_open: (transfer full): a stream over a regular file; %CRM_ERROR_UNREADABLE else. @size: (out) (optional) */
GInputStream *crm_csv_open           (const char *path, gint64 *size, GError **error);

/**
 * crm_csv_decode:
 * @at_end: nothing follows @bytes
 * @into: receives UTF-8, with a byte 0xFF (never valid) for every unit that is no character; has room for 3 * @length bytes
 * @written: (out): how many bytes that was
 *
 * Returns: how many bytes were taken; the rest is the beginning of a character
 */
gsize         crm_csv_decode         (CrmCsvEncoding encoding,
                                      const guint8  *bytes,
                                      gsize          length,
                                      gboolean       at_end,
                                      guint8        *into,
                                      gsize         *written);

/** crm_csv_find_bom: the length of the byte order mark at the beginning of @bytes and its @encoding; 0 if there is none. */
gsize         crm_csv_find_bom       (const guint8   *bytes,
                                      gsize           length,
                                      CrmCsvEncoding *encoding);

/**
 * crm_csv_guess_encoding: the encoding of a piece of a file.
 * @at_end: nothing follows @bytes in the file; else the last character may be cut
 * Returns: %FALSE if it is none of ours; @encoding is then one in which text can still be told from binary data
 */
gboolean      crm_csv_guess_encoding (const guint8   *bytes,
                                      gsize           length,
                                      gboolean        at_end,
                                      CrmCsvEncoding *encoding);

/** crm_csv_is_formula: would a spreadsheet calculate @cell, or would it with the apostrophes in front of it gone? Not so numbers and phone numbers. */
gboolean      crm_csv_is_formula     (const char *cell);

G_END_DECLS
