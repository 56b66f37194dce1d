/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-steps-window.h"

#include <glib/gi18n-lib.h>

#include "crm-history-list.h"
#include "crm-number.h"
#include "crm-progress.h"
#include "crm-time.h"
#include "crm-toaster.h"

#define MOST_STEPS 200

struct _CrmStepsWindow
{
  AdwWindow        parent_instance;

  AdwToastOverlay *toasts;
  GtkStack        *stack;
  GtkListBox      *list;

  CrmStore        *store;
  CrmProgress     *progress;
  guint            left; /* steps still to be taken back */
};

G_DEFINE_FINAL_TYPE (CrmStepsWindow, crm_steps_window, ADW_TYPE_WINDOW)

static void take_back_next (CrmStepsWindow *self);
static void read_again (CrmStepsWindow *self);

static gboolean
is_in_force (const CrmStepEntry *step)
{
  return g_strcmp0 (step->state, "done") == 0;
}

static void
on_taken_back (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CrmStepsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *step = crm_store_undo_finish (CRM_STORE (source), result, &error);

  if (self->store == NULL)
    return;

  if (step == NULL)
    {
      self->left = 0;
      take_back_next (self);
      read_again (self);
      crm_toast_error (GTK_WIDGET (self->toasts), error);
      return;
    }

  self->left--;
  crm_progress_count (self->progress);
  take_back_next (self);
}

static void
take_back_next (CrmStepsWindow *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), self->left == 0);
  if (self->left > 0)
    crm_store_undo_async (self->store, FALSE, crm_progress_get_cancellable (self->progress), on_taken_back, g_object_ref (self));
  else
    g_clear_pointer (&self->progress, crm_progress_free);
}

static void
take_back (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  CrmStepsWindow *self = CRM_STEPS_WINDOW (widget);

  if (self->left > 0)
    return;

  self->left = g_variant_get_uint32 (parameter);
  self->progress = crm_progress_new (widget, _("Taking Back"), self->left);
  take_back_next (self);
}

static char *
describe (const CrmStepEntry *step)
{
  g_autofree char *when = crm_time_format (step->at);
  g_autofree char *changes = NULL;

  changes = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s change", "%s changes", (gulong) step->changes),
                             step->changes);
  return g_strjoin (" · ", when, step->who, changes, NULL);
}

/* @number: how many steps are to be taken back, up to this one */
static GtkWidget *
create_row (const CrmStepEntry *step,
            guint               number)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *subtitle = describe (step);
  GtkWidget *suffix = NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), step->label);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);

  if (is_in_force (step))
    {
      g_autofree char *name = g_strdup_printf (_("Take Back: %s"), step->label);

      suffix = gtk_button_new_from_icon_name ("edit-undo-symbolic");
      gtk_widget_add_css_class (suffix, "flat");
      gtk_widget_set_tooltip_text (suffix, number == 1 ? _("Take Back") : _("Take Back to Here"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (suffix), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (suffix), "steps.take-back");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (suffix), "u", number);
    }
  else
    {
      suffix = gtk_label_new (_("taken back"));
      gtk_widget_add_css_class (suffix, "badge");
    }
  gtk_widget_set_valign (suffix, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), suffix);
  return row;
}

static gpointer
read_steps (CrmDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return crm_history_read_steps (db, MOST_STEPS, error);
}

static void
on_steps_read (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (CrmStepsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = crm_store_read_finish (CRM_STORE (source), result, &error);
  GtkListBoxRow *row = NULL;
  guint number = 0;
  guint shown = 0;

  if (self->store == NULL)
    return;
  if (steps == NULL)
    {
      crm_toast_error (GTK_WIDGET (self->toasts), error);
      return;
    }

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < steps->len; i++)
    {
      const CrmStepEntry *step = g_ptr_array_index (steps, i);

      /* An undo or redo shows in the state of what it was done to */
      if (g_strcmp0 (step->kind, "do") != 0)
        continue;
      if (is_in_force (step))
        number++;
      gtk_list_box_append (self->list, create_row (step, number));
      shown++;
    }
  gtk_stack_set_visible_child_name (self->stack, shown == 0 ? "nothing" : "steps");
  /* When the window came there was nothing in it that could take the keyboard, and later the row that had it may have gone */
  if (shown > 0 && gtk_root_get_focus (GTK_ROOT (self)) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
read_again (CrmStepsWindow *self)
{
  if (self->left <= 1)
    crm_store_read_async (self->store, read_steps, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL, on_steps_read,
                          g_object_ref (self));
}

static void
crm_steps_window_dispose (GObject *object)
{
  CrmStepsWindow *self = CRM_STEPS_WINDOW (object);

  g_clear_pointer (&self->progress, crm_progress_free);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_steps_window_parent_class)->dispose (object);
}

static void
crm_steps_window_class_init (CrmStepsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_steps_window_dispose;

  gtk_widget_class_install_action (widget_class, "steps.take-back", "u", take_back);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-steps-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmStepsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CrmStepsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmStepsWindow, list);
}

static void
crm_steps_window_init (CrmStepsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_steps_window_new (CrmStore  *store,
                      GtkWindow *parent)
{
  CrmStepsWindow *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  self = g_object_new (CRM_TYPE_STEPS_WINDOW, "transient-for", parent, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  read_again (self);
  return GTK_WIDGET (self);
}
