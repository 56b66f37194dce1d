/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-preferences.h"

#include <glib/gi18n-lib.h>

#include "crm-backup-job.h"
#include "crm-heading.h"
#include "crm-number.h"
#include "crm-templates-window.h"
#include "crm-time.h"
#include "crm-toaster.h"
#include "crm-today.h"

struct _CrmPreferences
{
  AdwPreferencesWindow  parent_instance;

  AdwComboRow          *color_scheme;
  AdwComboRow          *list_face;
  GtkSpinButton        *rhythms[CRM_TODAY_N_GRADES];
  gboolean              is_filling; /* the numbers are set by the program */
  AdwActionRow         *file_row;
  AdwActionRow         *contents_row;
  AdwActionRow         *size_row;
  AdwActionRow         *backup_row;
  GtkSpinner           *backup_spinner;

  CrmStore             *store;
  GSettings            *settings;
};

enum
{
  SIGNAL_RESTORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmPreferences, crm_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* Appearance */

static void
on_color_scheme_selected (CrmPreferences *self)
{
  g_settings_set_enum (self->settings, "color-scheme", (int) adw_combo_row_get_selected (self->color_scheme));
}

static void
on_list_face_selected (CrmPreferences *self)
{
  g_settings_set_enum (self->settings, "list-face", (int) adw_combo_row_get_selected (self->list_face));
}

static void
connect_settings (CrmPreferences *self)
{
  adw_combo_row_set_selected (self->color_scheme, (guint) g_settings_get_enum (self->settings, "color-scheme"));
  adw_combo_row_set_selected (self->list_face, (guint) g_settings_get_enum (self->settings, "list-face"));
  g_signal_connect_swapped (self->color_scheme, "notify::selected", G_CALLBACK (on_color_scheme_selected), self);
  g_signal_connect_swapped (self->list_face, "notify::selected", G_CALLBACK (on_list_face_selected), self);
}

/* Work */

static void
on_rhythm_changed (CrmPreferences *self)
{
  int days[CRM_TODAY_N_GRADES];

  if (self->is_filling)
    return;
  for (guint i = 0; i < CRM_TODAY_N_GRADES; i++)
    days[i] = gtk_spin_button_get_value_as_int (self->rhythms[i]);
  g_settings_set (self->settings, "rhythms", "(iiii)", days[0], days[1], days[2], days[3]);
}

static void
fill_rhythms (CrmPreferences *self)
{
  int days[CRM_TODAY_N_GRADES];

  g_settings_get (self->settings, "rhythms", "(iiii)", &days[0], &days[1], &days[2], &days[3]);
  self->is_filling = TRUE;
  for (guint i = 0; i < CRM_TODAY_N_GRADES; i++)
    gtk_spin_button_set_value (self->rhythms[i], days[i]);
  self->is_filling = FALSE;
}

static void
open_templates (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  gtk_window_present (GTK_WINDOW (crm_templates_window_new (CRM_PREFERENCES (widget)->store, GTK_WINDOW (widget))));
}

/* What is in the base */

typedef struct
{
  gint64 clients;
  gint64 trash;
  gint64 segments;
  gint64 tags;
  gint64 bytes;
} Contents;

static gpointer
count_contents (CrmDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autofree Contents *contents = g_new0 (Contents, 1);

  if (!crm_db_get_integer (db, "SELECT count(*) FROM client WHERE deleted IS NULL", 0, &contents->clients, error) ||
      !crm_db_get_integer (db, "SELECT count(*) FROM client WHERE deleted IS NOT NULL", 0, &contents->trash, error) ||
      !crm_db_get_integer (db, "SELECT count(*) FROM segment WHERE deleted IS NULL", 0, &contents->segments, error) ||
      !crm_db_get_integer (db, "SELECT count(*) FROM tag WHERE deleted IS NULL", 0, &contents->tags, error) ||
      !crm_db_get_integer (db, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size", 0,
                           &contents->bytes, error))
    return NULL;

  return g_steal_pointer (&contents);
}

static char *
describe_contents (const Contents *contents)
{
  gulong n_clients = (gulong) contents->clients;
  gulong n_segments = (gulong) contents->segments;
  gulong n_tags = (gulong) contents->tags;
  g_autofree char *clients = crm_number_fill (ngettext ("%s client", "%s clients", n_clients), contents->clients);
  g_autofree char *segments = crm_number_fill (ngettext ("%s segment", "%s segments", n_segments), contents->segments);
  g_autofree char *tags = crm_number_fill (ngettext ("%s tag", "%s tags", n_tags), contents->tags);
  g_autofree char *trash = crm_number_fill (_("%s in the trash"), contents->trash);

  return g_strjoin (" · ", clients, segments, tags, trash, NULL);
}

static void
on_contents_counted (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (CrmPreferences) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree Contents *contents = crm_store_read_finish (CRM_STORE (source), result, &error);
  g_autofree char *description = NULL;
  g_autofree char *size = NULL;

  if (self->store == NULL)
    return;
  if (contents == NULL)
    {
      adw_action_row_set_subtitle (self->contents_row, error->message);
      return;
    }

  description = describe_contents (contents);
  size = g_format_size ((guint64) contents->bytes);
  adw_action_row_set_subtitle (self->contents_row, description);
  adw_action_row_set_subtitle (self->size_row, size);
}

static void
describe_base (CrmPreferences *self)
{
  g_autofree char *name = g_filename_display_name (crm_store_get_path (self->store));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->file_row), FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->contents_row), FALSE);
  adw_action_row_set_subtitle (self->file_row, name);
  crm_store_read_async (self->store, count_contents, NULL, NULL, g_free, NULL, on_contents_counted,
                        g_object_ref (self));
}

static void
on_folder_opened (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (CrmPreferences) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error) && self->store != NULL)
    crm_toast_error (GTK_WIDGET (self->file_row), error);
}

static void
open_folder (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  CrmPreferences *self = CRM_PREFERENCES (widget);
  g_autofree char *folder = g_path_get_dirname (crm_store_get_path (self->store));
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autofree char *uri = g_file_get_uri (file);

  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, on_folder_opened, g_object_ref (self));
}

/* Backups */

static void
on_newest_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (CrmPreferences) self = user_data;
  gint64 when = 0;
  g_autofree char *path = crm_backup_job_find_finish (result, &when, NULL);
  g_autofree char *date = NULL;

  if (self->store == NULL)
    return;

  date = path == NULL ? g_strdup (_("None yet")) : crm_time_format (when);
  adw_action_row_set_subtitle (self->backup_row, date);
}

static void
find_newest (CrmPreferences *self)
{
  crm_backup_job_find_async (crm_store_get_path (self->store), NULL, on_newest_found, g_object_ref (self));
}

static void
on_backed_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (CrmPreferences) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = crm_backup_job_run_finish (result, &error);

  if (self->store == NULL)
    return;

  gtk_spinner_stop (self->backup_spinner);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "data.back-up", TRUE);
  if (path == NULL)
    {
      crm_toast_error (GTK_WIDGET (self->backup_row), error);
      return;
    }

  crm_toast (GTK_WIDGET (self->backup_row), _("The backup is made and checked"));
  find_newest (self);
}

static void
back_up (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  CrmPreferences *self = CRM_PREFERENCES (widget);

  gtk_widget_action_set_enabled (widget, "data.back-up", FALSE);
  gtk_spinner_start (self->backup_spinner);
  crm_backup_job_run_async (crm_store_get_path (self->store), "manual", FALSE, on_backed_up, g_object_ref (self));
}

static void
on_restore_confirmed (CrmPreferences *self,
                      const char     *response,
                      GtkWindow      *dialog)
{
  if (g_strcmp0 (response, "restore") == 0)
    g_signal_emit (self, signals[SIGNAL_RESTORE], 0, g_object_get_data (G_OBJECT (dialog), "path"));
}

static void
confirm_restore (CrmPreferences *self,
                 const char     *path)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *body = NULL;
  GtkWidget *dialog = NULL;

  body = g_strdup_printf (_("The client base becomes what it was when “%s” was made. What was done since is not in it any "
                            "more; it stays in the present file, which is kept beside it under another name."), name);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Go Back to This Backup?"), body);
  crm_heading_wrap (dialog);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "restore", _("_Restore"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "restore", ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (dialog), "path", g_strdup (path), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_restore_confirmed), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_restore_chosen (GtkNativeDialog *dialog,
                   int              response,
                   CrmPreferences  *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_object_unref (dialog);
  if (file != NULL && g_file_peek_path (file) != NULL)
    confirm_restore (self, g_file_peek_path (file));
}

static void
choose_restore (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  CrmPreferences *self = CRM_PREFERENCES (widget);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (_("Choose a Backup"), GTK_WINDOW (widget),
                                                              GTK_FILE_CHOOSER_ACTION_OPEN, _("_Choose"), _("_Cancel"));
  g_autofree char *folder = g_path_get_dirname (crm_store_get_path (self->store));
  g_autoptr (GFile) backups = g_file_new_build_filename (folder, "backups", NULL);

  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), backups, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_restore_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
crm_preferences_dispose (GObject *object)
{
  CrmPreferences *self = CRM_PREFERENCES (object);

  g_clear_object (&self->store);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (crm_preferences_parent_class)->dispose (object);
}

static void
crm_preferences_class_init (CrmPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_preferences_dispose;

  signals[SIGNAL_RESTORE] = g_signal_new ("restore", CRM_TYPE_PREFERENCES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "work.templates", NULL, open_templates);
  gtk_widget_class_install_action (widget_class, "data.open-folder", NULL, open_folder);
  gtk_widget_class_install_action (widget_class, "data.back-up", NULL, back_up);
  gtk_widget_class_install_action (widget_class, "data.restore", NULL, choose_restore);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, list_face);
  for (guint i = 0; i < CRM_TODAY_N_GRADES; i++)
    {
      static const char * const names[CRM_TODAY_N_GRADES] = { "rhythm_a", "rhythm_b", "rhythm_c", "rhythm_d" };

      gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE,
                                                 (gssize) (G_STRUCT_OFFSET (CrmPreferences, rhythms) + i * sizeof (GtkSpinButton *)));
    }
  gtk_widget_class_bind_template_callback (widget_class, on_rhythm_changed);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, file_row);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, contents_row);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, size_row);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, backup_row);
  gtk_widget_class_bind_template_child (widget_class, CrmPreferences, backup_spinner);
}

static void
crm_preferences_init (CrmPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_preferences_new (GtkWindow *parent,
                     CrmStore  *store,
                     GSettings *settings)
{
  CrmPreferences *self = NULL;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (G_IS_SETTINGS (settings), NULL);

  self = g_object_new (CRM_TYPE_PREFERENCES, "transient-for", parent, NULL);
  self->store = g_object_ref (store);
  self->settings = g_object_ref (settings);
  connect_settings (self);
  fill_rhythms (self);
  describe_base (self);
  find_newest (self);
  return GTK_WIDGET (self);
}
