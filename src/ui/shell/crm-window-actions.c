/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-window-private.h"

#include <glib/gi18n-lib.h>

#include "crm-application.h"
#include "crm-duplicates-window.h"
#include "crm-log-dialog.h"
#include "crm-new-record-dialog.h"
#include "crm-palette.h"
#include "crm-preferences.h"
#include "crm-templates-window.h"
#include "crm-toaster.h"

/* Pages and records */

static void
show_page (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  const char *page = g_variant_get_string (parameter, NULL);

  /* The name may come from outside the program, over D-Bus */
  if (crm_window_has_page (page))
    crm_window_show_page (CRM_WINDOW (user_data), page);
}

static void
show_trash (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  crm_window_show_page (CRM_WINDOW (user_data), "trash");
}

static void
show_trash_of (GSimpleAction *action,
               GVariant      *page,
               gpointer       user_data)
{
  crm_window_show_trash (CRM_WINDOW (user_data), g_str_equal (g_variant_get_string (page, NULL), "people") ? &crm_person : &crm_client);
}

static void
open_view (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  crm_window_show_view (CRM_WINDOW (user_data), g_variant_get_int64 (parameter));
}

static void
choose_sidebar_row (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);

  crm_sidebar_activate (self->sidebar, g_variant_get_int32 (parameter));
  /* Whoever goes there by keyboard goes on in the list */
  if (self->list != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

static void
show_previous (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  crm_list_pane_step (crm_window_ensure_list (CRM_WINDOW (user_data)), -1);
}

static void
show_next (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  crm_list_pane_step (crm_window_ensure_list (CRM_WINDOW (user_data)), 1);
}

static void
edit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);

  if (!crm_window_has_record (self))
    return;

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->card_pane));
  gtk_widget_activate_action (GTK_WIDGET (self->card), "record.edit", NULL);
}

static void
step_tab (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);

  if (crm_window_has_record (self))
    gtk_widget_activate_action_variant (GTK_WIDGET (self->card), "record.step-tab", parameter);
}

static void
go_back (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  crm_window_go_back (CRM_WINDOW (user_data));
}

static void
search (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);

  if (g_strcmp0 (self->page, "today") == 0)
    crm_window_show_page (self, "clients");
  adw_leaflet_set_visible_child (self->leaflet, self->list_pane);
  if (!self->is_empty || self->entity != &crm_client)
    crm_list_pane_focus_search (crm_window_ensure_list (self));
}

static void
show_without_step (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  crm_window_show_without_step (CRM_WINDOW (user_data));
}

static void
save_view (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  crm_window_run_command (CRM_WINDOW (user_data), "list.save-view");
}

/* New records */

static void
on_client_chosen (CrmWindow *self,
                  gint64     id)
{
  crm_window_show_record (self, &crm_client, id);
}

static void
on_person_chosen (CrmWindow *self,
                  gint64     id)
{
  crm_window_show_record (self, &crm_person, id);
}

static void
create (CrmWindow       *self,
        const CrmEntity *entity)
{
  GtkWidget *dialog = crm_new_record_dialog_new (self->store, entity, GTK_WINDOW (self), NULL);
  GCallback on_chosen = entity == &crm_person ? G_CALLBACK (on_person_chosen) : G_CALLBACK (on_client_chosen);

  g_signal_connect_object (dialog, "created", on_chosen, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "open-existing", on_chosen, self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
create_record (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);

  create (self, self->entity);
}

static void
create_client (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  create (CRM_WINDOW (user_data), &crm_client);
}

static void
create_person (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  create (CRM_WINDOW (user_data), &crm_person);
}

static void
on_logged (CrmWindow *self)
{
  crm_toast_undo (GTK_WIDGET (self->toasts), _("The conversation is saved"));
}

static void
present_log (CrmWindow *self,
             GtkWidget *dialog)
{
  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_logged), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
log_conversation (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);
  gint64 id = crm_window_has_record (self) ? crm_record_page_get_id (self->card) : 0;
  gboolean is_person = self->entity == &crm_person;

  present_log (self, crm_log_dialog_new (self->store, GTK_WINDOW (self), is_person ? 0 : id, is_person ? id : 0));
}

static void
log_with (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);
  gint64 client, person;

  g_variant_get (parameter, "(xx)", &client, &person);
  present_log (self, crm_log_dialog_new (self->store, GTK_WINDOW (self), client, person));
}

static void
edit_conversation (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);

  present_log (self, crm_log_dialog_new_edit (self->store, GTK_WINDOW (self), g_variant_get_int64 (parameter)));
}

/* Records that may be there twice */

static void
on_duplicate_opened (CrmWindow *self,
                     gint64     id)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "x", id);
  gtk_window_present (GTK_WINDOW (self));
}

static void
find_duplicates (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);

  if (self->duplicates == NULL)
    {
      GtkWidget *window = crm_duplicates_window_new (self->store, GTK_WINDOW (self));

      g_set_weak_pointer (&self->duplicates, CRM_DUPLICATES_WINDOW (window));
      g_signal_connect_object (window, "open", G_CALLBACK (on_duplicate_opened), self, G_CONNECT_SWAPPED);
    }
  crm_duplicates_window_show (self->duplicates, self->entity);
  gtk_window_present (GTK_WINDOW (self->duplicates));
}

/* The rest */

static void
open_palette (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  gtk_window_present (GTK_WINDOW (crm_palette_new (CRM_WINDOW (user_data))));
}

static void
open_preferences (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);
  GtkWidget *preferences = crm_preferences_new (GTK_WINDOW (self), self->store, self->settings);

  g_signal_connect_object (preferences, "restore", G_CALLBACK (crm_application_restore),
                           gtk_window_get_application (GTK_WINDOW (self)), G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (preferences));
}

static void
open_templates (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);

  gtk_window_present (GTK_WINDOW (crm_templates_window_new (self->store, GTK_WINDOW (self))));
}

static void
open_shortcuts (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/com/example/Crm/ui/crm-shortcuts.ui");
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, "shortcuts"));

  gtk_window_set_transient_for (window, GTK_WINDOW (user_data));
  gtk_window_present (window);
}

/* Without animations it is revealed at once, and in its place in the next frame. */
static gboolean
has_sidebar_come (CrmWindow *self)
{
  graphene_rect_t sidebar, window;
  graphene_point_t middle;

  if (adw_flap_get_reveal_progress (self->flap) < 1.0 || !gtk_widget_get_mapped (GTK_WIDGET (self->sidebar)) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (self), GTK_WIDGET (self), &window) ||
      !gtk_widget_compute_bounds (GTK_WIDGET (self->sidebar), GTK_WIDGET (self), &sidebar))
    return FALSE;

  graphene_rect_get_center (&sidebar, &middle);
  return graphene_rect_contains_point (&window, &middle);
}

/* A popover needs a place to point at: not before the sidebar has come in. */
static gboolean
open_menu_of_sidebar (GtkWidget     *widget,
                      GdkFrameClock *clock,
                      gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (widget);

  if (!adw_flap_get_reveal_flap (self->flap))
    return G_SOURCE_REMOVE;
  if (!has_sidebar_come (self))
    return G_SOURCE_CONTINUE;
  crm_sidebar_open_menu (self->sidebar);
  return G_SOURCE_REMOVE;
}

static void
open_menu (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);

  crm_window_set_sidebar (self, TRUE);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), open_menu_of_sidebar, NULL, NULL);
}

static void
change_sidebar (GSimpleAction *action,
                GVariant      *state,
                gpointer       user_data)
{
  crm_window_set_sidebar (CRM_WINDOW (user_data), g_variant_get_boolean (state));
}

gboolean
crm_window_can_run (CrmWindow        *self,
                    const CrmCommand *command)
{
  GActionGroup *group = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (CRM_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (command != NULL, FALSE);

  if ((command->flags & CRM_COMMAND_RECORD && !crm_window_has_record (self))
      || (command->flags & CRM_COMMAND_SELECTION && !crm_window_has_selection (self)))
    return FALSE;
  if (g_str_has_prefix (command->action, "win."))
    group = G_ACTION_GROUP (self);
  else if (g_str_has_prefix (command->action, "app."))
    group = G_ACTION_GROUP (gtk_window_get_application (GTK_WINDOW (self)));
  if (group == NULL)
    return TRUE;

  name = g_strndup (command->action + strlen ("win."), strcspn (command->action + strlen ("win."), ":("));
  return g_action_group_get_action_enabled (group, name);
}

void
crm_window_run_command (CrmWindow  *self,
                        const char *action)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) target = NULL;
  g_autofree char *name = NULL;
  GtkWidget *from = GTK_WIDGET (self);

  g_return_if_fail (CRM_IS_WINDOW (self));
  g_return_if_fail (action != NULL);

  if (!g_action_parse_detailed_name (action, &name, &target, &error))
    {
      g_critical ("%s", error->message);
      return;
    }

  if (g_str_has_prefix (name, "list."))
    from = GTK_WIDGET (crm_window_ensure_list (self));
  else if (g_str_has_prefix (name, "record."))
    from = GTK_WIDGET (crm_window_ensure_card (self));
  if (!gtk_widget_activate_action_variant (from, name, target))
    crm_window_toast (self, _("This cannot be done just now"));
}

void
crm_window_add_actions (CrmWindow *self)
{
  const GActionEntry entries[] = {
    { "page", show_page, "s" },
    { "trash", show_trash },
    { "trash-of", NULL, "s", "'clients'", show_trash_of },
    { "open-view", open_view, "x" },
    { "sidebar-row", choose_sidebar_row, "i" },
    { "previous", show_previous },
    { "next", show_next },
    { "edit", edit },
    { "step-tab", step_tab, "i" },
    { "back", go_back },
    { "search", search },
    { "save-view", save_view },
    { "show-without-step", show_without_step },
    { "new", create_record },
    { "log", log_conversation },
    { "log-with", log_with, "(xx)" },
    { "edit-conversation", edit_conversation, "x" },
    { "new-client", create_client },
    { "new-person", create_person },
    { "duplicates", find_duplicates },
    { "palette", open_palette },
    { "preferences", open_preferences },
    { "templates", open_templates },
    { "show-help-overlay", open_shortcuts },
    { "menu", open_menu },
    { "sidebar", NULL, NULL, "true", change_sidebar },
  };

  g_return_if_fail (CRM_IS_WINDOW (self));

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  crm_window_add_open_actions (self);
  crm_window_add_undo_actions (self);
  crm_window_add_exchange_actions (self);
}
