/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-list-pane-private.h"

#include <glib/gi18n-lib.h>

#include "crm-list-cursor.h"
#include "crm-views-popover.h"

enum {
  PROP_0,
  PROP_FACE,
  PROP_TABLE_ALLOWED,
  PROP_SORT,
  PROP_SORT_DESCENDING,
  N_PROPS,
};

enum {
  SIGNAL_OPEN,
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmListPane, crm_list_pane, GTK_TYPE_WIDGET)

gboolean
crm_list_pane_shows_table (CrmListPane *self)
{
  g_return_val_if_fail (CRM_IS_LIST_PANE (self), FALSE);

  return self->table_allowed && g_strcmp0 (self->face, "table") == 0;
}

GtkWidget *
crm_list_pane_get_list_view (CrmListPane *self)
{
  g_return_val_if_fail (CRM_IS_LIST_PANE (self), NULL);

  if (crm_list_pane_shows_table (self))
    return crm_table_get_list_view (self->table);
  return crm_list_face_get_list_view (self->list_face);
}

guint
crm_list_pane_get_n_found (CrmListPane *self)
{
  CrmIdList *ids;

  g_return_val_if_fail (CRM_IS_LIST_PANE (self), 0);

  ids = crm_query_model_get_ids (self->model);
  return ids != NULL ? crm_id_list_get_length (ids) : 0;
}

gboolean
crm_list_pane_is_busy (CrmListPane *self)
{
  gboolean busy;

  g_return_val_if_fail (CRM_IS_LIST_PANE (self), FALSE);

  g_object_get (self->model, "busy", &busy, NULL);
  return busy;
}

/* Opening */

void
crm_list_pane_emit_activate (CrmListPane *self,
                             gint64       id)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, id);
}

static void
emit_open (CrmListPane *self,
           gint64       id)
{
  self->shown = id;
  self->next = 0;
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, id);
}

static void
scroll_to (CrmListPane *self,
           gint64       id)
{
  gint64 position = crm_query_model_find (self->model, id);

  if (position < 0)
    return;
  crm_query_model_reveal (self->model, (guint) position);
  crm_list_cursor_scroll (crm_list_pane_get_list_view (self), (guint) position);
}

static gboolean
focus_position (CrmListPane *self,
                gint64       position)
{
  if (position < 0)
    return FALSE;
  crm_query_model_reveal (self->model, (guint) position);
  return crm_list_cursor_focus (crm_list_pane_get_list_view (self), (guint) position);
}

void
crm_list_pane_choose (CrmListPane *self,
                      gint64       id)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  crm_selection_set_single (self->selection, id);
  if (id != 0)
    scroll_to (self, id);
  emit_open (self, id);
}

static void
on_chosen (CrmListPane *self,
           gint64       id)
{
  emit_open (self, id);
  /* The cursor that moves shows; in a table a click chooses only, as many are wanted there */
  if (!self->by_key && !crm_list_pane_shows_table (self))
    crm_list_pane_emit_activate (self, id);
}

static void
on_row_activated (CrmListPane *self,
                  guint        position)
{
  gint64 id = crm_query_model_get_id (self->model, position);

  if (id == 0)
    return;
  crm_list_pane_choose (self, id);
  crm_list_pane_emit_activate (self, id);
}

static void
open_first (CrmListPane *self)
{
  self->open_first = FALSE;
  if (crm_list_pane_get_n_found (self) > 0)
    on_row_activated (self, 0);
}

static void
on_selection_changed (CrmListPane *self)
{
  guint n_selected = crm_selection_get_size (self->selection);

  guint n_shown = n_selected >= 2 || self->query->trash ? n_selected : 0;

  if (n_shown > 0 && self->bulk_bar == NULL)
    {
      self->bulk_bar = g_object_new (CRM_TYPE_BULK_BAR, NULL);
      gtk_box_insert_child_after (self->box, GTK_WIDGET (self->bulk_bar), GTK_WIDGET (self->stack));
    }
  if (self->bulk_bar != NULL)
    crm_bulk_bar_update (self->bulk_bar, n_shown, self->query->trash);
  crm_list_pane_update_actions (self);
}

/* The model's answers */

static GtkAdjustment *
get_adjustment (CrmListPane *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (crm_list_pane_get_list_view (self)));
}

/* Rows came or went above what is seen: the rows seen stay where they are */
static void
keep_scroll (CrmListPane *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  guint n_before = self->ids != NULL ? crm_id_list_get_length (self->ids) : 0;
  double row_height = crm_list_cursor_get_row_height (crm_list_pane_get_list_view (self));
  double value = gtk_adjustment_get_value (adjustment);
  gint64 before;
  gint64 after;

  if (row_height < 1 || value < 1)
    return;
  before = (gint64) (value / row_height);
  if (before >= n_before)
    return;
  after = crm_query_model_find (self->model, crm_id_list_get (self->ids, (guint) before));
  if (after >= 0 && after != before)
    gtk_adjustment_set_value (adjustment, value + (double) (after - before) * row_height);
}

static gboolean
has_focus_in_rows (CrmListPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, crm_list_pane_get_list_view (self));
}

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
      scroll_to (self, self->wanted);
      self->wanted = 0;
      return;
    }
  if (self->next != 0 && !is_new_query)
    open_next (self);
  if (crm_selection_get_size (self->selection) == 0 && self->shown != 0 && crm_query_model_find (self->model, self->shown) >= 0)
    crm_selection_set_single (self->selection, self->shown);
  if (!is_new_query && has_focus_in_rows (self))
    focus_position (self, crm_query_model_find (self->model, crm_selection_get_cursor (self->selection)));
}

static void
on_refreshed (CrmListPane *self,
              gboolean     is_new_query)
{
  CrmIdList *ids = crm_query_model_get_ids (self->model);

  if (!is_new_query)
    keep_scroll (self);
  else if (!self->keep_shown)
    gtk_adjustment_set_value (get_adjustment (self), 0);
  follow_selection (self, is_new_query);
  if (is_new_query && self->keep_shown)
    {
      self->keep_shown = FALSE;
      scroll_to (self, crm_selection_get_cursor (self->selection));
    }

  g_clear_pointer (&self->ids, crm_id_list_unref);
  if (ids != NULL)
    self->ids = crm_id_list_ref (ids);
  crm_list_pane_update_contents (self);
  if (self->open_first)
    open_first (self);
}

/* The query */

static void
update_views (CrmListPane *self)
{
  const CrmView *view = crm_views_find_query (self->views, self->query);
  g_autoptr (CrmQuery) all = crm_query_new (self->entity);
  g_autofree char *label = NULL;
  const char *name;
  gint64 id = -1;

  all->sort = self->query->sort;
  all->descending = self->query->descending;
  crm_query_set_text (all, self->query->text);
  if (view != NULL)
    id = view->id;
  else if (crm_query_equal (all, self->query))
    id = 0;
  self->view = id;
  name = view != NULL ? view->name : id == 0 ? _("All clients") : _("Views");
  gtk_label_set_text (self->views_label, name);
  label = g_strdup_printf (_("Saved views: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->views_button))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->views_button), !self->query->trash);
}

static void
save_query (CrmListPane *self)
{
  g_autoptr (CrmQuery) plain = NULL;
  g_autofree char *json = NULL;
  g_autofree char *sort_key = g_strconcat (self->entity->name, "-sort", NULL);
  g_autofree char *descending_key = g_strconcat (self->entity->name, "-sort-descending", NULL);

  if (self->query->trash)
    return;
  plain = crm_query_copy (self->query);
  crm_query_set_text (plain, NULL);
  json = crm_query_to_json (plain);
  g_settings_set_string (self->settings, "last-view", json);
  g_settings_set_string (self->settings, sort_key, self->entity->fields[plain->sort].name);
  g_settings_set_boolean (self->settings, descending_key, plain->descending);
}

/* A settings file that holds nonsense is as good as none */
static CrmQuery *
load_query (CrmListPane *self)
{
  g_autofree char *json = g_settings_get_string (self->settings, "last-view");
  g_autofree char *sort_key = g_strconcat (self->entity->name, "-sort", NULL);
  g_autofree char *descending_key = g_strconcat (self->entity->name, "-sort-descending", NULL);
  g_autofree char *sort = g_settings_get_string (self->settings, sort_key);
  CrmQuery *query = *json != '\0' ? crm_query_from_json (self->entity, json, NULL) : NULL;
  int field = crm_entity_find_field (self->entity, sort);

  if (query == NULL)
    query = crm_query_new (self->entity);
  crm_query_set_text (query, NULL);
  query->trash = FALSE;
  if (field >= 0)
    query->sort = (guint) field;
  query->descending = g_settings_get_boolean (self->settings, descending_key);
  return query;
}

static void
on_search_changed (CrmListPane *self)
{
  CrmQuery *query = crm_query_copy (self->query);

  crm_query_set_text (query, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  crm_list_pane_take_query (self, query);
}

static void
show_text (CrmListPane *self)
{
  const char *text = self->query->text != NULL ? self->query->text : "";

  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)), text))
    return;
  g_signal_handlers_block_by_func (self->search_entry, on_search_changed, self);
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), text);
  g_signal_handlers_unblock_by_func (self->search_entry, on_search_changed, self);
}

void
crm_list_pane_take_query (CrmListPane *self,
                          CrmQuery    *query)
{
  gboolean only_text;
  gboolean new_sort;
  gboolean new_trash;

  g_return_if_fail (CRM_IS_LIST_PANE (self));
  g_return_if_fail (query != NULL);

  if (crm_query_equal (query, self->query))
    {
      crm_query_free (query);
      return;
    }
  new_sort = query->sort != self->query->sort || query->descending != self->query->descending;
  new_trash = query->trash != self->query->trash;
  only_text = g_strcmp0 (query->text, self->query->text) != 0 && !new_sort && !new_trash &&
              query->filters->len == self->query->filters->len;
  crm_query_free (self->query);
  self->query = query;
  self->open_first = FALSE;
  self->keep_shown = new_sort && crm_selection_get_size (self->selection) > 0;

  show_text (self);
  crm_query_model_set_query (self->model, query);
  crm_filter_bar_set_query (self->filter_bar, query);
  if (self->table != NULL)
    {
      crm_table_set_sort (self->table, query->sort, query->descending);
      crm_table_set_trash (self->table, query->trash);
    }
  update_views (self);
  on_selection_changed (self);
  if (!only_text)
    save_query (self);
  if (new_sort)
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT_DESCENDING]);
    }
}

static void
on_filter_changed (CrmListPane *self,
                   guint        field,
                   int          op,
                   GStrv        values)
{
  CrmQuery *query = crm_query_copy (self->query);

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

static void
take_sort (CrmListPane *self,
           guint        field,
           gboolean     descending)
{
  CrmQuery *query = crm_query_copy (self->query);

  query->sort = field;
  query->descending = descending;
  crm_list_pane_take_query (self, query);
}

/* The search entry */

static void
on_search_activate (CrmListPane *self)
{
  if (crm_list_pane_is_busy (self))
    self->open_first = TRUE;
  else
    open_first (self);
}

static void
on_stop_search (CrmListPane *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search_entry)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "list.clear-filters", NULL);
}

static gboolean
focus_rows (CrmListPane *self)
{
  gint64 position = crm_query_model_find (self->model, crm_selection_get_cursor (self->selection));

  if (crm_list_pane_get_n_found (self) == 0)
    return FALSE;
  if (position < 0 || !gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), (guint) position))
    position = 0;
  return focus_position (self, position);
}

static gboolean
on_search_key (CrmListPane     *self,
               guint            keyval,
               guint            keycode,
               GdkModifierType  state)
{
  if ((keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down || keyval == GDK_KEY_Page_Down) &&
      (state & gtk_accelerator_get_default_mod_mask ()) == 0)
    return focus_rows (self);
  return FALSE;
}

/* The faces */

static gboolean
on_face_key (CrmListPane *self)
{
  self->by_key = TRUE;
  return FALSE;
}

/* A letter typed in the rows begins a search. GtkSearchEntry could do it, but takes every key that nobody else wants, also those for menus. */
static gboolean
on_face_typed (CrmListPane           *self,
               guint                  keyval,
               guint                  keycode,
               GdkModifierType        state,
               GtkEventControllerKey *controller)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (self->search_entry));
  gunichar letter = gdk_keyval_to_unicode (keyval);

  if (letter == 0 || !g_unichar_isgraph (letter) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)))
    return FALSE;
  gtk_text_grab_focus_without_selecting (GTK_TEXT (text));
  gtk_editable_set_position (text, -1);
  return gtk_event_controller_key_forward (controller, GTK_WIDGET (text));
}

static void
on_face_pressed (CrmListPane *self)
{
  self->by_key = FALSE;
}

static void
on_context_pressed (CrmListPane *self,
                    int          n_press,
                    double       x,
                    double       y)
{
  GtkWidget *list_view = crm_list_pane_get_list_view (self);
  GtkAdjustment *adjustment = get_adjustment (self);
  double row_height = crm_list_cursor_get_row_height (list_view);
  double list_x, list_y;
  guint position;

  if (row_height < 1 || !gtk_widget_translate_coordinates (GTK_WIDGET (self), list_view, x, y, &list_x, &list_y) || list_y < 0)
    return;
  position = (guint) ((list_y + gtk_adjustment_get_value (adjustment)) / row_height);
  if (position >= g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    return;
  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    crm_list_pane_choose (self, crm_query_model_get_id (self->model, position));
  crm_list_cursor_focus (list_view, position);
  crm_list_pane_show_context_menu (self, &(GdkRectangle) { (int) x, (int) y, 1, 1 });
}

static void
add_face (CrmListPane *self,
          GtkWidget   *face,
          const char  *name)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (face, "activate", G_CALLBACK (on_row_activated), self);
  gtk_stack_add_named (self->stack, face, name);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_context_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (face, GTK_EVENT_CONTROLLER (click));
}

static void
ensure_face (CrmListPane *self)
{
  if (crm_list_pane_shows_table (self) && self->table == NULL)
    {
      self->table = CRM_TABLE (crm_table_new (self->entity, self->settings));
      crm_table_set_sort (self->table, self->query->sort, self->query->descending);
      crm_table_set_trash (self->table, self->query->trash);
      g_signal_connect_swapped (self->table, "sort", G_CALLBACK (take_sort), self);
      gtk_widget_insert_action_group (GTK_WIDGET (self), "column", crm_table_get_actions (self->table));
      add_face (self, GTK_WIDGET (self->table), "table");
    }
  if (!crm_list_pane_shows_table (self) && self->list_face == NULL)
    {
      self->list_face = CRM_LIST_FACE (crm_list_face_new (self->entity));
      add_face (self, GTK_WIDGET (self->list_face), "list");
    }
}

static void
update_face_button (CrmListPane *self)
{
  gboolean table = crm_list_pane_shows_table (self);
  const char *text = table ? _("Show as List") : _("Show as Table");

  gtk_button_set_icon_name (self->face_button, table ? "view-list-symbolic" : "crm-table-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->face_button), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->face_button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->face_button), self->table_allowed);
}

static void
update_face (CrmListPane *self)
{
  gboolean table = crm_list_pane_shows_table (self);
  gint64 cursor = crm_selection_get_single (self->selection);

  ensure_face (self);
  if (self->list_face != NULL)
    crm_list_face_set_selection (self->list_face, table ? NULL : self->selection);
  if (self->table != NULL)
    crm_table_set_selection (self->table, table ? self->selection : NULL);
  update_face_button (self);
  crm_list_pane_update_menu (self);
  crm_list_pane_update_contents (self);
  if (cursor != 0)
    scroll_to (self, cursor);
}

static void
on_face_clicked (CrmListPane *self)
{
  g_object_set (self, "face", crm_list_pane_shows_table (self) ? "list" : "table", NULL);
}

static void
set_face (CrmListPane *self,
          const char  *face)
{
  gboolean shown = crm_list_pane_shows_table (self);

  if (g_strcmp0 (face, self->face) == 0 || (g_strcmp0 (face, "list") != 0 && g_strcmp0 (face, "table") != 0))
    return;
  g_free (self->face);
  self->face = g_strdup (face);
  if (self->model != NULL && shown != crm_list_pane_shows_table (self))
    update_face (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FACE]);
}

static void
set_table_allowed (CrmListPane *self,
                   gboolean     allowed)
{
  gboolean shown = crm_list_pane_shows_table (self);

  if (allowed == self->table_allowed)
    return;
  self->table_allowed = allowed;
  if (self->model != NULL)
    {
      if (shown != crm_list_pane_shows_table (self))
        update_face (self);
      else
        update_face_button (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TABLE_ALLOWED]);
}

/* Object */

static void
crm_list_pane_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  CrmListPane *self = CRM_LIST_PANE (object);

  switch (id)
    {
    case PROP_FACE:
      g_value_set_string (value, self->face);
      break;
    case PROP_TABLE_ALLOWED:
      g_value_set_boolean (value, self->table_allowed);
      break;
    case PROP_SORT:
      g_value_set_string (value, self->query != NULL ? self->entity->fields[self->query->sort].name : NULL);
      break;
    case PROP_SORT_DESCENDING:
      g_value_set_boolean (value, self->query != NULL && self->query->descending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_list_pane_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  CrmListPane *self = CRM_LIST_PANE (object);
  int field;

  switch (id)
    {
    case PROP_FACE:
      set_face (self, g_value_get_string (value));
      break;
    case PROP_TABLE_ALLOWED:
      set_table_allowed (self, g_value_get_boolean (value));
      break;
    case PROP_SORT:
      field = crm_entity_find_field (self->entity, g_value_get_string (value));
      if (field >= 0)
        take_sort (self, (guint) field, self->query->descending);
      break;
    case PROP_SORT_DESCENDING:
      take_sort (self, self->query->sort, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_list_pane_dispose (GObject *object)
{
  CrmListPane *self = CRM_LIST_PANE (object);

  /* The faces go before the model: rows do not follow what is being torn down */
  if (self->list_face != NULL)
    crm_list_face_set_selection (self->list_face, NULL);
  if (self->table != NULL)
    crm_table_set_selection (self->table, NULL);
  self->list_face = NULL;
  self->table = NULL;
  g_clear_pointer (&self->context_menu, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_LIST_PANE);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->views);
  g_clear_object (&self->settings);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_list_pane_parent_class)->dispose (object);
}

static void
crm_list_pane_finalize (GObject *object)
{
  CrmListPane *self = CRM_LIST_PANE (object);

  g_clear_pointer (&self->query, crm_query_free);
  g_clear_pointer (&self->ids, crm_id_list_unref);
  g_free (self->face);

  G_OBJECT_CLASS (crm_list_pane_parent_class)->finalize (object);
}

static gboolean
crm_list_pane_grab_focus (GtkWidget *widget)
{
  CrmListPane *self = CRM_LIST_PANE (widget);

  return focus_rows (self) || gtk_widget_grab_focus (self->search_entry);
}

static void
install_properties (GObjectClass *object_class)
{
  properties[PROP_FACE] =
    g_param_spec_string ("face", NULL, NULL, "list", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_TABLE_ALLOWED] =
    g_param_spec_boolean ("table-allowed", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SORT] =
    g_param_spec_string ("sort", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SORT_DESCENDING] =
    g_param_spec_boolean ("sort-descending", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_resources_register (crm_ui_list_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-list-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmListPane, box);
  gtk_widget_class_bind_template_child (widget_class, CrmListPane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, CrmListPane, face_button);
  gtk_widget_class_bind_template_child (widget_class, CrmListPane, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CrmListPane, tools);
  gtk_widget_class_bind_template_child (widget_class, CrmListPane, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmListPane, status_page);
  gtk_widget_class_bind_template_child (widget_class, CrmListPane, clear_button);
  gtk_widget_class_bind_template_child (widget_class, CrmListPane, new_button);
  gtk_widget_class_bind_template_child (widget_class, CrmListPane, new_label);
  gtk_widget_class_bind_template_child (widget_class, CrmListPane, retry_button);
  gtk_widget_class_bind_template_child (widget_class, CrmListPane, foot_label);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_search_key);
  gtk_widget_class_bind_template_callback (widget_class, on_face_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_face_key);
  gtk_widget_class_bind_template_callback (widget_class, on_face_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_face_pressed);
}

static void
crm_list_pane_class_init (CrmListPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = crm_list_pane_get_property;
  object_class->set_property = crm_list_pane_set_property;
  object_class->dispose = crm_list_pane_dispose;
  object_class->finalize = crm_list_pane_finalize;
  widget_class->grab_focus = crm_list_pane_grab_focus;

  install_properties (object_class);
  signals[SIGNAL_OPEN] =
    g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  bind_template (widget_class);
  crm_list_pane_install_actions (widget_class);
}

static void
crm_list_pane_init (CrmListPane *self)
{
  self->face = g_strdup ("list");
  self->table_allowed = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
make_model (CrmListPane *self)
{
  self->query = load_query (self);
  self->model = crm_query_model_new (self->store, self->query);
  self->selection = crm_selection_new (self->model);
  g_signal_connect_swapped (self->selection, "chosen", G_CALLBACK (on_chosen), self);
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (on_selection_changed), self);
  /* After the selection, which follows the same signal */
  g_signal_connect_swapped (self->model, "refreshed", G_CALLBACK (on_refreshed), self);
  g_signal_connect_swapped (self->model, "notify::failure", G_CALLBACK (crm_list_pane_update_contents), self);
  g_signal_connect_swapped (self->model, "notify::n-hits", G_CALLBACK (crm_list_pane_update_foot), self);
}

static void
make_views_popover (GtkMenuButton *button,
                    gpointer       user_data)
{
  CrmListPane *self = user_data;

  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, crm_views_popover_new (self->views, _("All clients")));
  crm_views_popover_set_current (CRM_VIEWS_POPOVER (gtk_menu_button_get_popover (button)), self->view);
}

static void
make_views_button (CrmListPane *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->views = crm_views_new (self->store, self->entity);
  self->views_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->views_label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->views_label, 24);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->views_label));
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("pan-down-symbolic"));

  self->views_button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_child (self->views_button, content);
  gtk_menu_button_set_create_popup_func (self->views_button, make_views_popover, self, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->views_button), _("Saved Views"));
  gtk_widget_add_css_class (GTK_WIDGET (self->views_button), "chip");
  gtk_widget_add_css_class (GTK_WIDGET (self->views_button), "view-chip");
  g_signal_connect_object (self->views, "changed", G_CALLBACK (update_views), self, G_CONNECT_SWAPPED);
}

static void
make_filter_bar (CrmListPane *self)
{
  make_views_button (self);
  self->filter_bar = CRM_FILTER_BAR (crm_filter_bar_new (self->store, GTK_WIDGET (self->views_button)));
  crm_filter_bar_set_query (self->filter_bar, self->query);
  g_signal_connect_swapped (self->filter_bar, "changed", G_CALLBACK (on_filter_changed), self);
  gtk_box_append (self->tools, GTK_WIDGET (self->filter_bar));
  update_views (self);
}

GtkWidget *
crm_list_pane_new (CrmStore        *store,
                   const CrmEntity *entity,
                   GSettings       *settings)
{
  CrmListPane *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL, NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (CRM_TYPE_LIST_PANE, NULL);
  self->store = g_object_ref (store);
  self->entity = entity;
  self->settings = g_object_ref (settings);
  make_model (self);
  make_filter_bar (self);
  g_settings_bind (settings, "list-face", self, "face", G_SETTINGS_BIND_DEFAULT);
  update_face (self);
  on_selection_changed (self);
  return GTK_WIDGET (self);
}

void
crm_list_pane_focus_search (CrmListPane *self)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  gtk_widget_grab_focus (self->search_entry);
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);
}

void
crm_list_pane_set_query (CrmListPane    *self,
                         const CrmQuery *query)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));
  g_return_if_fail (query != NULL && query->entity == self->entity);

  crm_list_pane_take_query (self, crm_query_copy (query));
}

void
crm_list_pane_show_record (CrmListPane *self,
                           gint64       id)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  self->shown = id;
  if (crm_query_model_find (self->model, id) >= 0)
    {
      crm_selection_set_single (self->selection, id);
      scroll_to (self, id);
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

GArray *
crm_list_pane_get_selection (CrmListPane *self)
{
  g_return_val_if_fail (CRM_IS_LIST_PANE (self), NULL);

  return crm_selection_get_ids (self->selection);
}
