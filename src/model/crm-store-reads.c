/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-store.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"
#include "crm-sql.h"
#include "crm-store-private.h"

typedef struct {
  CrmStore *store;
  CrmJobFunc func;
  gpointer data;
  GDestroyNotify free_data;
} Read;

static void
read_free (Read *read)
{
  if (read->free_data != NULL)
    read->free_data (read->data);
  g_free (read);
}

static gpointer
run_read (CrmDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Read *read = data;

  return crm_store_catch_up (read->store, db, error) ? read->func (db, read->data, cancellable, error) : NULL;
}

void
crm_store_read_async (CrmStore            *self,
                      CrmJobFunc           func,
                      gpointer             data,
                      GDestroyNotify       free_data,
                      GDestroyNotify       free_result,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  Read *read;

  g_return_if_fail (CRM_IS_STORE (self));

  /* Lists may ask while a window goes down. */
  if (self->reader == NULL)
    {
      if (free_data != NULL)
        free_data (data);
      g_task_report_new_error (NULL, callback, user_data, crm_worker_run_async, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                               "The store is closed.");
      return;
    }
  read = g_new (Read, 1);
  *read = (Read){ self, func, data, free_data };
  crm_worker_run_async (self->reader, FALSE, run_read, read, (GDestroyNotify) read_free, free_result, cancellable,
                        callback, user_data);
}

gpointer
crm_store_read_finish (CrmStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return crm_worker_run_finish (NULL, result, error);
}

gpointer
crm_store_read (CrmStore    *self,
                CrmJobFunc   func,
                gpointer     data,
                GError     **error)
{
  Read read = { self, func, data, NULL };

  g_return_val_if_fail (CRM_IS_STORE (self), NULL);

  return crm_worker_run (self->reader, run_read, &read, NULL, error);
}

typedef struct {
  const CrmEntity *entity;
  gint64 id;
} Key;

static Key *
key_new (const CrmEntity *entity,
         gint64           id)
{
  Key *key = g_new (Key, 1);

  *key = (Key){ entity, id };
  return key;
}

static gpointer
run_read_record (CrmDb         *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Key *key = data;
  g_autoptr (GError) failure = NULL;
  CrmValues *values = crm_sql_read (db, key->entity, key->id, &failure);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, key->id);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (values == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                 _("There is no record with the id %s."), number);
  return values;
}

static CrmRecord *
adopt_record (CrmStore  *self,
              CrmValues *values)
{
  gint64 id = crm_values_get_id (values);
  CrmRecord *record = g_hash_table_lookup (self->records, &id);

  if (record != NULL)
    return g_object_ref (record);
  record = crm_record_new (values);
  g_hash_table_insert (self->records, g_memdup2 (&id, sizeof id), record);
  g_object_weak_ref (G_OBJECT (record), crm_store_forget_record, self->records);
  return record;
}

static void
read_record_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (CrmValues) values = crm_worker_run_finish (NULL, result, &error);

  if (values == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, adopt_record (g_task_get_source_object (task), values), g_object_unref);
}

void
crm_store_get_record_async (CrmStore            *self,
                            const CrmEntity     *entity,
                            gint64               id,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task;
  CrmRecord *record;

  g_return_if_fail (CRM_IS_STORE (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_store_get_record_async);
  record = g_hash_table_lookup (self->records, &id);
  if (record != NULL)
    {
      g_task_return_pointer (task, g_object_ref (record), g_object_unref);
      g_object_unref (task);
      return;
    }
  crm_store_read_async (self, run_read_record, key_new (entity, id), g_free, (GDestroyNotify) crm_values_unref,
                        cancellable, read_record_cb, task);
}

CrmRecord *
crm_store_get_record_finish (CrmStore      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_store_get_record_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
run_read_children (CrmDb         *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Key *key = data;

  return key->id == 0 ? crm_sql_read_all (db, key->entity, error)
                      : crm_sql_read_children (db, key->entity, key->id, error);
}

void
crm_store_get_children_async (CrmStore            *self,
                              const CrmEntity     *child,
                              gint64               parent,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  crm_store_read_async (self, run_read_children, key_new (child, parent), g_free, (GDestroyNotify) g_ptr_array_unref,
                        cancellable, callback, user_data);
}

GPtrArray *
crm_store_get_children_finish (CrmStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return crm_store_read_finish (self, result, error);
}

void
crm_store_get_all_async (CrmStore            *self,
                         const CrmEntity     *entity,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  crm_store_get_children_async (self, entity, 0, cancellable, callback, user_data);
}
