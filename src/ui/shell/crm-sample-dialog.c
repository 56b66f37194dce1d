/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-sample-dialog.h"

#include <glib/gi18n-lib.h>

#include "crm-number.h"
#include "crm-sample.h"

#define PROGRESS_MILLISECONDS 100

/* Shared with the writer's thread, which counts */
typedef struct
{
  CrmSampleRun run;
  int          done;
} Work;

struct _CrmSampleDialog
{
  AdwWindow       parent_instance;

  GtkWidget      *cancel_button;
  GtkWidget      *number;
  GtkProgressBar *progress;
  GtkLabel       *failure;

  CrmStore       *store;
  GCancellable   *cancellable; /* while it runs */
  Work           *work;
  guint           timer;
};

enum
{
  SIGNAL_ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmSampleDialog, crm_sample_dialog, ADW_TYPE_WINDOW)

static void
count (guint    done,
       guint    clients,
       gpointer data)
{
  Work *work = data;

  g_atomic_int_set (&work->done, (int) done);
}

static gboolean
show_progress (gpointer user_data)
{
  CrmSampleDialog *self = user_data;
  int done = g_atomic_int_get (&self->work->done);
  g_autofree char *text = NULL;

  text = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s client", "%s clients", (gulong) done), done);
  gtk_progress_bar_set_fraction (self->progress, done / (double) self->work->run.clients);
  gtk_progress_bar_set_text (self->progress, text);
  return G_SOURCE_CONTINUE;
}

static void
stop (CrmSampleDialog *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->work, g_atomic_rc_box_release);
}

static void
on_added (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CrmSampleDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean added = crm_store_step_finish (CRM_STORE (source), result, &error);

  stop (self);
  if (added)
    g_signal_emit (self, signals[SIGNAL_ADDED], 0);
  if (self->store == NULL)
    return;

  if (added)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  gtk_label_set_text (self->failure, error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_set_sensitive (self->number, TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "sample.add", TRUE);
}

static void
add (GtkWidget  *widget,
     const char *action,
     GVariant   *parameter)
{
  CrmSampleDialog *self = CRM_SAMPLE_DIALOG (widget);

  self->work = g_atomic_rc_box_new0 (Work);
  self->work->run.clients = (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->number));
  self->work->run.progress = count;
  self->work->run.data = self->work;
  self->cancellable = g_cancellable_new ();
  self->timer = g_timeout_add (PROGRESS_MILLISECONDS, show_progress, self);

  show_progress (self);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->failure), FALSE);
  /* A text that turns insensitive keeps its cursor blinking without the focus, and GTK warns */
  gtk_widget_grab_focus (self->cancel_button);
  gtk_widget_set_sensitive (self->number, FALSE);
  gtk_widget_action_set_enabled (widget, "sample.add", FALSE);
  crm_store_step_async (self->store, _("Sample data"), crm_sample_run, g_atomic_rc_box_acquire (self->work),
                        (GDestroyNotify) g_atomic_rc_box_release, self->cancellable, on_added, g_object_ref (self));
}

static void
crm_sample_dialog_dispose (GObject *object)
{
  CrmSampleDialog *self = CRM_SAMPLE_DIALOG (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_sample_dialog_parent_class)->dispose (object);
}

static void
crm_sample_dialog_class_init (CrmSampleDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_sample_dialog_dispose;

  signals[SIGNAL_ADDED] =
      g_signal_new ("added", CRM_TYPE_SAMPLE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "sample.add", NULL, add);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-sample-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmSampleDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, CrmSampleDialog, number);
  gtk_widget_class_bind_template_child (widget_class, CrmSampleDialog, progress);
  gtk_widget_class_bind_template_child (widget_class, CrmSampleDialog, failure);
}

static void
crm_sample_dialog_init (CrmSampleDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_text_set_activates_default (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (self->number))), TRUE);
}

GtkWidget *
crm_sample_dialog_new (CrmStore  *store,
                       GtkWindow *parent)
{
  CrmSampleDialog *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  self = g_object_new (CRM_TYPE_SAMPLE_DIALOG, "transient-for", parent, NULL);
  self->store = g_object_ref (store);
  gtk_widget_grab_focus (self->number);
  return GTK_WIDGET (self);
}
