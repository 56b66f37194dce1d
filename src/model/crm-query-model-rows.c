/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-query-model-private.h"

#include "crm-sql.h"

#define BATCH_ROWS 100
#define FRAME_MS 16

/* Rows */

static gint64
get_row_id (CrmQueryModel *self,
            guint          position)
{
  return position < self->n_items ? crm_id_list_get (self->ids, position) : 0;
}

gboolean
crm_query_model_update_row (CrmQueryModel *self,
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
    if (!crm_query_model_update_row (self, g_ptr_array_index (rows, i - 1)))
      g_ptr_array_remove_index_fast (rows, i - 1);
}

static void
emit_changed (GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    crm_row_emit_changed (g_ptr_array_index (rows, i));
}

/* Values */

void
crm_query_model_put_values (CrmQueryModel *self,
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
      crm_query_model_set_failure (self, error);
      return;
    }
  crm_query_model_put_values (self, ids, values);
  rows = get_rows (self);
  update_rows (self, rows);
  emit_changed (rows);
  crm_query_model_schedule_reading (self);
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
void
crm_query_model_schedule_reading (CrmQueryModel *self)
{
  if (self->read_source == 0 && self->reading == NULL)
    self->read_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, start_reading, self, NULL);
}

/* The length of the list */

void
crm_query_model_set_length (CrmQueryModel *self,
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
      g_object_notify (G_OBJECT (self), "n-items");
    }
  emit_changed (rows);
  crm_query_model_schedule_reading (self);
}

guint
crm_query_model_get_goal (CrmQueryModel *self)
{
  return self->ids != NULL ? crm_id_list_get_length (self->ids) : 0;
}

static gboolean
grow (gpointer data)
{
  CrmQueryModel *self = data;
  guint goal = crm_query_model_get_goal (self);

  crm_query_model_set_length (self, self->n_items < CRM_QUERY_MODEL_LIVING_ROWS ? MIN (goal, self->n_items + CRM_QUERY_MODEL_FRAME_ROWS) : goal);
  if (self->n_items < crm_query_model_get_goal (self))
    return G_SOURCE_CONTINUE;
  self->grow_source = 0;
  return G_SOURCE_REMOVE;
}

void
crm_query_model_take_ids (CrmQueryModel *self,
                          CrmIdList     *ids)
{
  guint goal = crm_id_list_get_length (ids);
  guint now = self->n_items < CRM_QUERY_MODEL_LIVING_ROWS ? MIN (goal, MAX (self->n_items, CRM_QUERY_MODEL_FRAME_ROWS)) : goal;

  crm_id_list_ref (ids);
  g_clear_pointer (&self->ids, crm_id_list_unref);
  self->ids = ids;
  crm_query_model_set_length (self, now);
  /* Behind the drawing of the frame that is due. */
  if (self->n_items < crm_query_model_get_goal (self) && self->grow_source == 0)
    self->grow_source = g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, FRAME_MS, grow, self, NULL);
}
