/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"

G_BEGIN_DECLS

/**
 * CrmWorker: a thread with one database connection that runs jobs one after another. Jobs exchange plain data: @data is owned by the job
 * from when it is queued, and freed in the worker's thread before the callback comes, also if the job was cancelled and never ran.
 */
#define CRM_TYPE_WORKER (crm_worker_get_type ())
G_DECLARE_FINAL_TYPE (CrmWorker, crm_worker, CRM, WORKER, GObject)

/**
 * CrmJobFunc: runs in the worker's thread.
 * Returns: the result, or %NULL with @error set
 */
typedef gpointer (*CrmJobFunc) (CrmDb *db, gpointer data, GCancellable *cancellable, GError **error);

/** Takes @db over. @name: of the thread, at most 15 bytes. */
CrmWorker *crm_worker_new        (const char *name, CrmDb *db);

/**
 * crm_worker_run_async: queues a job. @urgent: before all that wait and are not.
 * The source object of the callback is %NULL: jobs do not keep the worker alive, its stop finishes them.
 * A job cancelled before its turn does not run; one that runs is interrupted in SQLite.
 * The callback comes in the thread-default main context of the caller.
 */
void       crm_worker_run_async  (CrmWorker *self, gboolean urgent, CrmJobFunc func, gpointer data, GDestroyNotify free_data,
                                  GDestroyNotify free_result, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** @self: may be NULL; results know their job. */
gpointer   crm_worker_run_finish (CrmWorker *self, GAsyncResult *result, GError **error);

/** crm_worker_run: the same, waiting for it; for the command line and tests, never in a window's thread. */
gpointer   crm_worker_run        (CrmWorker *self, CrmJobFunc func, gpointer data, GCancellable *cancellable, GError **error);

/** crm_worker_stop: finishes the jobs that wait, ends the thread and closes the database. Called by dispose. */
void       crm_worker_stop       (CrmWorker *self);

G_END_DECLS
