/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-store.h"

#include "crm-store-private.h"
#include "crm-undo.h"
#include "crm-writer-private.h"

static void
step_free (CrmStoreStep *step)
{
  if (step->free_data != NULL)
    step->free_data (step->data);
  g_free (step->label);
  g_free (step);
}

gpointer
crm_store_run_step (CrmDb         *db,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  CrmStoreStep *step = data;
  CrmWriter *writer;

  if (!crm_store_prepare (step->store, db, error))
    return NULL;
  writer = crm_writer_begin (db, step->store->collator, step->label, error);
  if (writer == NULL)
    return NULL;
  if (!step->func (writer, step->data, cancellable, error))
    {
      crm_writer_rollback (writer);
      return NULL;
    }
  return crm_writer_commit (writer, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static gpointer
run_undo (CrmDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  CrmStoreStep *step = data;

  return crm_store_prepare (step->store, db, error)
             ? crm_undo_run (db, step->store->collator, GPOINTER_TO_INT (step->data), error)
             : NULL;
}

CrmStoreStep *
crm_store_step_new (CrmStore       *self,
                    const char     *label,
                    CrmStepFunc     func,
                    gpointer        data,
                    GDestroyNotify  free_data)
{
  CrmStoreStep *step = g_new (CrmStoreStep, 1);

  *step = (CrmStoreStep){ self, g_strdup (label), func, data, free_data };
  return step;
}

static void
write_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  CrmStore *self = g_task_get_source_object (task);
  GError *error = NULL;
  gpointer value = crm_worker_run_finish (NULL, result, &error);

  crm_store_follow (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, g_task_get_task_data (task));
}

/* Tasks are told apart by their source tag; task data is how to free the result. */
void
crm_store_write_async (CrmStore            *self,
                       CrmJobFunc           run,
                       CrmStoreStep        *step,
                       gpointer             tag,
                       GDestroyNotify       free_result,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, free_result, NULL);
  crm_worker_run_async (self->writer, FALSE, run, step, (GDestroyNotify) step_free, free_result, cancellable, write_cb,
                        task);
}

void
crm_store_step_async (CrmStore            *self,
                      const char          *label,
                      CrmStepFunc          func,
                      gpointer             data,
                      GDestroyNotify       free_data,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (CRM_IS_STORE (self));

  crm_store_write_async (self, crm_store_run_step, crm_store_step_new (self, label, func, data, free_data),
                         crm_store_step_async, NULL, cancellable, callback, user_data);
}

gboolean
crm_store_step_finish (CrmStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_store_step_async), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

gpointer
crm_store_write (CrmStore      *self,
                 CrmJobFunc     run,
                 CrmStoreStep  *step,
                 GCancellable  *cancellable,
                 GError       **error)
{
  gpointer result = crm_worker_run (self->writer, run, step, cancellable, error);

  step_free (step);
  return result;
}

gboolean
crm_store_step (CrmStore      *self,
                const char    *label,
                CrmStepFunc    func,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_return_val_if_fail (CRM_IS_STORE (self), FALSE);

  return crm_store_write (self, crm_store_run_step, crm_store_step_new (self, label, func, data, NULL), cancellable,
                          error) != NULL;
}

void
crm_store_undo_async (CrmStore            *self,
                      gboolean             redo,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (CRM_IS_STORE (self));

  crm_store_write_async (self, run_undo, crm_store_step_new (self, NULL, NULL, GINT_TO_POINTER (redo), NULL),
                         crm_store_undo_async, g_free, cancellable, callback, user_data);
}

char *
crm_store_undo_finish (CrmStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_store_undo_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
crm_store_undo (CrmStore  *self,
                gboolean   redo,
                GError   **error)
{
  g_return_val_if_fail (CRM_IS_STORE (self), NULL);

  return crm_store_write (self, run_undo, crm_store_step_new (self, NULL, NULL, GINT_TO_POINTER (redo), NULL), NULL,
                          error);
}

gpointer
crm_store_maintain (CrmStore      *self,
                    CrmJobFunc     func,
                    gpointer       data,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_return_val_if_fail (CRM_IS_STORE (self), NULL);

  return crm_worker_run (self->writer, func, data, cancellable, error);
}
