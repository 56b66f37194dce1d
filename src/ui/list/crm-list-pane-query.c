/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-list-pane-private.h"

/* Views */

/* (transfer full): the name that a setting of this entity's lists has */
static char *
get_key (CrmListPane *self,
         const char  *name)
{
  return g_strdup_printf ("%s-%s", self->entity->name, name);
}

/* All records, in the order that was chosen last outside of views */
static CrmQuery *
create_own_query (CrmListPane *self)
{
  CrmQuery *query = crm_query_new (self->entity);
  g_autofree char *sort_key = get_key (self, "sort");
  g_autofree char *descending_key = get_key (self, "sort-descending");
  g_autofree char *sort = g_settings_get_string (self->settings, sort_key);
  int field = crm_entity_find_field (self->entity, sort);

  if (field >= 0)
    query->sort = (guint) field;
  query->descending = g_settings_get_boolean (self->settings, descending_key);
  return query;
}

/* Takes over @view, NULL: none */
static void
choose_view (CrmListPane *self,
             CrmView     *view)
{
  if (view == NULL && self->chosen == NULL)
    return;
  g_clear_pointer (&self->chosen, crm_view_free);
  self->chosen = view;
  crm_faces_set_columns (self->faces, view != NULL ? view->columns : NULL);
  crm_list_pane_update_face (self);
}

static gboolean
shows_all (CrmListPane *self)
{
  return self->query->filters->len == 0 && !self->query->trash;
}

void
crm_list_pane_update_views (CrmListPane *self)
{
  const CrmView *view;
  gint64 id = -1;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  view = self->chosen != NULL ? crm_views_find (self->views, self->chosen->id) : NULL;
  if (view == NULL || !crm_view_matches (view, self->query))
    view = crm_views_find_query (self->views, self->query);
  if (view != NULL && (!shows_all (self) || view->query->text != NULL || (self->chosen != NULL && self->chosen->id == view->id)))
    id = view->id;
  else if (shows_all (self))
    id = 0;
  crm_views_button_set_current (self->views_button, id);
  gtk_widget_set_visible (GTK_WIDGET (self->views_button), !self->query->trash);
  if (id == self->view)
    return;
  self->view = id;
  crm_list_pane_notify_view (self);
}

CrmView *
crm_list_pane_make_view (CrmListPane *self)
{
  g_autofree char *face = NULL;
  g_autofree char *key = NULL;
  g_autoptr (GVariant) columns = NULL;

  g_return_val_if_fail (CRM_IS_LIST_PANE (self), NULL);

  g_object_get (self, "face", &face, NULL);
  columns = crm_faces_get_columns (self->faces);
  if (columns == NULL)
    {
      key = get_key (self, "columns");
      columns = g_settings_get_value (self->settings, key);
    }
  return crm_view_new (0, self->query, face, columns);
}

gboolean
crm_list_pane_show_view (CrmListPane *self,
                         gint64       id)
{
  const CrmView *view;

  g_return_val_if_fail (CRM_IS_LIST_PANE (self), FALSE);

  view = id != 0 ? crm_views_find (self->views, id) : NULL;
  if (id != 0 && view == NULL)
    {
      if (!crm_views_is_read (self->views))
        self->awaited_view = id;
      return self->awaited_view == id;
    }
  choose_view (self, view != NULL ? crm_view_copy (view) : NULL);
  crm_list_pane_take_query (self, view != NULL ? crm_query_copy (view->query) : create_own_query (self));
  crm_list_pane_update_views (self);
  crm_list_pane_remember (self);
  return TRUE;
}

void
crm_list_pane_take_view (CrmListPane *self,
                         gint64       id)
{
  CrmView *view;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  if (self->query->trash)
    return;
  view = crm_list_pane_make_view (self);
  view->id = id;
  choose_view (self, view);
  crm_list_pane_update_views (self);
  crm_list_pane_remember (self);
}

gboolean
crm_list_pane_has_view (CrmListPane *self)
{
  g_return_val_if_fail (CRM_IS_LIST_PANE (self), FALSE);

  return self->chosen != NULL || self->view > 0;
}

gboolean
crm_list_pane_shows_trash (CrmListPane *self)
{
  g_return_val_if_fail (CRM_IS_LIST_PANE (self), FALSE);

  return self->query->trash;
}

/* What is remembered */

static gboolean
has_view_text (CrmListPane *self)
{
  const CrmView *view = self->view > 0 ? crm_views_find (self->views, self->view) : NULL;

  return view != NULL && view->query->text != NULL;
}

/* A search ends with the window, unless it is a view's */
void
crm_list_pane_remember (CrmListPane *self)
{
  g_autoptr (CrmView) view = NULL;
  g_autoptr (GVariant) columns = NULL;
  g_autofree char *json = NULL;
  g_autofree char *known = NULL;
  g_autofree char *view_key = NULL;
  g_autofree char *sort_key = NULL;
  g_autofree char *descending_key = NULL;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  if (self->query->trash)
    return;
  if (self->chosen != NULL)
    columns = crm_faces_get_columns (self->faces);
  view = crm_view_new (self->chosen != NULL ? self->chosen->id : 0, self->query, self->chosen != NULL ? self->chosen->face : NULL, columns);
  if (!has_view_text (self))
    crm_query_set_text (view->query, NULL);
  json = crm_view_to_json (view);
  view_key = get_key (self, "view");
  known = g_settings_get_string (self->settings, view_key);
  if (g_str_equal (json, known))
    return;
  g_settings_set_string (self->settings, view_key, json);
  if (self->chosen != NULL)
    return;
  sort_key = get_key (self, "sort");
  descending_key = get_key (self, "sort-descending");
  g_settings_set_string (self->settings, sort_key, self->entity->fields[self->query->sort].name);
  g_settings_set_boolean (self->settings, descending_key, self->query->descending);
}

/* A settings file that holds nonsense is as good as none */
void
crm_list_pane_load_query (CrmListPane *self)
{
  g_autofree char *key = NULL;
  g_autofree char *json = NULL;
  g_autoptr (CrmView) view = NULL;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  key = get_key (self, "view");
  json = g_settings_get_string (self->settings, key);
  view = *json != '\0' ? crm_view_from_json (self->entity, json, NULL) : NULL;
  if (view == NULL)
    {
      self->query = create_own_query (self);
      return;
    }
  self->query = crm_query_copy (view->query);
  self->query->trash = FALSE;
  if (view->id != 0)
    self->chosen = g_steal_pointer (&view);
}

/* The query */

void
crm_list_pane_take_text (CrmListPane *self)
{
  CrmQuery *query;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  query = crm_query_copy (self->query);
  crm_query_set_text (query, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  crm_list_pane_take_query (self, query);
}

void
crm_list_pane_show_text (CrmListPane *self)
{
  const char *text;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  text = self->query->text != NULL ? self->query->text : "";
  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), text))
    return;
  g_signal_handlers_block_by_func (self->search_entry, crm_list_pane_take_text, self);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  g_signal_handlers_unblock_by_func (self->search_entry, crm_list_pane_take_text, self);
}

void
crm_list_pane_take_query (CrmListPane *self,
                          CrmQuery    *query)
{
  gboolean new_sort;

  g_return_if_fail (CRM_IS_LIST_PANE (self));
  g_return_if_fail (query != NULL);

  if (crm_query_equal (query, self->query))
    {
      crm_query_free (query);
      return;
    }
  new_sort = query->sort != self->query->sort || query->descending != self->query->descending;
  crm_query_free (self->query);
  self->query = query;
  self->open_first = FALSE;
  self->keep_shown = new_sort && crm_selection_get_size (self->selection) > 0;

  crm_list_pane_show_text (self);
  crm_query_model_set_query (self->model, query);
  crm_filter_bar_set_query (self->filter_bar, query);
  crm_faces_set_query (self->faces, query);
  crm_list_pane_update_views (self);
  if (self->view == 0)
    choose_view (self, NULL);
  crm_list_pane_update_bulk_bar (self);
  crm_list_pane_remember (self);
  if (new_sort)
    crm_list_pane_notify_sort (self);
}

void
crm_list_pane_take_filter (CrmListPane *self,
                           guint        field,
                           int          op,
                           GStrv        values)
{
  CrmQuery *query;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  query = crm_query_copy (self->query);
  if (values == NULL)
    crm_query_remove_filter (query, field, (CrmFilterOp) op);
  else
    {
      /* Nothing has a value and none */
      crm_query_remove_filter (query, field, op == CRM_FILTER_EMPTY ? CRM_FILTER_IS : CRM_FILTER_EMPTY);
      crm_query_add_filter (query, field, (CrmFilterOp) op, op == CRM_FILTER_EMPTY ? NULL : (const char * const *) values);
    }
  crm_list_pane_take_query (self, query);
}

void
crm_list_pane_take_sort (CrmListPane *self,
                         guint        field,
                         gboolean     descending)
{
  CrmQuery *query;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  query = crm_query_copy (self->query);
  query->sort = field;
  query->descending = descending;
  crm_list_pane_take_query (self, query);
}

void
crm_list_pane_set_query (CrmListPane    *self,
                         const CrmQuery *query)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));
  g_return_if_fail (query != NULL && query->entity == self->entity);

  choose_view (self, NULL);
  crm_list_pane_take_query (self, crm_query_copy (query));
}

/* What was filtered by hand before the trash was looked into */
static CrmQuery *
create_last_query (CrmListPane *self)
{
  g_autofree char *key = get_key (self, "view");
  g_autofree char *json = g_settings_get_string (self->settings, key);
  g_autoptr (CrmView) view = *json != '\0' ? crm_view_from_json (self->entity, json, NULL) : NULL;

  return view != NULL && view->id == 0 ? crm_query_copy (view->query) : create_own_query (self);
}

void
crm_list_pane_show_page (CrmListPane *self,
                         gboolean     trash)
{
  CrmQuery *query;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  query = self->query->trash && !trash ? create_last_query (self) : create_own_query (self);
  query->trash = trash;
  choose_view (self, NULL);
  crm_list_pane_take_query (self, query);
}
