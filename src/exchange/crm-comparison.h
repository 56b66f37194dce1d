/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-current.h"
#include "crm-decision.h"
#include "crm-import-links.h"
#include "crm-matcher.h"

G_BEGIN_DECLS

/** CrmComparison: what a row would change of a client, after the base and what the file said of it before. Within exchange. One thread. */
typedef struct _CrmComparison CrmComparison;

/** crm_comparison_new: all stay in use; @decision receives what crm_comparison_run() finds. */
CrmComparison    *crm_comparison_new         (CrmDb *db, CrmMatcher *matcher, const CrmImportLinks *links, CrmDecision *decision);
void              crm_comparison_free        (CrmComparison *self);
/** crm_comparison_run: what would @row, which the matcher searched for last, change of @client? Errors: of the database. */
gboolean          crm_comparison_run         (CrmComparison *self, const CrmImportRow *row, guint32 client, GError **error);
/** crm_comparison_get_current: (transfer none): the client compared last, as it stands. */
const CrmCurrent *crm_comparison_get_current (const CrmComparison *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmComparison, crm_comparison_free)

G_END_DECLS
