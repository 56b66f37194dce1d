/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-list-pane-private.h"

#include <glib/gi18n-lib.h>

#include "crm-bulk-edit-dialog.h"
#include "crm-bulk-tag-dialog.h"
#include "crm-bulk.h"
#include "crm-list-cursor.h"
#include "crm-name-dialog.h"
#include "crm-new-client-dialog.h"
#include "crm-number.h"
#include "crm-query-label.h"
#include "crm-toaster.h"

/* Alt+1 … Alt+9 */
#define N_VIEW_KEYS 9

/* Searching and filtering */

static void
search (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  crm_list_pane_focus_search (CRM_LIST_PANE (widget));
}

static void
clear_filters (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  CrmQuery *query = crm_query_new (self->entity);

  query->sort = self->query->sort;
  query->descending = self->query->descending;
  query->trash = self->query->trash;
  crm_list_pane_take_query (self, query);
}

static void
reload (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);

  crm_query_model_set_query (self->model, self->query);
}

/* Moving and opening */

static void
go_previous (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  crm_list_pane_step (CRM_LIST_PANE (widget), -1);
}

static void
go_next (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  crm_list_pane_step (CRM_LIST_PANE (widget), 1);
}

static void
open_selected (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  gint64 id = crm_selection_get_single (self->selection);

  if (id == 0)
    return;
  crm_list_pane_choose (self, id);
  crm_list_pane_emit_activate (self, id);
}

/* New */

static void
on_created (CrmListPane *self,
            gint64       id)
{
  crm_list_pane_show_record (self, id);
  crm_list_pane_choose (self, id);
  crm_list_pane_emit_activate (self, id);
}

static void
create (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = crm_new_client_dialog_new (self->store, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->query->text);

  g_signal_connect_object (dialog, "created", G_CALLBACK (on_created), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "open-existing", G_CALLBACK (on_created), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Selecting */

static void
select_all (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (CRM_LIST_PANE (widget)->selection));
}

static void
clear_selection (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);

  crm_selection_set_single (self->selection, crm_query_model_find (self->model, self->shown) >= 0 ? self->shown : 0);
}

/* Changing many */

static void
bulk_edit (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  gtk_window_present (GTK_WINDOW (crm_bulk_edit_dialog_new (widget, self->store, self->entity, ids)));
}

static void
bulk_tag (GtkWidget  *widget,
          const char *action,
          GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  gtk_window_present (GTK_WINDOW (crm_bulk_tag_dialog_new (widget, self->store, ids)));
}

/* The record to go on with when those selected leave the list: the one below the last of them, else the one above the first */
static gint64
find_next (CrmListPane *self)
{
  GtkSelectionModel *selection = GTK_SELECTION_MODEL (self->selection);
  gint64 start = crm_query_model_find (self->model, crm_selection_get_cursor (self->selection));
  gint64 n_items = crm_list_pane_get_n_found (self);

  for (gint64 i = start + 1; i < n_items; i++)
    {
      if (!gtk_selection_model_is_selected (selection, (guint) i))
        return crm_query_model_get_id (self->model, (guint) i);
    }
  for (gint64 i = start - 1; i >= 0; i--)
    {
      if (!gtk_selection_model_is_selected (selection, (guint) i))
        return crm_query_model_get_id (self->model, (guint) i);
    }
  /* None is left: -1 still means that what shows must go */
  return -1;
}

static void
bulk_delete (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  self->next = find_next (self);
  crm_bulk_delete (widget, self->store, self->entity, ids);
}

static void
restore (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  self->next = find_next (self);
  crm_bulk_restore (widget, self->store, self->entity, ids);
}

static void
on_purge_response (CrmListPane *self,
                   const char  *response)
{
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  if (!g_str_equal (response, "delete") || ids->len == 0)
    return;
  self->next = find_next (self);
  crm_bulk_purge (GTK_WIDGET (self), self->store, self->entity, ids);
}

static void
purge (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  guint n = crm_selection_get_size (self->selection);
  g_autofree char *heading = crm_number_fill (ngettext ("Delete %s Client for Good?", "Delete %s Clients for Good?", n), n);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
                                              _("They leave the trash with all that belongs to them."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "delete", _("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_purge_response), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The selection if there are several, else all that shows: a list of one is nobody's export */
static GArray *
get_exported_ids (CrmListPane *self)
{
  guint n_items = crm_list_pane_get_n_found (self);
  GArray *ids;

  if (crm_selection_get_size (self->selection) >= 2)
    return crm_selection_get_ids (self->selection);
  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_items);
  for (guint i = 0; i < n_items; i++)
    {
      gint64 id = crm_query_model_get_id (self->model, i);

      g_array_append_val (ids, id);
    }
  return ids;
}

static void
on_export_response (CrmListPane      *self,
                    int               response,
                    GtkFileChooser   *chooser)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);
      g_autoptr (GArray) ids = get_exported_ids (self);

      if (g_file_peek_path (file) != NULL)
        crm_bulk_export (GTK_WIDGET (self), self->store, self->entity, ids, file);
    }
  g_object_unref (chooser);
}

static void
export (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Export Clients"), GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("CSV files"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("clients.csv"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_export_response), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* Saved views */

typedef struct {
  CrmListPane *pane;
  gint64       id; /* 0: a new one */
} ViewName;

static void
view_name_free (gpointer data)
{
  ViewName *name = data;

  g_object_unref (name->pane);
  g_free (name);
}

static void
on_view_saved (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CrmListPane) self = user_data;
  g_autoptr (GError) error = NULL;

  if (crm_store_save_finish (CRM_STORE (source), result, &error) == 0)
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
save_view_values (CrmListPane    *self,
                  gint64          id,
                  const char     *name,
                  const CrmQuery *query)
{
  g_autoptr (CrmValues) values = crm_views_make_values (self->views, id, name, query);

  crm_store_save_async (self->store, values, NULL, on_view_saved, g_object_ref (self));
}

static void
on_view_named (const char *name,
               gpointer    user_data)
{
  ViewName *view = user_data;

  if (view->pane->store != NULL)
    save_view_values (view->pane, view->id, name, view->id == 0 ? view->pane->query : NULL);
}

static void
ask_view_name (CrmListPane *self,
               gint64       id,
               const char  *heading,
               const char  *body,
               const char  *accept,
               const char  *name)
{
  ViewName *view = g_new0 (ViewName, 1);

  view->pane = g_object_ref (self);
  view->id = id;
  crm_name_dialog_ask (GTK_WIDGET (self), heading, body, accept, name, on_view_named, view, view_name_free);
}

static void
save_view (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  g_autofree char *name = crm_query_describe (self->query);

  gtk_menu_button_popdown (self->views_button);
  ask_view_name (self, 0, _("Save View"), _("Filters and order are kept under a name."), _("_Save"), name);
}

static const CrmView *
get_view (CrmListPane *self,
          GVariant    *parameter)
{
  return crm_views_find (self->views, g_variant_get_int64 (parameter));
}

static void
show_view (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  const CrmView *view = get_view (self, parameter);

  if (view != NULL)
    crm_list_pane_set_query (self, view->query);
  else
    clear_filters (widget, action, NULL);
}

static void
update_view (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  const CrmView *view = get_view (self, parameter);

  if (view != NULL)
    save_view_values (self, view->id, NULL, self->query);
}

static void
rename_view (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  const CrmView *view = get_view (self, parameter);

  gtk_menu_button_popdown (self->views_button);
  if (view != NULL)
    ask_view_name (self, view->id, _("Rename View"), NULL, _("_Rename"), view->name);
}

static void
on_view_deleted (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CrmListPane) self = user_data;
  g_autoptr (GError) error = NULL;

  if (crm_store_step_finish (CRM_STORE (source), result, &error))
    crm_toast_undo (GTK_WIDGET (self), _("View deleted"));
  else
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
delete_view (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  gint64 id = g_variant_get_int64 (parameter);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  gtk_menu_button_popdown (self->views_button);
  g_array_append_val (ids, id);
  crm_store_delete_async (self->store, &crm_saved_view, ids, NULL, on_view_deleted, g_object_ref (self));
}

static gboolean
on_view_key (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  guint index = g_variant_get_uint32 (args);

  if (self->query->trash || index >= crm_views_get_size (self->views))
    return FALSE;
  crm_list_pane_set_query (self, crm_views_get (self->views, index)->query);
  return TRUE;
}

/* Menus */

static void
append_sort_menu (CrmListPane *self,
                  GMenu       *menu)
{
  g_autoptr (GMenu) sort = g_menu_new ();
  g_autoptr (GMenu) fields = g_menu_new ();
  g_autoptr (GMenu) direction = g_menu_new ();

  for (guint i = 0; i < self->entity->n_fields; i++)
    {
      const CrmField *field = &self->entity->fields[i];
      gboolean time = g_str_equal (field->name, "created") || g_str_equal (field->name, "modified");
      g_autofree char *action = NULL;

      if (!time && !(field->flags & CRM_FIELD_COLUMN))
        continue;
      action = g_strconcat ("list.sort::", field->name, NULL);
      g_menu_append (fields, crm_field_get_label (field), action);
    }
  g_menu_append (direction, _("_Descending"), "list.sort-descending");
  g_menu_append_section (sort, NULL, G_MENU_MODEL (fields));
  g_menu_append_section (sort, NULL, G_MENU_MODEL (direction));
  g_menu_append_submenu (menu, _("_Sort by"), G_MENU_MODEL (sort));
}

/* GTK 4.8 leaves the focus in a submenu that is gone, and keys go nowhere then */
static void
on_menu_closed (CrmListPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && !gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (GTK_WIDGET (self->menu_button));
}

void
crm_list_pane_update_menu (CrmListPane *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) look = g_menu_new ();
  g_autoptr (GMenu) records = g_menu_new ();
  g_autoptr (GMenu) views = g_menu_new ();

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  append_sort_menu (self, look);
  if (crm_list_pane_shows_table (self))
    g_menu_append_submenu (look, _("_Columns"), crm_table_get_columns_menu (self->table));
  g_menu_append (records, _("Select _All"), "list.select-all");
  g_menu_append (records, _("_Export…"), "list.export");
  g_menu_append (views, _("Save _View…"), "list.save-view");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (look));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (records));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (views));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
  g_signal_connect_object (gtk_menu_button_get_popover (self->menu_button), "closed", G_CALLBACK (on_menu_closed), self,
                           G_CONNECT_SWAPPED);
}

static GMenuModel *
new_context_menu (CrmListPane *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) one = g_menu_new ();
  g_autoptr (GMenu) many = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();

  if (crm_selection_get_size (self->selection) == 1)
    g_menu_append (one, _("_Open"), "list.open");
  if (self->query->trash)
    {
      g_menu_append (many, _("_Restore"), "list.restore");
      g_menu_append (end, _("_Delete for Good…"), "list.purge");
    }
  else
    {
      g_menu_append (many, _("_Edit Field…"), "list.bulk-edit");
      g_menu_append (many, _("_Tag…"), "list.bulk-tag");
      g_menu_append (end, _("_Delete"), "list.bulk-delete");
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (one));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (many));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  return G_MENU_MODEL (menu);
}

void
crm_list_pane_show_context_menu (CrmListPane        *self,
                                 const GdkRectangle *at)
{
  g_autoptr (GMenuModel) menu = NULL;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  menu = new_context_menu (self);
  if (self->context_menu == NULL)
    {
      self->context_menu = gtk_popover_menu_new_from_model (menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->context_menu), FALSE);
      gtk_widget_set_halign (self->context_menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->context_menu, GTK_WIDGET (self));
    }
  else
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->context_menu), menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), at);
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

/* At the row that has the keyboard, or else at the one selected last */
static void
context_menu (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  GtkWidget *list_view = crm_list_pane_get_list_view (self);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gint64 position = crm_query_model_find (self->model, crm_selection_get_cursor (self->selection));
  graphene_rect_t bounds;

  if (crm_selection_get_size (self->selection) == 0)
    return;
  if (focus != NULL && gtk_widget_is_ancestor (focus, list_view))
    {
      if (!gtk_widget_compute_bounds (focus, widget, &bounds))
        return;
    }
  else if (position < 0 || !crm_list_cursor_get_bounds (list_view, (guint) position, widget, &bounds))
    return;
  crm_list_pane_show_context_menu (self, &(GdkRectangle) { (int) bounds.origin.x + 24,
                                                           (int) (bounds.origin.y + bounds.size.height / 2), 1, 1 });
}

/* Installing */

static gboolean
on_delete_key (GtkWidget *widget,
               GVariant  *args,
               gpointer   user_data)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  /* In an entry it is the entry's, on a chip the chip's */
  if (focus == NULL || !gtk_widget_is_ancestor (focus, crm_list_pane_get_list_view (self)) || crm_selection_get_size (self->selection) == 0)
    return FALSE;
  return gtk_widget_activate_action (widget, self->query->trash ? "list.purge" : "list.bulk-delete", NULL);
}

static gboolean
on_escape (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  CrmListPane *self = CRM_LIST_PANE (widget);

  if (crm_selection_get_size (self->selection) < 2)
    return FALSE;
  return gtk_widget_activate_action (widget, "list.clear-selection", NULL);
}

static void
install_view_keys (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < N_VIEW_KEYS; i++)
    {
      g_autoptr (GtkShortcut) shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_1 + i, GDK_ALT_MASK),
                                                          gtk_callback_action_new (on_view_key, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_uint32 (i));
      gtk_widget_class_add_shortcut (widget_class, shortcut);
    }
}

void
crm_list_pane_install_actions (GtkWidgetClass *widget_class)
{
  static const struct {
    const char                     *name;
    const char                     *parameter;
    GtkWidgetActionActivateFunc     func;
  } actions[] = {
    { "list.search", NULL, search },
    { "list.clear-filters", NULL, clear_filters },
    { "list.reload", NULL, reload },
    { "list.previous", NULL, go_previous },
    { "list.next", NULL, go_next },
    { "list.open", NULL, open_selected },
    { "list.new", NULL, create },
    { "list.select-all", NULL, select_all },
    { "list.clear-selection", NULL, clear_selection },
    { "list.bulk-edit", NULL, bulk_edit },
    { "list.bulk-tag", NULL, bulk_tag },
    { "list.bulk-delete", NULL, bulk_delete },
    { "list.restore", NULL, restore },
    { "list.purge", NULL, purge },
    { "list.export", NULL, export },
    { "list.save-view", NULL, save_view },
    { "list.view", "x", show_view },
    { "list.update-view", "x", update_view },
    { "list.rename-view", "x", rename_view },
    { "list.delete-view", "x", delete_view },
    { "list.context-menu", NULL, context_menu },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter, actions[i].func);
  gtk_widget_class_install_property_action (widget_class, "list.face", "face");
  gtk_widget_class_install_property_action (widget_class, "list.sort", "sort");
  gtk_widget_class_install_property_action (widget_class, "list.sort-descending", "sort-descending");

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, on_delete_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "list.context-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "list.context-menu", NULL);
  install_view_keys (widget_class);
}

void
crm_list_pane_update_actions (CrmListPane *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  guint n_selected;
  gboolean trash;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  n_selected = crm_selection_get_size (self->selection);
  trash = self->query->trash;
  gtk_widget_action_set_enabled (widget, "list.open", n_selected == 1);
  gtk_widget_action_set_enabled (widget, "list.clear-selection", n_selected > 0);
  gtk_widget_action_set_enabled (widget, "list.bulk-edit", n_selected > 0 && !trash);
  gtk_widget_action_set_enabled (widget, "list.bulk-tag", n_selected > 0 && !trash);
  gtk_widget_action_set_enabled (widget, "list.bulk-delete", n_selected > 0 && !trash);
  gtk_widget_action_set_enabled (widget, "list.restore", n_selected > 0 && trash);
  gtk_widget_action_set_enabled (widget, "list.purge", n_selected > 0 && trash);
  gtk_widget_action_set_enabled (widget, "list.save-view", !trash);
}
