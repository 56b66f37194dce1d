/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-window-private.h"

#include <glib/gi18n-lib.h>

#include "crm-application.h"
#include "crm-client.h"
#include "crm-command.h"
#include "crm-display.h"
#include "crm-document-adder.h"
#include "crm-error.h"
#include "crm-focus.h"
#include "crm-log-dialog.h"
#include "crm-toaster.h"
#include "crm-ui-shell.h"

/* From these widths on, in pixels, there is room for sidebar, list and card (the text at its usual size); for list and card, or a table */
#define THREE_PANES 1100
#define TWO_PANES 720

#define LIST_NARROWEST 260
#define LIST_WIDEST 700
#define CARD_NARROWEST 360
#define SIDEBAR_NARROWEST 160
#define SIDEBAR_WIDEST 320

G_DEFINE_FINAL_TYPE (CrmWindow, crm_window, ADW_TYPE_APPLICATION_WINDOW)

/* Folding */

/* Where there is room for three panes, the list leaves the sidebar its place; where there is not, the sidebar folds away */
static void
limit_panes (CrmWindow *self)
{
  double scale = crm_display_get_text_scale (GTK_WIDGET (self));
  int card_width = (int) (CARD_NARROWEST * scale);
  int sidebar_width = 0;

  if (self->width >= THREE_PANES * scale && g_settings_get_boolean (self->settings, "sidebar-visible"))
    sidebar_width = crm_pane_get_width (self->sidebar_pane);
  crm_pane_set_width (self->card_pane, card_width);
  crm_pane_handle_set_limits (self->list_handle, LIST_NARROWEST,
                              MIN (LIST_WIDEST, self->width - sidebar_width - card_width));
}

void
crm_window_fold (CrmWindow *self,
                 int        width)
{
  gboolean has_two_panes = width >= TWO_PANES;

  self->width = width;
  for (guint i = 0; i < CRM_WINDOW_N_SECTIONS; i++)
    if (self->sections[i].list != NULL)
      g_object_set (self->sections[i].list, "table-allowed", has_two_panes, NULL);
  adw_leaflet_set_can_unfold (self->leaflet, has_two_panes && !crm_window_shows_table (self) && !crm_window_shows_empty_page (self) && !crm_window_is_today (self));
  /* At the narrowest there is no room for both beside the title */
  gtk_widget_set_visible (self->redo_button, has_two_panes);
  limit_panes (self);
}

static void
on_leaflet_notify (CrmWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  if (self->settings == NULL)
    return;

  adw_header_bar_set_show_end_title_buttons (self->list_header, folded);
  g_object_set (self->list_handle, "active", !folded, NULL);
  for (guint i = 0; i < CRM_WINDOW_N_SECTIONS; i++)
    if (self->sections[i].card != NULL)
      g_object_set (self->sections[i].card, "show-back", folded, NULL);
}

static void
on_flap_revealed (CrmWindow *self)
{
  gboolean folded = adw_flap_get_folded (self->flap);
  gboolean revealed = adw_flap_get_reveal_flap (self->flap);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "sidebar");

  if (self->settings == NULL)
    return;

  adw_header_bar_set_show_start_title_buttons (self->list_header, folded || !revealed);
  gtk_widget_set_visible (self->sidebar_button, folded || !revealed);
  g_object_set (self->sidebar_handle, "active", !folded && revealed, NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (revealed));
  limit_panes (self);
}

static void
on_flap_folded (CrmWindow *self)
{
  if (self->settings == NULL)
    return;

  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_folded (self->flap) &&
                                            g_settings_get_boolean (self->settings, "sidebar-visible"));
  on_flap_revealed (self);
}

void
crm_window_go_back (CrmWindow *self)
{
  g_return_if_fail (CRM_IS_WINDOW (self));

  if (adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  else if (adw_leaflet_get_folded (self->leaflet) && adw_leaflet_get_visible_child (self->leaflet) != self->list_pane)
    {
      adw_leaflet_set_visible_child (self->leaflet, self->list_pane);
      if (self->list != NULL)
        gtk_widget_grab_focus (GTK_WIDGET (self->list));
    }
}

void
crm_window_set_sidebar (CrmWindow *self,
                        gboolean   shown)
{
  g_return_if_fail (CRM_IS_WINDOW (self));

  if (!adw_flap_get_folded (self->flap))
    g_settings_set_boolean (self->settings, "sidebar-visible", shown);
  adw_flap_set_reveal_flap (self->flap, shown);
  if (shown)
    gtk_widget_child_focus (GTK_WIDGET (self->sidebar), GTK_DIR_TAB_FORWARD);
}

/* The base */

static gpointer
has_clients (CrmDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  gint64 exists = 0;

  if (!crm_db_get_integer (db, "SELECT EXISTS (SELECT 1 FROM client WHERE deleted IS NULL)", 0, &exists, error))
    return NULL;

  return g_memdup2 (&exists, sizeof exists);
}

static void
on_clients_known (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (CrmWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *exists = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_in_destruction (GTK_WIDGET (self)) || self->store == NULL)
    return;
  if (exists == NULL)
    {
      crm_window_toast_error (self, error);
      return;
    }

  if (self->is_empty != (*exists == 0))
    {
      self->is_empty = *exists == 0;
      /* There is nothing to be done on any day before there is a client */
      if (self->is_empty && crm_window_is_today (self))
        crm_window_take_page (self, "clients");
      crm_window_update_page (self);
    }
}

static void
check_clients (CrmWindow *self)
{
  crm_store_read_async (self->store, has_clients, NULL, NULL, g_free, NULL, on_clients_known, g_object_ref (self));
}

static void
on_store_changed (CrmWindow    *self,
                  CrmChangeSet *changes)
{
  if (crm_change_set_touches_entity (changes, &crm_client))
    check_clients (self);
}

/* After the first frame */

/* What was being written down when the program ended is not to be forgotten. */
static void
on_log_draft_loaded (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (CrmWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) drafts = crm_store_load_drafts_finish (CRM_STORE (source), result, &error);
  AdwToast *toast = NULL;

  if (self->store == NULL || drafts == NULL || !g_hash_table_contains (drafts, CRM_LOG_DRAFT))
    return;

  toast = adw_toast_new (_("A note is not saved yet"));
  adw_toast_set_button_label (toast, _("Go On"));
  adw_toast_set_action_name (toast, "win.log");
  adw_toast_set_timeout (toast, 0);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static gboolean
make_the_rest (gpointer user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);

  self->later = 0;
  self->is_complete = TRUE;
  crm_sidebar_set_store (self->sidebar, self->store);
  crm_window_ensure_today (self);
  if (!self->is_empty && !crm_window_is_today (self))
    crm_window_ensure_card (self);
  crm_store_load_drafts_async (self->store, &crm_interaction, 0, on_log_draft_loaded, g_object_ref (self));

  return G_SOURCE_REMOVE;
}

static gboolean
on_first_frame (GtkWidget     *widget,
                GdkFrameClock *clock,
                gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (widget);

  self->later = g_idle_add_full (G_PRIORITY_LOW, make_the_rest, self, NULL);

  return G_SOURCE_REMOVE;
}

/* The window */

static gboolean
on_drop (CrmWindow    *self,
         const GValue *value)
{
  g_autoptr (GPtrArray) files = crm_document_adder_get_files (value);

  crm_window_import (self, files);
  return files->len > 0;
}

static void
add_drop_target (CrmWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
restore_size (CrmWindow *self)
{
  int width = g_settings_get_int (self->settings, "window-width");
  int height = g_settings_get_int (self->settings, "window-height");

  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  crm_pane_handle_set_limits (self->sidebar_handle, SIDEBAR_NARROWEST, SIDEBAR_WIDEST);
  g_settings_bind (self->settings, "sidebar-width", self->sidebar_handle, "width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "list-width", self->list_handle, "width", G_SETTINGS_BIND_DEFAULT);
  adw_flap_set_reveal_flap (self->flap, g_settings_get_boolean (self->settings, "sidebar-visible"));
  crm_window_fold (self, width);
  on_flap_revealed (self);
  on_leaflet_notify (self);
}

static gboolean
crm_window_close_request (GtkWindow *window)
{
  CrmWindow *self = CRM_WINDOW (window);
  gboolean maximized = gtk_window_is_maximized (window);
  int width = 0;
  int height = 0;

  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", maximized);
  if (!maximized && width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
  for (guint i = 0; i < CRM_WINDOW_N_SECTIONS; i++)
    if (self->sections[i].card != NULL)
      crm_record_page_flush (self->sections[i].card);

  return GTK_WINDOW_CLASS (crm_window_parent_class)->close_request (window);
}

static void
crm_window_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  CrmWindow *self = CRM_WINDOW (widget);

  if (width != self->width)
    crm_window_fold (self, width);

  GTK_WIDGET_CLASS (crm_window_parent_class)->size_allocate (widget, width, height, baseline);
}

static void
crm_window_dispose (GObject *object)
{
  CrmWindow *self = CRM_WINDOW (object);

  g_clear_handle_id (&self->later, g_source_remove);
  g_clear_weak_pointer (&self->duplicates);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_window_parent_class)->dispose (object);
}

static void
crm_window_finalize (GObject *object)
{
  CrmWindow *self = CRM_WINDOW (object);

  g_clear_object (&self->settings);
  g_free (self->page);

  G_OBJECT_CLASS (crm_window_parent_class)->finalize (object);
}

static void
crm_window_move_focus (GtkWidget        *widget,
                       GtkDirectionType  direction)
{
  crm_focus_forget_vanished (GTK_WINDOW (widget));
  GTK_WIDGET_CLASS (crm_window_parent_class)->move_focus (widget, direction);
}

static void
crm_window_class_init (CrmWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_window_dispose;
  object_class->finalize = crm_window_finalize;
  widget_class->size_allocate = crm_window_size_allocate;
  widget_class->move_focus = crm_window_move_focus;
  GTK_WINDOW_CLASS (klass)->close_request = crm_window_close_request;

  crm_ui_shell_get_resource ();
  g_type_ensure (CRM_TYPE_SIDEBAR);
  g_type_ensure (CRM_TYPE_PANE);
  g_type_ensure (CRM_TYPE_PANE_HANDLE);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, sidebar_handle);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, sidebar_pane);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, list_pane);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, list_header);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, list_title);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, list_stack);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, redo_button);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, card_pane);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, card_stack);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, new_button);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, trash_switch);
  gtk_widget_class_bind_template_child (widget_class, CrmWindow, list_handle);
  gtk_widget_class_bind_template_callback (widget_class, on_flap_folded);
  gtk_widget_class_bind_template_callback (widget_class, on_flap_revealed);
  gtk_widget_class_bind_template_callback (widget_class, on_leaflet_notify);
}

static void
crm_window_init (CrmWindow *self)
{
  self->page = g_strdup ("clients");
  self->entity = &crm_client;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_window_new (GtkApplication *application,
                CrmStore       *store,
                GSettings      *settings,
                gboolean        is_new)
{
  CrmWindow *self = NULL;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (CRM_TYPE_WINDOW, "application", application, NULL);
  self->store = g_object_ref (store);
  self->settings = g_object_ref (settings);
  self->is_empty = is_new;
  crm_window_restore_page (self);
  crm_window_add_actions (self);
  restore_size (self);
  add_drop_target (self);
  crm_command_add_keys (GTK_WIDGET (self));
  crm_window_update_page (self);
  if (self->list != NULL && !crm_window_is_today (self))
    crm_list_pane_focus_search (self->list);

  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  check_clients (self);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), on_first_frame, NULL, NULL);

  return GTK_WIDGET (self);
}

gboolean
crm_window_has_record (CrmWindow *self)
{
  g_return_val_if_fail (CRM_IS_WINDOW (self), FALSE);

  return self->card != NULL && crm_record_page_get_id (self->card) != 0;
}

gboolean
crm_window_has_selection (CrmWindow *self)
{
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (CRM_IS_WINDOW (self), FALSE);

  if (self->list != NULL)
    ids = crm_list_pane_get_selection (self->list);
  return ids != NULL && ids->len > 0;
}

void
crm_window_toast (CrmWindow  *self,
                  const char *text)
{
  g_return_if_fail (CRM_IS_WINDOW (self));

  crm_toast (GTK_WIDGET (self->toasts), text);
}

void
crm_window_toast_error (CrmWindow    *self,
                        const GError *error)
{
  g_return_if_fail (CRM_IS_WINDOW (self));

  if (g_error_matches (error, CRM_ERROR, CRM_ERROR_DAMAGED))
    crm_application_give_up (CRM_APPLICATION (gtk_window_get_application (GTK_WINDOW (self))), error);
  else
    crm_toast_error (GTK_WIDGET (self->toasts), error);
}

CrmStore *
crm_window_get_store (CrmWindow *self)
{
  g_return_val_if_fail (CRM_IS_WINDOW (self), NULL);

  return self->store;
}
