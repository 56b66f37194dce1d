/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-store.h"

#include "crm-schema.h"
#include "crm-store-private.h"

G_DEFINE_FINAL_TYPE (CrmStore, crm_store, G_TYPE_OBJECT)

enum { PROP_0, PROP_UNDO_LABEL, PROP_REDO_LABEL, N_PROPS };

enum { CHANGED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

char *
crm_store_get_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "crm", "crm.db", NULL);
}

static void
crm_store_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  CrmStore *self = CRM_STORE (object);

  switch (prop_id)
    {
    case PROP_UNDO_LABEL:
      g_value_set_string (value, self->undo_label);
      break;
    case PROP_REDO_LABEL:
      g_value_set_string (value, self->redo_label);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
crm_store_dispose (GObject *object)
{
  crm_store_close (CRM_STORE (object));
  G_OBJECT_CLASS (crm_store_parent_class)->dispose (object);
}

void
crm_store_forget_record (gpointer  user_data,
                         GObject  *where_the_object_was)
{
  GHashTable *records = user_data;
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (record == where_the_object_was)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

static void
crm_store_finalize (GObject *object)
{
  CrmStore *self = CRM_STORE (object);
  GHashTableIter iter;
  gpointer record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    g_object_weak_unref (record, crm_store_forget_record, self->records);
  g_hash_table_unref (self->records);
  g_clear_pointer (&self->collator, crm_collator_free);
  g_clear_pointer (&self->index, crm_index_free);
  g_free (self->order);
  g_free (self->undo_label);
  g_free (self->redo_label);
  g_free (self->path);
  G_OBJECT_CLASS (crm_store_parent_class)->finalize (object);
}

static void
crm_store_class_init (CrmStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_store_dispose;
  object_class->finalize = crm_store_finalize;
  object_class->get_property = crm_store_get_property;

  properties[PROP_UNDO_LABEL] = g_param_spec_string (
      "undo-label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_REDO_LABEL] = g_param_spec_string (
      "redo-label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] =
      g_signal_new ("changed", CRM_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
crm_store_init (CrmStore *self)
{
  self->records = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->index = crm_index_new ();
  self->seen = -1;
}

CrmStore *
crm_store_open (const char  *path,
                gboolean     create,
                GError     **error)
{
  g_autoptr (CrmStore) self = NULL;
  g_autoptr (CrmDb) writer = NULL;
  g_autoptr (CrmDb) reader = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (create && !g_file_test (path, G_FILE_TEST_EXISTS) && !crm_schema_create (path, error))
    return NULL;
  writer = crm_db_open (path, CRM_DB_WRITE, error);
  if (writer == NULL || !crm_schema_migrate (writer, error) || !crm_schema_verify (writer, error))
    return NULL;
  reader = crm_db_open (path, CRM_DB_READ, error);
  if (reader == NULL)
    return NULL;
  self = g_object_new (CRM_TYPE_STORE, NULL);
  self->path = g_strdup (path);
  self->writer = crm_worker_new ("crm-writer", g_steal_pointer (&writer));
  self->reader = crm_worker_new ("crm-reader", g_steal_pointer (&reader));
  return g_steal_pointer (&self);
}

void
crm_store_watch (CrmStore *self)
{
  g_return_if_fail (CRM_IS_STORE (self));

  if (self->timer != 0)
    return;
  crm_store_notice_others (self);
  crm_store_follow (self);
}

void
crm_store_close (CrmStore *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_object (&self->writer);
  g_clear_object (&self->reader);
}

const char *
crm_store_get_path (CrmStore *self)
{
  return self->path;
}

CrmIndex *
crm_store_get_index (CrmStore *self)
{
  return self->index;
}

const char *
crm_store_get_undo_label (CrmStore *self)
{
  return self->undo_label;
}

const char *
crm_store_get_redo_label (CrmStore *self)
{
  return self->redo_label;
}

static void
take_label (CrmStore    *self,
            char       **label,
            char       **new,
            GParamSpec  *property)
{
  if (g_strcmp0 (*label, *new) == 0)
    return;
  g_free (*label);
  *label = g_steal_pointer (new);
  g_object_notify_by_pspec (G_OBJECT (self), property);
}

void
crm_store_take_labels (CrmStore  *self,
                       char     **undo_label,
                       char     **redo_label)
{
  take_label (self, &self->undo_label, undo_label, properties[PROP_UNDO_LABEL]);
  take_label (self, &self->redo_label, redo_label, properties[PROP_REDO_LABEL]);
}

void
crm_store_emit_changed (CrmStore     *self,
                        CrmChangeSet *changes)
{
  g_signal_emit (self, signals[CHANGED], 0, changes);
}
