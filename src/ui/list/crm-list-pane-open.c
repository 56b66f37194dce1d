/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-list-pane-private.h"

/* Opening */

void
crm_list_pane_choose (CrmListPane *self,
                      gint64       id)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  crm_selection_set_single (self->selection, id);
  if (id != 0)
    crm_faces_scroll_to (self->faces, id);
  crm_list_pane_emit_open (self, id);
}

void
crm_list_pane_take_chosen (CrmListPane *self,
                           gint64       id)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  crm_list_pane_emit_open (self, id);
  /* The cursor that moves shows; in a table a click chooses only, as many are wanted there */
  if (!self->by_key && !crm_faces_shows_table (self->faces))
    crm_list_pane_emit_activate (self, id);
}

void
crm_list_pane_activate (CrmListPane *self,
                        guint        position)
{
  gint64 id;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  id = crm_query_model_get_id (self->model, position);
  if (id == 0)
    return;
  crm_list_pane_choose (self, id);
  crm_list_pane_emit_activate (self, id);
}

void
crm_list_pane_open_first (CrmListPane *self)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  self->open_first = FALSE;
  if (crm_list_pane_get_n_found (self) > 0)
    crm_list_pane_activate (self, 0);
}

/* The model's answers */

/* The record that showed is gone: deleted here, when the one after it is known */
static void
open_next (CrmListPane *self)
{
  gint64 next = self->next;

  self->next = 0;
  if (self->shown == 0 || crm_query_model_find (self->model, self->shown) >= 0)
    return;
  crm_list_pane_choose (self, next > 0 && crm_query_model_find (self->model, next) >= 0 ? next : 0);
}

static void
follow_selection (CrmListPane *self,
                  gboolean     is_new_query)
{
  if (self->wanted != 0 && crm_query_model_find (self->model, self->wanted) >= 0)
    {
      crm_selection_set_single (self->selection, self->wanted);
      crm_faces_scroll_to (self->faces, self->wanted);
      self->wanted = 0;
      return;
    }
  if (self->next != 0 && !is_new_query)
    open_next (self);
  if (crm_selection_get_size (self->selection) == 0 && self->shown != 0 && crm_query_model_find (self->model, self->shown) >= 0)
    crm_selection_set_single (self->selection, self->shown);
  if (!is_new_query && crm_faces_has_focus (self->faces))
    crm_faces_focus (self->faces, crm_query_model_find (self->model, crm_selection_get_cursor (self->selection)));
}

void
crm_list_pane_take_answer (CrmListPane *self,
                           gboolean     is_new_query)
{
  CrmIdList *ids;
  gboolean none_left;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  none_left = self->next < 0 && !is_new_query && crm_list_pane_get_n_found (self) == 0;
  ids = crm_query_model_get_ids (self->model);
  if (!is_new_query)
    crm_faces_keep_scroll (self->faces, self->ids);
  else if (!self->keep_shown)
    crm_faces_scroll_to_top (self->faces);
  follow_selection (self, is_new_query);
  if (is_new_query && self->keep_shown)
    {
      self->keep_shown = FALSE;
      crm_faces_scroll_to (self->faces, crm_selection_get_cursor (self->selection));
    }

  g_clear_pointer (&self->ids, crm_id_list_unref);
  if (ids != NULL)
    self->ids = crm_id_list_ref (ids);
  crm_list_pane_update_contents (self);
  /* The selection of an empty list has no signal */
  crm_list_pane_update_bulk_bar (self);
  /* Without rows GTK leaves the keyboard to the search, where Ctrl+Z would take back what was typed and not what was done to them */
  if (none_left && gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->status_page), GTK_DIR_TAB_FORWARD);
  if (self->open_first)
    crm_list_pane_open_first (self);
}

/* From outside */

void
crm_list_pane_show_record (CrmListPane *self,
                           gint64       id)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  self->shown = id;
  if (crm_query_model_find (self->model, id) >= 0)
    {
      crm_selection_set_single (self->selection, id);
      crm_faces_scroll_to (self->faces, id);
      return;
    }
  /* A record just made is in none of the ids yet: it comes with an answer to follow */
  self->wanted = id;
  crm_selection_set_single (self->selection, 0);
  gtk_widget_activate_action (GTK_WIDGET (self), "list.clear-filters", NULL);
}

void
crm_list_pane_step (CrmListPane *self,
                    int          direction)
{
  guint n_items;
  gint64 position;

  g_return_if_fail (CRM_IS_LIST_PANE (self));
  g_return_if_fail (direction == -1 || direction == 1);

  n_items = crm_list_pane_get_n_found (self);
  if (n_items == 0)
    return;
  position = crm_query_model_find (self->model, self->shown);
  if (position < 0)
    position = direction > 0 ? 0 : (gint64) n_items - 1;
  else
    position += direction;
  if (position >= 0 && position < n_items)
    crm_list_pane_choose (self, crm_query_model_get_id (self->model, (guint) position));
}
