/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-backup-job.h"

#include "crm-backup.h"
#include "crm-generation.h"

typedef struct
{
  char     *database;
  char     *reason;
  gboolean  only_if_due;
  gint64    when;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->database);
  g_free (job->reason);
  g_free (job);
}

static void
make_backup (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (CrmDb) db = NULL;
  g_autofree char *path = NULL;
  GError *error = NULL;

  if (job->only_if_due && !crm_backup_is_due (job->database))
    {
      g_task_return_pointer (task, NULL, NULL);
      return;
    }

  db = crm_db_open (job->database, CRM_DB_READ, &error);
  if (db == NULL || !crm_backup_automatic (db, job->reason, &path, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&path), g_free);
}

void
crm_backup_job_run_async (const char          *database,
                          const char          *reason,
                          gboolean             only_if_due,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job = NULL;

  g_return_if_fail (database != NULL);
  g_return_if_fail (reason != NULL);

  job = g_new0 (Job, 1);
  job->database = g_strdup (database);
  job->reason = g_strdup (reason);
  job->only_if_due = only_if_due;
  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, crm_backup_job_run_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, make_backup);
}

char *
crm_backup_job_run_finish (GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_backup_job_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
find_backup (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  Job *job = data;
  char *path = crm_backup_find_newest (job->database);

  if (path != NULL)
    {
      g_autofree char *base = g_path_get_basename (job->database);
      g_autofree char *name = g_path_get_basename (path);
      g_autoptr (CrmGeneration) generation = crm_generation_new (base, name, 0);

      job->when = generation == NULL ? 0 : generation->at * G_USEC_PER_SEC;
    }
  g_task_return_pointer (task, path, g_free);
}

void
crm_backup_job_find_async (const char          *database,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job = NULL;

  g_return_if_fail (database != NULL);

  job = g_new0 (Job, 1);
  job->database = g_strdup (database);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_backup_job_find_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, find_backup);
}

char *
crm_backup_job_find_finish (GAsyncResult  *result,
                            gint64        *when,
                            GError       **error)
{
  const Job *job = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, crm_backup_job_find_async), NULL);

  job = g_task_get_task_data (G_TASK (result));
  *when = job->when;
  return g_task_propagate_pointer (G_TASK (result), error);
}
