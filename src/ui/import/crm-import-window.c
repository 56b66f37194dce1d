/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-window.h"

#include <glib/gi18n-lib.h>

#include "crm-display.h"
#include "crm-import-columns.h"
#include "crm-import-format-group.h"
#include "crm-import-job.h"
#include "crm-import-result-page.h"
#include "crm-number.h"
#include "crm-toaster.h"

/* Several changes in a row are planned for once */
#define PLAN_AFTER_MS 150
/* A progress bar that comes and goes at once only disturbs */
#define PROGRESS_AFTER_MS 500
#define PROGRESS_MS 100

#define MAPPINGS_KEY "csv-mappings"
#define MATCHES_KEY "csv-matches"

struct _CrmImportWindow
{
  AdwWindow             parent_instance;

  AdwViewSwitcherTitle *switcher_title;
  GtkStack             *stack;
  AdwStatusPage        *failure_page;
  AdwStatusPage        *running_page;
  GtkProgressBar       *run_progress;
  AdwViewStack         *pages;
  CrmImportFormatGroup *format_group;
  CrmImportColumns     *columns;
  AdwViewStackPage     *columns_stack_page;
  AdwViewStackPage     *result_stack_page;
  CrmImportResultPage  *result_page;
  GtkProgressBar       *plan_progress;
  GtkWidget            *foot;
  GtkLabel             *hindrance;     /* why nothing can be imported */
  GtkLabel             *status;
  GtkButton            *import_button;
  GtkWidget            *cancel_button;

  CrmStore             *store;
  GSettings            *settings;
  gulong                store_handler;
  GPtrArray            *files;         /* of GFile; several only of cards */
  char                 *name;          /* of the file, for people */
  CrmImportOptions     *options;       /* NULL: not read yet, or it cannot be */
  CrmMapping           *guess;         /* what the mapping would be without the user */
  CrmImportResult      *result;        /* of the plan; NULL: not known */

  GCancellable         *reading;
  GCancellable         *planning;
  GCancellable         *running;
  CrmImportMeter       *meter;         /* of what is planning or running */
  guint                 plan_timeout;
  guint                 progress_timeout;
  gboolean              match_chosen;  /* by the user, for this file */
  gboolean              closes;        /* as soon as nothing runs any more */
  GtkNativeDialog      *chooser;
};

enum
{
  SIGNAL_IMPORTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportWindow, crm_import_window, ADW_TYPE_WINDOW)

GResource *crm_ui_import_get_resource (void);

static void
cancel (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* What the user did with a file of the same header before */

static GVariantDict *
load_choices (CrmImportWindow *self,
              const char      *key)
{
  g_autoptr (GVariant) all = g_settings_get_value (self->settings, key);
  GVariantDict *dict = g_variant_dict_new (NULL);
  GVariantIter iter;
  const char *fingerprint, *choice;

  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s&s}", &fingerprint, &choice))
    g_variant_dict_insert (dict, fingerprint, "s", choice);
  return dict;
}

static void
save_choices (CrmImportWindow *self,
              const char      *key,
              GVariantDict    *dict)
{
  g_autoptr (GVariant) all = g_variant_ref_sink (g_variant_dict_end (dict));
  GVariantBuilder builder;
  GVariantIter iter;
  const char *fingerprint;
  GVariant *choice;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&sv}", &fingerprint, &choice))
    {
      g_variant_builder_add (&builder, "{ss}", fingerprint, g_variant_get_string (choice, NULL));
      g_variant_unref (choice);
    }
  g_settings_set_value (self->settings, key, g_variant_builder_end (&builder));
}

/* @choice: (nullable): %NULL: nothing is worth the place any more */
static void
remember_choice (CrmImportWindow *self,
                 const char      *key,
                 const char      *fingerprint,
                 const char      *choice)
{
  g_autoptr (GVariantDict) choices = load_choices (self, key);

  if (choice != NULL)
    g_variant_dict_insert (choices, fingerprint, "s", choice);
  else if (!g_variant_dict_remove (choices, fingerprint))
    return;
  save_choices (self, key, choices);
}

/* Only what differs from the guess is worth the place; what is set back to the guess is forgotten. */
static void
remember_choices (CrmImportWindow *self)
{
  g_autofree char *fingerprint = crm_mapping_get_fingerprint (self->options->mapping);
  g_autofree char *json = NULL;

  if (fingerprint == NULL)
    return;
  if (!crm_mapping_equal (self->options->mapping, self->guess))
    json = crm_mapping_to_json (self->options->mapping);
  remember_choice (self, MAPPINGS_KEY, fingerprint, json);
  remember_choice (self, MATCHES_KEY, fingerprint,
                   self->options->match == CRM_MATCH_AUTO ? NULL : crm_match_get_name (self->options->match));
}

/* (transfer full) */
static char *
recall_choice (CrmImportWindow *self,
               const char      *key)
{
  g_autofree char *fingerprint = crm_mapping_get_fingerprint (self->options->mapping);
  g_autoptr (GVariantDict) choices = NULL;
  char *choice = NULL;

  if (fingerprint == NULL)
    return NULL;
  choices = load_choices (self, key);
  return g_variant_dict_lookup (choices, fingerprint, "s", &choice) ? choice : NULL;
}

static gboolean
recall_mapping (CrmImportWindow *self)
{
  g_autofree char *json = recall_choice (self, MAPPINGS_KEY);

  return json != NULL && crm_mapping_load_json (self->options->mapping, json, NULL) &&
         !crm_mapping_equal (self->options->mapping, self->guess);
}

static void
recall_match (CrmImportWindow *self)
{
  g_autofree char *name = recall_choice (self, MATCHES_KEY);

  if (name != NULL)
    crm_match_find (name, &self->options->match, NULL);
}

/* The dry run */

static char *
make_summary (const CrmImportResult *result)
{
  g_autofree char *new = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s new", "%s new", (gulong) result->n_new),
                                          (gint64) result->n_new);
  g_autofree char *changed = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s changed", "%s changed", (gulong) result->n_changed),
                                              (gint64) result->n_changed);
  g_autofree char *unchanged = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s unchanged", "%s unchanged",
                                                             (gulong) result->n_unchanged), (gint64) result->n_unchanged);
  g_autofree char *rejected = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s rejected", "%s rejected",
                                                            (gulong) result->n_rejected), (gint64) result->n_rejected);

  return g_strjoin (" · ", new, changed, unchanged, rejected, NULL);
}

static char *
make_button_label (const CrmImportResult *result)
{
  gint64 n_new = (gint64) result->n_new, n_changed = (gint64) result->n_changed;

  if (n_new > 0 && n_changed > 0)
    {
      g_autofree char *new = crm_number_format (n_new);
      g_autofree char *changed = crm_number_format (n_changed);

      /* Translators: a button: how many clients are new and how many change */
      return g_strdup_printf (_("_Import %s New, Change %s"), new, changed);
    }
  if (n_new > 0 && result->is_cards)
    return crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "_Import %s Card", "_Import %s Cards", (gulong) n_new), n_new);
  if (n_new > 0)
    return crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "_Import %s Client", "_Import %s Clients", (gulong) n_new), n_new);
  if (n_changed > 0 && result->is_cards)
    return crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "_Change What %s Card Says", "_Change What %s Cards Say", (gulong) n_changed),
                            n_changed);
  if (n_changed > 0)
    return crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "_Change %s Client", "_Change %s Clients", (gulong) n_changed), n_changed);
  return g_strdup (_("_Import"));
}

/* Why there is nothing to import, or NULL */
static const char *
get_hindrance (const CrmImportResult *result)
{
  if (result->n_new + result->n_changed > 0)
    return NULL;
  if (result->n_unchanged + result->n_rejected == 0)
    return result->is_cards ? _("The file has no cards.") : _("The file has no rows.");
  if (result->n_unchanged == 0)
    return result->is_cards ? _("No card can be imported.") : _("No row can be imported.");
  if (result->is_cards)
    return _("There is nothing to import: all of it is there already.");
  return _("There is nothing to import: the clients are all there already.");
}

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

static void
update_actions (CrmImportWindow *self)
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
  g_autofree char *summary = make_summary (result);
  g_autofree char *label = make_button_label (result);

  set_text (self->hindrance, get_hindrance (result));
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

static void
show_no_result (CrmImportWindow *self,
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

static void
stop_planning (CrmImportWindow *self)
{
  cancel (&self->planning);
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

  stop_planning (self);
  self->result = g_steal_pointer (&planned);
  if (self->result != NULL)
    show_result (self);
  else
    show_no_result (self, error->message);
  update_actions (self);
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

/* What is planned is not true any more */
static void
plan_anew (CrmImportWindow *self)
{
  if (self->options == NULL || self->running != NULL)
    return;
  stop_planning (self);
  g_clear_pointer (&self->result, crm_import_result_free);
  update_actions (self);
  self->plan_timeout = g_timeout_add (PLAN_AFTER_MS, start_plan, self);
}

/* Reading the file */

static void
show_failure (CrmImportWindow *self,
              const char      *reason)
{
  g_autofree char *title = g_strdup_printf (_("“%s” Cannot Be Imported"), self->name);
  g_autofree char *markup = g_markup_escape_text (reason, -1);

  adw_status_page_set_title (self->failure_page, title);
  adw_status_page_set_description (self->failure_page, markup);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher_title, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "failed");
}

static void
show_options (CrmImportWindow *self,
              GPtrArray       *rows,
              gboolean         may_recall)
{
  gboolean recalled = may_recall && recall_mapping (self);

  if (may_recall && !self->match_chosen)
    recall_match (self);
  crm_import_format_group_set (self->format_group, self->name, &self->options->format, self->options->match);
  crm_import_format_group_set_rows (self->format_group, -1);
  crm_import_columns_set (self->columns, self->options->mapping, rows);
  crm_import_columns_set_notice (self->columns, recalled ? _("The fields are those you chose for such a file before.") : NULL);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher_title, TRUE);
  gtk_stack_set_visible_child_name (self->stack, "file");
  plan_anew (self);
}

static void
set_title (CrmImportWindow *self,
           const char      *title)
{
  adw_view_switcher_title_set_title (self->switcher_title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

/* Of cards there is nothing to be chosen: their properties are named. */
static void
show_cards (CrmImportWindow *self)
{
  set_title (self, _("Import vCards"));
  adw_view_stack_set_visible_child_name (self->pages, "result");
  adw_view_stack_page_set_visible (self->columns_stack_page, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "file");
  plan_anew (self);
}

static void
take_file (CrmImportWindow *self,
           CrmImportFile   *file,
           gboolean         may_recall)
{
  g_clear_pointer (&self->options, crm_import_options_free);
  g_clear_pointer (&self->guess, crm_mapping_free);
  self->options = g_steal_pointer (&file->options);
  if (self->options->cards != NULL)
    {
      show_cards (self);
      return;
    }
  self->guess = crm_mapping_copy (self->options->mapping);
  show_options (self, file->rows, may_recall);
}

static void
finish_reading (CrmImportWindow *self,
                GAsyncResult    *result,
                gboolean         may_recall)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportFile) file = crm_import_job_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->reading);
  if (file != NULL)
    take_file (self, file, may_recall);
  /* A choice of the user that does not fit can be taken back */
  else if (self->options != NULL)
    show_no_result (self, error->message);
  else
    show_failure (self, error->message);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CrmImportWindow) self = user_data;

  finish_reading (self, result, TRUE);
}

static void
on_guessed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CrmImportWindow) self = user_data;

  finish_reading (self, result, FALSE);
}

/* @known: what the user chose; NULL: nothing */
static void
read_file (CrmImportWindow        *self,
           const CrmImportOptions *known,
           CrmImportRead           what,
           GAsyncReadyCallback     callback)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) paths = NULL;

  for (guint i = 0; i < self->files->len; i++)
    {
      g_autofree char *path = g_file_get_path (g_ptr_array_index (self->files, i));

      if (path != NULL)
        g_strv_builder_add (builder, path);
    }
  paths = g_strv_builder_end (builder);
  stop_planning (self);
  cancel (&self->reading);
  g_clear_pointer (&self->result, crm_import_result_free);
  update_actions (self);
  if (g_strv_length (paths) < self->files->len)
    {
      show_failure (self, _("The file is not on this computer. Copy it here and try again."));
      return;
    }
  self->reading = g_cancellable_new ();
  crm_import_job_read_async ((const char * const *) paths, known, what, self->reading, callback, g_object_ref (self));
}

/* (transfer full): of the first file, and how many others there are */
static char *
make_name (CrmImportWindow *self)
{
  g_autofree char *parse_name = g_file_get_parse_name (g_ptr_array_index (self->files, 0));
  g_autofree char *base_name = g_filename_display_basename (parse_name);
  g_autofree char *name = crm_display_line (base_name);
  guint n = self->files->len - 1;

  return n == 0 ? g_steal_pointer (&name) : g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n), name, n);
}

static void
open_files (CrmImportWindow *self,
            GPtrArray       *files)
{
  g_ptr_array_ref (files);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = files;
  g_free (self->name);
  self->name = make_name (self);
  set_title (self, _("Import Clients"));
  adw_view_switcher_title_set_subtitle (self->switcher_title, self->name);
  self->match_chosen = FALSE;
  g_clear_pointer (&self->options, crm_import_options_free);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher_title, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "reading");
  adw_view_stack_page_set_visible (self->columns_stack_page, TRUE);
  adw_view_stack_set_visible_child_name (self->pages, "columns");
  read_file (self, NULL, CRM_IMPORT_READ_ALL, on_read);
}

/* One window imports one file, or several of cards: else of several the first. */
static void
open_some (CrmImportWindow *self,
           GPtrArray       *files)
{
  gboolean are_cards = TRUE;

  for (guint i = 0; i < files->len; i++)
    are_cards = are_cards && crm_import_window_is_card (g_ptr_array_index (files, i));
  if (!are_cards)
    g_ptr_array_set_size (files, 1);
  open_files (self, files);
}

gboolean
crm_import_window_is_card (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return crm_import_has_card_name (name);
}

static gboolean
on_drop (CrmImportWindow *self,
         const GValue    *value)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (self->running != NULL)
    return FALSE;
  for (GSList *i = g_value_get_boxed (value); i != NULL; i = i->next)
    g_ptr_array_add (files, g_object_ref (i->data));
  if (files->len > 0)
    open_some (self, files);
  return files->len > 0;
}

static void
add_drop_target (CrmImportWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/* What the user changes */

static void
on_format_changed (CrmImportWindow *self,
                   CrmImportRead    what)
{
  self->options->format = crm_import_format_group_get (self->format_group);
  read_file (self, self->options, what, on_read);
}

static void
on_match_changed (CrmImportWindow *self)
{
  self->match_chosen = TRUE;
  self->options->match = crm_import_format_group_get_match (self->format_group);
  plan_anew (self);
}

static void
on_target_chosen (CrmImportWindow *self,
                  guint            column,
                  int              target)
{
  crm_mapping_set_target (self->options->mapping, column, target);
  plan_anew (self);
}

static void
guess_anew (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (widget);

  read_file (self, self->options, CRM_IMPORT_READ_MAPPING, on_guessed);
}

/* Choosers */

static GtkNativeDialog *
show_chooser (CrmImportWindow      *self,
              const char           *title,
              GtkFileChooserAction  action,
              const char           *accept)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_WINDOW (self), action, accept, _("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_set_object (&self->chooser, GTK_NATIVE_DIALOG (chooser));
  return GTK_NATIVE_DIALOG (chooser);
}

static GFile *
take_chosen (CrmImportWindow *self,
             int              response)
{
  GFile *file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  return file;
}

static void
on_file_chosen (CrmImportWindow *self,
                int              response)
{
  g_autoptr (GListModel) chosen = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (self->chooser));
  g_autoptr (GFile) file = take_chosen (self, response);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (chosen); i++)
    g_ptr_array_add (files, g_list_model_get_item (chosen, i));
  if (file != NULL && files->len > 0)
    open_some (self, files);
}

static void
choose_file (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (widget);
  g_autoptr (GtkNativeDialog) chooser = show_chooser (self, _("Import a List"), GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"));
  g_autoptr (GFile) folder = g_file_get_parent (g_ptr_array_index (self->files, 0));

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), TRUE);
  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_file_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (chooser);
}

static void
on_report_saved (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CrmImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (self->store == NULL)
    return;
  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    crm_toast (GTK_WIDGET (self->pages), _("The report is saved"));
  else
    crm_toast_error (GTK_WIDGET (self->pages), error);
}

static void
on_report_chosen (CrmImportWindow *self,
                  int              response)
{
  g_autoptr (GFile) file = take_chosen (self, response);
  g_autoptr (GBytes) bytes = NULL;
  char *text = NULL;

  if (file == NULL || self->result == NULL)
    return;
  text = crm_import_result_to_text (self->result);
  bytes = g_bytes_new_take (text, strlen (text));
  /* It names clients: nobody else's to read */
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, on_report_saved, g_object_ref (self));
}

static void
save_report (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CrmImportWindow *self = CRM_IMPORT_WINDOW (widget);
  g_autoptr (GtkNativeDialog) chooser = show_chooser (self, _("Save Report"), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"));
  /* Translators: the name of a file, after the name of the file that was imported */
  g_autofree char *name = g_strdup_printf (_("%s report.txt"), self->name);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_report_chosen), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (chooser);
}

/* The import */

static char *
describe_done (const CrmImportResult *result)
{
  gint64 n_new = (gint64) result->n_new, n_changed = (gint64) result->n_changed;
  g_autofree char *new = NULL;
  g_autofree char *changed = NULL;

  if (result->is_cards)
    return crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s card imported", "%s cards imported", (gulong) (n_new + n_changed)),
                            n_new + n_changed);
  new = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s client imported", "%s clients imported", (gulong) n_new), n_new);
  changed = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s client changed", "%s clients changed", (gulong) n_changed), n_changed);

  if (n_changed == 0)
    return g_steal_pointer (&new);
  if (n_new == 0)
    return g_steal_pointer (&changed);
  return g_strjoin (", ", new, changed, NULL);
}

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
  plan_anew (self);
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
      g_autofree char *text = describe_done (done);

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

  stop_planning (self);
  if (self->options->cards == NULL)
    remember_choices (self);
  self->running = g_cancellable_new ();
  self->meter = crm_import_meter_new ();
  self->progress_timeout = g_timeout_add (PROGRESS_MS, show_run_progress, self);
  gtk_progress_bar_set_fraction (self->run_progress, 0);
  adw_status_page_set_title (self->running_page, title);
  adw_view_switcher_title_set_view_switcher_enabled (self->switcher_title, FALSE);
  gtk_stack_set_visible_child_name (self->stack, "running");
  gtk_widget_grab_focus (self->cancel_button);
  update_actions (self);
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

  cancel (&self->reading);
  cancel (&self->planning);
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
  gtk_widget_class_install_action (widget_class, "import.choose", NULL, choose_file);
  gtk_widget_class_install_action (widget_class, "import.guess", NULL, guess_anew);
  gtk_widget_class_install_action (widget_class, "import.save-report", NULL, save_report);
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
  add_drop_target (self);
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
  self->store_handler = g_signal_connect_swapped (store, "changed", G_CALLBACK (plan_anew), self);
  open_files (self, files);
  return GTK_WIDGET (self);
}
