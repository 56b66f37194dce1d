/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-store.h"

#include "crm-sql.h"
#include "crm-store-private.h"
#include "crm-undo.h"

/* Other processes' commits are noticed by a change of the log; this often at the latest. */
#define FOLLOW_INTERVAL_S 5

/* Names got another order: no record changed, but where each stands. */
static gboolean
follow_order (CrmStore  *self,
              CrmDb     *db,
              GError   **error)
{
  g_autofree char *order = NULL;

  if (!crm_store_read_setting (db, "collation", &order, error))
    return FALSE;
  if (self->order != NULL && g_strcmp0 (self->order, order) != 0)
    {
      g_autoptr (CrmChangeSet) everything = crm_change_set_new (NULL);

      crm_index_apply (self->index, db, everything, NULL);
      self->reordered = TRUE;
    }
  g_free (self->order);
  self->order = g_steal_pointer (&order);
  return TRUE;
}

gboolean
crm_store_catch_up (CrmStore  *self,
                    CrmDb     *db,
                    GError   **error)
{
  g_autoptr (CrmChangeSet) changes = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 version, newest;

  if (!crm_db_get_integer (db, "PRAGMA data_version", 0, &version, error))
    return FALSE;
  if (version == self->data_version)
    return TRUE;
  changes = crm_change_set_read (db, self->index_seen, &newest, &failure);
  if (failure == NULL && follow_order (self, db, &failure) && changes != NULL && self->data_version != 0)
    crm_index_apply (self->index, db, changes, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  self->index_seen = MAX (newest, self->index_seen);
  self->data_version = version;
  return TRUE;
}

typedef struct {
  CrmStore *store;
  gint64 since;
  GArray *live; /* of CrmChange: entity and id of the records somebody holds */
  gint64 newest;
  CrmChangeSet *changes;
  GPtrArray *values; /* of CrmValues, as live; NULL: gone or untouched */
  GArray *read;      /* of gboolean, as live */
  char *undo_label;
  char *redo_label;
} Follow;

static void
follow_free (Follow *follow)
{
  g_array_unref (follow->live);
  g_clear_pointer (&follow->changes, crm_change_set_free);
  g_clear_pointer (&follow->values, g_ptr_array_unref);
  g_clear_pointer (&follow->read, g_array_unref);
  g_free (follow->undo_label);
  g_free (follow->redo_label);
  g_free (follow);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Follow, follow_free)

static void
unref_values (gpointer values)
{
  if (values != NULL)
    crm_values_unref (values);
}

static gboolean
read_live (Follow  *follow,
           CrmDb   *db,
           GError **error)
{
  follow->values = g_ptr_array_new_with_free_func (unref_values);
  follow->read = g_array_new (FALSE, TRUE, sizeof (gboolean));
  for (guint i = 0; i < follow->live->len; i++)
    {
      const CrmChange *live = &g_array_index (follow->live, CrmChange, i);
      gboolean touched = crm_change_set_touches (follow->changes, live->entity, live->id);
      GError *failure = NULL;
      CrmValues *values = touched ? crm_sql_read (db, live->entity, live->id, &failure) : NULL;

      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      g_ptr_array_add (follow->values, values);
      g_array_append_val (follow->read, touched);
    }
  return TRUE;
}

/* The job's data comes back as its result. */
static gpointer
run_follow (CrmDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Follow *follow = data;
  g_autoptr (GError) failure = NULL;

  if (crm_store_catch_up (follow->store, db, &failure) && follow->since >= 0)
    follow->changes = crm_change_set_read (db, follow->since, &follow->newest, &failure);
  else if (failure == NULL)
    crm_db_get_integer (db, "SELECT max (id) FROM history", 0, &follow->newest, &failure);
  if (failure == NULL && follow->store->reordered)
    {
      g_clear_pointer (&follow->changes, crm_change_set_free);
      follow->changes = crm_change_set_new (NULL);
      follow->store->reordered = FALSE;
    }
  if (failure == NULL && follow->changes != NULL)
    read_live (follow, db, &failure);
  if (failure == NULL)
    follow->undo_label = crm_undo_find (db, FALSE, NULL, &failure);
  if (failure == NULL)
    follow->redo_label = crm_undo_find (db, TRUE, NULL, &failure);
  if (failure == NULL)
    return follow;
  follow_free (follow);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

static void
update_records (CrmStore *self,
                Follow   *followed)
{
  for (guint i = 0; followed->values != NULL && i < followed->values->len; i++)
    {
      const CrmChange *live = &g_array_index (followed->live, CrmChange, i);
      CrmRecord *record = g_hash_table_lookup (self->records, &live->id);

      if (record != NULL && g_array_index (followed->read, gboolean, i))
        {
          g_object_ref (record);
          crm_record_update (record, g_ptr_array_index (followed->values, i));
          g_object_unref (record);
        }
    }
}

static void
follow_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CrmStore) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Follow) followed = crm_worker_run_finish (NULL, result, &error);

  self->following = FALSE;
  if (followed == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("Commits cannot be followed: %s", error->message);
      return;
    }
  self->seen = MAX (self->seen, followed->newest);
  update_records (self, followed);
  crm_store_take_labels (self, &followed->undo_label, &followed->redo_label);
  if (followed->changes != NULL)
    crm_store_emit_changed (self, followed->changes);
  if (self->follow_again)
    crm_store_follow (self);
}

void
crm_store_follow (CrmStore *self)
{
  Follow *data;
  GHashTableIter iter;
  gpointer record;

  self->follow_again = self->following;
  if (self->following || self->reader == NULL)
    return;
  self->following = TRUE;
  data = g_new0 (Follow, 1);
  data->store = self;
  data->since = self->seen;
  data->live = g_array_new (FALSE, FALSE, sizeof (CrmChange));
  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    {
      CrmChange live = { .entity = crm_record_get_entity (record), .id = crm_record_get_id (record) };
      g_array_append_val (data->live, live);
    }
  crm_worker_run_async (self->reader, TRUE, run_follow, data, NULL, (GDestroyNotify) follow_free, NULL, follow_cb,
                        g_object_ref (self));
}

static void
on_log_changed (GFileMonitor      *monitor,
                GFile             *file,
                GFile             *other,
                GFileMonitorEvent  event,
                gpointer           user_data)
{
  crm_store_follow (user_data);
}

static gboolean
on_timer (gpointer user_data)
{
  crm_store_follow (user_data);
  return G_SOURCE_CONTINUE;
}

void
crm_store_notice_others (CrmStore *self)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (log);

  self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_NONE, NULL, NULL);
  if (self->monitor != NULL)
    {
      g_file_monitor_set_rate_limit (self->monitor, 100);
      g_signal_connect (self->monitor, "changed", G_CALLBACK (on_log_changed), self);
    }
  self->timer = g_timeout_add_seconds (FOLLOW_INTERVAL_S, on_timer, self);
}
