/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-decision.h"
#include "crm-known.h"
#include "crm-writer.h"

G_BEGIN_DECLS

/* Within exchange. */

/** CrmImportFirm: a client that a person gets a position at. */
typedef struct {
  gint64  id;
  char   *name;
} CrmImportFirm;

/** Frees what it holds. */
void     crm_import_firm_clear (gpointer firm);
/**
 * crm_import_write: does what was decided about a row, but for references and pictures.
 * @firms: (element-type CrmImportFirm): of the jobs in @decision, one by one
 */
gboolean crm_import_write      (CrmWriter *writer, CrmKnown *known, const CrmImportRow *row, CrmDecision *decision, const GArray *firms,
                                GError **error);

G_END_DECLS
