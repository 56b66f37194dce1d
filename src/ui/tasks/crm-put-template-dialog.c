/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-put-template-dialog.h"

#include <glib/gi18n-lib.h>

#include "crm-activity-template.h"
#include "crm-display.h"
#include "crm-due-entry.h"
#include "crm-heading.h"
#include "crm-number.h"
#include "crm-template-list.h"
#include "crm-template.h"
#include "crm-templates-window.h"
#include "crm-toaster.h"

struct _CrmPutTemplateDialog {
  AdwMessageDialog parent_instance;

  GtkWidget    *near;
  CrmStore     *store;
  GArray       *clients;
  GCancellable *cancellable;
  GPtrArray    *entries;   /* of CrmTemplateEntry; NULL: not read yet */

  GtkWidget    *templates;
  GtkWidget    *start;
  GtkLabel     *preview;
};

G_DEFINE_FINAL_TYPE (CrmPutTemplateDialog, crm_put_template_dialog, ADW_TYPE_MESSAGE_DIALOG)

static const CrmTemplateEntry *
get_chosen (CrmPutTemplateDialog *self)
{
  guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->templates));

  return self->entries != NULL && chosen < self->entries->len ? self->entries->pdata[chosen] : NULL;
}

/* (transfer full): the days of the steps, one a line */
static char *
describe (const CrmTemplateEntry *entry,
          const CrmDue           *start)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < entry->steps->len; i++)
    {
      const CrmValues *step = entry->steps->pdata[i];
      g_autofree char *name = crm_display_line (crm_values_get_text (step, CRM_TEMPLATE_STEP_NAME));
      g_autofree char *date = crm_template_find_day (start->date, crm_values_get_integer (step, CRM_TEMPLATE_STEP_DAYS));
      g_autofree char *words = crm_due_format_exact (date, NULL, now);

      g_string_append_printf (text, "%s%s: %s", i > 0 ? "\n" : "", words, name);
    }
  return g_string_free (text, FALSE);
}

static void
update (CrmPutTemplateDialog *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  const CrmTemplateEntry *entry = get_chosen (self);
  gboolean can_put = FALSE;
  g_autofree char *text = NULL;
  CrmDue due;

  if (entry != NULL && entry->steps->len == 0)
    text = g_strdup (_("This template has no steps yet."));
  else if (entry != NULL && crm_due_parse (crm_due_entry_get_text (CRM_DUE_ENTRY (self->start)), now, &due, NULL))
    {
      text = describe (entry, &due);
      can_put = TRUE;
    }
  gtk_label_set_text (self->preview, text);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "put", can_put);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (CrmPutTemplateDialog) self = data;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray) entries = crm_store_read_finish (CRM_STORE (source), result, NULL);

  if (entries == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint i = 0; i < entries->len; i++)
    {
      g_autofree char *name = crm_display_line (crm_values_get_text (((CrmTemplateEntry *) entries->pdata[i])->template, CRM_ACTIVITY_TEMPLATE_NAME));

      gtk_string_list_append (names, name);
    }
  self->entries = g_steal_pointer (&entries);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->templates), G_LIST_MODEL (names));
  gtk_widget_set_visible (self->templates, self->entries->len > 0);
  gtk_widget_set_visible (self->start, self->entries->len > 0);
  if (self->entries->len == 0)
    adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), _("There are no templates yet: a template is a chain of steps, like “After the fair”."));
  update (self);
}

/* Doing it */

typedef struct {
  GArray    *clients;
  gint64     template;
  char      *start;
} Put;

static void
put_free (gpointer data)
{
  Put *put = data;

  g_array_unref (put->clients);
  g_free (put->start);
  g_free (put);
}

static gboolean
run_put (CrmWriter     *writer,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  const Put *put = data;

  return crm_template_put (writer, put->template, put->clients, put->start, cancellable, error);
}

typedef struct {
  GtkWidget *near;
  char      *done;
} Toast;

static void
on_put (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autofree Toast *toast = data;
  g_autoptr (GtkWidget) near = toast->near;
  g_autofree char *done = toast->done;
  g_autoptr (GError) error = NULL;
  gboolean is_done = crm_store_step_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_root (near) == NULL)
    return;
  if (is_done)
    crm_toast_undo (near, done);
  else
    crm_toast_error (near, error);
}

static void
put (CrmPutTemplateDialog *self)
{
  const CrmTemplateEntry *entry = get_chosen (self);
  Put *job = NULL;
  Toast *toast = NULL;
  g_autofree char *name = NULL;
  g_autofree char *clients = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s client", "%s clients", self->clients->len), self->clients->len);
  g_autofree char *label = NULL;
  CrmDue due;

  if (entry == NULL || !crm_due_entry_read (CRM_DUE_ENTRY (self->start), &due, NULL) || *due.date == '\0')
    return;
  name = crm_display_line (crm_values_get_text (entry->template, CRM_ACTIVITY_TEMPLATE_NAME));
  /* Translators: a step that can be undone: the name of a template, "5 clients" */
  label = g_strdup_printf (_("Put “%s” on %s"), name, clients);
  job = g_new (Put, 1);
  *job = (Put) { g_array_ref (self->clients), crm_values_get_id (entry->template), g_strdup (due.date) };
  toast = g_new (Toast, 1);
  *toast = (Toast) { g_object_ref (self->near), g_strdup (label) };
  crm_store_step_async (self->store, label, run_put, job, put_free, NULL, on_put, toast);
}

static void
crm_put_template_dialog_response (AdwMessageDialog *dialog,
                                  const char       *response)
{
  CrmPutTemplateDialog *self = CRM_PUT_TEMPLATE_DIALOG (dialog);
  GtkRoot *root = gtk_widget_get_root (self->near);

  if (g_str_equal (response, "put"))
    put (self);
  else if (g_str_equal (response, "edit") && root != NULL)
    gtk_window_present (GTK_WINDOW (crm_templates_window_new (self->store, GTK_WINDOW (root))));
}

static void
crm_put_template_dialog_dispose (GObject *object)
{
  CrmPutTemplateDialog *self = CRM_PUT_TEMPLATE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->near);
  g_clear_object (&self->store);
  g_clear_pointer (&self->clients, g_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  G_OBJECT_CLASS (crm_put_template_dialog_parent_class)->dispose (object);
}

static void
crm_put_template_dialog_finalize (GObject *object)
{
  g_object_unref (CRM_PUT_TEMPLATE_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (crm_put_template_dialog_parent_class)->finalize (object);
}

static void
crm_put_template_dialog_class_init (CrmPutTemplateDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_put_template_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_put_template_dialog_finalize;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = crm_put_template_dialog_response;
}

static void
crm_put_template_dialog_init (CrmPutTemplateDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->cancellable = g_cancellable_new ();
  self->templates = gtk_drop_down_new (NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->templates), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Template"), -1);
  self->start = crm_due_entry_new (_("First day"));
  crm_due_entry_set_text (CRM_DUE_ENTRY (self->start), C_("due", "today"));
  self->preview = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->preview, TRUE);
  gtk_label_set_xalign (self->preview, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->preview), "dim-label");
  gtk_box_append (GTK_BOX (box), self->templates);
  gtk_box_append (GTK_BOX (box), self->start);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->preview));
  g_signal_connect_swapped (self->templates, "notify::selected", G_CALLBACK (update), self);
  g_signal_connect_swapped (self->start, "changed", G_CALLBACK (update), self);
  crm_heading_wrap (GTK_WIDGET (self));
  adw_message_dialog_set_extra_child (dialog, box);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "edit", _("_Edit Templates…"), "put", _("_Put On"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "put", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "put");
  adw_message_dialog_set_close_response (dialog, "cancel");
  adw_message_dialog_set_response_enabled (dialog, "put", FALSE);
}

GtkWidget *
crm_put_template_dialog_new (GtkWidget *near,
                             CrmStore  *store,
                             GArray    *clients)
{
  CrmPutTemplateDialog *self = NULL;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (near), NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (clients != NULL, NULL);

  self = g_object_new (CRM_TYPE_PUT_TEMPLATE_DIALOG, "transient-for", gtk_widget_get_root (near), NULL);
  self->near = g_object_ref (near);
  self->store = g_object_ref (store);
  self->clients = g_array_copy (clients);
  heading = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "Put a Template on %s Client", "Put a Template on %s Clients", clients->len), clients->len);
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), heading);
  crm_store_read_async (store, crm_template_list_read, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_read, g_object_ref (self));
  return GTK_WIDGET (self);
}
