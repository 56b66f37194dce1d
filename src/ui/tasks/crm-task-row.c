/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-task-row.h"

#include <glib/gi18n-lib.h>

#include "crm-child-row.h"
#include "crm-display.h"
#include "crm-due.h"
#include "crm-snooze-button.h"
#include "crm-task-steps.h"
#include "crm-task.h"

struct _CrmTaskRow {
  CrmFieldsRow  parent_instance;

  CrmStore     *store;
  GtkWidget    *done;
  GtkWidget    *late;   /* a mark */
};

G_DEFINE_FINAL_TYPE (CrmTaskRow, crm_task_row, CRM_TYPE_FIELDS_ROW)

/* (transfer full): "2 days late · Next step · high priority · sales · snoozed until tomorrow" */
static char *
describe (const CrmValues *task)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char *department = crm_values_get_text (task, CRM_TASK_DEPARTMENT);
  const char *snooze = crm_values_get_text (task, CRM_TASK_SNOOZE);

  if (!crm_values_is_null (task, CRM_TASK_DUE))
    g_ptr_array_add (words, crm_due_format (crm_values_get_text (task, CRM_TASK_DUE), crm_values_get_text (task, CRM_TASK_TIME), now));
  if (crm_values_get_integer (task, CRM_TASK_NEXT) != 0)
    g_ptr_array_add (words, g_strdup (_("Next step")));
  if (g_strcmp0 (crm_values_get_text (task, CRM_TASK_PRIORITY), "normal") != 0)
    g_ptr_array_add (words, g_strdup (g_strcmp0 (crm_values_get_text (task, CRM_TASK_PRIORITY), "high") == 0 ? _("high priority") : _("low priority")));
  if (department != NULL)
    g_ptr_array_add (words, g_strdup (department));
  if (snooze != NULL && crm_due_days (snooze, now) > 0)
    {
      g_autofree char *day = crm_due_format (snooze, NULL, now);

      g_ptr_array_add (words, g_strdup_printf (_("snoozed until %s"), day));
    }
  if (!crm_values_is_null (task, CRM_TASK_NOTES))
    g_ptr_array_add (words, g_strdup (crm_values_get_text (task, CRM_TASK_NOTES)));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" · ", (char **) words->pdata);
}

static void
crm_task_row_update (CrmFieldsRow    *row,
                     const CrmValues *task)
{
  CrmTaskRow *self = CRM_TASK_ROW (row);
  g_autofree char *name = crm_display_line (crm_values_get_text (task, CRM_TASK_NAME));
  g_autofree char *words = describe (task);
  g_autofree char *shown = crm_display_line (words);
  g_autofree char *done = g_strdup_printf (_("Done: %s"), name);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean late = crm_due_is_late (crm_values_get_text (task, CRM_TASK_DUE), crm_values_get_text (task, CRM_TASK_TIME), now);

  crm_fields_row_set_text (row, name, shown);
  crm_display_name_control (self->done, done);
  gtk_widget_set_visible (self->late, late);
  if (late)
    gtk_widget_add_css_class (GTK_WIDGET (self), "late");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "late");
}

static void
on_done (CrmTaskRow *self)
{
  const CrmValues *task = crm_fields_row_get_values (CRM_FIELDS_ROW (self));
  g_autofree char *name = crm_display_line (crm_values_get_text (task, CRM_TASK_NAME));

  crm_task_finish (GTK_WIDGET (self), self->store, crm_values_get_id (task), name);
}

static void
on_snooze (CrmTaskRow *self,
           const char *date)
{
  const CrmValues *task = crm_fields_row_get_values (CRM_FIELDS_ROW (self));
  g_autofree char *name = crm_display_line (crm_values_get_text (task, CRM_TASK_NAME));

  crm_task_snooze (GTK_WIDGET (self), self->store, crm_values_get_id (task), name, date);
}

static void
crm_task_row_dispose (GObject *object)
{
  g_clear_object (&CRM_TASK_ROW (object)->store);
  G_OBJECT_CLASS (crm_task_row_parent_class)->dispose (object);
}

static void
crm_task_row_class_init (CrmTaskRowClass *klass)
{
  static const guint fields[] = {
    CRM_TASK_NAME, CRM_TASK_DUE, CRM_TASK_TIME, CRM_TASK_PRIORITY, CRM_TASK_DEPARTMENT, CRM_TASK_SNOOZE, CRM_TASK_NEXT, CRM_TASK_NOTES,
  };
  CrmFieldsRowClass *row_class = CRM_FIELDS_ROW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_task_row_dispose;
  row_class->fields = fields;
  row_class->n_fields = G_N_ELEMENTS (fields);
  row_class->update = crm_task_row_update;
}

static void
crm_task_row_init (CrmTaskRow *self)
{
  GtkWidget *snooze = crm_snooze_button_new ();

  self->done = gtk_button_new_from_icon_name ("emblem-ok-symbolic");
  gtk_widget_add_css_class (self->done, "flat");
  gtk_widget_add_css_class (self->done, "circular");
  gtk_widget_set_valign (self->done, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->done, "clicked", G_CALLBACK (on_done), self);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), self->done);
  g_signal_connect_swapped (snooze, "snooze", G_CALLBACK (on_snooze), self);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), snooze);
  self->late = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  gtk_widget_add_css_class (self->late, "error");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->late);
}

GtkWidget *
crm_task_row_new (CrmStore *store)
{
  CrmTaskRow *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_TASK_ROW, NULL);
  self->store = g_object_ref (store);
  crm_child_row_set_up (CRM_CHILD_ROW (self), store, &crm_task);
  return GTK_WIDGET (self);
}
