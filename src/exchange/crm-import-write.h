/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-decision.h"
#include "crm-known.h"
#include "crm-writer.h"

G_BEGIN_DECLS

/* Within exchange. */

/** CrmImportFirm: a client that a person gets a position at. @id: 0: none */
typedef struct {
  gint64  id;
  char   *name;
} CrmImportFirm;

/** Frees what it holds. */
void     crm_import_firm_clear (CrmImportFirm *self);
/**
 * crm_import_write: does what was decided about a row, but for references.
 */
gboolean crm_import_write      (CrmWriter *writer, CrmKnown *known, const CrmImportRow *row, CrmDecision *decision, const CrmImportFirm *firm,
                                GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CrmImportFirm, crm_import_firm_clear)

G_END_DECLS
