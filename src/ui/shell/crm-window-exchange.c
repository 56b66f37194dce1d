/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-window-private.h"

#include <glib/gi18n-lib.h>

#include "crm-import-window.h"
#include "crm-mail-adder.h"
#include "crm-sample-dialog.h"
#include "crm-toaster.h"

/* What comes in and goes out as files */

static void
export_list (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  crm_window_run_command (CRM_WINDOW (user_data), "list.export");
}

static void
on_imported (CrmWindow  *self,
             const char *text)
{
  crm_toast_undo (GTK_WIDGET (self->toasts), text);
}

static void
import_together (CrmWindow *self,
                 GPtrArray *files)
{
  GtkWidget *window = crm_import_window_new (self->store, GTK_WINDOW (self), self->settings, files);

  g_signal_connect_object (window, "imported", G_CALLBACK (on_imported), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

/* Cards all at once; what columns mean is asked of each table. */
void
crm_window_import (CrmWindow *self,
                   GPtrArray *files)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) rest = NULL;

  g_return_if_fail (CRM_IS_WINDOW (self));
  g_return_if_fail (files != NULL);

  rest = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < files->len; i++)
    g_ptr_array_add (rest, g_object_ref (files->pdata[i]));
  crm_mail_adder_take (GTK_WIDGET (self->toasts), self->store, NULL, 0, rest);
  for (guint i = 0; i < rest->len; i++)
    {
      GFile *file = g_ptr_array_index (rest, i);
      g_autoptr (GPtrArray) single = g_ptr_array_new_with_free_func (g_object_unref);

      g_ptr_array_add (crm_import_window_is_card (file) ? cards : single, g_object_ref (file));
      if (single->len > 0)
        import_together (self, single);
    }
  if (cards->len > 0)
    import_together (self, cards);
}

static void
import_files (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree const char **uris = g_variant_get_strv (parameter, NULL);

  for (guint i = 0; uris[i] != NULL; i++)
    g_ptr_array_add (files, g_file_new_for_uri (uris[i]));
  crm_window_import (CRM_WINDOW (user_data), files);
}

static void
on_import_chosen (GtkNativeDialog *dialog,
                  int              response,
                  CrmWindow       *self)
{
  g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; response == GTK_RESPONSE_ACCEPT && i < g_list_model_get_n_items (chosen); i++)
    g_ptr_array_add (files, g_list_model_get_item (chosen, i));
  g_object_unref (dialog);
  crm_window_import (self, files);
}

static GtkFileFilter *
create_import_filter (void)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Tables as text (CSV) and vCards"));
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_filter_add_suffix (filter, "tsv");
  gtk_file_filter_add_suffix (filter, "txt");
  gtk_file_filter_add_suffix (filter, "vcf");
  gtk_file_filter_add_suffix (filter, "vcard");
  gtk_file_filter_add_mime_type (filter, "text/csv");
  gtk_file_filter_add_mime_type (filter, "text/vcard");
  return filter;
}

static void
choose_import (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (
      _("Import a List"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Import"), _("_Cancel"));
  g_autoptr (GtkFileFilter) known = create_import_filter ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), known);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), all);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_import_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
log_mail (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);

  crm_mail_adder_choose (GTK_WIDGET (self->toasts), self->store, NULL, 0);
}

static void
on_sample_added (CrmWindow *self)
{
  crm_toast_undo (GTK_WIDGET (self->toasts), _("The sample data is added"));
}

static void
add_sample_data (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);
  GtkWidget *dialog = crm_sample_dialog_new (self->store, GTK_WINDOW (self));

  g_signal_connect_object (dialog, "added", G_CALLBACK (on_sample_added), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
crm_window_add_exchange_actions (CrmWindow *self)
{
  const GActionEntry entries[] = {
    { "import", choose_import },
    { "import-files", import_files, "as" },
    { "export", export_list },
    { "log-mail", log_mail },
    { "sample-data", add_sample_data },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
