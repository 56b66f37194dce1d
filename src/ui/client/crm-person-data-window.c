/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-person-data-window.h"

#include "crm-display.h"
#include "crm-output.h"
#include "crm-own-read.h"
#include "crm-person-data.h"
#include "crm-person.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

#define MARGIN 18

struct _CrmPersonDataWindow {
  AdwWindow      parent_instance;

  CrmStore      *store;
  gint64         person;
  CrmPersonData *data;        /* NULL: being read */
  GCancellable  *cancellable;

  GtkStack      *states;
  GtkTextView   *page;
  AdwStatusPage *failure;
};

G_DEFINE_FINAL_TYPE (CrmPersonDataWindow, crm_person_data_window, ADW_TYPE_WINDOW)

/* The page */

static void
append (CrmPersonDataWindow *self,
        const char          *tag,
        const char          *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->page);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (buffer, &end);
  if (tag != NULL)
    gtk_text_buffer_insert_with_tags_by_name (buffer, &end, valid, -1, tag, NULL);
  else
    gtk_text_buffer_insert (buffer, &end, valid, -1);
}

static void
tell_title (gpointer    data,
            const char *text)
{
  append (data, "title", text);
  append (data, NULL, "\n");
}

static void
tell_section (gpointer    data,
              const char *text)
{
  append (data, "section", text);
  append (data, NULL, "\n");
}

static void
tell_item (gpointer data)
{
  append (data, "gap", "\n");
}

static void
tell_line (gpointer    data,
           const char *label,
           const char *text)
{
  if (label != NULL)
    {
      append (data, "label", label);
      append (data, "label", ": ");
    }
  append (data, NULL, text);
  append (data, NULL, "\n");
}

static void
show_data (CrmPersonDataWindow *self)
{
  CrmPersonPage page = { self, tell_title, tell_section, tell_item, tell_line };
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->page);
  GtkTextIter start;

  crm_person_data_tell (self->data, &page);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_stack_set_visible_child_name (self->states, "page");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "data.save", TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->page));
}

/* Reading */

static gpointer
read_data (CrmDb         *db,
           gpointer       person,
           GCancellable  *cancellable,
           GError       **error)
{
  return crm_person_data_read (db, *(gint64 *) person, error);
}

static void
free_data (gpointer data)
{
  crm_person_data_free (data);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CrmPersonDataWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmPersonData) data = crm_own_read_finish (CRM_STORE (source), result, &error);
  g_autofree char *escaped = NULL;

  if (self->store == NULL)
    return;
  if (data != NULL)
    {
      self->data = g_steal_pointer (&data);
      show_data (self);
      return;
    }
  escaped = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->failure, escaped);
  gtk_stack_set_visible_child_name (self->states, "failed");
}

/* Saving */

typedef struct {
  char *path;
  char *text;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  g_free (saving->path);
  g_free (saving->text);
  g_free (saving);
}

static void
save (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  Saving *saving = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmOutput) output = crm_output_new (saving->path, &error);

  if (output != NULL)
    g_string_append (crm_output_get_text (output), saving->text);
  if (output != NULL && crm_output_finish (output, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  CrmPersonDataWindow *self = CRM_PERSON_DATA_WINDOW (source);
  Saving *saving = g_task_get_task_data (G_TASK (result));
  g_autofree char *name = g_filename_display_basename (saving->path);
  g_autofree char *text = g_strdup_printf (_("Saved as “%s”"), name);
  g_autoptr (GError) error = NULL;
  gboolean is_saved = g_task_propagate_boolean (G_TASK (result), &error);

  if (self->store == NULL)
    return;
  if (is_saved)
    crm_toast (GTK_WIDGET (self->page), text);
  else
    crm_toast_error (GTK_WIDGET (self->page), error);
}

static void
save_as (CrmPersonDataWindow *self,
         const char          *path)
{
  CrmPersonDataFormat format = CRM_PERSON_DATA_HTML;
  g_autoptr (GTask) task = g_task_new (self, NULL, on_saved, NULL);
  Saving *saving = g_new (Saving, 1);

  crm_person_data_guess_format (path, &format);
  *saving = (Saving) { g_strdup (path), crm_person_data_format (self->data, format) };
  g_task_set_task_data (task, saving, saving_free);
  g_task_run_in_thread (task, save);
}

static void
on_chosen (GtkNativeDialog *dialog,
           int              response,
           gpointer         user_data)
{
  CrmPersonDataWindow *self = user_data;

  if (response == GTK_RESPONSE_ACCEPT && self->data != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        save_as (self, path);
    }
  g_object_unref (dialog);
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CrmPersonDataWindow *self = CRM_PERSON_DATA_WINDOW (widget);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Save Everything Held (.html, .json or .txt)"), GTK_WINDOW (self),
                                                              GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  const CrmPersonRow *row = self->data->rows->pdata[0];
  g_autofree char *name = g_strdup_printf ("%s.html", crm_values_get_text (row->values, CRM_PERSON_NAME));

  g_strdelimit (name, "/", '-');
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* The class */

static void
crm_person_data_window_dispose (GObject *object)
{
  CrmPersonDataWindow *self = CRM_PERSON_DATA_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->data, crm_person_data_free);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_person_data_window_parent_class)->dispose (object);
}

static void
crm_person_data_window_class_init (CrmPersonDataWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_person_data_window_dispose;
  gtk_widget_class_install_action (widget_class, "data.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "data.save", NULL);
}

static GtkWidget *
create_page (CrmPersonDataWindow *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkTextBuffer *buffer;

  self->page = GTK_TEXT_VIEW (gtk_text_view_new ());
  buffer = gtk_text_view_get_buffer (self->page);
  gtk_text_buffer_create_tag (buffer, "title", "weight", PANGO_WEIGHT_BOLD, "scale", 1.4, "pixels-below-lines", 6, NULL);
  gtk_text_buffer_create_tag (buffer, "section", "weight", PANGO_WEIGHT_BOLD, "scale", 1.15, "pixels-above-lines", 18, NULL);
  gtk_text_buffer_create_tag (buffer, "label", "weight", PANGO_WEIGHT_SEMIBOLD, NULL);
  gtk_text_buffer_create_tag (buffer, "gap", "scale", 0.5, NULL);
  gtk_text_view_set_editable (self->page, FALSE);
  gtk_text_view_set_cursor_visible (self->page, FALSE);
  gtk_text_view_set_wrap_mode (self->page, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_left_margin (self->page, MARGIN);
  gtk_text_view_set_right_margin (self->page, MARGIN);
  gtk_text_view_set_top_margin (self->page, MARGIN);
  gtk_text_view_set_bottom_margin (self->page, MARGIN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->page), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Everything held"), -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->page));
  return scroller;
}

static GtkWidget *
create_header (void)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Save As…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "data.save");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), button);
  return header;
}

static void
crm_person_data_window_init (CrmPersonDataWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *overlay = adw_toast_overlay_new (), *spinner = gtk_spinner_new ();

  self->states = GTK_STACK (gtk_stack_new ());
  self->failure = ADW_STATUS_PAGE (adw_status_page_new ());
  adw_status_page_set_icon_name (self->failure, "dialog-error-symbolic");
  adw_status_page_set_title (self->failure, _("This Person Cannot Be Shown"));
  gtk_spinner_start (GTK_SPINNER (spinner));
  gtk_widget_set_size_request (spinner, 32, 32);
  gtk_widget_set_halign (spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (spinner, GTK_ALIGN_CENTER);
  gtk_stack_add_named (self->states, spinner, "reading");
  gtk_stack_add_named (self->states, create_page (self), "page");
  gtk_stack_add_named (self->states, GTK_WIDGET (self->failure), "failed");
  gtk_widget_set_vexpand (overlay, TRUE);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), GTK_WIDGET (self->states));
  gtk_box_append (GTK_BOX (box), create_header ());
  gtk_box_append (GTK_BOX (box), overlay);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _("Everything Held"));
  gtk_window_set_default_size (GTK_WINDOW (self), 640, 720);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "data.save", FALSE);
}

GtkWidget *
crm_person_data_window_new (CrmStore  *store,
                            GtkWindow *parent,
                            gint64     person)
{
  CrmPersonDataWindow *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_PERSON_DATA_WINDOW, "transient-for", parent, "modal", TRUE, "destroy-with-parent", TRUE, NULL);
  self->store = g_object_ref (store);
  self->person = person;
  self->cancellable = g_cancellable_new ();
  crm_own_read_async (store, read_data, g_memdup2 (&person, sizeof person), g_free, free_data, self->cancellable, on_read, g_object_ref (self));
  return GTK_WIDGET (self);
}
