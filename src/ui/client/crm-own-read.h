/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * crm_own_read_async: runs a job that reads for seconds in a thread and on a connection of its own, so that nothing else waits for it.
 * @data: the job's own, freed by @free_data in any thread
 */
void     crm_own_read_async  (CrmStore *store, CrmJobFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** What the job returned; owned as the job has it. */
gpointer crm_own_read_finish (CrmStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
