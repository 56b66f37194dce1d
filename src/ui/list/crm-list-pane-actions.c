/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-list-pane-private.h"

#include <glib/gi18n-lib.h>

#include "crm-bulk-edit-dialog.h"
#include "crm-bulk-tag-dialog.h"
#include "crm-bulk.h"
#include "crm-heading.h"
#include "crm-list-words.h"
#include "crm-merge-dialog.h"
#include "crm-put-template-dialog.h"
#include "crm-new-record-dialog.h"
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
  CrmQuery *query;

  if (self->chosen != NULL)
    {
      crm_list_pane_show_view (self, 0);
      return;
    }
  query = crm_query_new (self->entity);
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
  GtkWidget *dialog = crm_new_record_dialog_new (self->store, self->entity, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, self->query->text);

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

static void
put_template (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);

  gtk_window_present (GTK_WINDOW (crm_put_template_dialog_new (widget, self->store, ids)));
}

static void
on_merged (CrmListPane *self,
           gint64       id,
           const char  *text)
{
  crm_toast_undo (GTK_WIDGET (self), text);
  on_created (self, id);
}

static void
merge (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  g_autoptr (GArray) ids = crm_selection_get_ids (self->selection);
  GtkWidget *dialog;

  g_return_if_fail (ids->len == 2);

  dialog = crm_merge_dialog_new (self->store, self->entity, g_array_index (ids, gint64, 0), g_array_index (ids, gint64, 1),
                                 GTK_WINDOW (gtk_widget_get_root (widget)));
  g_signal_connect_object (dialog, "merged", G_CALLBACK (on_merged), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
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
  g_autofree char *heading = crm_list_words_fill (self->entity, CRM_COUNTED_PURGE_QUESTION, n);
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
                                              _("They leave the trash with all that belongs to them."));

  crm_heading_wrap (dialog);
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
export (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  const CrmListWords *words = crm_list_words_get (self->entity);
  g_autoptr (GArray) ids = get_exported_ids (self);

  crm_bulk_choose_export (widget, self->store, self->entity, ids, _(words->export), _(words->export_file));
}

/* Saved views */

static void
save_view (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  g_autofree char *name = crm_query_describe (self->query);
  g_autoptr (CrmView) view = crm_list_pane_make_view (self);

  crm_views_button_save (self->views_button, view, name);
}

static void
show_view (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  crm_list_pane_show_view (CRM_LIST_PANE (widget), g_variant_get_int64 (parameter));
}

static void
update_view (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  g_autoptr (CrmView) view = crm_list_pane_make_view (self);

  crm_views_button_update (self->views_button, g_variant_get_int64 (parameter), view);
}

static void
rename_view (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  crm_views_button_rename (CRM_LIST_PANE (widget)->views_button, g_variant_get_int64 (parameter));
}

static void
delete_view (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  crm_views_button_delete (CRM_LIST_PANE (widget)->views_button, g_variant_get_int64 (parameter));
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
  crm_list_pane_show_view (self, crm_views_get (self->views, index)->id);
  return TRUE;
}

/* What is selected */

void
crm_list_pane_update_bulk_bar (CrmListPane *self)
{
  guint n_selected, n_shown;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  n_selected = crm_selection_get_size (self->selection);
  n_shown = n_selected >= 2 || self->query->trash ? n_selected : 0;

  if (n_shown > 0 && self->bulk_bar == NULL)
    {
      self->bulk_bar = CRM_BULK_BAR (crm_bulk_bar_new (self->entity));
      gtk_box_insert_child_after (self->box, GTK_WIDGET (self->bulk_bar), GTK_WIDGET (self->stack));
    }
  if (self->bulk_bar != NULL)
    crm_bulk_bar_update (self->bulk_bar, n_shown, self->query->trash);
  crm_list_pane_update_actions (self);
}

/* Installing */

static gboolean
on_delete_key (GtkWidget *widget,
               GVariant  *args,
               gpointer   user_data)
{
  CrmListPane *self = CRM_LIST_PANE (widget);

  /* In an entry it is the entry's, on a chip the chip's */
  if (!crm_faces_has_focus (self->faces) || crm_selection_get_size (self->selection) == 0)
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
    { "list.put-template", NULL, put_template },
    { "list.merge", NULL, merge },
    { "list.bulk-delete", NULL, bulk_delete },
    { "list.restore", NULL, restore },
    { "list.purge", NULL, purge },
    { "list.export", NULL, export },
    { "list.save-view", NULL, save_view },
    { "list.view", "x", show_view },
    { "list.update-view", "x", update_view },
    { "list.rename-view", "x", rename_view },
    { "list.delete-view", "x", delete_view },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter, actions[i].func);
  gtk_widget_class_install_property_action (widget_class, "list.face", "face");
  gtk_widget_class_install_property_action (widget_class, "list.sort", "sort");
  gtk_widget_class_install_property_action (widget_class, "list.sort-descending", "sort-descending");

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Delete, 0, on_delete_key, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
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
  gtk_widget_action_set_enabled (widget, "list.bulk-tag", n_selected > 0 && !trash && crm_entity_find_field (self->entity, "tags") >= 0);
  gtk_widget_action_set_enabled (widget, "list.put-template", n_selected > 0 && !trash && self->entity == &crm_client);
  gtk_widget_action_set_enabled (widget, "list.merge", n_selected == 2 && !trash);
  gtk_widget_action_set_enabled (widget, "list.bulk-delete", n_selected > 0 && !trash);
  gtk_widget_action_set_enabled (widget, "list.restore", n_selected > 0 && trash);
  gtk_widget_action_set_enabled (widget, "list.purge", n_selected > 0 && trash);
  gtk_widget_action_set_enabled (widget, "list.save-view", !trash);
}
