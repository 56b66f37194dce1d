/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * crm_backup_job_run_async: makes an automatic backup in a thread and over a connection of its own, so that neither the window nor
 * anyone who writes waits for it.
 * @only_if_due: nothing is done if there is one of today
 */
void  crm_backup_job_run_async  (const char          *database,
                                 const char          *reason,
                                 gboolean             only_if_due,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data);
/** Returns: (transfer full): the backup's path; NULL without an error if none was due. */
char *crm_backup_job_run_finish (GAsyncResult        *result,
                                 GError             **error);

/**
 * crm_backup_job_find_async: looks for the newest backup that is whole.
 */
void  crm_backup_job_find_async  (const char          *database,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
/** @when: (out): when it was made. Returns: (transfer full): NULL without an error if there is none. */
char *crm_backup_job_find_finish (GAsyncResult        *result,
                                  gint64              *when,
                                  GError             **error);

G_END_DECLS
