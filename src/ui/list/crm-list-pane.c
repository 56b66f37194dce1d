/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-list-pane-private.h"

#include <glib/gi18n-lib.h>

#include "crm-display.h"
#include "crm-list-words.h"

enum {
  PROP_0,
  PROP_FACE,
  PROP_TABLE_ALLOWED,
  PROP_SORT,
  PROP_SORT_DESCENDING,
  PROP_VIEW,
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

void
crm_list_pane_emit_activate (CrmListPane *self,
                             gint64       id)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, id);
}

void
crm_list_pane_emit_open (CrmListPane *self,
                         gint64       id)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  self->shown = id;
  self->next = 0;
  g_signal_emit (self, signals[SIGNAL_OPEN], 0, id);
}

/* The search entry */

static void
on_search_activate (CrmListPane *self)
{
  if (crm_list_pane_is_busy (self))
    self->open_first = TRUE;
  else
    crm_list_pane_open_first (self);
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
  return crm_faces_focus (self->faces, position);
}

/* As by an arrow key in the rows themselves the one that is come to is chosen, or a second press would pass it over */
static gboolean
enter_rows (CrmListPane *self)
{
  if (!focus_rows (self))
    return FALSE;
  if (crm_selection_get_size (self->selection) == 0)
    crm_list_pane_choose (self, crm_query_model_get_id (self->model, 0));
  return TRUE;
}

static gboolean
on_search_key (CrmListPane     *self,
               guint            keyval,
               guint            keycode,
               GdkModifierType  state)
{
  if ((keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down || keyval == GDK_KEY_Page_Down) &&
      (state & gtk_accelerator_get_default_mod_mask ()) == 0)
    return enter_rows (self);
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
on_context (CrmListPane *self,
            guint        position,
            double       x,
            double       y)
{
  GtkWidget *faces = GTK_WIDGET (self->faces);
  graphene_point_t at;

  if (!gtk_selection_model_is_selected (GTK_SELECTION_MODEL (self->selection), position))
    crm_list_pane_choose (self, crm_query_model_get_id (self->model, position));
  crm_faces_focus (self->faces, position);
  if (gtk_widget_compute_point (faces, GTK_WIDGET (self), &GRAPHENE_POINT_INIT ((float) x, (float) y), &at))
    crm_list_pane_show_context_menu (self, &(GdkRectangle) { (int) at.x, (int) at.y, 1, 1 });
}

static const char *
get_face (CrmListPane *self)
{
  return self->chosen != NULL && self->chosen->face != NULL ? self->chosen->face : self->face;
}

static gboolean
wants_table (CrmListPane *self)
{
  return self->table_allowed && g_str_equal (get_face (self), "table");
}

static void
update_face_button (CrmListPane *self)
{
  gboolean table = wants_table (self);
  const char *text = table ? _("Show as List") : _("Show as Table");

  gtk_button_set_icon_name (self->face_button, table ? "view-list-symbolic" : "crm-table-symbolic");
  crm_display_name_control (GTK_WIDGET (self->face_button), text);
  gtk_widget_set_visible (GTK_WIDGET (self->face_button), self->table_allowed);
}

static void
show_face (CrmListPane *self)
{
  gint64 cursor = crm_selection_get_single (self->selection);

  crm_faces_show (self->faces, wants_table (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "column", crm_faces_get_columns_actions (self->faces));
  update_face_button (self);
  crm_list_pane_update_menu (self);
  crm_list_pane_update_contents (self);
  if (cursor != 0)
    crm_faces_scroll_to (self->faces, cursor);
}

void
crm_list_pane_update_face (CrmListPane *self)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  if (crm_faces_shows_table (self->faces) == wants_table (self))
    return;
  show_face (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FACE]);
}

static void
on_face_clicked (CrmListPane *self)
{
  g_object_set (self, "face", wants_table (self) ? "list" : "table", NULL);
}

/* The settings tell of the face only where no view has one of its own */
static void
on_setting_changed (CrmListPane *self)
{
  g_free (self->face);
  self->face = g_settings_get_string (self->settings, "list-face");
  crm_list_pane_update_face (self);
}

static void
set_face (CrmListPane *self,
          const char  *face)
{
  if (g_strcmp0 (face, "list") != 0 && g_strcmp0 (face, "table") != 0)
    return;
  if (self->chosen == NULL || self->chosen->face == NULL)
    {
      g_settings_set_string (self->settings, "list-face", face);
      return;
    }
  g_free (self->chosen->face);
  self->chosen->face = g_strdup (face);
  crm_list_pane_update_face (self);
  crm_list_pane_remember (self);
}

static void
set_table_allowed (CrmListPane *self,
                   gboolean     allowed)
{
  if (allowed == self->table_allowed)
    return;
  self->table_allowed = allowed;
  if (crm_faces_shows_table (self->faces) != wants_table (self))
    show_face (self);
  else
    update_face_button (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TABLE_ALLOWED]);
}

void
crm_list_pane_notify_sort (CrmListPane *self)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SORT_DESCENDING]);
}

void
crm_list_pane_notify_view (CrmListPane *self)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
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
      g_value_set_string (value, get_face (self));
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
    case PROP_VIEW:
      g_value_set_int64 (value, self->view);
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
        crm_list_pane_take_sort (self, (guint) field, self->query->descending);
      break;
    case PROP_SORT_DESCENDING:
      crm_list_pane_take_sort (self, self->query->sort, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_list_pane_dispose (GObject *object)
{
  CrmListPane *self = CRM_LIST_PANE (object);

  /* Before the model: rows do not follow what is being torn down */
  if (self->faces != NULL)
    crm_faces_close (self->faces);
  self->faces = NULL;
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
  g_clear_pointer (&self->chosen, crm_view_free);
  g_free (self->face);

  G_OBJECT_CLASS (crm_list_pane_parent_class)->finalize (object);
}

static gboolean
crm_list_pane_grab_focus (GtkWidget *widget)
{
  CrmListPane *self = CRM_LIST_PANE (widget);

  return focus_rows (self) || gtk_widget_grab_focus (self->search_entry);
}

/*
 * What GTK does by itself is to grab the focus, which here means the rows: the Tab key would pass over the tools above them.
 * The menu of the records stands beside the box.
 */
static gboolean
crm_list_pane_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  gboolean in_menu = self->context_menu != NULL && gtk_widget_get_focus_child (widget) == self->context_menu;

  return gtk_widget_child_focus (in_menu ? self->context_menu : GTK_WIDGET (self->box), direction);
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
  properties[PROP_VIEW] =
    g_param_spec_int64 ("view", NULL, NULL, -1, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
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
  gtk_widget_class_bind_template_callback (widget_class, crm_list_pane_take_text);
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
  widget_class->focus = crm_list_pane_focus;
  widget_class->grab_focus = crm_list_pane_grab_focus;

  install_properties (object_class);
  signals[SIGNAL_OPEN] =
    g_signal_new ("open", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  bind_template (widget_class);
  crm_list_pane_install_actions (widget_class);
  crm_list_pane_install_menus (widget_class);
}

static void
crm_list_pane_init (CrmListPane *self)
{
  self->table_allowed = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
make_model (CrmListPane *self)
{
  crm_list_pane_load_query (self);
  self->model = crm_query_model_new (self->store, self->query);
  self->selection = crm_selection_new (self->model);
  g_signal_connect_swapped (self->selection, "chosen", G_CALLBACK (crm_list_pane_take_chosen), self);
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (crm_list_pane_update_bulk_bar), self);
  /* After the selection, which follows the same signal */
  g_signal_connect_swapped (self->model, "refreshed", G_CALLBACK (crm_list_pane_take_answer), self);
  g_signal_connect_swapped (self->model, "notify::failure", G_CALLBACK (crm_list_pane_update_contents), self);
  g_signal_connect_swapped (self->model, "notify::n-hits", G_CALLBACK (crm_list_pane_update_foot), self);
}

static void
make_faces (CrmListPane *self)
{
  self->face = g_settings_get_string (self->settings, "list-face");
  self->faces = CRM_FACES (crm_faces_new (self->model, self->selection, self->entity, self->settings));
  crm_faces_set_query (self->faces, self->query);
  crm_faces_set_columns (self->faces, self->chosen != NULL ? self->chosen->columns : NULL);
  g_signal_connect_swapped (self->faces, "activate", G_CALLBACK (crm_list_pane_activate), self);
  g_signal_connect_swapped (self->faces, "sort", G_CALLBACK (crm_list_pane_take_sort), self);
  g_signal_connect_swapped (self->faces, "context", G_CALLBACK (on_context), self);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->faces), "faces");
  g_signal_connect_object (self->settings, "changed::list-face", G_CALLBACK (on_setting_changed), self, G_CONNECT_SWAPPED);
}

static void
on_views_changed (CrmListPane *self)
{
  gint64 awaited = self->awaited_view;

  self->awaited_view = 0;
  if (awaited == 0 || !crm_list_pane_show_view (self, awaited))
    crm_list_pane_update_views (self);
}

static void
name_search (CrmListPane *self)
{
  const CrmListWords *words = crm_list_words_get (self->entity);

  g_object_set (self->search_entry, "placeholder-text", _(words->searched), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _(words->search), -1);
}

static void
make_filter_bar (CrmListPane *self)
{
  self->views = crm_views_new (self->store, self->entity);
  self->views_button = CRM_VIEWS_BUTTON (crm_views_button_new (self->store, self->views, crm_list_words_get (self->entity)->all));
  g_signal_connect_swapped (self->views_button, "saved", G_CALLBACK (crm_list_pane_take_view), self);
  g_signal_connect_object (self->views, "changed", G_CALLBACK (on_views_changed), self, G_CONNECT_SWAPPED);
  self->filter_bar = CRM_FILTER_BAR (crm_filter_bar_new (self->store, GTK_WIDGET (self->views_button)));
  crm_filter_bar_set_query (self->filter_bar, self->query);
  g_signal_connect_swapped (self->filter_bar, "changed", G_CALLBACK (crm_list_pane_take_filter), self);
  gtk_box_append (self->tools, GTK_WIDGET (self->filter_bar));
  crm_list_pane_update_views (self);
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
  name_search (self);
  make_model (self);
  make_faces (self);
  make_filter_bar (self);
  crm_list_pane_show_text (self);
  show_face (self);
  crm_list_pane_update_bulk_bar (self);
  return GTK_WIDGET (self);
}

void
crm_list_pane_focus_search (CrmListPane *self)
{
  g_return_if_fail (CRM_IS_LIST_PANE (self));

  gtk_widget_grab_focus (self->search_entry);
  gtk_editable_select_region (GTK_EDITABLE (self->search_entry), 0, -1);
}

GArray *
crm_list_pane_get_selection (CrmListPane *self)
{
  g_return_val_if_fail (CRM_IS_LIST_PANE (self), NULL);

  return crm_selection_get_ids (self->selection);
}
