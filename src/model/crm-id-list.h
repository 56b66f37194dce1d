/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-order.h"

G_BEGIN_DECLS

/**
 * CrmIdList: the ids a query found, in order: hits at the beginning of words first, then, from n_prefix on, hits inside words.
 * Immutable, reference counted, any thread. Shares its arrays with the index: 4 bytes a hit, nothing for "all".
 */
typedef struct _CrmIdList CrmIdList;

CrmIdList *crm_id_list_ref          (CrmIdList *self);
void       crm_id_list_unref        (CrmIdList *self);
/** How many ids there are. */
guint      crm_id_list_get_length   (const CrmIdList *self);
/** How many of them, from the first on, are hits at the beginning of words. */
guint      crm_id_list_get_n_prefix (const CrmIdList *self);
/** The id at a position, which there must be. */
gint64     crm_id_list_get          (const CrmIdList *self, guint position);
/** Where @id stands, or -1. O(log n) for "all", O(n) else. */
gint64     crm_id_list_find         (const CrmIdList *self, gint64 id);
/** The same ids in the same order? */
gboolean   crm_id_list_equal        (const CrmIdList *self, const CrmIdList *other);
/** (transfer none): folded words of the query, for bold; NULL-terminated, may be empty. */
const char * const *crm_id_list_get_words (const CrmIdList *self);

/* For the index */

/** Of all records, in an order. */
CrmIdList *crm_id_list_new_all      (CrmIds *ids, CrmOrder *order, gboolean descending);
/** Of some: @ordinals (transfer full), @words (nullable). */
CrmIdList *crm_id_list_new_hits     (CrmIds *ids, guint32 *ordinals, guint n, guint n_prefix, char **words);
/** Of ids in the order they are given (transfer full). */
CrmIdList *crm_id_list_new_plain    (gint64 *ids, guint n, char **words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmIdList, crm_id_list_unref)

G_END_DECLS
