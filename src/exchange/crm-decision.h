/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-row.h"

G_BEGIN_DECLS

/* Within exchange. */

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

/** A position that the person has. @role: the new one; it belongs to the row */
typedef struct {
  gint64      position;
  const char *role;
} CrmImportRole;

/**
 * CrmDecision: what is to be done about one row.
 * @client: which it is about; of a new one only after crm_decider_accept()
 * @changes: fields to write; the id is not set
 * @points: (element-type CrmImportPoint): further contact points to make; they belong to the row
 * @tags: (element-type utf8): to be added to the tags there are
 * @more_notes: to be added to the notes there are; "": nothing
 * @references: (element-type CrmImportReference)
 * @kept: (element-type utf8): lines of a card to be kept; they belong to the row
 * @replaced: (element-type utf8): lines of it whose property is dropped before; the same
 * @addresses: (element-type CrmValues): further ones to make; they belong to the row
 * @takes_picture: the picture of the row becomes its own
 * @jobs: (element-type CrmImportJob): further positions that the person gets; they belong to the row
 * @roles: (element-type CrmImportRole): positions whose role changes
 * @differences: (element-type CrmImportDifference): as the changes, for people; not kept of new clients
 * @reason: why it is rejected; of one that is not: why its references cannot be made (%NULL: they can)
 * @has_other_name: is that because an earlier row calls the client by another name?
 */
typedef struct {
  const CrmImportSubject *subject;
  CrmVerdict  verdict;
  guint32     client;
  CrmValues  *changes;
  GPtrArray  *points;
  GPtrArray  *tags;
  GString    *more_notes;
  GArray     *references;
  GPtrArray  *kept;
  GPtrArray  *replaced;
  GPtrArray  *addresses;
  gboolean    takes_picture;
  GPtrArray  *jobs;
  GArray     *roles;
  GArray     *differences;
  GPtrArray  *warnings;
  char       *reason;
  gboolean    has_other_name;
} CrmDecision;

/** crm_decision_init: of rows about @subject */
void crm_decision_init           (CrmDecision *self, const CrmImportSubject *subject);
/** Frees what it holds. */
void crm_decision_clear          (CrmDecision *self);
/** crm_decision_reset: nothing is decided; the verdict is still to be set. */
void crm_decision_reset          (CrmDecision *self);
/** crm_decision_add_difference: @label: of what changes, translated; @before: (nullable): nothing was there */
void crm_decision_add_difference (CrmDecision *self, const char *label, const char *before, const char *after);
/** crm_decision_add_field: the same of a field. */
void crm_decision_add_field      (CrmDecision *self, guint field, const char *before, const char *after);
/** crm_decision_add_warning: (nullable) (transfer full): nothing is added. */
void crm_decision_add_warning    (CrmDecision *self, char *text);
/** crm_decision_add_note: one more line, or several, for the notes. */
void crm_decision_add_note       (CrmDecision *self, const char *line);
/** crm_decision_reject: @reason: (transfer full): a sentence for the user */
void crm_decision_reject         (CrmDecision *self, char *reason);

G_END_DECLS
