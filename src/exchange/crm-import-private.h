/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-row.h"
#include "crm-import.h"
#include "crm-known.h"

G_BEGIN_DECLS

/* Within exchange. */

CrmImportResult *crm_import_result_new      (void);
GArray          *crm_import_differences_new (void);
void             crm_import_messages_add    (GArray *messages, guint max, guint64 line, const char *text);

typedef enum {
  CRM_VERDICT_NEW,
  CRM_VERDICT_CHANGED,
  CRM_VERDICT_UNCHANGED,
  CRM_VERDICT_REJECTED,
} CrmVerdict;

/** A reference to a client that is not known yet, but may stand further down in the file. */
typedef struct {
  guint  field;
  char  *name;
} CrmImportReference;

/**
 * CrmDecision: what is to be done about one row.
 * @client: which it is about; of a new one only after crm_decider_accept()
 * @changes: fields to write; the id is not set
 * @points: (element-type CrmImportPoint): further contact points to make; they belong to the row
 * @tags: (element-type utf8): to be added to the tags there are
 * @more_notes: to be added to the notes there are; "": nothing
 * @references: (element-type CrmImportReference)
 * @differences: (element-type CrmImportDifference): as the changes, for people; not kept of new clients
 * @reason: why it is rejected
 */
typedef struct {
  CrmVerdict  verdict;
  guint32     client;
  CrmValues  *changes;
  GPtrArray  *points;
  GPtrArray  *tags;
  GString    *more_notes;
  GArray     *references;
  GArray     *differences;
  GPtrArray  *warnings;
  char       *reason;
} CrmDecision;

/** CrmDecider: decides about rows one after another; the same for the plan and the run. */
typedef struct _CrmDecider CrmDecider;

/** crm_decider_new: reads the clients there are. @db stays in use. */
CrmDecider *crm_decider_new     (CrmDb *db, const CrmImportOptions *options, GError **error);
void        crm_decider_free    (CrmDecider *self);
CrmKnown   *crm_decider_get_known (CrmDecider *self);
/** crm_decider_decide: @decision: (out): valid until the next call. %FALSE on an error of the database. */
gboolean    crm_decider_decide  (CrmDecider *self, const CrmImportRow *row, CrmDecision **decision, GError **error);
/** crm_decider_accept: it is done as decided: later rows see it. To be called for every decision that is no rejection. */
void        crm_decider_accept  (CrmDecider *self, const CrmImportRow *row);
/** crm_decider_find_named: the client of that name, other than @client; %FALSE if there is none. */
gboolean    crm_decider_find_named (CrmDecider *self, const char *name, guint32 client, guint32 *found);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDecider, crm_decider_free)

G_END_DECLS
