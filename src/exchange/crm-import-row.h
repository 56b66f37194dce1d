/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-card-picture.h"
#include "crm-csv-reader.h"
#include "crm-firms.h"
#include "crm-mapping.h"
#include "crm-row-keys.h"
#include "crm-values.h"

G_BEGIN_DECLS

/* Within exchange: what one row of a file, or one card, says of a client or a person. */

/** A phone number or an e-mail address of the row. */
typedef struct {
  CrmPointKind kind;
  char        *value;
  char        *label;  /* what the file calls it; NULL: nothing special */
  guint64      key;    /* crm_known_key(), or a hash of the value; never 0 */
} CrmImportPoint;

/** A firm where the person works. @firm: its name is @name; @role: NULL: not said */
typedef struct {
  CrmFirmName  firm;
  char        *name;
  char        *role;
} CrmImportJob;

/**
 * CrmImportRow:
 * @mapping: of the file's columns; %NULL: it is of cards
 * @subject: what it is about
 * @line: of the file; @file: of several, from 0
 * @values: of fields that have a filled cell, besides contact points and notes
 * @points: (element-type CrmImportPoint): no number or address twice; the first of a kind is the main one
 * @notes: what the columns of notes say; "" if nothing
 * @remarks: (element-type utf8): lines for the notes: what has no field, or is not what its field takes
 * @warnings: (element-type utf8): sentences for the user about such
 * @kept: (element-type utf8): lines of a card that no field takes, see CrmCardExtra
 * @jobs: (element-type CrmImportJob): of a person; no firm twice; the main one is in @values, too
 * @addresses: (element-type CrmValues): of a client; the main one is in @values, too
 * @picture: (nullable): the photo or logo in the card
 * @problems: (element-type CrmVcardProblem) (nullable): of the card file, in front of the card
 * @is_nameless: its name is made of something else it says
 * @is_empty: it says nothing: behind the last card of a file
 * @keys: what the client can be found by; made with the row, so that it is not the writer who makes them
 */
typedef struct {
  const CrmMapping       *mapping;
  const CrmImportSubject *subject;
  GArray           *fields;       /* targets that have columns */
  GArray           *address;      /* columns of addresses */
  GStringChunk     *chunk;
  guint64           line;
  guint             file;
  CrmValues        *values;
  GArray           *points;
  GString          *notes;
  GPtrArray        *remarks;
  GPtrArray        *warnings;
  GPtrArray        *kept;
  GPtrArray        *addresses;
  CrmCardPicture   *picture;
  GPtrArray        *problems;
  GArray           *jobs;
  gboolean          is_nameless;
  gboolean          is_empty;
  CrmRowKeys        keys;
} CrmImportRow;

/** crm_import_row_new: @mapping: (nullable): %NULL: for cards, see crm_card_row_read() */
CrmImportRow *crm_import_row_new  (const CrmMapping *mapping);
void          crm_import_row_free (CrmImportRow *self);
/** crm_import_row_clear: it says nothing of @subject. */
void          crm_import_row_clear (CrmImportRow *self, const CrmImportSubject *subject);

/** crm_import_row_read: takes the place of the row read before. %FALSE and %CRM_ERROR_INVALID: why the row is rejected, in a sentence. */
gboolean      crm_import_row_read (CrmImportRow *self, const CrmCsvRow *row, GError **error);

/** Frees what it holds. */
void          crm_import_job_clear (gpointer job);

/** crm_import_row_get_point: the main one of the kind; %NULL: none. */
const CrmImportPoint *crm_import_row_get_point (const CrmImportRow *self, CrmPointKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportRow, crm_import_row_free)

G_END_DECLS
