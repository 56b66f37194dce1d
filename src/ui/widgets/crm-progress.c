/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-progress.h"

#include "crm-heading.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define SHOW_AFTER_MS 500
#define UPDATE_MS 100

struct _CrmProgress
{
  GtkWindow    *parent; /* weak */
  char         *title;
  char         *detail; /* or NULL */
  guint         total;
  int           done;   /* atomic */
  GCancellable *cancellable;

  guint         timeout_id;
  GtkWidget    *dialog;
  GtkWidget    *bar;
};

static gboolean
update (gpointer user_data)
{
  CrmProgress *self = user_data;
  guint done = (guint) g_atomic_int_get (&self->done);

  if (self->total > 0 && done > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), MIN ((double) done / self->total, 1));
  else
    gtk_progress_bar_pulse (GTK_PROGRESS_BAR (self->bar));
  return G_SOURCE_CONTINUE;
}

static void
on_response (CrmProgress *self)
{
  /* The dialog closes itself; what it cancels ends by itself a little later */
  g_clear_object (&self->dialog);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}

static gboolean
show (gpointer user_data)
{
  CrmProgress *self = user_data;

  self->dialog = g_object_ref_sink (adw_message_dialog_new (self->parent, self->title, self->detail));
  crm_heading_wrap (GTK_WIDGET (self->dialog));
  self->bar = gtk_progress_bar_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, self->title, -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (self->dialog), self->bar);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (self->dialog), "cancel", _("_Cancel"));
  g_signal_connect_swapped (self->dialog, "response", G_CALLBACK (on_response), self);
  gtk_window_present (GTK_WINDOW (self->dialog));
  self->timeout_id = g_timeout_add (UPDATE_MS, update, self);
  return G_SOURCE_REMOVE;
}

CrmProgress *
crm_progress_new (GtkWidget  *near,
                  const char *title,
                  guint       total)
{
  CrmProgress *self;
  GtkRoot *root;

  g_return_val_if_fail (GTK_IS_WIDGET (near), NULL);

  self = g_new0 (CrmProgress, 1);
  root = gtk_widget_get_root (near);
  g_set_weak_pointer (&self->parent, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL);
  self->title = g_strdup (title);
  self->total = total;
  self->cancellable = g_cancellable_new ();
  self->timeout_id = g_timeout_add (SHOW_AFTER_MS, show, self);
  return self;
}

void
crm_progress_set_detail (CrmProgress *self,
                         const char  *detail)
{
  g_return_if_fail (self != NULL);

  g_free (self->detail);
  self->detail = g_strdup (detail);
}

GCancellable *
crm_progress_get_cancellable (CrmProgress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cancellable;
}

void
crm_progress_count (CrmProgress *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_int_inc (&self->done);
}

void
crm_progress_set (CrmProgress *self,
                  guint        done)
{
  g_return_if_fail (self != NULL);

  g_atomic_int_set (&self->done, (int) done);
}

void
crm_progress_free (CrmProgress *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  if (self->dialog != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->dialog, self);
      gtk_window_destroy (GTK_WINDOW (self->dialog));
      g_clear_object (&self->dialog);
    }
  g_clear_weak_pointer (&self->parent);
  g_object_unref (self->cancellable);
  g_free (self->title);
  g_free (self->detail);
  g_free (self);
}
