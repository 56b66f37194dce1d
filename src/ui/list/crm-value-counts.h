/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/** A value that records of a list have in a field. */
typedef struct {
  char    *value; /* stored form; of a reference its name */
  guint    count; /* records that pass the other filters and have it */
} CrmValueCount;

void       crm_value_count_free   (CrmValueCount *self);

/**
 * crm_value_counts_async: the values that a filter on a field of @query's entity could have, most frequent first; of a choice all, in their order.
 * Spellings that a filter takes for the same are one. The field's own filter is left out of the count, as is the search text.
 */
void       crm_value_counts_async  (CrmStore *store, const CrmQuery *query, guint field, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data);
/** (transfer full) (element-type CrmValueCount) */
GPtrArray *crm_value_counts_finish (CrmStore *store, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmValueCount, crm_value_count_free)

G_END_DECLS
