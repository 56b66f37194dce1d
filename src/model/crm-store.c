/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-store.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"
#include "crm-history.h"
#include "crm-schema.h"
#include "crm-sql.h"
#include "crm-store-private.h"
#include "crm-time.h"
#include "crm-undo.h"
#include "crm-writer-private.h"

/* Other processes' commits are noticed by a change of the log; this often at the latest. */
#define FOLLOW_INTERVAL_S 5
#define TRASH_DAYS 30
#define LONGEST_TITLE 100

struct _CrmStore {
  GObject       parent_instance;

  char         *path;
  CrmWorker    *writer;
  CrmWorker    *reader;
  CrmCollator  *collator;   /* writer's thread */
  CrmIndex     *index;      /* reader's thread, as the next four */
  gint64        index_seen; /* history row the index is up to date with */
  gint64        data_version;
  char         *order;      /* that names have in the index */
  gboolean      reordered;  /* nobody has been told yet that it changed */

  GHashTable   *records;    /* id → CrmRecord, not owned */
  gint64        seen;       /* history row the main thread knows */
  gboolean      following;
  gboolean      follow_again;
  char         *undo_label;
  char         *redo_label;
  GFileMonitor *monitor;
  guint         timer;
};

G_DEFINE_FINAL_TYPE (CrmStore, crm_store, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_UNDO_LABEL,
  PROP_REDO_LABEL,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void follow (CrmStore *self);

char *
crm_store_get_default_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "crm", "crm.db", NULL);
}

/* The writer's thread */

static gboolean
read_setting (CrmDb       *db,
              const char  *name,
              char       **value,
              GError     **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT value FROM setting WHERE name = ?", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, name);
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  *value = row ? g_strdup ((const char *) sqlite3_column_text (stmt, 0)) : NULL;
  return TRUE;
}

static gboolean
write_setting (CrmDb       *db,
               const char  *name,
               const char  *value,
               GError     **error)
{
  CrmStmt *stmt = crm_db_prepare (db, "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, name);
  crm_stmt_bind_text (stmt, 2, value);
  return crm_db_finish (db, stmt, error);
}

/* Sort keys are no part of the data: they change without a step. */
static gboolean
adopt_collator (CrmDb        *db,
                CrmCollator  *collator,
                GError      **error)
{
  if (!crm_db_execute (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (crm_sql_rebuild_keys (db, collator, error) &&
      write_setting (db, "collation", crm_collator_get_name (collator), error) && crm_db_execute (db, "COMMIT", error))
    return TRUE;
  crm_db_execute (db, "ROLLBACK", NULL);
  return FALSE;
}

/* The base keeps the order it has, whatever the language of the process that writes. */
static CrmCollator *
open_collator (CrmDb   *db,
               GError **error)
{
  g_autofree char *stored = NULL;
  g_autofree char *locale = NULL;
  g_autoptr (CrmCollator) collator = NULL;

  if (!read_setting (db, "collation", &stored, error))
    return NULL;
  if (stored != NULL)
    locale = g_strndup (stored, strcspn (stored, " "));
  collator = crm_collator_new (locale);
  if (g_strcmp0 (stored, crm_collator_get_name (collator)) != 0 && !adopt_collator (db, collator, error))
    return NULL;
  return g_steal_pointer (&collator);
}

static gboolean
install_history (CrmDb   *db,
                 GError **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  g_autoptr (GArray) tables = g_array_new (FALSE, FALSE, sizeof (CrmHistoryTable));
  g_autoptr (GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);

  for (guint e = 0; all[e] != NULL; e++)
    {
      const char **names = g_new0 (const char *, all[e]->n_fields + 1);
      CrmHistoryTable table = { all[e]->number, all[e]->name, all[e]->parent, names };
      guint n = 0;

      for (guint f = 0; f < all[e]->n_fields; f++)
        if (!(all[e]->fields[f].flags & CRM_FIELD_VIRTUAL))
          names[n++] = all[e]->fields[f].name;
      g_ptr_array_add (columns, names);
      g_array_append_val (tables, table);
    }
  return crm_history_install (db, &g_array_index (tables, CrmHistoryTable, 0), tables->len, error);
}

CrmCollator *
crm_store_prepare_writer (CrmDb   *db,
                          GError **error)
{
  return install_history (db, error) ? open_collator (db, error) : NULL;
}

/* What must stand before the first write, but not before the first frame. */
static gboolean
prepare_writer (CrmStore *self,
                CrmDb    *db,
                GError  **error)
{
  if (self->collator == NULL)
    self->collator = crm_store_prepare_writer (db, error);
  return self->collator != NULL;
}

typedef struct {
  CrmStore    *store;
  char        *label;
  CrmStepFunc  func;
  gpointer     data;
  GDestroyNotify free_data;
} Step;

static void
step_free (Step *step)
{
  if (step->free_data != NULL)
    step->free_data (step->data);
  g_free (step->label);
  g_free (step);
}

static gpointer
run_step (CrmDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Step *step = data;
  CrmWriter *writer;

  if (!prepare_writer (step->store, db, error))
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
  Step *step = data;

  return prepare_writer (step->store, db, error)
           ? crm_undo_run (db, step->store->collator, GPOINTER_TO_INT (step->data), error)
           : NULL;
}

/* The reader's thread */

/* Names got another order: no record changed, but where each stands. */
static gboolean
follow_order (CrmStore *self,
              CrmDb    *db,
              GError  **error)
{
  g_autofree char *order = NULL;

  if (!read_setting (db, "collation", &order, error))
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

static gboolean
catch_up (CrmStore *self,
          CrmDb    *db,
          GError  **error)
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
  CrmStore      *store;
  CrmJobFunc     func;
  gpointer       data;
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

  return catch_up (read->store, db, error) ? read->func (db, read->data, cancellable, error) : NULL;
}

/* Following commits */

typedef struct {
  CrmStore     *store;
  gint64        since;
  GArray       *live;     /* of CrmChange: entity and id of the records somebody holds */
  gint64        newest;
  CrmChangeSet *changes;
  GPtrArray    *values;   /* of CrmValues, as live; NULL: gone or untouched */
  GArray       *read;     /* of gboolean, as live */
  char         *undo_label;
  char         *redo_label;
} Follow;

static void
follow_free (Follow *follow)
{
  g_array_unref (follow->live);
  g_clear_pointer (&follow->changes, crm_change_set_unref);
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

  if (catch_up (follow->store, db, &failure) && follow->since >= 0)
    follow->changes = crm_change_set_read (db, follow->since, &follow->newest, &failure);
  else if (failure == NULL)
    crm_db_get_integer (db, "SELECT max (id) FROM history", 0, &follow->newest, &failure);
  if (failure == NULL && follow->store->reordered)
    {
      g_clear_pointer (&follow->changes, crm_change_set_unref);
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
take_label (CrmStore   *self,
            char      **label,
            char      **new,
            GParamSpec *property)
{
  if (g_strcmp0 (*label, *new) == 0)
    return;
  g_free (*label);
  *label = g_steal_pointer (new);
  g_object_notify_by_pspec (G_OBJECT (self), property);
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
  take_label (self, &self->undo_label, &followed->undo_label, properties[PROP_UNDO_LABEL]);
  take_label (self, &self->redo_label, &followed->redo_label, properties[PROP_REDO_LABEL]);
  if (followed->changes != NULL)
    g_signal_emit (self, signals[CHANGED], 0, followed->changes);
  if (self->follow_again)
    follow (self);
}

static void
follow (CrmStore *self)
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
  follow (user_data);
}

static gboolean
on_timer (gpointer user_data)
{
  follow (user_data);
  return G_SOURCE_CONTINUE;
}

static void
watch (CrmStore *self)
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

/* The object */

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

static void
on_record_gone (gpointer  user_data,
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
    g_object_weak_unref (record, on_record_gone, self->records);
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

  properties[PROP_UNDO_LABEL] =
    g_param_spec_string ("undo-label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_REDO_LABEL] =
    g_param_spec_string ("redo-label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
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
  watch (self);
  follow (self);
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

/* Writing */

static Step *
step_new (CrmStore       *self,
          const char     *label,
          CrmStepFunc     func,
          gpointer        data,
          GDestroyNotify  free_data)
{
  Step *step = g_new (Step, 1);

  *step = (Step) { self, g_strdup (label), func, data, free_data };
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

  follow (self);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, g_task_get_task_data (task));
}

/* Tasks are told apart by their source tag; task data is how to free the result. */
static void
write_async (CrmStore            *self,
             CrmJobFunc           run,
             Step                *step,
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
  crm_worker_run_async (self->writer, FALSE, run, step, (GDestroyNotify) step_free, free_result, cancellable, write_cb, task);
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

  write_async (self, run_step, step_new (self, label, func, data, free_data), crm_store_step_async, NULL, cancellable, callback,
               user_data);
}

gboolean
crm_store_step_finish (CrmStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_store_step_async), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

static gpointer
write_and_wait (CrmStore     *self,
                CrmJobFunc    run,
                Step         *step,
                GCancellable *cancellable,
                GError      **error)
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

  return write_and_wait (self, run_step, step_new (self, label, func, data, NULL), cancellable, error) != NULL;
}

void
crm_store_undo_async (CrmStore            *self,
                      gboolean             redo,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (CRM_IS_STORE (self));

  write_async (self, run_undo, step_new (self, NULL, NULL, GINT_TO_POINTER (redo), NULL), crm_store_undo_async, g_free,
               cancellable, callback, user_data);
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

  return write_and_wait (self, run_undo, step_new (self, NULL, NULL, GINT_TO_POINTER (redo), NULL), NULL, error);
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

/* Saving a record */

typedef struct {
  CrmValues *changes;
  gint64     id; /* out */
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

static char *
get_title (CrmWriter       *writer,
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
  title = get_title (writer, entity, id);
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
  Save *save = ((Step *) data)->data;

  return run_step (db, data, cancellable, error) == NULL ? NULL : g_memdup2 (&save->id, sizeof save->id);
}

static Step *
save_step_new (CrmStore  *self,
               CrmValues *changes)
{
  Save *save = g_new0 (Save, 1);

  save->changes = crm_values_copy (changes);
  return step_new (self, "", run_save, save, (GDestroyNotify) save_free);
}

void
crm_store_save_async (CrmStore            *self,
                      CrmValues           *changes,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (CRM_IS_STORE (self));

  write_async (self, run_save_step, save_step_new (self, changes), crm_store_save_async, g_free, cancellable, callback, user_data);
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

  return take_id (write_and_wait (self, run_save_step, save_step_new (self, changes), NULL, error));
}

/* Trash */

typedef gboolean (*WriterFunc) (CrmWriter *writer, const CrmEntity *entity, gint64 id, GError **error);

typedef struct {
  const CrmEntity *entity;
  GArray          *ids;
  WriterFunc       func;
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
    return g_strdup_printf (many->func == crm_writer_delete ? _("Delete %u × %s") : _("Restore %u × %s"), many->ids->len,
                            _(many->entity->label));
  title = get_title (writer, many->entity, g_array_index (many->ids, gint64, 0));
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
find_expired (CrmDb           *db,
              const CrmEntity *entity,
              GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE deleted < ?", entity->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row;

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, crm_time_now () - TRASH_DAYS * G_TIME_SPAN_DAY);
  while (crm_db_step (db, stmt, &row, error))
    {
      gint64 id;

      if (!row)
        return g_steal_pointer (&ids);
      id = sqlite3_column_int64 (stmt, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

static gboolean
empty_trash (CrmWriter     *writer,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();

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
  CrmStore *self = ((Step *) data)->store;
  g_autoptr (CrmCollator) collator = crm_collator_new (NULL);

  if (!prepare_writer (self, db, error))
    return NULL;
  if (strcmp (crm_collator_get_name (collator), crm_collator_get_name (self->collator)) != 0)
    {
      if (!adopt_collator (db, collator, error))
        return NULL;
      crm_collator_free (self->collator);
      self->collator = g_steal_pointer (&collator);
    }
  return run_step (db, data, cancellable, error);
}

void
crm_store_tidy_async (CrmStore            *self,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (CRM_IS_STORE (self));

  write_async (self, run_tidy, step_new (self, _("Empty the trash"), empty_trash, NULL, NULL), crm_store_step_async, NULL, NULL,
               callback, user_data);
}

/* Drafts */

typedef struct {
  const CrmEntity *entity;
  gint64           record;
  char            *field;
  char            *text;
} Draft;

static void
draft_free (Draft *draft)
{
  g_free (draft->field);
  g_free (draft->text);
  g_free (draft);
}

static gpointer
run_set_draft (CrmDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Draft *draft = data;
  CrmStmt *stmt =
    crm_db_prepare (db,
                    draft->text == NULL
                      ? "DELETE FROM draft WHERE record = ?1 AND field = ?2 AND entity = ?3"
                      : "INSERT OR REPLACE INTO draft (record, field, entity, value, at) VALUES (?1, ?2, ?3, ?4, ?5)", error);

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, draft->record);
  crm_stmt_bind_text (stmt, 2, draft->field);
  crm_stmt_bind_integer (stmt, 3, draft->entity->number);
  if (draft->text != NULL)
    {
      crm_stmt_bind_text (stmt, 4, draft->text);
      crm_stmt_bind_integer (stmt, 5, crm_time_now ());
    }
  return crm_db_finish (db, stmt, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

/* A draft that cannot be written is still on screen: the failure shows when the field is saved. */
static void
set_draft_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (crm_worker_run_finish (NULL, result, &error) == NULL)
    g_message ("A draft was not kept: %s", error->message);
}

static Draft *
draft_new (const CrmEntity *entity,
           gint64           record,
           const char      *field,
           const char      *text)
{
  Draft *draft = g_new (Draft, 1);

  *draft = (Draft) { entity, record, g_strdup (field), g_strdup (text) };
  return draft;
}

void
crm_store_set_draft (CrmStore        *self,
                     const CrmEntity *entity,
                     gint64           record,
                     const char      *field,
                     const char      *text)
{
  g_return_if_fail (CRM_IS_STORE (self));

  crm_worker_run_async (self->writer, FALSE, run_set_draft, draft_new (entity, record, field, text), (GDestroyNotify) draft_free,
                        NULL, NULL, set_draft_cb, NULL);
}

static gpointer
run_load_drafts (CrmDb         *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Draft *draft = data;
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT field, value FROM draft WHERE record = ? AND entity = ?", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, draft->record);
  crm_stmt_bind_integer (stmt, 2, draft->entity->number);
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&found);
      g_hash_table_insert (found, g_strdup ((const char *) sqlite3_column_text (stmt, 0)),
                           g_strdup ((const char *) sqlite3_column_text (stmt, 1)));
    }
  return NULL;
}

void
crm_store_load_drafts_async (CrmStore            *self,
                             const CrmEntity     *entity,
                             gint64               record,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  crm_store_read_async (self, run_load_drafts, draft_new (entity, record, NULL, NULL), (GDestroyNotify) draft_free,
                        (GDestroyNotify) g_hash_table_unref, NULL, callback, user_data);
}

GHashTable *
crm_store_load_drafts_finish (CrmStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return crm_store_read_finish (self, result, error);
}

/* Reading */

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
  *read = (Read) { self, func, data, free_data };
  crm_worker_run_async (self->reader, FALSE, run_read, read, (GDestroyNotify) read_free, free_result, cancellable, callback,
                        user_data);
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
  gint64           id;
} Key;

static Key *
key_new (const CrmEntity *entity,
         gint64           id)
{
  Key *key = g_new (Key, 1);

  *key = (Key) { entity, id };
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

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (values == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no %s with the id %" G_GINT64_FORMAT "."),
                 _(key->entity->label), key->id);
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
  g_object_weak_ref (G_OBJECT (record), on_record_gone, self->records);
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
  crm_store_read_async (self, run_read_record, key_new (entity, id), g_free, (GDestroyNotify) crm_values_unref, cancellable,
                        read_record_cb, task);
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

  return key->id == 0 ? crm_sql_read_all (db, key->entity, error) : crm_sql_read_children (db, key->entity, key->id, error);
}

void
crm_store_get_children_async (CrmStore            *self,
                              const CrmEntity     *child,
                              gint64               parent,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  crm_store_read_async (self, run_read_children, key_new (child, parent), g_free, (GDestroyNotify) g_ptr_array_unref, cancellable,
                        callback, user_data);
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
