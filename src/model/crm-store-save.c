/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-store.h"

#include <glib/gi18n-lib.h>

#include "crm-store-private.h"

#define LONGEST_TITLE 100

typedef struct {
  CrmValues *changes;
  gint64 id; /* out */
} Save;

static void
save_free (Save *save)
{
  crm_values_unref (save->changes);
  g_free (save);
}

/* A label is one line in a menu, whatever the record is called. */
static char *
cut_title (const char *title)
{
  if (g_utf8_strlen (title, -1) <= LONGEST_TITLE)
    return g_strdup (title);
  return g_strdup_printf ("%.*s…", (int) (g_utf8_offset_to_pointer (title, LONGEST_TITLE) - title), title);
}

char *
crm_store_get_title (CrmWriter       *writer,
                     const CrmEntity *entity,
                     gint64           id)
{
  g_autoptr (CrmValues) values = crm_writer_read (writer, entity, id, NULL);
  const char *title = values == NULL ? NULL : crm_values_get_text (values, crm_entity_get_title_field (entity));

  return cut_title (title == NULL ? _(entity->label) : title);
}

static char *
make_save_label (CrmWriter       *writer,
                 const CrmValues *changes,
                 gboolean         is_new,
                 gint64           id)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  g_autofree char *title = NULL;
  g_autoptr (CrmValues) child = NULL;

  if (!crm_entity_is_root (entity))
    {
      guint parent = crm_entity_get_parent_field (entity);

      child = crm_writer_read (writer, entity, id, NULL);
      if (child != NULL)
        {
          title = cut_title (crm_values_get_text (child, parent));
          return g_strdup_printf (_("Edit %s"), title);
        }
    }
  title = crm_store_get_title (writer, entity, id);
  return is_new ? g_strdup_printf (_("New %s"), title) : g_strdup_printf (_("Edit %s"), title);
}

static gboolean
run_save (CrmWriter     *writer,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Save *save = data;
  gboolean is_new = crm_values_get_id (save->changes) == 0;
  g_autofree char *label = NULL;

  if (is_new)
    save->id = crm_writer_insert (writer, save->changes, error);
  else if (crm_writer_update (writer, save->changes, error))
    save->id = crm_values_get_id (save->changes);
  if (save->id == 0)
    return FALSE;
  label = make_save_label (writer, save->changes, is_new, save->id);
  crm_writer_set_label (writer, label);
  return TRUE;
}

static gpointer
run_save_step (CrmDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Save *save = ((CrmStoreStep *) data)->data;

  return crm_store_run_step (db, data, cancellable, error) == NULL ? NULL : g_memdup2 (&save->id, sizeof save->id);
}

static CrmStoreStep *
save_step_new (CrmStore  *self,
               CrmValues *changes)
{
  Save *save = g_new0 (Save, 1);

  save->changes = crm_values_copy (changes);
  return crm_store_step_new (self, "", run_save, save, (GDestroyNotify) save_free);
}

void
crm_store_save_async (CrmStore            *self,
                      CrmValues           *changes,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (CRM_IS_STORE (self));

  crm_store_write_async (self, run_save_step, save_step_new (self, changes), crm_store_save_async, g_free, cancellable,
                         callback, user_data);
}

static gint64
take_id (gint64 *boxed)
{
  gint64 id = boxed == NULL ? 0 : *boxed;

  g_free (boxed);
  return id;
}

gint64
crm_store_save_finish (CrmStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_store_save_async), 0);

  return take_id (g_task_propagate_pointer (G_TASK (result), error));
}

gint64
crm_store_save (CrmStore   *self,
                CrmValues  *changes,
                GError    **error)
{
  g_return_val_if_fail (CRM_IS_STORE (self), 0);

  return take_id (crm_store_write (self, run_save_step, save_step_new (self, changes), NULL, error));
}
