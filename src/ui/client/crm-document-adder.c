/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-document-adder.h"

#include "crm-heading.h"
#include "crm-number.h"
#include "crm-picture.h"
#include "crm-progress.h"
#include "crm-toaster.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define UPDATE_MS 100
#define THOUSAND 1000
/* So many sentences fit into a dialog. */
#define MOST_TOLD 8

typedef struct {
  GtkWidget        *near;
  CrmProgress      *progress;
  CrmDocumentMeter *meter;
  guint             timer;
} Adding;

static void
adding_free (Adding *self)
{
  g_source_remove (self->timer);
  crm_progress_free (self->progress);
  crm_document_meter_unref (self->meter);
  g_object_unref (self->near);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Adding, adding_free)

static gboolean
on_timer (gpointer data)
{
  Adding *self = data;

  crm_progress_set (self->progress, (guint) (crm_document_meter_get_fraction (self->meter) * THOUSAND));
  return G_SOURCE_CONTINUE;
}

/* What came of it */

static void
tell_refused (GtkWidget *near,
              GPtrArray *refused)
{
  g_autofree char *heading = crm_number_fill (ngettext ("%s File Was Not Added", "%s Files Were Not Added", refused->len), refused->len);
  g_autoptr (GString) body = g_string_new (NULL);
  GtkWidget *dialog;

  for (guint i = 0; i < MIN (refused->len, MOST_TOLD); i++)
    g_string_append_printf (body, "%s%s", i > 0 ? "\n" : "", (const char *) refused->pdata[i]);
  if (refused->len > MOST_TOLD)
    g_string_append (body, "\n…");
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (near)), heading, body->str);
  crm_heading_wrap (dialog);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
tell_known (GtkWidget *near,
            GPtrArray *known)
{
  g_autofree char *count = crm_number_fill (ngettext ("%s file is there already", "%s files are there already", known->len), known->len);
  g_autofree char *one = g_strdup_printf (_("“%s” is there already"), (const char *) known->pdata[0]);

  crm_toast (near, known->len == 1 ? one : count);
}

static void
tell_result (GtkWidget               *near,
             const CrmDocumentResult *result)
{
  if (result->ids->len > 0)
    {
      g_autofree char *text = crm_number_fill (ngettext ("%s document added", "%s documents added", result->ids->len), result->ids->len);

      crm_toast_undo (near, text);
    }
  else if (result->known->len > 0)
    tell_known (near, result->known);
  if (result->refused->len > 0)
    tell_refused (near, result->refused);
}

static void
on_added (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Adding) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDocumentResult) added = crm_document_add_files_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_root (self->near) == NULL)
    return;
  if (added != NULL)
    tell_result (self->near, added);
  else
    crm_toast_error (self->near, error);
}

static void
add (GtkWidget       *near,
     CrmStore        *store,
     const CrmEntity *owner,
     gint64           id,
     const char      *kind,
     GPtrArray       *files)
{
  Adding *self = g_new0 (Adding, 1);

  self->near = g_object_ref (near);
  self->meter = crm_document_meter_new ();
  self->progress = crm_progress_new (near, _("Adding Documents"), THOUSAND);
  self->timer = g_timeout_add (UPDATE_MS, on_timer, self);
  crm_document_add_files_async (store, owner, id, kind, files, self->meter, crm_progress_get_cancellable (self->progress), on_added, self);
}

/* A record and what is to be added to it, while that is chosen or looked at */
typedef struct {
  GtkWidget       *near;
  CrmStore        *store;
  const CrmEntity *owner;
  gint64           id;
  char            *kind;
  GPtrArray       *files;
} Choice;

static Choice *
choice_new (GtkWidget       *near,
            CrmStore        *store,
            const CrmEntity *owner,
            gint64           id,
            const char      *kind,
            GPtrArray       *files)
{
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice) { g_object_ref (near), g_object_ref (store), owner, id, g_strdup (kind), files == NULL ? NULL : g_ptr_array_ref (files) };
  return choice;
}

static void
choice_free (Choice *choice)
{
  g_object_unref (choice->near);
  g_object_unref (choice->store);
  g_free (choice->kind);
  g_clear_pointer (&choice->files, g_ptr_array_unref);
  g_free (choice);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Choice, choice_free)

static void
on_picture_checked (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (Choice) choice = data;
  g_autoptr (GError) error = NULL;

  if (gtk_widget_get_root (choice->near) == NULL)
    return;
  if (crm_picture_check_finish (result, &error))
    add (choice->near, choice->store, choice->owner, choice->id, choice->kind, choice->files);
  else
    crm_toast_error (choice->near, error);
}

static gboolean
is_picture (const char *kind)
{
  return g_str_equal (kind, "photo") || g_str_equal (kind, "logo");
}

void
crm_document_adder_add (GtkWidget       *near,
                        CrmStore        *store,
                        const CrmEntity *owner,
                        gint64           id,
                        const char      *kind,
                        GPtrArray       *files)
{
  g_return_if_fail (GTK_IS_WIDGET (near) && CRM_IS_STORE (store) && id != 0);

  if (files->len == 0)
    return;
  if (is_picture (kind))
    crm_picture_check_async (files->pdata[0], NULL, on_picture_checked, choice_new (near, store, owner, id, kind, files));
  else
    add (near, store, owner, id, kind, files);
}

GPtrArray *
crm_document_adder_get_files (const GValue *list)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (GSList *i = g_value_get_boxed (list); i != NULL; i = i->next)
    g_ptr_array_add (files, g_object_ref (i->data));
  return files;
}

/* Asking for files */

static void
forget_choice (gpointer  data,
               GClosure *closure)
{
  choice_free (data);
}

static void
on_response (GtkNativeDialog *dialog,
             int              response,
             gpointer         data)
{
  const Choice *choice = data;
  g_autoptr (GListModel) chosen = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (response == GTK_RESPONSE_ACCEPT && gtk_widget_get_root (choice->near) != NULL)
    {
      chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
        g_ptr_array_add (files, g_list_model_get_item (chosen, i));
      crm_document_adder_add (choice->near, choice->store, choice->owner, choice->id, choice->kind, files);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static const char *
get_title (const char *kind)
{
  if (g_str_equal (kind, "photo"))
    return _("Choose a Photo");
  return g_str_equal (kind, "logo") ? _("Choose a Logo") : _("Add Documents");
}

void
crm_document_adder_choose (GtkWidget       *near,
                           CrmStore        *store,
                           const CrmEntity *owner,
                           gint64           id,
                           const char      *kind)
{
  GtkFileChooserNative *dialog;

  g_return_if_fail (GTK_IS_WIDGET (near) && CRM_IS_STORE (store) && id != 0);

  dialog = gtk_file_chooser_native_new (get_title (kind), GTK_WINDOW (gtk_widget_get_root (near)), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Add"),
                                        _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), !is_picture (kind));
  if (is_picture (kind))
    {
      g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, _("Pictures"));
      gtk_file_filter_add_pixbuf_formats (filter);
      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
    }
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), choice_new (near, store, owner, id, kind, NULL), forget_choice, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
