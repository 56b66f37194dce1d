/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-command.h"

#include <glib/gi18n-lib.h>

static const CrmCommand commands[] = {
  { "win.new-client", N_("New Client"), "list-add-symbolic" },
  { "win.new-person", N_("New Person"), "crm-person-symbolic" },
  { "win.log", N_("Log a Conversation"), "crm-interaction-symbolic", { "<Control>l" } },
  { "win.search", N_("Search"), "system-search-symbolic", { "<Control>f" } },
  { "win.page::today", N_("Today"), "crm-task-symbolic" },
  { "win.page::clients", N_("Clients"), "crm-client-symbolic" },
  { "win.page::people", N_("People"), "crm-person-symbolic" },
  { "win.page::trash", N_("Trash"), "user-trash-symbolic" },
  { "win.import", N_("Import…"), "crm-import-symbolic", { "<Control>o" } },
  { "win.export", N_("Export…"), "document-send-symbolic", { "<Control><Shift>e" } },
  { "win.log-mail", N_("Log E-Mail Files…"), "crm-mail-symbolic" },
  { "win.duplicates", N_("Find Duplicates"), "crm-merge-symbolic" },
  { "win.undo", N_("Undo"), "edit-undo-symbolic", { "<Control>z" }, CRM_COMMAND_TEXT },
  { "win.redo", N_("Redo"), "edit-redo-symbolic", { "<Control><Shift>z", "<Control>y" }, CRM_COMMAND_TEXT },
  { "win.history", N_("History of Changes"), "document-open-recent-symbolic", { "<Control>h" } },
  { "win.edit", N_("Edit"), "document-edit-symbolic", { "F2" }, CRM_COMMAND_RECORD | CRM_COMMAND_YIELDS },
  { "record.call", N_("Call"), "call-start-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.mail", N_("Write an E-Mail"), "mail-send-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.log-mail", N_("Log E-Mail Files of This Record…"), "crm-mail-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.next-step", N_("Edit the Next Step"), "crm-task-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.add-task", N_("Add a Task"), "crm-task-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.put-template", N_("Put a Template on This Client…"), "crm-task-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.add-phone", N_("Add a Phone Number"), "call-start-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.add-email", N_("Add an E-Mail Address"), "mail-unread-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.add-person", N_("Add a Person"), "crm-person-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.add-position", N_("Add a Firm"), "crm-client-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.add-address", N_("Add an Address"), "mark-location-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.add-tag", N_("Add a Tag"), "crm-tag-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.history", N_("History of This Record"), "document-open-recent-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "record.delete", N_("Delete This Record"), "user-trash-symbolic", { NULL }, CRM_COMMAND_RECORD },
  { "win.previous", N_("Previous Record"), "go-up-symbolic", { "<Alt>Up" } },
  { "win.next", N_("Next Record"), "go-down-symbolic", { "<Alt>Down" } },
  { "win.step-tab(1)", N_("Next Tab of the Card"), "go-next-symbolic", { "<Control>Page_Down" }, CRM_COMMAND_RECORD },
  { "win.step-tab(-1)", N_("Previous Tab of the Card"), "go-previous-symbolic", { "<Control>Page_Up" }, CRM_COMMAND_RECORD },
  { "list.clear-filters", N_("Clear Search and Filters"), "edit-clear-all-symbolic" },
  { "win.save-view", N_("Save This View…"), "view-pin-symbolic" },
  { "list.select-all", N_("Select All"), "edit-select-all-symbolic" },
  { "list.bulk-edit", N_("Edit the Selected Records…"), "document-edit-symbolic", { NULL }, CRM_COMMAND_SELECTION },
  { "list.bulk-tag", N_("Tag the Selected Records…"), "crm-tag-symbolic", { NULL }, CRM_COMMAND_SELECTION },
  { "list.merge", N_("Merge the Two Selected Records…"), "crm-merge-symbolic", { NULL }, CRM_COMMAND_SELECTION },
  { "list.put-template", N_("Put a Template on the Selected Clients…"), "crm-task-symbolic", { NULL }, CRM_COMMAND_SELECTION },
  { "list.bulk-delete", N_("Delete the Selected Records"), "user-trash-symbolic", { NULL }, CRM_COMMAND_SELECTION },
  { "win.sidebar", N_("Show or Hide the Sidebar"), "sidebar-show-symbolic", { "F9" } },
  { "win.templates", N_("Activity Templates…"), "crm-task-symbolic" },
  { "win.sample-data", N_("Sample Data…"), "document-new-symbolic" },
  { "win.preferences", N_("Preferences"), "emblem-system-symbolic", { "<Control>comma" } },
  { "win.show-help-overlay", N_("Keyboard Shortcuts"), "input-keyboard-symbolic", { "<Control>question" } },
  { "app.about", N_("About Client Manager"), "help-about-symbolic" },
  { "window.close", N_("Close the Window"), "window-close-symbolic", { "<Control>w" } },
  { "app.quit", N_("Quit"), "application-exit-symbolic", { "<Control>q" } },
  { "win.new", N_("New"), NULL, { "<Control>n" }, CRM_COMMAND_HIDDEN },
  { "win.palette", N_("Go to Anything"), NULL, { "<Control>k" }, CRM_COMMAND_HIDDEN },
  { "win.menu", N_("Main Menu"), NULL, { "F10" }, CRM_COMMAND_HIDDEN },
  { "win.back", N_("Back"), NULL, { "Escape", "<Alt>Left" }, CRM_COMMAND_YIELDS | CRM_COMMAND_HIDDEN },
  { "win.sidebar-row(1)", N_("First Page"), NULL, { "<Control>1" }, CRM_COMMAND_HIDDEN },
  { "win.sidebar-row(2)", N_("Second Page"), NULL, { "<Control>2" }, CRM_COMMAND_HIDDEN },
  { "win.sidebar-row(3)", N_("Third Page"), NULL, { "<Control>3" }, CRM_COMMAND_HIDDEN },
  { "win.sidebar-row(4)", N_("Fourth Page"), NULL, { "<Control>4" }, CRM_COMMAND_HIDDEN },
  { "win.sidebar-row(5)", N_("Fifth Page"), NULL, { "<Control>5" }, CRM_COMMAND_HIDDEN },
  { "win.sidebar-row(6)", N_("Sixth Page"), NULL, { "<Control>6" }, CRM_COMMAND_HIDDEN },
  { "win.sidebar-row(7)", N_("Seventh Page"), NULL, { "<Control>7" }, CRM_COMMAND_HIDDEN },
  { "win.sidebar-row(8)", N_("Eighth Page"), NULL, { "<Control>8" }, CRM_COMMAND_HIDDEN },
  { "win.sidebar-row(9)", N_("Ninth Page"), NULL, { "<Control>9" }, CRM_COMMAND_HIDDEN },
};

const CrmCommand *
crm_command_get_all (guint *n_commands)
{
  g_return_val_if_fail (n_commands != NULL, NULL);

  *n_commands = G_N_ELEMENTS (commands);
  return commands;
}

void
crm_command_install (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *accels[G_N_ELEMENTS (commands[i].accels) + 1] = { NULL };

      if (commands[i].accels[0] == NULL || commands[i].flags & (CRM_COMMAND_YIELDS | CRM_COMMAND_TEXT))
        continue;

      memcpy (accels, commands[i].accels, sizeof commands[i].accels);
      gtk_application_set_accels_for_action (application, commands[i].action, accels);
    }
}

static char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_EDITABLE (widget))
    return gtk_editable_get_chars (GTK_EDITABLE (widget), 0, -1);

  if (GTK_IS_TEXT_VIEW (widget))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      GtkTextIter start;
      GtkTextIter end;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
    }

  return NULL;
}

/* GTK does not tell whether a text has typing to undo, and swallows the key in any case: so it is tried */
static gboolean
change_text (GtkWidget  *widget,
             const char *action)
{
  g_autofree char *before = get_text (widget);
  g_autofree char *after = NULL;

  if (before == NULL || !gtk_widget_activate_action (widget, action, NULL))
    return FALSE;

  after = get_text (widget);
  return !g_str_equal (before, after);
}

static gboolean
run_after_text (GtkWidget *window,
                GVariant  *arguments,
                gpointer   user_data)
{
  const CrmCommand *command = user_data;
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (window));
  const char *text_action = g_str_equal (command->action, "win.undo") ? "text.undo" : "text.redo";

  if (focus == NULL || !change_text (focus, text_action))
    gtk_widget_activate_action (window, command->action, NULL);
  return GDK_EVENT_STOP;
}

static void
add_keys (GtkEventController *controller,
          const CrmCommand   *command)
{
  for (guint i = 0; i < G_N_ELEMENTS (command->accels) && command->accels[i] != NULL; i++)
    {
      GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string (command->accels[i]);
      GtkShortcutAction *action = NULL;

      if (command->flags & CRM_COMMAND_TEXT)
        action = gtk_callback_action_new (run_after_text, (gpointer) command, NULL);
      else
        action = gtk_named_action_new (command->action);
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), gtk_shortcut_new (trigger, action));
    }
}

void
crm_command_add_keys (GtkWidget *window)
{
  GtkEventController *first = NULL;
  GtkEventController *last = NULL;

  g_return_if_fail (GTK_IS_WINDOW (window));

  first = gtk_shortcut_controller_new ();
  gtk_event_controller_set_propagation_phase (first, GTK_PHASE_CAPTURE);
  /* The keys come here only when no widget on their way wanted them */
  last = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (commands[i].flags & CRM_COMMAND_TEXT)
      add_keys (first, &commands[i]);
    else if (commands[i].flags & CRM_COMMAND_YIELDS)
      add_keys (last, &commands[i]);

  gtk_widget_add_controller (window, first);
  gtk_widget_add_controller (window, last);
}

char *
crm_command_get_accel_label (const CrmCommand *command)
{
  guint key = 0;
  GdkModifierType modifiers = 0;

  g_return_val_if_fail (command != NULL, NULL);

  if (command->accels[0] == NULL || !gtk_accelerator_parse (command->accels[0], &key, &modifiers))
    return NULL;

  return gtk_accelerator_get_label (key, modifiers);
}
