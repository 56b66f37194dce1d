/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-name-dialog.h"

#include "crm-heading.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct {
  GtkWidget     *entry;
  CrmNameFunc    func;
  gpointer       user_data;
  GDestroyNotify free_data;
} Ask;

static void
ask_free (gpointer data,
          GClosure *closure)
{
  Ask *ask = data;

  if (ask->free_data != NULL)
    ask->free_data (ask->user_data);
  g_free (ask);
}

static char *
dup_name (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

static void
on_changed (AdwMessageDialog *dialog,
            GtkWidget        *entry)
{
  g_autofree char *name = dup_name (entry);

  adw_message_dialog_set_response_enabled (dialog, "accept", *name != '\0');
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  Ask *ask = user_data;
  g_autofree char *name = dup_name (ask->entry);

  if (g_str_equal (response, "accept") && *name != '\0')
    ask->func (name, ask->user_data);
}

void
crm_name_dialog_ask (GtkWidget      *near,
                     const char     *heading,
                     const char     *body,
                     const char     *accept,
                     const char     *name,
                     CrmNameFunc     func,
                     gpointer        user_data,
                     GDestroyNotify  free_data)
{
  GtkRoot *root;
  GtkWidget *dialog;
  Ask *ask;

  g_return_if_fail (GTK_IS_WIDGET (near));
  g_return_if_fail (func != NULL);

  root = gtk_widget_get_root (near);
  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, body);
  crm_heading_wrap (dialog);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "accept", accept, NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "accept", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  ask = g_new0 (Ask, 1);
  *ask = (Ask) { gtk_entry_new (), func, user_data, free_data };
  gtk_editable_set_text (GTK_EDITABLE (ask->entry), name != NULL ? name : "");
  gtk_entry_set_activates_default (GTK_ENTRY (ask->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (ask->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), ask->entry);
  g_signal_connect_swapped (ask->entry, "changed", G_CALLBACK (on_changed), dialog);
  on_changed (ADW_MESSAGE_DIALOG (dialog), ask->entry);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), ask, ask_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (ask->entry);
}
