/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-sidebar.h"

#include <glib/gi18n-lib.h>

#include "crm-heading.h"
#include "crm-saved-view.h"
#include "crm-sidebar-row.h"
#include "crm-toaster.h"

struct _CrmSidebar
{
  GtkWidget       parent_instance;

  GtkMenuButton  *menu_button;
  GtkListBox     *list;
  GtkPopover     *popover;
  CrmSidebarRow  *popover_row;

  CrmStore       *store;
  GPtrArray      *views; /* of CrmValues, in their order */
  GCancellable   *cancellable;
  char           *count_page; /* page with a number, or NULL */
  guint           count;
  gboolean        is_urgent;
  char           *page;  /* what is selected */
  gint64          view;
};

G_DEFINE_FINAL_TYPE (CrmSidebar, crm_sidebar, GTK_TYPE_WIDGET)

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const CrmValues *first = *(const CrmValues **) a;
  const CrmValues *second = *(const CrmValues **) b;
  gint64 difference =
      crm_values_get_integer (first, CRM_SAVED_VIEW_PLACE) - crm_values_get_integer (second, CRM_SAVED_VIEW_PLACE);

  if (difference != 0)
    return difference < 0 ? -1 : 1;
  return g_utf8_collate (crm_values_get_text (first, CRM_SAVED_VIEW_NAME),
                         crm_values_get_text (second, CRM_SAVED_VIEW_NAME));
}

static CrmSidebarRow *
find_row (CrmSidebar *self,
          const char *page,
          gint64      view)
{
  CrmSidebarRow *row = NULL;

  for (int i = 0; (row = CRM_SIDEBAR_ROW (gtk_list_box_get_row_at_index (self->list, i))) != NULL; i++)
    if (page != NULL ? g_strcmp0 (crm_sidebar_row_get_page (row), page) == 0 : crm_sidebar_row_get_view (row) == view)
      return row;

  return NULL;
}

static void
select_row (CrmSidebar *self)
{
  CrmSidebarRow *row = find_row (self, self->page, self->view);

  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
}

static void
show_count (CrmSidebar *self)
{
  CrmSidebarRow *row = self->count_page != NULL ? find_row (self, self->count_page, 0) : NULL;

  if (row != NULL)
    crm_sidebar_row_set_count (row, self->count, self->is_urgent);
}

static void
close_popover (CrmSidebar *self)
{
  self->popover_row = NULL;
  g_clear_pointer ((GtkWidget **) &self->popover, gtk_widget_unparent);
}

static void
fill_list (CrmSidebar *self)
{
  GtkListBoxRow *row = NULL;

  close_popover (self);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));

  gtk_list_box_append (self->list, crm_sidebar_row_new_page ("today", "crm-task-symbolic", _("Today")));
  gtk_list_box_append (self->list, crm_sidebar_row_new_page ("clients", "crm-client-symbolic", _("Clients")));
  gtk_list_box_append (self->list, crm_sidebar_row_new_page ("people", "crm-person-symbolic", _("People")));
  for (guint i = 0; i < self->views->len; i++)
    {
      const CrmValues *view = g_ptr_array_index (self->views, i);

      gtk_list_box_append (self->list,
                           crm_sidebar_row_new_view (crm_values_get_id (view),
                                                     crm_values_get_text (view, CRM_SAVED_VIEW_NAME)));
    }
  gtk_list_box_append (self->list, crm_sidebar_row_new_page ("trash", "user-trash-symbolic", _("Trash")));
  show_count (self);
  select_row (self);
}

static void
on_views_read (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CrmSidebar) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *views = crm_store_get_children_finish (CRM_STORE (source), result, &error);

  if (views == NULL)
    {
      if (self->store != NULL)
        crm_toast_error (GTK_WIDGET (self), error);
      return;
    }

  g_ptr_array_sort (views, compare_places);
  g_ptr_array_unref (self->views);
  self->views = views;
  fill_list (self);
}

static void
read_views (CrmSidebar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  crm_store_get_all_async (self->store, &crm_saved_view, self->cancellable, on_views_read, g_object_ref (self));
}

static void
on_store_changed (CrmSidebar   *self,
                  CrmChangeSet *changes)
{
  if (crm_change_set_touches_entity (changes, &crm_saved_view))
    read_views (self);
}

static void
on_row_activated (CrmSidebar    *self,
                  CrmSidebarRow *row)
{
  const char *page = crm_sidebar_row_get_page (row);

  if (page != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.page", "s", page);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-view", "x", crm_sidebar_row_get_view (row));
}

/* Changing the views */

static void
on_view_saved (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CrmSidebar) self = user_data;
  g_autoptr (GError) error = NULL;

  if (crm_store_save_finish (CRM_STORE (source), result, &error) == 0 && self->store != NULL)
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
on_rename_response (AdwMessageDialog *dialog,
                    const char       *response,
                    CrmSidebar       *self)
{
  GtkEditable *entry = GTK_EDITABLE (adw_message_dialog_get_extra_child (dialog));
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  gint64 *view = g_object_get_data (G_OBJECT (dialog), "view");
  CrmValues *changes = NULL;

  if (g_strcmp0 (response, "rename") != 0 || name[0] == '\0' || self->store == NULL)
    return;

  changes = crm_values_new (&crm_saved_view, *view);
  crm_values_set_text (changes, CRM_SAVED_VIEW_NAME, name);
  crm_store_save_async (self->store, changes, NULL, on_view_saved, g_object_ref (self));
  crm_values_unref (changes);
}

static void
rename_view (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CrmSidebar *self = CRM_SIDEBAR (widget);
  GtkWidget *dialog = NULL;
  GtkWidget *entry = NULL;

  if (self->popover_row == NULL)
    return;

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _("Rename the View"), NULL);
  crm_heading_wrap (dialog);
  entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (entry), crm_sidebar_row_get_title (self->popover_row));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "rename", _("_Rename"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "rename", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "rename");
  g_object_set_data_full (G_OBJECT (dialog), "view",
                          g_memdup2 (&(gint64){ crm_sidebar_row_get_view (self->popover_row) }, sizeof (gint64)),
                          g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_rename_response), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_view_deleted (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CrmSidebar) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean deleted = crm_store_step_finish (CRM_STORE (source), result, &error);

  if (self->store == NULL)
    return;
  if (deleted)
    crm_toast_undo (GTK_WIDGET (self), _("View deleted"));
  else
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
delete_view (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CrmSidebar *self = CRM_SIDEBAR (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 view = 0;

  if (self->popover_row == NULL)
    return;

  view = crm_sidebar_row_get_view (self->popover_row);
  g_array_append_val (ids, view);
  crm_store_delete_async (self->store, &crm_saved_view, ids, NULL, on_view_deleted, g_object_ref (self));
}

/* @data: ids in the order in which they are to stand */
static gboolean
write_places (CrmWriter     *writer,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  GArray *ids = data;

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (CrmValues) changes = crm_values_new (&crm_saved_view, g_array_index (ids, gint64, i));

      crm_values_set_integer (changes, CRM_SAVED_VIEW_PLACE, i + 1);
      if (!crm_writer_update (writer, changes, error))
        return FALSE;
    }

  return TRUE;
}

static void
on_places_written (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (CrmSidebar) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!crm_store_step_finish (CRM_STORE (source), result, &error) && self->store != NULL)
    crm_toast_error (GTK_WIDGET (self), error);
}

static guint
find_view (CrmSidebar *self,
           gint64      id)
{
  guint i = 0;

  while (i < self->views->len && crm_values_get_id (g_ptr_array_index (self->views, i)) != id)
    i++;
  return i;
}

static void
move_view (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CrmSidebar *self = CRM_SIDEBAR (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint from = 0;
  guint to = 0;
  gint64 moved = 0;

  if (self->popover_row == NULL)
    return;

  from = find_view (self, crm_sidebar_row_get_view (self->popover_row));
  to = from + (guint) g_variant_get_int32 (parameter);
  if (from >= self->views->len || to >= self->views->len)
    return;

  for (guint i = 0; i < self->views->len; i++)
    g_array_append_vals (ids, &(gint64){ crm_values_get_id (g_ptr_array_index (self->views, i)) }, 1);
  moved = g_array_index (ids, gint64, from);
  g_array_remove_index (ids, from);
  g_array_insert_val (ids, to, moved);
  crm_store_step_async (self->store, _("Move a saved view"), write_places, g_steal_pointer (&ids),
                        (GDestroyNotify) g_array_unref, NULL, on_places_written, g_object_ref (self));
}

/* The context menu */

static GMenuModel *
create_view_menu (CrmSidebar *self,
                  gint64      view)
{
  g_autoptr (GMenu) change = g_menu_new ();
  g_autoptr (GMenu) move = g_menu_new ();
  g_autoptr (GMenu) remove = g_menu_new ();
  GMenu *menu = g_menu_new ();
  guint position = find_view (self, view);

  g_menu_append (change, _("_Rename…"), "view.rename");
  if (position > 0)
    g_menu_append (move, _("Move _Up"), "view.move(-1)");
  if (position + 1 < self->views->len)
    g_menu_append (move, _("Move D_own"), "view.move(1)");
  g_menu_append (remove, _("_Delete"), "view.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (change));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (move));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (remove));
  return G_MENU_MODEL (menu);
}

static void
open_view_menu (CrmSidebar    *self,
                CrmSidebarRow *row)
{
  g_autoptr (GMenuModel) menu = NULL;
  graphene_rect_t bounds;

  if (row == NULL || crm_sidebar_row_get_view (row) == 0
      || !gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self), &bounds))
    return;

  close_popover (self);
  menu = create_view_menu (self, crm_sidebar_row_get_view (row));
  self->popover = GTK_POPOVER (gtk_popover_menu_new_from_model (menu));
  self->popover_row = row;
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
  gtk_popover_set_pointing_to (self->popover, &(GdkRectangle){ (int) bounds.origin.x, (int) bounds.origin.y,
                                                               (int) bounds.size.width, (int) bounds.size.height });
  gtk_popover_popup (self->popover);
}

static void
open_focused_menu (GtkWidget  *widget,
                   const char *action,
                   GVariant   *parameter)
{
  CrmSidebar *self = CRM_SIDEBAR (widget);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkWidget *row = focus == NULL ? NULL : gtk_widget_get_ancestor (focus, CRM_TYPE_SIDEBAR_ROW);

  open_view_menu (self, (CrmSidebarRow *) row);
}

static void
on_right_click (CrmSidebar *self,
                int         n_press,
                double      x,
                double      y)
{
  open_view_menu (self, (CrmSidebarRow *) gtk_list_box_get_row_at_y (self->list, (int) y));
}

static void
crm_sidebar_dispose (GObject *object)
{
  CrmSidebar *self = CRM_SIDEBAR (object);
  GtkWidget *child = NULL;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  close_popover (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (crm_sidebar_parent_class)->dispose (object);
}

static void
crm_sidebar_finalize (GObject *object)
{
  CrmSidebar *self = CRM_SIDEBAR (object);

  g_ptr_array_unref (self->views);
  g_free (self->page);
  g_free (self->count_page);

  G_OBJECT_CLASS (crm_sidebar_parent_class)->finalize (object);
}

static void
crm_sidebar_class_init (CrmSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_sidebar_dispose;
  object_class->finalize = crm_sidebar_finalize;

  gtk_widget_class_install_action (widget_class, "view.menu", NULL, open_focused_menu);
  gtk_widget_class_install_action (widget_class, "view.rename", NULL, rename_view);
  gtk_widget_class_install_action (widget_class, "view.delete", NULL, delete_view);
  gtk_widget_class_install_action (widget_class, "view.move", "i", move_view);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, CrmSidebar, list);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_right_click);
}

static void
crm_sidebar_init (CrmSidebar *self)
{
  self->views = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_values_unref);
  self->page = g_strdup ("clients");
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_list (self);
}

void
crm_sidebar_set_store (CrmSidebar *self,
                       CrmStore   *store)
{
  g_return_if_fail (CRM_IS_SIDEBAR (self));
  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  read_views (self);
}

void
crm_sidebar_select (CrmSidebar *self,
                    const char *page,
                    gint64      view)
{
  g_return_if_fail (CRM_IS_SIDEBAR (self));

  g_free (self->page);
  self->page = g_strdup (page);
  self->view = view;
  select_row (self);
}

const CrmEntity *
crm_sidebar_get_entity (CrmSidebar *self,
                        gint64      view)
{
  guint position;

  g_return_val_if_fail (CRM_IS_SIDEBAR (self), NULL);

  position = find_view (self, view);
  if (position >= self->views->len)
    return NULL;
  return crm_entity_find (crm_values_get_text (g_ptr_array_index (self->views, position), CRM_SAVED_VIEW_ENTITY));
}

void
crm_sidebar_activate (CrmSidebar *self,
                      int         number)
{
  GtkListBoxRow *row = NULL;

  g_return_if_fail (CRM_IS_SIDEBAR (self));

  row = gtk_list_box_get_row_at_index (self->list, number - 1);
  if (row != NULL)
    on_row_activated (self, CRM_SIDEBAR_ROW (row));
}

void
crm_sidebar_set_count (CrmSidebar *self,
                       const char *page,
                       guint       count,
                       gboolean    is_urgent)
{
  g_return_if_fail (CRM_IS_SIDEBAR (self));
  g_return_if_fail (page != NULL);

  g_free (self->count_page);
  self->count_page = g_strdup (page);
  self->count = count;
  self->is_urgent = is_urgent;
  show_count (self);
}

void
crm_sidebar_open_menu (CrmSidebar *self)
{
  g_return_if_fail (CRM_IS_SIDEBAR (self));

  gtk_menu_button_popup (self->menu_button);
}
