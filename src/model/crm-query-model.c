/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-query-model-private.h"

#include "crm-query-answer.h"

#define CACHED_VALUES 2000
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

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmQueryModel, crm_query_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, crm_query_model_init_list))

void
crm_query_model_set_failure (CrmQueryModel *self,
                             const GError  *error)
{
  const char *message = error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? error->message : NULL;

  if (g_strcmp0 (message, self->failure) == 0)
    return;
  g_free (self->failure);
  self->failure = g_strdup (message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FAILURE]);
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
  if (!self->query->trash)
    crm_load_ahead_start (self->ahead, self->query->entity);
  if (self->stale)
    ask (self, TRUE);
}

static void
take_answer (CrmQueryModel  *self,
             CrmQueryAnswer *answer)
{
  GCancellable *cancellable = self->cancellable;

  crm_query_model_set_failure (self, NULL);
  /* A list is not emptied for a moment, only to be filled with hits inside words. */
  if (!answer->complete && crm_id_list_get_length (answer->ids) == 0)
    {
      ask (self, TRUE);
      return;
    }
  let_draw (self);
  crm_query_model_put_values (self, answer->read, answer->values);
  crm_query_model_take_ids (self, answer->ids);
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
  crm_query_model_set_failure (self, error);
  finish_query (self, TRUE);
}

/* The rows whose values come with the answer: those that will show, or those alive. */
static GArray *
get_wanted_positions (CrmQueryModel *self)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer position;

  for (guint i = 0; self->is_new && i < CRM_QUERY_MODEL_FRAME_ROWS; i++)
    g_array_append_val (positions, i);
  g_hash_table_iter_init (&iter, self->rows);
  while (!self->is_new && positions->len < CRM_QUERY_MODEL_LIVING_ROWS && g_hash_table_iter_next (&iter, &position, NULL))
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
      crm_query_model_update_row (self, row);
    }
  crm_row_set_asked (row, ++self->asked);
  if (crm_row_get_values (row) == NULL)
    crm_query_model_schedule_reading (self);
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
  self->ahead = crm_load_ahead_new (self->store);
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
  crm_load_ahead_stop (self->ahead);
  G_OBJECT_CLASS (crm_query_model_parent_class)->dispose (object);
}

static void
crm_query_model_finalize (GObject *object)
{
  CrmQueryModel *self = CRM_QUERY_MODEL (object);

  crm_load_ahead_free (self->ahead);
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
  crm_load_ahead_stop (self->ahead);
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

  return position < crm_query_model_get_goal (self) ? crm_id_list_get (self->ids, position) : 0;
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

  if (position < self->n_items || position >= crm_query_model_get_goal (self))
    return;
  g_clear_handle_id (&self->grow_source, g_source_remove);
  crm_query_model_set_length (self, crm_query_model_get_goal (self));
}

CrmIdList *
crm_query_model_get_ids (CrmQueryModel *self)
{
  g_return_val_if_fail (CRM_IS_QUERY_MODEL (self), NULL);

  return self->ids;
}
