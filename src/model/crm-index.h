/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-change.h"
#include "crm-db.h"
#include "crm-query.h"

G_BEGIN_DECLS

/**
 * CrmIdList: the ids a query found, in order: hits at the beginning of words first, then, from n_prefix on, hits inside words.
 * Immutable, reference counted, any thread. Shares its arrays with the index: 4 bytes a hit, nothing for "all".
 */
typedef struct _CrmIdList CrmIdList;

CrmIdList *crm_id_list_ref          (CrmIdList *self);
void       crm_id_list_unref        (CrmIdList *self);
guint      crm_id_list_get_length   (const CrmIdList *self);
guint      crm_id_list_get_n_prefix (const CrmIdList *self);
gint64     crm_id_list_get          (const CrmIdList *self, guint position);
/** Where @id stands, or -1. O(1) to O(log n) for "all", O(n) else. */
gint64     crm_id_list_find         (const CrmIdList *self, gint64 id);
/** (transfer none): folded words of the query, for bold; NULL-terminated, may be empty. */
const char * const *crm_id_list_get_words (const CrmIdList *self);

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

/** crm_index_first: the first @limit ids of a query without text, straight from the tables, for the first frame. Its length is what it holds. */
CrmIdList *crm_index_first   (CrmDb *db, const CrmQuery *query, guint limit, GError **error);

/** crm_index_search_all: for the palette and the command line: best @limit hits over all entities (0: all): prefix hits of titles first. @ids: (element-type gint64) */
gboolean   crm_index_search_all (CrmIndex *self, CrmDb *db, const char *text, guint limit, GArray *ids, GError **error);

/** crm_index_apply: brings the index up to date with a commit. */
gboolean   crm_index_apply   (CrmIndex *self, CrmDb *db, CrmChangeSet *changes, GError **error);

/** Is a scan for hits inside words so short that the first answer can wait for it? */
gboolean   crm_index_scan_is_quick (CrmIndex *self, const CrmEntity *entity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmIdList, crm_id_list_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmIndex, crm_index_free)

G_END_DECLS
