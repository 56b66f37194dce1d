/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-query-model.h"

#include "crm-query-answer.h"
#include "crm-sql.h"
#include "crm-values-cache.h"

/* Rows that one frame can make: what a list reports at first, and adds with each frame. */
#define FRAME_ROWS 40
/* GTK keeps about so many rows alive: a list of that length has them, and grows to any other for nothing. */
#define LIVING_ROWS 240
#define FRAME_MS 16
#define CACHED_VALUES 2000
#define BATCH_ROWS 100
/* Commits of an import or of another process follow each other; the list is read anew this long after the first of them. */
#define SWEEP_MS 100
/*
 * While a new query runs, drawing waits up to the length of one frame: what was typed and what it finds then show in the same frame.
 * Drawn at once, the letter would have the list wait for the next. Input goes on being taken.
 */
#define HOLD_US 16000
#define HOLD_PAUSE_US 100
/* As urgent as input; GTK draws behind that */
#define HOLD_PRIORITY G_PRIORITY_DEFAULT
/* What inside hits need is loaded when the start is over. */
#define LOAD_AHEAD_MS 500

struct _CrmQueryModel {
  GObject         parent_instance;

  CrmStore       *store;
  CrmQuery       *query;
  CrmIdList      *ids;
  guint           n_items;   /* as it is reported: less than the length of @ids while growing */
  guint           n_hits;
  char           *failure;

  GHashTable     *rows;      /* position → CrmRow, not owned */
  CrmValuesCache *cache;
  guint64         asked;     /* counts the rows asked for */

  GCancellable   *cancellable; /* of the query that runs; NULL: none does */
  gboolean        is_new;      /* nothing complete has come since the query was set */
  gboolean        stale;       /* a commit came while the query ran */
  GArray         *reading;     /* ids whose values are on their way */
  GCancellable   *loading;     /* ahead, what later queries will need */
  gboolean        is_loaded;

  gint64          held_until;
  guint           hold_source;
  guint           read_source;
  guint           grow_source;
  guint           sweep_source;
  guint           ahead_source;
};

enum {
  PROP_0,
  PROP_STORE,
  PROP_QUERY,
  PROP_N_ITEMS,
  PROP_N_HITS,
  PROP_BUSY,
  PROP_FAILURE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint refreshed_signal;

static void crm_query_model_init_list (GListModelInterface *iface);
static void ask (CrmQueryModel *self, gboolean complete);
static void schedule_reading (CrmQueryModel *self);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmQueryModel, crm_query_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, crm_query_model_init_list))

static void
set_failure (CrmQueryModel *self,
             const GError  *error)
{
  const char *message = error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? error->message : NULL;

  if (g_strcmp0 (message, self->failure) == 0)
    return;
  g_free (self->failure);
  self->failure = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILURE]);
}

/* Rows */

static gint64
get_row_id (CrmQueryModel *self,
            guint          position)
{
  return position < self->n_items ? crm_id_list_get (self->ids, position) : 0;
}

/* Writes what belongs to its position into a row. Values that are known to be outdated stay until the new ones are there. */
static gboolean
update_row (CrmQueryModel *self,
            CrmRow        *row)
{
  gint64 id = get_row_id (self, crm_row_get_position (row));
  CrmValues *values = NULL;

  if (id != 0 && !crm_values_cache_get (self->cache, id, &values) && id == crm_row_get_id (row))
    values = (CrmValues *) crm_row_get_values (row);
  return crm_row_set (row, self->ids, id, values);
}

static GPtrArray *
get_rows (CrmQueryModel *self)
{
  GPtrArray *rows = g_ptr_array_new_full (g_hash_table_size (self->rows), g_object_unref);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_ptr_array_add (rows, g_object_ref (row));
  return rows;
}

/* Rewrites the rows alive; those that are others now are left in @rows, to be told so when the list has its new length. */
static void
update_rows (CrmQueryModel *self,
             GPtrArray     *rows)
{
  for (guint i = rows->len; i > 0; i--)
    if (!update_row (self, g_ptr_array_index (rows, i - 1)))
      g_ptr_array_remove_index_fast (rows, i - 1);
}

static void
emit_changed (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    crm_row_emit_changed (g_ptr_array_index (rows, i));
}

/* Reports only the tail that comes or goes: widgets of the other rows stay. */
static void
set_length (CrmQueryModel *self,
            guint          n_items)
{
  g_autoptr (GPtrArray) rows = get_rows (self);
  guint before = self->n_items;
  guint common = MIN (before, n_items);

  self->n_items = n_items;
  update_rows (self, rows);
  if (before != n_items)
    {
      g_list_model_items_changed (G_LIST_MODEL (self), common, before - common, n_items - common);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
    }
  emit_changed (rows);
  schedule_reading (self);
}

static guint
get_goal (CrmQueryModel *self)
{
  return self->ids != NULL ? crm_id_list_get_length (self->ids) : 0;
}

static gboolean
grow (gpointer data)
{
  CrmQueryModel *self = data;
  guint goal = get_goal (self);

  set_length (self, self->n_items < LIVING_ROWS ? MIN (goal, self->n_items + FRAME_ROWS) : goal);
  if (self->n_items < get_goal (self))
    return G_SOURCE_CONTINUE;
  self->grow_source = 0;
  return G_SOURCE_REMOVE;
}

static void
take_ids (CrmQueryModel *self,
          CrmIdList     *ids)
{
  guint goal = crm_id_list_get_length (ids);
  guint now = self->n_items < LIVING_ROWS ? MIN (goal, MAX (self->n_items, FRAME_ROWS)) : goal;

  crm_id_list_ref (ids);
  g_clear_pointer (&self->ids, crm_id_list_unref);
  self->ids = ids;
  set_length (self, now);
  /* Behind the drawing of the frame that is due. */
  if (self->n_items < get_goal (self) && self->grow_source == 0)
    self->grow_source = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, FRAME_MS, grow, self, NULL);
}

/* Values */

static void
put_values (CrmQueryModel *self,
            GArray        *ids,
            GPtrArray     *values)
{
  for (guint i = 0; i < ids->len; i++)
    crm_values_cache_put (self->cache, g_array_index (ids, gint64, i), g_ptr_array_index (values, i));
}

static int
compare_asked (gconstpointer a,
               gconstpointer b)
{
  guint64 one = crm_row_get_asked (*(CrmRow * const *) a);
  guint64 other = crm_row_get_asked (*(CrmRow * const *) b);

  return (one < other) - (one > other);
}

/* The ids of rows alive whose values are not known, those asked for last first. */
static GArray *
collect_unread (CrmQueryModel *self)
{
  g_autoptr (GPtrArray) rows = get_rows (self);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_ptr_array_sort (rows, compare_asked);
  for (guint i = 0; i < rows->len && ids->len < BATCH_ROWS; i++)
    {
      gint64 id = crm_row_get_id (g_ptr_array_index (rows, i));
      CrmValues *values;

      if (id != 0 && !crm_values_cache_get (self->cache, id, &values))
        g_array_append_val (ids, id);
    }
  return ids;
}

typedef struct {
  const CrmEntity *entity;
  GArray          *ids;
} Reading;

static Reading *
reading_new (const CrmEntity *entity,
             GArray          *ids)
{
  Reading *self = g_new (Reading, 1);

  *self = (Reading) { entity, g_array_ref (ids) };
  return self;
}

static void
reading_free (gpointer reading)
{
  g_array_unref (((Reading *) reading)->ids);
  g_free (reading);
}

static gpointer
run_reading (CrmDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Reading *reading = data;

  return crm_sql_read_many (db, reading->entity, (const gint64 *) (gpointer) reading->ids->data, reading->ids->len, error);
}

static void
reading_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CrmQueryModel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) values = crm_store_read_finish (self->store, result, &error);
  g_autoptr (GArray) ids = g_steal_pointer (&self->reading);
  g_autoptr (GPtrArray) rows = NULL;

  if (values == NULL)
    {
      set_failure (self, error);
      return;
    }
  put_values (self, ids, values);
  rows = get_rows (self);
  update_rows (self, rows);
  emit_changed (rows);
  schedule_reading (self);
}

static gboolean
start_reading (gpointer data)
{
  CrmQueryModel *self = data;
  g_autoptr (GArray) ids = collect_unread (self);

  self->read_source = 0;
  if (ids->len == 0)
    return G_SOURCE_REMOVE;
  self->reading = g_array_ref (ids);
  crm_store_read_async (self->store, run_reading, reading_new (self->query->entity, ids), reading_free,
                        (GDestroyNotify) g_ptr_array_unref, NULL, reading_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Before GTK's next layout and drawing, but behind all the get_item() calls of this one. */
static void
schedule_reading (CrmQueryModel *self)
{
  if (self->read_source == 0 && self->reading == NULL)
    self->read_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, start_reading, self, NULL);
}

/* Holding back the drawing */

static gboolean
hold (gpointer data)
{
  CrmQueryModel *self = data;

  if (g_get_monotonic_time () < self->held_until)
    {
      g_usleep (HOLD_PAUSE_US);
      return G_SOURCE_CONTINUE;
    }
  self->hold_source = 0;
  return G_SOURCE_REMOVE;
}

static void
hold_drawing (CrmQueryModel *self)
{
  self->held_until = g_get_monotonic_time () + HOLD_US;
  if (self->hold_source == 0)
    self->hold_source = g_idle_add_full (HOLD_PRIORITY, hold, self, NULL);
}

static void
let_draw (CrmQueryModel *self)
{
  g_clear_handle_id (&self->hold_source, g_source_remove);
}

/* Loading ahead */

typedef struct {
  CrmStore        *store;
  const CrmEntity *entity;
} Loading;

static gpointer
run_loading (CrmDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Loading *loading = data;

  return GINT_TO_POINTER (crm_index_load (crm_store_get_index (loading->store), db, loading->entity, error));
}

static void
loading_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CrmQueryModel) self = user_data;

  /* Whoever needs it next tells of an error. */
  if (crm_store_read_finish (self->store, result, NULL) != NULL)
    self->is_loaded = TRUE;
  g_clear_object (&self->loading);
}

static gboolean
start_loading (gpointer data)
{
  CrmQueryModel *self = data;
  Loading *loading = g_new (Loading, 1);

  self->ahead_source = 0;
  self->loading = g_cancellable_new ();
  *loading = (Loading) { self->store, self->query->entity };
  crm_store_read_async (self->store, run_loading, loading, g_free, NULL, self->loading, loading_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
schedule_loading (CrmQueryModel *self)
{
  if (!self->is_loaded && self->loading == NULL && self->ahead_source == 0 && !self->query->trash)
    self->ahead_source = g_timeout_add_full (G_PRIORITY_LOW, LOAD_AHEAD_MS, start_loading, self, NULL);
}

/* Nothing is loaded ahead while somebody waits. */
static void
stop_loading (CrmQueryModel *self)
{
  g_clear_handle_id (&self->ahead_source, g_source_remove);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
}

/* Queries */

static void
finish_query (CrmQueryModel *self,
              gboolean       same)
{
  gboolean is_new = self->is_new;

  let_draw (self);
  g_clear_object (&self->cancellable);
  self->is_new = FALSE;
  if (is_new || !same)
    g_signal_emit (self, refreshed_signal, 0, is_new);
  if (self->cancellable != NULL)
    return; /* a handler has set another query */
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  schedule_loading (self);
  if (self->stale)
    ask (self, TRUE);
}

static void
take_answer (CrmQueryModel  *self,
             CrmQueryAnswer *answer)
{
  GCancellable *cancellable = self->cancellable;

  set_failure (self, NULL);
  /* A list is not emptied for a moment, only to be filled with hits inside words. */
  if (!answer->complete && crm_id_list_get_length (answer->ids) == 0)
    {
      ask (self, TRUE);
      return;
    }
  let_draw (self);
  put_values (self, answer->read, answer->values);
  take_ids (self, answer->ids);
  if (self->cancellable != cancellable)
    return; /* a handler has set another query */
  if (answer->counted && self->n_hits != crm_id_list_get_length (answer->ids))
    {
      self->n_hits = crm_id_list_get_length (answer->ids);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_HITS]);
    }
  if (answer->complete)
    finish_query (self, answer->same);
  else
    ask (self, TRUE);
}

typedef struct {
  CrmQueryModel *model;
  GCancellable  *cancellable;
} Asked;

static void
answer_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autofree Asked *asked = user_data;
  g_autoptr (CrmQueryModel) self = asked->model;
  g_autoptr (GCancellable) cancellable = asked->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmQueryAnswer) answer = crm_store_read_finish (self->store, result, &error);

  if (cancellable != self->cancellable)
    return; /* superseded */
  if (answer != NULL)
    {
      take_answer (self, answer);
      return;
    }
  set_failure (self, error);
  finish_query (self, TRUE);
}

/* The rows whose values come with the answer: those that will show, or those alive. */
static GArray *
get_wanted_positions (CrmQueryModel *self)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer position;

  for (guint i = 0; self->is_new && i < FRAME_ROWS; i++)
    g_array_append_val (positions, i);
  g_hash_table_iter_init (&iter, self->rows);
  while (!self->is_new && positions->len < LIVING_ROWS && g_hash_table_iter_next (&iter, &position, NULL))
    g_array_append_vals (positions, &(guint) { GPOINTER_TO_UINT (position) }, 1);
  return positions;
}

/* Asks the reader; what it was asked before, if it still runs, goes on. */
static void
ask (CrmQueryModel *self,
     gboolean       complete)
{
  CrmQueryRequest *request = g_new0 (CrmQueryRequest, 1);
  Asked *asked = g_new (Asked, 1);
  gboolean was_busy = self->cancellable != NULL;

  self->stale = FALSE;
  if (!was_busy)
    self->cancellable = g_cancellable_new ();
  request->store = self->store;
  request->query = crm_query_copy (self->query);
  request->old = self->ids != NULL ? crm_id_list_ref (self->ids) : NULL;
  request->complete = complete;
  request->positions = get_wanted_positions (self);
  *asked = (Asked) { g_object_ref (self), g_object_ref (self->cancellable) };
  crm_store_read_async (self->store, crm_query_request_run, request, crm_query_request_free, crm_query_answer_free,
                        self->cancellable, answer_cb, asked);
  if (!was_busy)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
ask_anew (CrmQueryModel *self)
{
  if (self->cancellable != NULL)
    self->stale = TRUE;
  else
    ask (self, TRUE);
}

/* Commits */

static gboolean
refers_to (const CrmEntity *entity,
           const CrmEntity *referred)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i].kind == CRM_KIND_REFERENCE && g_str_equal (entity->fields[i].refers, referred->name))
      return TRUE;
  return FALSE;
}

/* Forgets values that a change has made old. Returns: does it concern the list? */
static gboolean
forget_changed (CrmQueryModel   *self,
                const CrmChange *change)
{
  const CrmEntity *entity = self->query->entity;

  if (change->entity == entity)
    crm_values_cache_remove (self->cache, change->id);
  /* Rows show the names of what they refer to. */
  if (refers_to (entity, change->entity))
    crm_values_cache_clear (self->cache);
  else if (change->entity->parent != NULL && refers_to (change->entity, entity))
    crm_values_cache_remove (self->cache, change->root);
  else
    return change->entity == entity;
  return TRUE;
}

static gboolean
on_sweep (gpointer data)
{
  CrmQueryModel *self = data;

  self->sweep_source = 0;
  ask_anew (self);
  return G_SOURCE_REMOVE;
}

static void
on_store_changed (CrmQueryModel *self,
                  CrmChangeSet  *changes)
{
  gboolean concerned = FALSE;
  guint n;
  const CrmChange *change = crm_change_set_get (changes, &n);

  if (crm_change_set_is_sweeping (changes))
    {
      crm_values_cache_clear (self->cache);
      if (self->sweep_source == 0)
        self->sweep_source = g_timeout_add (SWEEP_MS, on_sweep, self);
      return;
    }
  for (guint i = 0; i < n; i++)
    concerned = forget_changed (self, &change[i]) || concerned;
  if (concerned)
    ask_anew (self);
}

/* The list */

static GType
crm_query_model_get_item_type (GListModel *list)
{
  return CRM_TYPE_ROW;
}

static guint
crm_query_model_get_n_items (GListModel *list)
{
  return CRM_QUERY_MODEL (list)->n_items;
}

static gpointer
crm_query_model_get_item (GListModel *list,
                          guint       position)
{
  CrmQueryModel *self = CRM_QUERY_MODEL (list);
  CrmRow *row = g_hash_table_lookup (self->rows, GUINT_TO_POINTER (position));

  if (position >= self->n_items)
    return NULL;
  if (row != NULL)
    g_object_ref (row);
  else
    {
      row = crm_row_new (self->rows, position);
      update_row (self, row);
    }
  crm_row_set_asked (row, ++self->asked);
  if (crm_row_get_values (row) == NULL)
    schedule_reading (self);
  return row;
}

static void
crm_query_model_init_list (GListModelInterface *iface)
{
  iface->get_item_type = crm_query_model_get_item_type;
  iface->get_n_items = crm_query_model_get_n_items;
  iface->get_item = crm_query_model_get_item;
}

/* The object */

static void
crm_query_model_constructed (GObject *object)
{
  CrmQueryModel *self = CRM_QUERY_MODEL (object);

  G_OBJECT_CLASS (crm_query_model_parent_class)->constructed (object);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
}

static void
crm_query_model_dispose (GObject *object)
{
  CrmQueryModel *self = CRM_QUERY_MODEL (object);

  let_draw (self);
  g_clear_handle_id (&self->read_source, g_source_remove);
  g_clear_handle_id (&self->grow_source, g_source_remove);
  g_clear_handle_id (&self->sweep_source, g_source_remove);
  stop_loading (self);
  G_OBJECT_CLASS (crm_query_model_parent_class)->dispose (object);
}

static void
crm_query_model_finalize (GObject *object)
{
  CrmQueryModel *self = CRM_QUERY_MODEL (object);

  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->query, crm_query_free);
  g_clear_pointer (&self->ids, crm_id_list_unref);
  g_hash_table_unref (self->rows);
  crm_values_cache_free (self->cache);
  g_free (self->failure);
  G_OBJECT_CLASS (crm_query_model_parent_class)->finalize (object);
}

static void
crm_query_model_get_property (GObject    *object,
                              guint       property,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CrmQueryModel *self = CRM_QUERY_MODEL (object);

  switch (property)
    {
    case PROP_STORE:
      g_value_set_object (value, self->store);
      break;
    case PROP_QUERY:
      g_value_set_boxed (value, self->query);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->n_items);
      break;
    case PROP_N_HITS:
      g_value_set_uint (value, self->n_hits);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->cancellable != NULL);
      break;
    case PROP_FAILURE:
      g_value_set_string (value, self->failure);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
crm_query_model_set_property (GObject      *object,
                              guint         property,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  CrmQueryModel *self = CRM_QUERY_MODEL (object);

  switch (property)
    {
    case PROP_STORE:
      self->store = g_value_dup_object (value);
      break;
    case PROP_QUERY:
      crm_query_model_set_query (self, g_value_get_boxed (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
    }
}

static void
crm_query_model_class_init (CrmQueryModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags read = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags write = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = crm_query_model_constructed;
  object_class->dispose = crm_query_model_dispose;
  object_class->finalize = crm_query_model_finalize;
  object_class->get_property = crm_query_model_get_property;
  object_class->set_property = crm_query_model_set_property;

  properties[PROP_STORE] = g_param_spec_object ("store", NULL, NULL, CRM_TYPE_STORE, write | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_QUERY] = g_param_spec_boxed ("query", NULL, NULL, CRM_TYPE_QUERY, write);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, read);
  properties[PROP_N_HITS] = g_param_spec_uint ("n-hits", NULL, NULL, 0, G_MAXUINT, 0, read);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, read);
  properties[PROP_FAILURE] = g_param_spec_string ("failure", NULL, NULL, NULL, read);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  refreshed_signal = g_signal_new ("refreshed", CRM_TYPE_QUERY_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_BOOLEAN);
}

static void
crm_query_model_init (CrmQueryModel *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
  self->cache = crm_values_cache_new (CACHED_VALUES);
}

CrmQueryModel *
crm_query_model_new (CrmStore       *store,
                     const CrmQuery *query)
{
  CrmQueryModel *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  self = g_object_new (CRM_TYPE_QUERY_MODEL, "store", store, NULL);
  crm_query_model_set_query (self, query);
  return self;
}

void
crm_query_model_set_query (CrmQueryModel  *self,
                           const CrmQuery *query)
{
  CrmQuery *copy;

  g_return_if_fail (CRM_IS_QUERY_MODEL (self));
  g_return_if_fail (query != NULL);

  if (self->query != NULL && self->failure == NULL && crm_query_equal (self->query, query))
    return;
  copy = crm_query_copy (query);
  if (self->query != NULL && self->query->entity != query->entity)
    crm_values_cache_clear (self->cache);
  g_clear_pointer (&self->query, crm_query_free);
  self->query = copy;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  stop_loading (self);
  self->is_new = TRUE;
  ask (self, FALSE);
  hold_drawing (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUERY]);
}

const CrmQuery *
crm_query_model_get_query (CrmQueryModel *self)
{
  g_return_val_if_fail (CRM_IS_QUERY_MODEL (self), NULL);

  return self->query;
}

gint64
crm_query_model_get_id (CrmQueryModel *self,
                        guint          position)
{
  g_return_val_if_fail (CRM_IS_QUERY_MODEL (self), 0);

  return position < get_goal (self) ? crm_id_list_get (self->ids, position) : 0;
}

gint64
crm_query_model_find (CrmQueryModel *self,
                      gint64         id)
{
  g_return_val_if_fail (CRM_IS_QUERY_MODEL (self), -1);

  return self->ids != NULL ? crm_id_list_find (self->ids, id) : -1;
}

void
crm_query_model_reveal (CrmQueryModel *self,
                        guint          position)
{
  g_return_if_fail (CRM_IS_QUERY_MODEL (self));

  if (position < self->n_items || position >= get_goal (self))
    return;
  g_clear_handle_id (&self->grow_source, g_source_remove);
  set_length (self, get_goal (self));
}

CrmIdList *
crm_query_model_get_ids (CrmQueryModel *self)
{
  g_return_val_if_fail (CRM_IS_QUERY_MODEL (self), NULL);

  return self->ids;
}
