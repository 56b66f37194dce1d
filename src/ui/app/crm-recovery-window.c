/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-recovery-window.h"

#include <glib/gi18n-lib.h>

#include "crm-backup-job.h"
#include "crm-error.h"
#include "crm-time.h"

struct _CrmRecoveryWindow
{
  AdwApplicationWindow  parent_instance;

  AdwStatusPage        *page;
  GtkLabel             *reason;
  GtkSpinner           *spinner;
  GtkLabel             *backup;
  GtkWidget            *buttons;
  GtkWidget            *retry_button;
  GtkWidget            *restore_button;
  GtkWidget            *choose_button;
  GtkWidget            *create_button;

  char                 *database;
  char                 *backup_path;
  GCancellable         *cancellable;
};

enum
{
  SIGNAL_OPEN,
  SIGNAL_CREATE,
  SIGNAL_RESTORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmRecoveryWindow, crm_recovery_window, ADW_TYPE_APPLICATION_WINDOW)

static const char *
get_title (const GError *error)
{
  if (error->domain != CRM_ERROR)
    return _("The Client Base Cannot Be Opened");

  switch ((CrmError) error->code)
    {
    case CRM_ERROR_DAMAGED:
      return _("The Client Base Is Damaged");
    case CRM_ERROR_FOREIGN:
      return _("This Is Not a Client Base");
    case CRM_ERROR_NEWER:
      return _("The Client Base Is of a Newer Version");
    case CRM_ERROR_IN_USE:
      return _("The Client Base Is in Use");
    case CRM_ERROR_NOT_FOUND:
      return _("The Client Base Is Missing");
    default:
      return _("The Client Base Cannot Be Opened");
    }
}

static void
set_busy (CrmRecoveryWindow *self,
          gboolean           busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static gboolean
is_error (const GError *error,
          CrmError      code)
{
  return g_error_matches (error, CRM_ERROR, (int) code);
}

static void
show_backup (CrmRecoveryWindow *self,
             gint64             when)
{
  g_autofree char *date = crm_time_format (when);
  g_autofree char *text = NULL;

  /* Translators: %s is a date with time */
  text = g_strdup_printf (_("Newest whole backup: %s. When it is restored, the present file is kept beside it."), date);
  gtk_label_set_text (self->backup, text);
  gtk_widget_set_visible (self->restore_button, TRUE);
  gtk_widget_grab_focus (self->restore_button);
}

static void
on_backup_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CrmRecoveryWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 when = 0;
  g_autofree char *path = crm_backup_job_find_finish (result, &when, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  set_busy (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->backup), TRUE);
  if (path == NULL)
    {
      gtk_label_set_text (self->backup, _("There is no backup of it in the folder of backups."));
      return;
    }

  g_free (self->backup_path);
  self->backup_path = g_steal_pointer (&path);
  show_backup (self, when);
}

static void
retry (GtkWidget  *widget,
       const char *action,
       GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_OPEN], 0, CRM_RECOVERY_WINDOW (widget)->database);
}

static void
create_empty (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  g_signal_emit (widget, signals[SIGNAL_CREATE], 0);
}

static void
restore (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CrmRecoveryWindow *self = CRM_RECOVERY_WINDOW (widget);

  if (self->backup_path != NULL)
    g_signal_emit (self, signals[SIGNAL_RESTORE], 0, self->backup_path);
}

static void
on_chosen (GtkNativeDialog   *dialog,
           int                response,
           CrmRecoveryWindow *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_object_unref (dialog);
  if (file != NULL && g_file_peek_path (file) != NULL)
    g_signal_emit (self, signals[SIGNAL_OPEN], 0, g_file_peek_path (file));
}

static void
choose (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Open a Client Base"), GTK_WINDOW (widget),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_chosen), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
crm_recovery_window_dispose (GObject *object)
{
  CrmRecoveryWindow *self = CRM_RECOVERY_WINDOW (object);

  g_cancellable_cancel (self->cancellable);

  G_OBJECT_CLASS (crm_recovery_window_parent_class)->dispose (object);
}

static void
crm_recovery_window_finalize (GObject *object)
{
  CrmRecoveryWindow *self = CRM_RECOVERY_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_free (self->database);
  g_free (self->backup_path);

  G_OBJECT_CLASS (crm_recovery_window_parent_class)->finalize (object);
}

static void
crm_recovery_window_class_init (CrmRecoveryWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_recovery_window_dispose;
  object_class->finalize = crm_recovery_window_finalize;

  signals[SIGNAL_OPEN] = g_signal_new ("open", CRM_TYPE_RECOVERY_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_CREATE] = g_signal_new ("create", CRM_TYPE_RECOVERY_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 0);
  signals[SIGNAL_RESTORE] = g_signal_new ("restore", CRM_TYPE_RECOVERY_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "recovery.retry", NULL, retry);
  gtk_widget_class_install_action (widget_class, "recovery.create", NULL, create_empty);
  gtk_widget_class_install_action (widget_class, "recovery.restore", NULL, restore);
  gtk_widget_class_install_action (widget_class, "recovery.choose", NULL, choose);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-recovery-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, page);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, reason);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, backup);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, buttons);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, restore_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, choose_button);
  gtk_widget_class_bind_template_child (widget_class, CrmRecoveryWindow, create_button);
}

static void
crm_recovery_window_init (CrmRecoveryWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_recovery_window_new (GtkApplication *application,
                         const char     *database)
{
  CrmRecoveryWindow *self = NULL;

  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (database != NULL, NULL);

  self = g_object_new (CRM_TYPE_RECOVERY_WINDOW, "application", application, NULL);
  self->database = g_strdup (database);
  return GTK_WIDGET (self);
}

void
crm_recovery_window_set_error (CrmRecoveryWindow *self,
                               const GError      *error)
{
  gboolean is_missing = FALSE;
  gboolean may_pass = FALSE;

  g_return_if_fail (CRM_IS_RECOVERY_WINDOW (self));
  g_return_if_fail (error != NULL);

  is_missing = is_error (error, CRM_ERROR_NOT_FOUND);
  may_pass = is_error (error, CRM_ERROR_IN_USE) || is_error (error, CRM_ERROR_BUSY) || is_error (error, CRM_ERROR_FULL);

  adw_status_page_set_title (self->page, get_title (error));
  gtk_label_set_text (self->reason, error->message);
  gtk_widget_set_visible (self->buttons, TRUE);
  gtk_widget_set_visible (self->retry_button,
                          may_pass || is_error (error, CRM_ERROR_UNREADABLE) || is_error (error, CRM_ERROR_IO));
  gtk_widget_set_visible (self->create_button, is_missing);
  gtk_widget_grab_focus (gtk_widget_get_visible (self->retry_button) ? self->retry_button : self->choose_button);

  /* A backup of what is whole, but just not to be had now, would take the user back for nothing */
  if (may_pass)
    return;

  set_busy (self, TRUE);
  crm_backup_job_find_async (self->database, self->cancellable, on_backup_found, g_object_ref (self));
}

void
crm_recovery_window_set_restoring (CrmRecoveryWindow *self)
{
  g_return_if_fail (CRM_IS_RECOVERY_WINDOW (self));

  adw_status_page_set_icon_name (self->page, "document-revert-symbolic");
  adw_status_page_set_title (self->page, _("Restoring the Backup"));
  gtk_label_set_text (self->reason,
                      _("The backup is checked and put in the place of the client base. This may take a while."));
  gtk_widget_set_visible (self->buttons, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->backup), FALSE);
  set_busy (self, TRUE);
}
