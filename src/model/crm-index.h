/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-change.h"
#include "crm-db.h"
#include "crm-id-list.h"
#include "crm-query.h"

G_BEGIN_DECLS

/**
 * CrmIndex: what the reader keeps in memory to answer while the user types: for each entity asked for, its ids in order with their rank
 * (16 bytes a record), and the folded text for hits inside words. Belongs to the thread of its connection.
 *
 * Searching: prefix hits come from FTS5, are marked in a bitmap by rank and read off in order; hits inside words from a scan of the folded text.
 */
typedef struct _CrmIndex CrmIndex;

CrmIndex  *crm_index_new     (void);
void       crm_index_free    (CrmIndex *self);

/**
 * crm_index_query: all ids that match, in order. @prefix_only: hits at beginnings of words alone (the quick first answer).
 * Loads what it lacks. Errors: of the database, cancelled.
 */
CrmIdList *crm_index_query   (CrmIndex *self, CrmDb *db, const CrmQuery *query, gboolean prefix_only, GError **error);

/** crm_index_load: loads what queries of the entity need, so that the first does not wait: ids, order of titles, folded text. */
gboolean   crm_index_load    (CrmIndex *self, CrmDb *db, const CrmEntity *entity, GError **error);
/** crm_index_is_ready: is what crm_index_query() needs for the order of this query loaded? */
gboolean   crm_index_is_ready (CrmIndex *self, const CrmQuery *query);
/** crm_index_scan_is_quick: is a scan for hits inside words so short that the first answer can wait for it? */
gboolean   crm_index_scan_is_quick (CrmIndex *self, const CrmEntity *entity);

/**
 * crm_index_first: the first @limit ids of a query without text, straight from the tables, for the first frame. Its length is what it holds.
 * At once if the query sorts by a title that has a sort key; else SQL has to sort, and by bytes.
 */
CrmIdList *crm_index_first   (CrmDb *db, const CrmQuery *query, guint limit, GError **error);

/**
 * crm_index_search_all: for the palette: the best @limit hits over all entities (0: all): titles that begin with @text first,
 * then other hits at the beginning of words, then hits inside words. @ids: (element-type gint64)
 */
gboolean   crm_index_search_all (CrmIndex *self, CrmDb *db, const char *text, guint limit, GArray *ids, GError **error);

/** crm_index_apply: brings the index up to date with a commit. After a sweeping one what is needed is loaded anew when it is asked for. */
gboolean   crm_index_apply   (CrmIndex *self, CrmDb *db, CrmChangeSet *changes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmIndex, crm_index_free)

G_END_DECLS
