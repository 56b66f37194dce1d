/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-window-private.h"

#include <glib/gi18n-lib.h>

#include "crm-import-memory.h"
#include "crm-import-words.h"
#include "crm-toaster.h"

/* Several changes in a row are planned for once */
#define PLAN_AFTER_MS 150
/* A progress bar that comes and goes at once only disturbs */
#define PROGRESS_AFTER_MS 500
#define PROGRESS_MS 100

enum
{
  SIGNAL_IMPORTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportWindow, crm_import_window, ADW_TYPE_WINDOW)

GResource *crm_ui_import_get_resource (void);

/* The dry run */

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_text (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* Where there is no room for the switcher, there is none for the counts beside the button */
static void
update_foot (CrmImportWindow *self)
{
  gboolean is_narrow = adw_view_switcher_title_get_title_visible (self->switcher_title);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->foot), is_narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
}

void
crm_import_window_update_actions (CrmImportWindow *self)
{
  const CrmImportResult *result = self->result;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.run",
                                 result != NULL && self->running == NULL && result->n_new + result->n_changed > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.save-report", result != NULL && self->running == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.choose", self->running == NULL);
}

static void
show_result (CrmImportWindow *self)
{
  const CrmImportResult *result = self->result;
  g_autofree char *summary = crm_import_words_sum_up (result);
  g_autofree char *label = crm_import_words_button (result);

  set_text (self->hindrance, crm_import_words_hindrance (result));
  gtk_widget_remove_css_class (GTK_WIDGET (self->hindrance), "error");
  set_text (self->status, summary);
  gtk_button_set_label (self->import_button, label);
  if (!result->is_cards)
    crm_import_format_group_set_rows (self->format_group,
                                      (gint64) (result->n_new + result->n_changed + result->n_unchanged + result->n_rejected));
  crm_import_result_page_set_result (self->result_page, result);
  adw_view_stack_page_set_badge_number (self->result_stack_page, (guint) MIN (result->n_rejected + result->n_warnings, 9999));
  adw_view_stack_page_set_needs_attention (self->result_stack_page, result->n_rejected > 0);
}

void
crm_import_window_show_no_result (CrmImportWindow *self,
                                  const char      *why)
{
  set_text (self->hindrance, why);
  gtk_widget_add_css_class (GTK_WIDGET (self->hindrance), "error");
  set_text (self->status, NULL);
  gtk_button_set_label (self->import_button, _("_Import"));
  crm_import_result_page_set_result (self->result_page, NULL);
  adw_view_stack_page_set_badge_number (self->result_stack_page, 0);
  adw_view_stack_page_set_needs_attention (self->result_stack_page, FALSE);
}

static gboolean
show_plan_progress (gpointer user_data)
{
  CrmImportWindow *self = user_data;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->plan_progress)))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->plan_progress), TRUE);
      set_text (self->hindrance, NULL);
      set_text (self->status, _("Checking what the import would do…"));
      self->progress_timeout = g_timeout_add (PROGRESS_MS, show_plan_progress, self);
      return G_SOURCE_REMOVE;
    }
  gtk_progress_bar_set_fraction (self->plan_progress, crm_import_meter_get_fraction (self->meter));
  return G_SOURCE_CONTINUE;
}

void
crm_import_window_stop_planning (CrmImportWindow *self)
{
  crm_import_window_cancel (&self->planning);
  g_clear_handle_id (&self->plan_timeout, g_source_remove);
  g_clear_handle_id (&self->progress_timeout, g_source_remove);
  g_clear_pointer (&self->meter, crm_import_meter_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->plan_progress), FALSE);
}

/* At first there was nothing else to stand on */
static void
move_focus_from_cancel (CrmImportWindow *self)
{
  if (gtk_root_get_focus (GTK_ROOT (self)) == self->cancel_button)
    gtk_widget_grab_focus (GTK_WIDGET (self->import_button));
}

static void
on_planned (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CrmImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportResult) planned = crm_import_job_plan_finish (result, &error);

  /* Superseded, or the window is closed */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  crm_import_window_stop_planning (self);
  self->result = g_steal_pointer (&planned);
  if (self->result != NULL)
    show_result (self);
  else
    crm_import_window_show_no_result (self, error->message);
  crm_import_window_update_actions (self);
  move_focus_from_cancel (self);
}

static gboolean
start_plan (gpointer user_data)
{
  CrmImportWindow *self = user_data;

  self->plan_timeout = 0;
  self->planning = g_cancellable_new ();
  self->meter = crm_import_meter_new ();
  self->progress_timeout = g_timeout_add (PROGRESS_AFTER_MS, show_plan_progress, self);
  crm_import_job_plan_async (crm_store_get_path (self->store), self->options, self->meter, self->planning, on_planned,
                             g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
crm_import_window_plan_anew (CrmImportWindow *self)
{
  if (self->options == NULL || self->running != NULL)
    return;
  crm_import_window_stop_planning (self);
  g_clear_pointer (&self->result, crm_import_result_free);
  crm_import_window_update_actions (self);
  self->plan_timeout = g_timeout_add (PLAN_AFTER_MS, start_plan, self);
}

/* What the user changes */

static void
on_format_changed (CrmImportWindow *self,
                   CrmImportRead    what)
{
  self->options->format = crm_import_format_group_get (self->format_group);
  crm_import_window_read_again (self, what, TRUE);
}

static void
on_match_changed (CrmImportWindow *self)
{
  self->match_chosen = TRUE;
  self->options->match = crm_import_format_group_get_match (self->format_group);
  crm_import_window_plan_anew (self);
}

static void
on_target_chosen (CrmImportWindow *self,
                  guint            column,
                  int              target)
{
  crm_mapping_set_target (self->options->mapping, column, target);
  crm_import_window_plan_anew (self);
}

static void
guess_anew (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (widget);

  crm_import_window_read_again (self, CRM_IMPORT_READ_MAPPING, FALSE);
}

/* The import */

static gboolean
show_run_progress (gpointer user_data)
{
  CrmImportWindow *self = user_data;

  gtk_progress_bar_set_fraction (self->run_progress, crm_import_meter_get_fraction (self->meter));
  return G_SOURCE_CONTINUE;
}

static void
stop_running (CrmImportWindow *self)
{
  g_clear_handle_id (&self->progress_timeout, g_source_remove);
  g_clear_pointer (&self->meter, crm_import_meter_unref);
  g_clear_object (&self->running);
}

static void
on_failed (CrmImportWindow *self,
           const GError    *error)
{
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher_title, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "file");
  crm_import_window_plan_anew (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    crm_toast (GTK_WIDGET (self->pages), _("Cancelled: nothing was imported"));
  else
    crm_toast_error (GTK_WIDGET (self->pages), error);
}

static void
on_run (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (CrmImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportResult) done = crm_import_job_run_finish (result, &error);

  stop_running (self);
  if (done != NULL)
    {
      g_autofree char *text = crm_import_words_done (done);

      g_signal_emit (self, signals[SIGNAL_IMPORTED], 0, text);
    }
  if (self->store == NULL)
    return;

  if (done != NULL || self->closes)
    gtk_window_destroy (GTK_WINDOW (self));
  else
    on_failed (self, error);
}

static void
run (GtkWidget  *widget,
     const char *action,
     GVariant   *parameter)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (widget);
  guint expected = (guint) MIN (self->result->n_new + self->result->n_changed, G_MAXUINT);
  g_autofree char *title = g_strdup_printf (_("Importing “%s”"), self->name);

  crm_import_window_stop_planning (self);
  if (self->options->cards == NULL)
    crm_import_memory_keep (self->settings, self->options, self->guess);
  self->running = g_cancellable_new ();
  self->meter = crm_import_meter_new ();
  self->progress_timeout = g_timeout_add (PROGRESS_MS, show_run_progress, self);
  gtk_progress_bar_set_fraction (self->run_progress, 0);
  adw_status_page_set_title (self->running_page, title);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher_title, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "running");
  gtk_widget_grab_focus (self->cancel_button);
  crm_import_window_update_actions (self);
  crm_import_job_run_async (self->store, self->options, expected, self->meter, self->running, on_run, g_object_ref (self));
}

static void
cancel_or_close (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (widget);

  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static gboolean
crm_import_window_close_request (GtkWindow *window)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (window);

  if (self->running == NULL)
    return GTK_WINDOW_CLASS (crm_import_window_parent_class)->close_request (window);
  self->closes = TRUE;
  g_cancellable_cancel (self->running);
  return GDK_EVENT_STOP;
}

static void
crm_import_window_dispose (GObject *object)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (object);

  crm_import_window_cancel (&self->reading);
  crm_import_window_cancel (&self->planning);
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
  g_clear_handle_id (&self->plan_timeout, g_source_remove);
  g_clear_handle_id (&self->progress_timeout, g_source_remove);
  g_clear_signal_handler (&self->store_handler, self->store);
  g_clear_object (&self->chooser);
  g_clear_object (&self->settings);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_import_window_parent_class)->dispose (object);
}

static void
crm_import_window_finalize (GObject *object)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (object);

  g_clear_pointer (&self->options, crm_import_options_free);
  g_clear_pointer (&self->guess, crm_mapping_free);
  g_clear_pointer (&self->result, crm_import_result_free);
  g_clear_pointer (&self->meter, crm_import_meter_unref);
  g_clear_object (&self->running);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_free (self->name);

  G_OBJECT_CLASS (crm_import_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, switcher_title);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, failure_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, running_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, run_progress);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, format_group);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, columns);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, columns_stack_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, result_stack_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, result_page);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, plan_progress);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, hindrance);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, status);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, import_button);
  gtk_widget_class_bind_template_child (widget_class, CrmImportWindow, cancel_button);
  gtk_widget_class_bind_template_callback (widget_class, update_foot);
  gtk_widget_class_bind_template_callback (widget_class, on_format_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_match_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_target_chosen);
}

static void
crm_import_window_class_init (CrmImportWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_import_window_dispose;
  object_class->finalize = crm_import_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = crm_import_window_close_request;

  signals[SIGNAL_IMPORTED] = g_signal_new ("imported", CRM_TYPE_IMPORT_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "import.run", NULL, run);
  gtk_widget_class_install_action (widget_class, "import.cancel", NULL, cancel_or_close);
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, crm_import_window_choose_file);
  gtk_widget_class_install_action (widget_class, "import.guess", NULL, guess_anew);
  gtk_widget_class_install_action (widget_class, "import.save-report", NULL, crm_import_window_save_report);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "import.cancel", NULL);

  g_type_ensure (CRM_TYPE_IMPORT_COLUMNS);
  g_type_ensure (CRM_TYPE_IMPORT_FORMAT_GROUP);
  g_type_ensure (CRM_TYPE_IMPORT_RESULT_PAGE);
  g_resources_register (crm_ui_import_get_resource ());
  bind_template (widget_class);
}

static void
crm_import_window_init (CrmImportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_button_set_label (self->import_button, _("_Import"));
  crm_import_columns_set_shape (self->columns, GTK_ORIENTABLE (self->foot));
  crm_import_window_add_drop_target (self);
}

GtkWidget *
crm_import_window_new (CrmStore  *store,
                       GtkWindow *parent,
                       GSettings *settings,
                       GPtrArray *files)
{
  CrmImportWindow *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);
  g_return_val_if_fail (files != NULL && files->len > 0, NULL);

  self = g_object_new (CRM_TYPE_IMPORT_WINDOW, "transient-for", parent, NULL);
  self->store = g_object_ref (store);
  self->settings = g_object_ref (settings);
  self->store_handler = g_signal_connect_swapped (store, "changed", G_CALLBACK (crm_import_window_plan_anew), self);
  crm_import_window_open_files (self, files);
  return GTK_WIDGET (self);
}
