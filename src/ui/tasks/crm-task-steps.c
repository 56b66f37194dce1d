/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-task-steps.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "crm-due.h"
#include "crm-task.h"
#include "crm-time.h"
#include "crm-toaster.h"

typedef struct {
  GtkWidget *near;
  char      *toast;
} Asked;

static gboolean
write_task (CrmWriter     *writer,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const CrmValues *changes = data;

  if (crm_values_get_id (changes) == 0)
    return crm_writer_insert (writer, changes, error) != 0;
  return crm_writer_update (writer, changes, error);
}

/* The nearest that still stands: a row may be gone by the time its task is done. */
static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Asked *asked = data;
  g_autoptr (GtkWidget) near = asked->near;
  g_autofree char *toast = asked->toast;
  g_autoptr (GError) error = NULL;
  gboolean is_done = crm_store_step_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_ancestor (near, ADW_TYPE_TOAST_OVERLAY) == NULL)
    {
      if (!is_done)
        g_message ("Not saved: %s", error->message);
    }
  else if (!is_done)
    crm_toast_error (near, error);
  else if (toast != NULL)
    crm_toast_undo (near, toast);
}

void
crm_task_save (GtkWidget  *near,
               CrmStore   *store,
               CrmValues  *changes,
               const char *label,
               const char *toast)
{
  Asked *asked = NULL;

  g_return_if_fail (GTK_IS_WIDGET (near));
  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (changes != NULL && label != NULL);

  asked = g_new (Asked, 1);
  *asked = (Asked) { g_object_ref (near), g_strdup (toast) };
  crm_store_step_async (store, label, write_task, changes, (GDestroyNotify) crm_values_unref, NULL, on_written, asked);
}

void
crm_task_finish (GtkWidget  *near,
                 CrmStore   *store,
                 gint64      id,
                 const char *name)
{
  CrmValues *changes = crm_values_new (&crm_task, id);
  /* Translators: a step that can be undone: a task was done; %s is its name */
  g_autofree char *label = g_strdup_printf (_("Done: %s"), name);

  crm_values_set_integer (changes, CRM_TASK_DONE, crm_time_now ());
  crm_task_save (near, store, changes, label, label);
}

void
crm_task_snooze (GtkWidget  *near,
                 CrmStore   *store,
                 gint64      id,
                 const char *name,
                 const char *date)
{
  CrmValues *changes = crm_values_new (&crm_task, id);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *words = crm_due_format_exact (date, NULL, now);
  /* Translators: a step that can be undone; %s is the name of a task */
  g_autofree char *label = g_strdup_printf (_("Snooze %s"), name);
  /* Translators: %s is a day, like "tomorrow" */
  g_autofree char *toast = g_strdup_printf (_("Not shown until %s"), words);

  crm_values_set_text (changes, CRM_TASK_SNOOZE, date);
  crm_task_save (near, store, changes, label, toast);
}
