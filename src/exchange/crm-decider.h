/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-decision.h"
#include "crm-import.h"
#include "crm-import-links.h"
#include "crm-known.h"

G_BEGIN_DECLS

/** CrmDecider: decides about rows one after another; the same for the plan and the run. Within exchange. One thread. */
typedef struct _CrmDecider CrmDecider;

/** crm_decider_new: reads the clients or people there are. @db stays in use. */
CrmDecider     *crm_decider_new        (CrmDb *db, const CrmImportOptions *options, const CrmImportSubject *subject, GError **error);
void            crm_decider_free       (CrmDecider *self);
/** (transfer none): the clients or people it knows. */
CrmKnown       *crm_decider_get_known  (CrmDecider *self);
/** (transfer none): the references that wait for a row further down. */
CrmImportLinks *crm_decider_get_links  (CrmDecider *self);
/** crm_decider_decide: @decision: (out): valid until the next call. %FALSE on an error of the database. */
gboolean        crm_decider_decide     (CrmDecider *self, const CrmImportRow *row, CrmDecision **decision, GError **error);
/** crm_decider_accept: it is done as decided: later rows see it. To be called for every decision that is no rejection. */
void            crm_decider_accept     (CrmDecider *self, const CrmImportRow *row);
/** crm_decider_find_named: the client of that name, other than @client; %FALSE if there is none. */
gboolean        crm_decider_find_named (CrmDecider *self, const char *name, guint32 client, guint32 *found);
/** crm_decider_describe_choice: as crm_matcher_describe_choice(). */
char           *crm_decider_describe_choice (CrmDecider *self, const char *label, const char *name, guint32 client);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDecider, crm_decider_free)

G_END_DECLS
