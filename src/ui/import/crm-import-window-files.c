/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-window-private.h"

#include <glib/gi18n-lib.h>

#include "crm-display.h"
#include "crm-import-memory.h"
#include "crm-toaster.h"

/* Reading the file */

static void
show_failure (CrmImportWindow *self,
              const char      *reason)
{
  g_autofree char *title = g_strdup_printf (_("“%s” Cannot Be Imported"), self->name);
  g_autofree char *markup = g_markup_escape_text (reason, -1);

  adw_status_page_set_title (self->failure_page, title);
  adw_status_page_set_description (self->failure_page, markup);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher_title, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
show_options (CrmImportWindow *self,
              GPtrArray       *rows,
              gboolean         may_recall)
{
  gboolean recalled = may_recall && crm_import_memory_recall_mapping (self->settings, self->options->mapping, self->guess);

  if (may_recall && !self->match_chosen)
    crm_import_memory_recall_match (self->settings, self->options);
  crm_import_format_group_set (self->format_group, self->name, &self->options->format, self->options->match);
  crm_import_format_group_set_rows (self->format_group, -1);
  crm_import_columns_set (self->columns, self->options->mapping, rows);
  crm_import_columns_set_notice (self->columns, recalled ? _("The fields are those you chose for such a file before.") : NULL);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher_title, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "file");
  crm_import_window_plan_anew (self);
}

static void
set_title (CrmImportWindow *self,
           const char      *title)
{
  adw_view_switcher_title_set_title (self->switcher_title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

/* Of cards there is nothing to be chosen: their properties are named. */
static void
show_cards (CrmImportWindow *self)
{
  set_title (self, _("Import vCards"));
  adw_view_stack_set_visible_child_name (self->pages, "result");
  adw_view_stack_page_set_visible (self->columns_stack_page, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "file");
  crm_import_window_plan_anew (self);
}

static void
take_file (CrmImportWindow *self,
           CrmImportFile   *file,
           gboolean         may_recall)
{
  g_clear_pointer (&self->options, crm_import_options_free);
  g_clear_pointer (&self->guess, crm_mapping_free);
  self->options = g_steal_pointer (&file->options);
  if (self->options->cards != NULL)
    {
      show_cards (self);
      return;
    }
  self->guess = crm_mapping_copy (self->options->mapping);
  show_options (self, file->rows, may_recall);
}

static void
finish_reading (CrmImportWindow *self,
                GAsyncResult    *result,
                gboolean         may_recall)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportFile) file = crm_import_job_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (file != NULL)
    take_file (self, file, may_recall);
  /* A choice of the user that does not fit can be taken back */
  else if (self->options != NULL)
    crm_import_window_show_no_result (self, error->message);
  else
    show_failure (self, error->message);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CrmImportWindow) self = user_data;

  finish_reading (self, result, TRUE);
}

static void
on_guessed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CrmImportWindow) self = user_data;

  finish_reading (self, result, FALSE);
}

/* @known: what the user chose; NULL: nothing */
static void
read_file (CrmImportWindow        *self,
           const CrmImportOptions *known,
           CrmImportRead           what,
           GAsyncReadyCallback     callback)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  for (guint i = 0; i < self->files->len; i++)
    {
      g_autofree char *path = g_file_get_path (g_ptr_array_index (self->files, i));

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }
  paths = g_strv_builder_end (builder);
  crm_import_window_stop_planning (self);
  crm_import_window_cancel (&self->reading);
  g_clear_pointer (&self->result, crm_import_result_free);
  crm_import_window_update_actions (self);
  if (g_strv_length (paths) < self->files->len)
    {
      show_failure (self, _("The file is not on this computer. Copy it here and try again."));
      return;
    }
  self->reading = g_cancellable_new ();
  crm_import_job_read_async ((const char * const *) paths, known, what, self->reading, callback, g_object_ref (self));
}

/* Which file */

void
crm_import_window_read_again (CrmImportWindow *self,
                              CrmImportRead    what,
                              gboolean         may_recall)
{
  read_file (self, self->options, what, may_recall ? on_read : on_guessed);
}

/* (transfer full): of the first file, and how many others there are */
static char *
make_name (CrmImportWindow *self)
{
  g_autofree char *parse_name = g_file_get_parse_name (g_ptr_array_index (self->files, 0));
  g_autofree char *base_name = g_filename_display_basename (parse_name);
  g_autofree char *name = crm_display_line (base_name);
  guint n = self->files->len - 1;

  return n == 0 ? g_steal_pointer (&name) : g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n), name, n);
}

void
crm_import_window_open_files (CrmImportWindow *self,
                              GPtrArray       *files)
{
  g_ptr_array_ref (files);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = files;
  g_free (self->name);
  self->name = make_name (self);
  set_title (self, _("Import Clients"));
  adw_view_switcher_title_set_subtitle (self->switcher_title, self->name);
  self->match_chosen = FALSE;
  g_clear_pointer (&self->options, crm_import_options_free);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher_title, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "reading");
  adw_view_stack_page_set_visible (self->columns_stack_page, TRUE);
  adw_view_stack_set_visible_child_name (self->pages, "columns");
  read_file (self, NULL, CRM_IMPORT_READ_ALL, on_read);
}

/* One window imports one file, or several of cards: else of several the first. */
static void
open_some (CrmImportWindow *self,
           GPtrArray       *files)
{
  gboolean are_cards = TRUE;

  for (guint i = 0; i < files->len; i++)
    are_cards = are_cards && crm_import_window_is_card (g_ptr_array_index (files, i));
  if (!are_cards)
    g_ptr_array_set_size (files, 1);
  crm_import_window_open_files (self, files);
}

gboolean
crm_import_window_is_card (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return crm_import_has_card_name (name);
}

static gboolean
on_drop (CrmImportWindow *self,
         const GValue    *value)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->running != NULL)
    return FALSE;
  for (GSList *i = g_value_get_boxed (value); i != NULL; i = i->next)
    g_ptr_array_add (files, g_object_ref (i->data));
  if (files->len > 0)
    open_some (self, files);
  return files->len > 0;
}

void
crm_import_window_add_drop_target (CrmImportWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* Choosers */

static GtkNativeDialog *
show_chooser (CrmImportWindow      *self,
              const char           *title,
              GtkFileChooserAction  action,
              const char           *accept)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, accept, _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_set_object (&self->chooser, GTK_NATIVE_DIALOG (chooser));
  return GTK_NATIVE_DIALOG (chooser);
}

static GFile *
take_chosen (CrmImportWindow *self,
             int              response)
{
  GFile *file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  return file;
}

static void
on_file_chosen (CrmImportWindow *self,
                int              response)
{
  g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));
  g_autoptr (GFile) file = take_chosen (self, response);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
    g_ptr_array_add (files, g_list_model_get_item (chosen, i));
  if (file != NULL && files->len > 0)
    open_some (self, files);
}

void
crm_import_window_choose_file (GtkWidget  *widget,
                               const char *action,
                               GVariant   *parameter)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (widget);
  g_autoptr (GtkNativeDialog) chooser = show_chooser (self, _("Import a List"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"));
  g_autoptr (GFile) folder = g_file_get_parent (g_ptr_array_index (self->files, 0));

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_file_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (chooser);
}

/* The report */

static void
on_report_saved (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CrmImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->store == NULL)
    return;
  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    crm_toast (GTK_WIDGET (self->pages), _("The report is saved"));
  else
    crm_toast_error (GTK_WIDGET (self->pages), error);
}

static void
on_report_chosen (CrmImportWindow *self,
                  int              response)
{
  g_autoptr (GFile) file = take_chosen (self, response);
  g_autoptr (GBytes) bytes = NULL;
  char *text = NULL;

  if (file == NULL || self->result == NULL)
    return;
  text = crm_import_result_to_text (self->result);
  bytes = g_bytes_new_take (text, strlen (text));
  /* It names clients: nobody else's to read */
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, on_report_saved, g_object_ref (self));
}

void
crm_import_window_save_report (GtkWidget  *widget,
                               const char *action,
                               GVariant   *parameter)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (widget);
  g_autoptr (GtkNativeDialog) chooser = show_chooser (self, _("Save Report"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"));
  /* Translators: the name of a file, after the name of the file that was imported */
  g_autofree char *name = g_strdup_printf (_("%s report.txt"), self->name);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_report_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (chooser);
}
