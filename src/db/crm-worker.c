/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-worker.h"

struct _CrmWorker {
  GObject  parent_instance;

  char    *name;
  CrmDb   *db;
  GThread *thread;

  GMutex   mutex;
  GCond    wake;
  GQueue   urgent;   /* of GTask */
  GQueue   ordinary; /* of GTask */
  gboolean stopping;
};

G_DEFINE_FINAL_TYPE (CrmWorker, crm_worker, G_TYPE_OBJECT)

typedef struct {
  CrmJobFunc     func;
  gpointer       data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
} Job;

static void
run_job (CrmWorker *self,
         GTask     *task)
{
  Job *job = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GError) error = NULL;
  gpointer result = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      crm_db_set_cancellable (self->db, cancellable);
      result = job->func (self->db, job->data, cancellable, &error);
      crm_db_set_cancellable (self->db, NULL);
    }
  if (job->free_data != NULL)
    job->free_data (job->data);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, job->free_result);
}

static GTask *
wait_for_job (CrmWorker *self)
{
  GTask *task;

  g_mutex_lock (&self->mutex);
  while (g_queue_is_empty (&self->urgent) && g_queue_is_empty (&self->ordinary) && !self->stopping)
    g_cond_wait (&self->wake, &self->mutex);
  task = g_queue_pop_head (&self->urgent);
  if (task == NULL)
    task = g_queue_pop_head (&self->ordinary);
  g_mutex_unlock (&self->mutex);
  return task;
}

static gpointer
work (gpointer data)
{
  CrmWorker *self = data;
  GTask *task;

  while ((task = wait_for_job (self)) != NULL)
    {
      run_job (self, task);
      g_object_unref (task);
    }
  return NULL;
}

static void
crm_worker_dispose (GObject *object)
{
  crm_worker_stop (CRM_WORKER (object));
  G_OBJECT_CLASS (crm_worker_parent_class)->dispose (object);
}

static void
crm_worker_finalize (GObject *object)
{
  CrmWorker *self = CRM_WORKER (object);

  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->wake);
  g_free (self->name);
  G_OBJECT_CLASS (crm_worker_parent_class)->finalize (object);
}

static void
crm_worker_class_init (CrmWorkerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_worker_dispose;
  object_class->finalize = crm_worker_finalize;
}

static void
crm_worker_init (CrmWorker *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->wake);
}

CrmWorker *
crm_worker_new (const char *name,
                CrmDb      *db)
{
  CrmWorker *self;

  g_return_val_if_fail (name != NULL && db != NULL, NULL);

  self = g_object_new (CRM_TYPE_WORKER, NULL);
  self->name = g_strdup (name);
  self->db = db;
  self->thread = g_thread_new (name, work, self);
  return self;
}

void
crm_worker_run_async (CrmWorker           *self,
                      gboolean             urgent,
                      CrmJobFunc           func,
                      gpointer             data,
                      GDestroyNotify       free_data,
                      GDestroyNotify       free_result,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task;
  Job *job;

  g_return_if_fail (CRM_IS_WORKER (self));
  g_return_if_fail (self->thread != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  job = g_new (Job, 1);
  *job = (Job) { func, data, free_data, free_result };
  g_task_set_source_tag (task, crm_worker_run_async);
  g_task_set_task_data (task, job, g_free);
  /* A write that was committed is acknowledged, whatever was cancelled since. */
  g_task_set_check_cancellable (task, FALSE);
  g_mutex_lock (&self->mutex);
  g_queue_push_tail (urgent ? &self->urgent : &self->ordinary, task);
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
}

gpointer
crm_worker_run_finish (CrmWorker     *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_worker_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

gpointer
crm_worker_run (CrmWorker     *self,
                CrmJobFunc     func,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_main_context_push_thread_default (context);
  crm_worker_run_async (self, FALSE, func, data, NULL, NULL, cancellable, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  return crm_worker_run_finish (self, result, error);
}

void
crm_worker_stop (CrmWorker *self)
{
  if (self->thread == NULL)
    return;
  g_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->mutex);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->db, crm_db_close);
}
