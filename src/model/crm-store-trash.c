/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-store.h"

#include <glib/gi18n-lib.h>

#include "crm-number.h"
#include "crm-erase.h"
#include "crm-store-private.h"
#include "crm-time.h"

#define TRASH_DAYS 30

typedef gboolean (*WriterFunc) (CrmWriter *writer, const CrmEntity *entity, gint64 id, GError **error);

typedef struct {
  const CrmEntity *entity;
  GArray *ids;
  WriterFunc func;
} Many;

static void
many_free (Many *many)
{
  g_array_unref (many->ids);
  g_free (many);
}

static char *
make_many_label (CrmWriter *writer,
                 Many      *many)
{
  g_autofree char *title = NULL;

  if (many->ids->len != 1)
    return crm_number_fill (many->func == crm_writer_delete
                            ? ngettext ("Delete %s record", "Delete %s records", many->ids->len)
                            : ngettext ("Restore %s record", "Restore %s records", many->ids->len), many->ids->len);
  title = crm_store_get_title (writer, many->entity, g_array_index (many->ids, gint64, 0));
  return g_strdup_printf (many->func == crm_writer_delete ? _("Delete %s") : _("Restore %s"), title);
}

static gboolean
run_many (CrmWriter     *writer,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Many *many = data;
  g_autofree char *label = make_many_label (writer, many);

  crm_writer_set_label (writer, label);
  crm_writer_expect (writer, many->ids->len);
  for (guint i = 0; i < many->ids->len; i++)
    if (!many->func (writer, many->entity, g_array_index (many->ids, gint64, i), error))
      return FALSE;
  return TRUE;
}

static void
many_async (CrmStore            *self,
            const CrmEntity     *entity,
            GArray              *ids,
            WriterFunc           func,
            GCancellable        *cancellable,
            GAsyncReadyCallback  callback,
            gpointer             user_data)
{
  Many *many = g_new0 (Many, 1);

  many->entity = entity;
  many->ids = g_array_copy (ids);
  many->func = func;
  crm_store_step_async (self, "", run_many, many, (GDestroyNotify) many_free, cancellable, callback, user_data);
}

void
crm_store_delete_async (CrmStore            *self,
                        const CrmEntity     *entity,
                        GArray              *ids,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  many_async (self, entity, ids, crm_writer_delete, cancellable, callback, user_data);
}

void
crm_store_restore_async (CrmStore            *self,
                         const CrmEntity     *entity,
                         GArray              *ids,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  many_async (self, entity, ids, crm_writer_restore, cancellable, callback, user_data);
}

/* Tidying */

static GArray *
find_expired (CrmDb            *db,
              const CrmEntity  *entity,
              GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE deleted < ?", entity->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, crm_time_now () - TRASH_DAYS * G_TIME_SPAN_DAY);
  return crm_db_get_integers (db, stmt, error);
}

static gboolean
empty_trash (CrmWriter     *writer,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const CrmEntity *const *all = crm_entity_get_all ();

  for (guint e = 0; all[e] != NULL; e++)
    {
      g_autoptr (GArray) ids = NULL;

      if (!crm_entity_is_root (all[e]))
        continue;
      ids = find_expired (crm_writer_get_db (writer), all[e], error);
      for (guint i = 0; ids != NULL && i < ids->len; i++)
        if (!crm_writer_purge (writer, all[e], g_array_index (ids, gint64, i), error))
          return FALSE;
      if (ids == NULL)
        return FALSE;
    }
  return TRUE;
}

static gpointer
run_tidy (CrmDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  CrmStore *self = ((CrmStoreStep *) data)->store;
  g_autoptr (CrmCollator) collator = crm_collator_new (NULL);
  gboolean is_open;

  if (!crm_store_prepare (self, db, error))
    return NULL;
  if (strcmp (crm_collator_get_name (collator), crm_collator_get_name (self->collator)) != 0)
    {
      if (!crm_store_adopt_collator (db, collator, error))
        return NULL;
      crm_collator_free (self->collator);
      self->collator = g_steal_pointer (&collator);
    }
  return crm_store_run_step (db, data, cancellable, error) != NULL && crm_erase_scrub (db, &is_open, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

void
crm_store_tidy_async (CrmStore            *self,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (CRM_IS_STORE (self));

  crm_store_write_async (self, run_tidy,
                         crm_store_step_new (self, _("Empty the trash"), empty_trash, NULL, NULL),
                                             crm_store_step_async, NULL, NULL, callback, user_data);
}
