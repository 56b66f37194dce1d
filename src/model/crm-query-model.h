/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-row.h"
#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmQueryModel: a GListModel of CrmRow over a CrmQuery: it holds ids; each position GTK keeps alive has one row object. A new query rewrites those
 * objects and reports only the tail that grew or shrank. get_item() never reads: rows around those shown are read in the background into a bounded cache.
 * Follows the store's commits. Main thread.
 *
 * Where an answer takes long its beginning comes first: the first rows, or the hits at the beginning of words. A list that grows from few rows to
 * many reports at most 40 at first and the rest in the next frames, so that no frame has to make all its widgets.
 *
 * Properties: "store", "query" (boxed), "n-items" (as of GListModel), "n-hits" (what n-items is growing to, as far as it is known), "busy" (a query runs),
 * "failure" (message of the last error or NULL).
 * Signal "refreshed" (gboolean is_new_query): the answer is complete and, unless to a new query, others than before; emitted after items_changed.
 */
#define CRM_TYPE_QUERY_MODEL (crm_query_model_get_type ())
G_DECLARE_FINAL_TYPE (CrmQueryModel, crm_query_model, CRM, QUERY_MODEL, GObject)

CrmQueryModel  *crm_query_model_new       (CrmStore *store, const CrmQuery *query);
/** A superseded query is cancelled. */
void            crm_query_model_set_query (CrmQueryModel *self, const CrmQuery *query);
/** (transfer none): the query set last. */
const CrmQuery *crm_query_model_get_query (CrmQueryModel *self);
/** 0 beyond the end. */
gint64          crm_query_model_get_id    (CrmQueryModel *self, guint position);
/** Position of a record, or -1. May lie behind n-items while that is growing, see crm_query_model_reveal(). */
gint64          crm_query_model_find      (CrmQueryModel *self, gint64 id);
/** crm_query_model_reveal: lets the list have all its items at once if @position is among those it is yet to grow to. Before scrolling there. */
void            crm_query_model_reveal    (CrmQueryModel *self, guint position);
/** (transfer none): the ids, as they stand; NULL before the first answer. */
CrmIdList      *crm_query_model_get_ids   (CrmQueryModel *self);

G_END_DECLS
