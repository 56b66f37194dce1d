/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-own-read.h"

typedef struct {
  char           *path;
  CrmJobFunc      func;
  gpointer        data;
  GDestroyNotify  free_data;
  GDestroyNotify  free_result;
} OwnRead;

static void
own_read_free (gpointer data)
{
  OwnRead *self = data;

  if (self->free_data != NULL)
    self->free_data (self->data);
  g_free (self->path);
  g_free (self);
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      data,
     GCancellable *cancellable)
{
  OwnRead *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDb) db = crm_db_open (self->path, CRM_DB_READ, &error);
  gpointer result = NULL;

  if (db != NULL)
    {
      crm_db_set_cancellable (db, cancellable);
      result = self->func (db, self->data, cancellable, &error);
    }
  if (result == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, self->free_result);
}

void
crm_own_read_async (CrmStore            *store,
                    CrmJobFunc           func,
                    gpointer             data,
                    GDestroyNotify       free_data,
                    GDestroyNotify       free_result,
                    GCancellable        *cancellable,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  OwnRead *self;

  g_return_if_fail (CRM_IS_STORE (store));

  self = g_new (OwnRead, 1);
  *self = (OwnRead) { g_strdup (crm_store_get_path (store)), func, data, free_data, free_result };
  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_own_read_async);
  g_task_set_task_data (task, self, own_read_free);
  g_task_run_in_thread (task, run);
}

gpointer
crm_own_read_finish (CrmStore      *store,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
