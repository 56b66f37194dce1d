/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmRow: what a list shows at one position: a light object that is rewritten in place when the query, the order or the record changes.
 * Signal "changed": id or values are others now.
 */
#define CRM_TYPE_ROW (crm_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmRow, crm_row, CRM, ROW, GObject)

guint            crm_row_get_position (CrmRow *self);
/** 0 once the position is beyond the list's end. */
gint64           crm_row_get_id       (CrmRow *self);
/** (transfer none): NULL until it is read. */
const CrmValues *crm_row_get_values   (CrmRow *self);
/** (transfer none): folded words to show in bold; may be empty. */
const char * const *crm_row_get_words (CrmRow *self);

/**
 * CrmQueryModel: a GListModel of CrmRow over a CrmQuery: it holds ids; each position GTK keeps alive has one row object. A new query rewrites those
 * objects and reports only the tail that grew or shrank. get_item() never reads: rows around those shown are read in the background into a bounded cache.
 * Follows the store's commits. Main thread.
 *
 * Properties: "store", "query" (boxed), "n-items" (as of GListModel), "busy" (a query runs), "failure" (message of the last error or NULL).
 * Signal "refreshed" (gboolean is_new_query): ids are others now; emitted after items_changed.
 */
#define CRM_TYPE_QUERY_MODEL (crm_query_model_get_type ())
G_DECLARE_FINAL_TYPE (CrmQueryModel, crm_query_model, CRM, QUERY_MODEL, GObject)

CrmQueryModel  *crm_query_model_new       (CrmStore *store, const CrmQuery *query);
/** A superseded query is cancelled. */
void            crm_query_model_set_query (CrmQueryModel *self, const CrmQuery *query);
const CrmQuery *crm_query_model_get_query (CrmQueryModel *self);
gint64          crm_query_model_get_id    (CrmQueryModel *self, guint position);
/** Position of a record, or -1. */
gint64          crm_query_model_find      (CrmQueryModel *self, gint64 id);
/** (transfer none): the ids, as they stand; NULL before the first answer. */
CrmIdList      *crm_query_model_get_ids   (CrmQueryModel *self);

G_END_DECLS
