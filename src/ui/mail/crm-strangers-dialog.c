/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-strangers-dialog.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "crm-display.h"
#include "crm-heading.h"
#include "crm-number.h"
#include "crm-toaster.h"

#define LIST_HEIGHT 320
#define LIST_WIDTH 380

typedef struct {
  GtkWidget *near;
  CrmStore  *store;
  GPtrArray *strangers; /* of CrmMailStranger */
  GPtrArray *checks;    /* of GtkCheckButton, beside them */
} Offer;

static void
offer_free (gpointer data,
            GClosure *closure)
{
  Offer *self = data;

  g_object_unref (self->near);
  g_object_unref (self->store);
  g_ptr_array_unref (self->strangers);
  g_ptr_array_unref (self->checks);
  g_free (self);
}

/* Making them */

typedef struct {
  GtkWidget *near;
  char      *name;  /* of the first */
  guint      n;
} Making;

static void
on_made (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autofree Making *making = data;
  g_autoptr (GtkWidget) near = making->near;
  g_autofree char *name = making->name;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_made = crm_store_step_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_root (near) == NULL)
    return;
  if (!is_made)
    {
      crm_toast_error (near, error);
      return;
    }
  if (making->n == 1)
    text = g_strdup_printf (_("Added: %s"), name);
  else
    text = crm_number_fill (ngettext ("%s person added", "%s people added", making->n), making->n);
  crm_toast_undo (near, text);
}

static GPtrArray *
get_chosen (Offer *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_mail_stranger_free);

  for (guint i = 0; i < self->strangers->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_ptr_array_add (chosen, crm_mail_stranger_copy (self->strangers->pdata[i]));
  return chosen;
}

static void
on_response (GtkWidget  *dialog,
             const char *response,
             gpointer    data)
{
  Offer *self = data;
  g_autoptr (GPtrArray) chosen = NULL;
  Making *making;

  if (!g_str_equal (response, "add"))
    return;
  chosen = get_chosen (self);
  if (chosen->len == 0)
    return;
  making = g_new (Making, 1);
  *making = (Making) { g_object_ref (self->near), g_strdup (((CrmMailStranger *) chosen->pdata[0])->name), chosen->len };
  crm_mail_log_add_people_async (self->store, g_steal_pointer (&chosen), NULL, on_made, making);
}

/* The dialog */

static GtkWidget *
create_row (Offer                 *self,
            const CrmMailStranger *stranger)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *name = crm_display_line (stranger->name);
  g_autofree char *address = crm_display_line (stranger->address);
  g_autofree char *firm = stranger->client_name == NULL ? NULL : crm_display_line (stranger->client_name);
  g_autofree char *subtitle = firm == NULL ? g_strdup (address) : g_strdup_printf ("%s\n%s", address, firm);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_ptr_array_add (self->checks, g_object_ref (check));
  return row;
}

static GtkWidget *
create_list (Offer *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  /* Room for the shadow of the list */
  gtk_widget_set_margin_start (list, 2);
  gtk_widget_set_margin_end (list, 2);
  gtk_widget_set_margin_top (list, 2);
  gtk_widget_set_margin_bottom (list, 2);
  for (guint i = 0; i < self->strangers->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), create_row (self, self->strangers->pdata[i]));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), LIST_HEIGHT);
  gtk_widget_set_size_request (scroller, MIN (LIST_WIDTH, gtk_widget_get_width (self->near)), -1);
  return scroller;
}

void
crm_strangers_dialog_show (GtkWidget *near,
                           CrmStore  *store,
                           GPtrArray *strangers)
{
  Offer *self;
  GtkWidget *dialog;
  AdwMessageDialog *message;

  g_return_if_fail (GTK_IS_WIDGET (near) && CRM_IS_STORE (store) && strangers->len > 0);

  self = g_new0 (Offer, 1);
  self->near = g_object_ref (near);
  self->store = g_object_ref (store);
  self->strangers = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_mail_stranger_free);
  self->checks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < strangers->len; i++)
    g_ptr_array_add (self->strangers, crm_mail_stranger_copy (strangers->pdata[i]));
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (near)), ngettext ("Add a New Person?", "Add New People?", strangers->len),
                                   ngettext ("This address is not known yet.", "These addresses are not known yet.", strangers->len));
  message = ADW_MESSAGE_DIALOG (dialog);
  crm_heading_wrap (dialog);
  adw_message_dialog_set_extra_child (message, create_list (self));
  adw_message_dialog_add_responses (message, "cancel", _("_Not Now"), "add", _("_Add"), NULL);
  adw_message_dialog_set_response_appearance (message, "add", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "add");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), self, offer_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
