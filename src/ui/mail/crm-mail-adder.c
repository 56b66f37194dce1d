/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-mail-adder.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "crm-heading.h"
#include "crm-mail-log.h"
#include "crm-number.h"
#include "crm-progress.h"
#include "crm-strangers-dialog.h"
#include "crm-toaster.h"

#define UPDATE_MS 100
/* So many sentences fit into a dialog. */
#define MOST_TOLD 8

typedef struct {
  GtkWidget    *near;
  CrmProgress  *progress;
  CrmMailMeter *meter;
  guint         timer;
} Logging;

static void
logging_free (Logging *self)
{
  g_source_remove (self->timer);
  crm_progress_free (self->progress);
  crm_mail_meter_unref (self->meter);
  g_object_unref (self->near);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Logging, logging_free)

static gboolean
on_timer (gpointer data)
{
  Logging *self = data;

  crm_progress_set (self->progress, crm_mail_meter_get_read (self->meter));
  return G_SOURCE_CONTINUE;
}

/* What came of it */

static const CrmMailEntry *
find_entry (const CrmMailLog *log,
            CrmMailState      state)
{
  for (guint i = 0; i < log->entries->len; i++)
    if (((CrmMailEntry *) log->entries->pdata[i])->state == state)
      return log->entries->pdata[i];
  return NULL;
}

static const char *
get_name (const CrmMailEntry *entry)
{
  return entry->subject != NULL ? entry->subject : entry->file;
}

static void
tell_done (GtkWidget        *near,
           const CrmMailLog *log)
{
  const CrmMailEntry *logged = find_entry (log, CRM_MAIL_LOGGED);
  const CrmMailEntry *known = find_entry (log, CRM_MAIL_KNOWN);
  g_autofree char *text = NULL;

  if (log->n_logged == 1)
    text = g_strdup_printf (_("Logged: %s"), get_name (logged));
  else if (log->n_logged > 1)
    text = crm_number_fill (ngettext ("%s e-mail logged", "%s e-mails logged", log->n_logged), log->n_logged);
  else if (log->n_known == 1)
    text = g_strdup_printf (_("Logged already: %s"), get_name (known));
  else if (log->n_known > 1)
    text = crm_number_fill (ngettext ("%s e-mail was logged already", "%s e-mails were logged already", log->n_known), log->n_known);
  if (log->n_logged > 0)
    crm_toast_undo (near, text);
  else if (text != NULL)
    crm_toast (near, text);
}

static GPtrArray *
collect_problems (const CrmMailLog *log)
{
  GPtrArray *problems = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < log->entries->len; i++)
    {
      const CrmMailEntry *entry = log->entries->pdata[i];

      if (entry->reason != NULL)
        g_ptr_array_add (problems, g_strdup (entry->reason));
      for (guint j = 0; j < entry->problems->len; j++)
        g_ptr_array_add (problems, g_strdup_printf ("%s: %s", entry->file, (const char *) entry->problems->pdata[j]));
    }
  return problems;
}

static void
tell_problems (GtkWidget        *near,
               const CrmMailLog *log)
{
  g_autoptr (GPtrArray) problems = collect_problems (log);
  g_autofree char *refused = crm_number_fill (ngettext ("%s E-Mail Was Not Logged", "%s E-Mails Were Not Logged", log->n_refused), log->n_refused);
  g_autoptr (GString) body = g_string_new (NULL);
  GtkWidget *dialog;

  if (problems->len == 0)
    return;
  for (guint i = 0; i < MIN (problems->len, MOST_TOLD); i++)
    g_string_append_printf (body, "%s%s", i > 0 ? "\n" : "", (const char *) problems->pdata[i]);
  if (problems->len > MOST_TOLD)
    g_string_append (body, "\n…");
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (near)), log->n_refused > 0 ? refused : _("Not All of It Could Be Read"),
                                   body->str);
  crm_heading_wrap (dialog);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_logged (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Logging) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmMailLog) log = crm_mail_log_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_root (self->near) == NULL)
    return;
  if (log == NULL)
    {
      crm_toast_error (self->near, error);
      return;
    }
  tell_done (self->near, log);
  tell_problems (self->near, log);
  if (log->strangers->len > 0)
    crm_strangers_dialog_show (self->near, CRM_STORE (source), log->strangers);
}

void
crm_mail_adder_log (GtkWidget       *near,
                    CrmStore        *store,
                    const CrmEntity *entity,
                    gint64           id,
                    GPtrArray       *files)
{
  CrmMailLogOptions options = { .client = entity == &crm_client ? id : 0, .person = entity == &crm_person ? id : 0 };
  Logging *self;

  g_return_if_fail (GTK_IS_WIDGET (near) && CRM_IS_STORE (store) && files != NULL);

  if (files->len == 0)
    return;
  self = g_new0 (Logging, 1);
  self->near = g_object_ref (near);
  self->meter = crm_mail_meter_new ();
  self->progress = crm_progress_new (near, _("Logging E-Mails"), files->len);
  self->timer = g_timeout_add (UPDATE_MS, on_timer, self);
  crm_mail_log_async (store, files, &options, self->meter, crm_progress_get_cancellable (self->progress), on_logged, self);
}

static gboolean
is_mail (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *lower = base == NULL ? NULL : g_ascii_strdown (base, -1);

  return lower != NULL && g_str_has_suffix (lower, ".eml");
}

void
crm_mail_adder_take (GtkWidget       *near,
                     CrmStore        *store,
                     const CrmEntity *entity,
                     gint64           id,
                     GPtrArray       *files)
{
  g_autoptr (GPtrArray) mails = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (files != NULL);

  for (guint i = files->len; i > 0; i--)
    if (is_mail (files->pdata[i - 1]))
      {
        g_ptr_array_insert (mails, 0, g_object_ref (files->pdata[i - 1]));
        g_ptr_array_remove_index (files, i - 1);
      }
  crm_mail_adder_log (near, store, entity, id, mails);
}

/* Asking for files */

typedef struct {
  GtkWidget       *near;
  CrmStore        *store;
  const CrmEntity *entity;
  gint64           id;
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure)
{
  Choice *choice = data;

  g_object_unref (choice->near);
  g_object_unref (choice->store);
  g_free (choice);
}

static void
on_response (GtkNativeDialog *dialog,
             int              response,
             gpointer         data)
{
  const Choice *choice = data;

  if (response == GTK_RESPONSE_ACCEPT && gtk_widget_get_root (choice->near) != NULL)
    {
      g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
      g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
        g_ptr_array_add (files, g_list_model_get_item (chosen, i));
      crm_mail_adder_log (choice->near, choice->store, choice->entity, choice->id, files);
    }
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

void
crm_mail_adder_choose (GtkWidget       *near,
                       CrmStore        *store,
                       const CrmEntity *entity,
                       gint64           id)
{
  GtkFileChooserNative *dialog;
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Choice *choice;

  g_return_if_fail (GTK_IS_WIDGET (near) && CRM_IS_STORE (store));

  dialog = gtk_file_chooser_native_new (_("Log E-Mail Files"), GTK_WINDOW (gtk_widget_get_root (near)), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Log"),
                                        _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_file_filter_set_name (filter, _("E-mails (.eml)"));
  gtk_file_filter_add_suffix (filter, "eml");
  gtk_file_filter_add_mime_type (filter, "message/rfc822");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  choice = g_new (Choice, 1);
  *choice = (Choice) { g_object_ref (near), g_object_ref (store), entity, id };
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), choice, choice_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
