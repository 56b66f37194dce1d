/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-csv-reader.h"
#include "crm-mapping.h"
#include "crm-row-keys.h"
#include "crm-values.h"

G_BEGIN_DECLS

/* Within exchange: what one row of a file says of a client. */

/** A phone number or an e-mail address of the row. */
typedef struct {
  guint    field;  /* of the client: CRM_CLIENT_PHONE, _MOBILE, _FAX or _EMAIL */
  char    *value;
  char    *label;  /* what the file calls it; NULL: nothing special */
  guint64  key;    /* crm_known_key(), or a hash of the value; never 0 */
} CrmImportPoint;

/**
 * CrmImportRow:
 * @values: of fields that have a filled cell, besides contact points and notes
 * @points: (element-type CrmImportPoint): no number or address twice; the first of a field is the main one
 * @notes: what the columns of notes say; "" if nothing
 * @remarks: (element-type utf8): lines for the notes: what has no field, or is not what its field takes
 * @warnings: (element-type utf8): sentences for the user about such
 * @keys: what the client can be found by; made with the row, so that it is not the writer who makes them
 */
typedef struct {
  const CrmMapping *mapping;
  GArray           *fields;       /* targets that have columns */
  GArray           *address;      /* columns of addresses */
  GStringChunk     *chunk;
  guint64           line;
  CrmValues        *values;
  GArray           *points;
  GString          *notes;
  GPtrArray        *remarks;
  GPtrArray        *warnings;
  CrmRowKeys        keys;
} CrmImportRow;

CrmImportRow *crm_import_row_new  (const CrmMapping *mapping);
void          crm_import_row_free (CrmImportRow *self);

/** crm_import_row_read: takes the place of the row read before. %FALSE and %CRM_ERROR_INVALID: why the row is rejected, in a sentence. */
gboolean      crm_import_row_read (CrmImportRow *self, const CrmCsvRow *row, GError **error);

/** crm_import_row_get_point: the main one of the field; %NULL: none. */
const CrmImportPoint *crm_import_row_get_point (const CrmImportRow *self, guint field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportRow, crm_import_row_free)

G_END_DECLS
