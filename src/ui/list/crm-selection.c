/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-selection.h"

#include "crm-id-set.h"

struct _CrmSelection
{
  GObject        parent_instance;

  CrmQueryModel *model;
  CrmIdSet      *ids;
  gint64         cursor;
};

enum {
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void crm_selection_list_model_init (GListModelInterface *iface);
static void crm_selection_selection_model_init (GtkSelectionModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmSelection, crm_selection, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, crm_selection_list_model_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SELECTION_MODEL, crm_selection_selection_model_init))

/* GListModel */

static GType
crm_selection_get_item_type (GListModel *list)
{
  return CRM_TYPE_ROW;
}

static guint
crm_selection_get_n_items (GListModel *list)
{
  CrmSelection *self = CRM_SELECTION (list);

  return g_list_model_get_n_items (G_LIST_MODEL (self->model));
}

static gpointer
crm_selection_get_item (GListModel *list,
                        guint       position)
{
  CrmSelection *self = CRM_SELECTION (list);

  return g_list_model_get_item (G_LIST_MODEL (self->model), position);
}

static void
crm_selection_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = crm_selection_get_item_type;
  iface->get_n_items = crm_selection_get_n_items;
  iface->get_item = crm_selection_get_item;
}

/* GtkSelectionModel */

/* A view asks again for its two hundred living rows only, so the whole list costs no more than a part */
static void
emit_changed (CrmSelection *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self));

  if (n > 0)
    gtk_selection_model_selection_changed (GTK_SELECTION_MODEL (self), 0, n);
}

static guint
get_n_found (CrmSelection *self)
{
  CrmIdList *ids = crm_query_model_get_ids (self->model);

  return ids != NULL ? crm_id_list_get_length (ids) : 0;
}

static gboolean
crm_selection_is_selected (GtkSelectionModel *model,
                           guint              position)
{
  CrmSelection *self = CRM_SELECTION (model);

  return crm_id_set_has (self->ids, crm_query_model_get_id (self->model, position));
}

static GtkBitset *
crm_selection_get_selection_in_range (GtkSelectionModel *model,
                                      guint              position,
                                      guint              n_items)
{
  CrmSelection *self = CRM_SELECTION (model);
  GtkBitset *bitset = gtk_bitset_new_empty ();

  if (crm_id_set_get_size (self->ids) == 0)
    return bitset;
  for (guint i = position; i < position + n_items; i++)
    {
      if (crm_selection_is_selected (model, i))
        gtk_bitset_add (bitset, i);
    }
  return bitset;
}

static gboolean
crm_selection_select_item (GtkSelectionModel *model,
                           guint              position,
                           gboolean           unselect_rest)
{
  CrmSelection *self = CRM_SELECTION (model);
  gint64 id = crm_query_model_get_id (self->model, position);

  if (id == 0)
    return FALSE;
  if (unselect_rest)
    crm_id_set_clear (self->ids);
  crm_id_set_add (self->ids, id);
  self->cursor = id;
  emit_changed (self);
  if (unselect_rest)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, id);
  return TRUE;
}

static gboolean
crm_selection_unselect_item (GtkSelectionModel *model,
                             guint              position)
{
  CrmSelection *self = CRM_SELECTION (model);
  gint64 id = crm_query_model_get_id (self->model, position);

  if (id == 0)
    return FALSE;
  crm_id_set_remove (self->ids, id);
  self->cursor = id;
  emit_changed (self);
  return TRUE;
}

static gboolean
crm_selection_select_range (GtkSelectionModel *model,
                            guint              position,
                            guint              n_items,
                            gboolean           unselect_rest)
{
  CrmSelection *self = CRM_SELECTION (model);
  guint end = MIN (position + n_items, g_list_model_get_n_items (G_LIST_MODEL (self)));

  if (unselect_rest)
    crm_id_set_clear (self->ids);
  for (guint i = position; i < end; i++)
    {
      self->cursor = crm_query_model_get_id (self->model, i);
      crm_id_set_add (self->ids, self->cursor);
    }
  emit_changed (self);
  return TRUE;
}

static gboolean
crm_selection_unselect_range (GtkSelectionModel *model,
                              guint              position,
                              guint              n_items)
{
  CrmSelection *self = CRM_SELECTION (model);
  guint end = MIN (position + n_items, g_list_model_get_n_items (G_LIST_MODEL (self)));

  for (guint i = position; i < end; i++)
    crm_id_set_remove (self->ids, crm_query_model_get_id (self->model, i));
  emit_changed (self);
  return TRUE;
}

/* All that the query finds, also what the list has yet to grow to */
static gboolean
crm_selection_select_all (GtkSelectionModel *model)
{
  CrmSelection *self = CRM_SELECTION (model);

  crm_id_set_clear (self->ids);
  for (guint i = 0; i < get_n_found (self); i++)
    crm_id_set_add (self->ids, crm_query_model_get_id (self->model, i));
  emit_changed (self);
  return TRUE;
}

static gboolean
crm_selection_unselect_all (GtkSelectionModel *model)
{
  CrmSelection *self = CRM_SELECTION (model);

  crm_id_set_clear (self->ids);
  emit_changed (self);
  return TRUE;
}

static gboolean
crm_selection_set_selection (GtkSelectionModel *model,
                             GtkBitset         *selected,
                             GtkBitset         *mask)
{
  CrmSelection *self = CRM_SELECTION (model);
  GtkBitsetIter iter;
  guint position;

  for (gboolean ok = gtk_bitset_iter_init_first (&iter, mask, &position); ok; ok = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 id = crm_query_model_get_id (self->model, position);

      if (id == 0)
        continue;
      if (gtk_bitset_contains (selected, position))
        crm_id_set_add (self->ids, id);
      else
        crm_id_set_remove (self->ids, id);
    }
  emit_changed (self);
  return TRUE;
}

static void
crm_selection_selection_model_init (GtkSelectionModelInterface *iface)
{
  iface->is_selected = crm_selection_is_selected;
  iface->get_selection_in_range = crm_selection_get_selection_in_range;
  iface->select_item = crm_selection_select_item;
  iface->unselect_item = crm_selection_unselect_item;
  iface->select_range = crm_selection_select_range;
  iface->unselect_range = crm_selection_unselect_range;
  iface->select_all = crm_selection_select_all;
  iface->unselect_all = crm_selection_unselect_all;
  iface->set_selection = crm_selection_set_selection;
}

/* The model */

static void
prune (CrmSelection *self)
{
  guint n_selected = crm_id_set_get_size (self->ids);

  if (n_selected == 0)
    return;
  if (n_selected == 1)
    {
      gint64 id = crm_selection_get_single (self);

      if (crm_query_model_find (self->model, id) < 0)
        crm_id_set_clear (self->ids);
    }
  else
    {
      g_autoptr (GArray) kept = crm_selection_get_ids (self);

      if (kept->len == n_selected)
        return;
      crm_id_set_clear (self->ids);
      for (guint i = 0; i < kept->len; i++)
        crm_id_set_add (self->ids, g_array_index (kept, gint64, i));
    }
}

static void
on_refreshed (CrmSelection *self)
{
  prune (self);
  emit_changed (self);
}

static void
on_items_changed (CrmSelection *self,
                  guint         position,
                  guint         removed,
                  guint         added)
{
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

static void
crm_selection_dispose (GObject *object)
{
  CrmSelection *self = CRM_SELECTION (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (crm_selection_parent_class)->dispose (object);
}

static void
crm_selection_finalize (GObject *object)
{
  CrmSelection *self = CRM_SELECTION (object);

  crm_id_set_free (self->ids);

  G_OBJECT_CLASS (crm_selection_parent_class)->finalize (object);
}

static void
crm_selection_class_init (CrmSelectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_selection_dispose;
  object_class->finalize = crm_selection_finalize;

  signals[SIGNAL_CHOSEN] =
    g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
crm_selection_init (CrmSelection *self)
{
  self->ids = crm_id_set_new ();
}

CrmSelection *
crm_selection_new (CrmQueryModel *model)
{
  CrmSelection *self;

  g_return_val_if_fail (CRM_IS_QUERY_MODEL (model), NULL);

  self = g_object_new (CRM_TYPE_SELECTION, NULL);
  self->model = g_object_ref (model);
  g_signal_connect_swapped (model, "items-changed", G_CALLBACK (on_items_changed), self);
  g_signal_connect_swapped (model, "refreshed", G_CALLBACK (on_refreshed), self);
  return self;
}

guint
crm_selection_get_size (CrmSelection *self)
{
  g_return_val_if_fail (CRM_IS_SELECTION (self), 0);

  return crm_id_set_get_size (self->ids);
}

gint64
crm_selection_get_cursor (CrmSelection *self)
{
  g_return_val_if_fail (CRM_IS_SELECTION (self), 0);

  return self->cursor;
}

gint64
crm_selection_get_single (CrmSelection *self)
{
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (CRM_IS_SELECTION (self), 0);

  if (crm_id_set_get_size (self->ids) != 1)
    return 0;
  if (crm_id_set_has (self->ids, self->cursor))
    return self->cursor;
  ids = crm_id_set_to_array (self->ids);
  return g_array_index (ids, gint64, 0);
}

GArray *
crm_selection_get_ids (CrmSelection *self)
{
  guint n_found;
  guint n_selected;
  GArray *ids;

  g_return_val_if_fail (CRM_IS_SELECTION (self), NULL);

  n_found = get_n_found (self);
  n_selected = crm_id_set_get_size (self->ids);
  if (n_selected <= 1)
    return crm_id_set_to_array (self->ids);

  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_selected);
  for (guint i = 0; i < n_found && ids->len < n_selected; i++)
    {
      gint64 id = crm_query_model_get_id (self->model, i);

      if (crm_id_set_has (self->ids, id))
        g_array_append_val (ids, id);
    }
  return ids;
}

void
crm_selection_set_single (CrmSelection *self,
                          gint64        id)
{
  g_return_if_fail (CRM_IS_SELECTION (self));

  crm_id_set_clear (self->ids);
  if (id > 0)
    {
      crm_id_set_add (self->ids, id);
      self->cursor = id;
    }
  emit_changed (self);
}
