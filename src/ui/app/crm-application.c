/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-application.h"

#include <glib/gi18n-lib.h>

#include "crm-backup-job.h"
#include "crm-backup.h"
#include "crm-command.h"
#include "crm-document-copy.h"
#include "crm-error.h"
#include "crm-file.h"
#include "crm-lock.h"
#include "crm-recovery-window.h"
#include "crm-ui-app.h"
#include "crm-window.h"

#define RESOURCE_PATH "/com/example/Crm"
#define FIRST_BACKUP_SECONDS 15
#define NEXT_BACKUP_SECONDS (60 * 60)

struct _CrmApplication
{
  AdwApplication  parent_instance;

  char           *database;
  CrmLock        *lock;
  CrmStore       *store;
  GSettings      *settings;
  CrmWindow      *window;   /* while the base is open */
  GtkWindow      *recovery; /* while it is not */
  guint           backup_timer;
};

G_DEFINE_FINAL_TYPE (CrmApplication, crm_application, ADW_TYPE_APPLICATION)

GResource *crm_icons_get_resource (void);

static void open_base (CrmApplication *self,
                       gboolean        create);

/* Backups */

static void
on_backed_up (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (CrmApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  g_free (crm_backup_job_run_finish (result, &error));
  if (error != NULL && self->window != NULL)
    {
      g_prefix_error (&error, "%s ", _("The daily backup could not be made."));
      crm_window_toast_error (self->window, error);
    }
}

static gboolean
back_up_daily (gpointer user_data)
{
  CrmApplication *self = user_data;

  self->backup_timer = g_timeout_add_seconds (NEXT_BACKUP_SECONDS, back_up_daily, self);
  crm_backup_job_run_async (self->database, "daily", TRUE, on_backed_up, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_tidied (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (CrmApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!crm_store_step_finish (CRM_STORE (source), result, &error) && self->window != NULL)
    crm_window_toast_error (self->window, error);
}

static gboolean
start_chores (gpointer user_data)
{
  CrmApplication *self = user_data;

  crm_store_tidy_async (self->store, on_tidied, g_object_ref (self));
  return back_up_daily (self);
}

/* Opening and closing the base */

static void
close_base (CrmApplication *self)
{
  g_clear_handle_id (&self->backup_timer, g_source_remove);
  if (self->window != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->window, self);
      gtk_window_close (GTK_WINDOW (self->window));
    }
  self->window = NULL;
  if (self->store != NULL)
    crm_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->lock, crm_lock_release);
}

static void
close_recovery (CrmApplication *self)
{
  if (self->recovery != NULL)
    gtk_window_destroy (self->recovery);
  self->recovery = NULL;
}

static void
on_recovery_open (CrmApplication *self,
                  const char     *path)
{
  g_autofree char *database = g_strdup (path);

  g_free (self->database);
  self->database = g_steal_pointer (&database);
  open_base (self, FALSE);
}

static void
on_recovery_create (CrmApplication *self)
{
  open_base (self, TRUE);
}

static gboolean
on_recovery_close (CrmApplication *self)
{
  self->recovery = NULL;
  return GDK_EVENT_PROPAGATE;
}

static CrmRecoveryWindow *
present_recovery (CrmApplication *self)
{
  CrmRecoveryWindow *recovery = CRM_RECOVERY_WINDOW (crm_recovery_window_new (GTK_APPLICATION (self), self->database));

  /* The new one before the old one goes: an application without windows ends */
  gtk_window_present (GTK_WINDOW (recovery));
  close_recovery (self);
  self->recovery = GTK_WINDOW (recovery);
  g_signal_connect_swapped (recovery, "open", G_CALLBACK (on_recovery_open), self);
  g_signal_connect_swapped (recovery, "create", G_CALLBACK (on_recovery_create), self);
  g_signal_connect_swapped (recovery, "restore", G_CALLBACK (crm_application_restore), self);
  g_signal_connect_swapped (recovery, "close-request", G_CALLBACK (on_recovery_close), self);
  return recovery;
}

static gboolean
on_window_close (CrmApplication *self)
{
  self->window = NULL;
  return GDK_EVENT_PROPAGATE;
}

static void
present_window (CrmApplication *self,
                gboolean        is_new)
{
  self->window = CRM_WINDOW (crm_window_new (GTK_APPLICATION (self), self->store, self->settings, is_new));
  g_signal_connect_swapped (self->window, "close-request", G_CALLBACK (on_window_close), self);
  gtk_window_present (GTK_WINDOW (self->window));
  close_recovery (self);
  self->backup_timer = g_timeout_add_seconds (FIRST_BACKUP_SECONDS, start_chores, self);
}

/* A base that was there and is gone is not to be answered with an empty one */
static gboolean
check_not_lost (CrmApplication  *self,
                GError         **error)
{
  g_autofree char *backup = crm_backup_find_newest (self->database);
  g_autofree char *name = g_filename_display_name (self->database);

  if (backup == NULL)
    return TRUE;

  g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND,
               _("There is no file “%s” any more, but there are backups of it."), name);
  return FALSE;
}

static gboolean
take_base (CrmApplication  *self,
           gboolean         create,
           GError         **error)
{
  g_autofree char *folder = g_path_get_dirname (self->database);

  if (create && !crm_file_make_folder (folder, error))
    return FALSE;

  self->lock = crm_lock_take (self->database, CRM_LOCK_WINDOW, error);
  if (self->lock == NULL)
    return FALSE;

  self->store = crm_store_open (self->database, create, error);
  if (self->store == NULL)
    g_clear_pointer (&self->lock, crm_lock_release);
  return self->store != NULL;
}

static void
open_base (CrmApplication *self,
           gboolean        create)
{
  g_autoptr (GError) error = NULL;
  gboolean is_new = create && !g_file_test (self->database, G_FILE_TEST_EXISTS);

  if (take_base (self, create, &error))
    {
      crm_store_watch (self->store);
      present_window (self, is_new);
    }
  else
    crm_recovery_window_set_error (present_recovery (self), error);
}

static void
open_first (CrmApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (self->window != NULL || self->recovery != NULL)
    gtk_window_present (self->window != NULL ? GTK_WINDOW (self->window) : self->recovery);
  else if (g_file_test (self->database, G_FILE_TEST_EXISTS) || check_not_lost (self, &error))
    open_base (self, TRUE);
  else
    crm_recovery_window_set_error (present_recovery (self), error);
}

void
crm_application_give_up (CrmApplication *self,
                         const GError   *error)
{
  g_return_if_fail (CRM_IS_APPLICATION (self));
  g_return_if_fail (error != NULL);

  crm_recovery_window_set_error (present_recovery (self), error);
  close_base (self);
}

/* Restoring */

typedef struct
{
  char *backup;
  char *database;
} Restoring;

static void
restoring_free (gpointer data)
{
  Restoring *restoring = data;

  g_free (restoring->backup);
  g_free (restoring->database);
  g_free (restoring);
}

static void
restore_in_thread (GTask        *task,
                   gpointer      source,
                   gpointer      data,
                   GCancellable *cancellable)
{
  const Restoring *restoring = data;
  GError *error = NULL;
  g_autofree char *aside = NULL;
  g_autoptr (CrmLock) lock = crm_lock_take (restoring->database, CRM_LOCK_RESTORE, &error);

  if (lock == NULL || !crm_backup_restore (restoring->backup, restoring->database, &aside, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, aside == NULL ? g_strdup ("") : g_steal_pointer (&aside), g_free);
}

/* @aside: where the former file is now; "" if there was none */
static void
tell_restored (CrmApplication *self,
               const char     *aside)
{
  g_autofree char *name = g_filename_display_basename (aside);
  g_autofree char *text = NULL;

  if (self->window == NULL)
    return;

  text = aside[0] == '\0' ? g_strdup (_("The backup is restored"))
                          : g_strdup_printf (_("The backup is restored. The former file is kept as “%s”"), name);
  crm_window_toast (self->window, text);
}

static void
on_restored (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  CrmApplication *self = CRM_APPLICATION (source);
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = g_task_propagate_pointer (G_TASK (result), &error);

  if (aside == NULL)
    crm_recovery_window_set_error (present_recovery (self), error);
  else
    {
      open_base (self, FALSE);
      tell_restored (self, aside);
    }
  g_application_release (G_APPLICATION (self));
}

static gboolean
start_restoring (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  CrmApplication *self = g_task_get_source_object (task);

  crm_recovery_window_set_restoring (present_recovery (self));
  close_base (self);
  g_task_run_in_thread (task, restore_in_thread);
  return G_SOURCE_REMOVE;
}

void
crm_application_restore (CrmApplication *self,
                         const char     *backup)
{
  GTask *task = NULL;
  Restoring *restoring = NULL;

  g_return_if_fail (CRM_IS_APPLICATION (self));
  g_return_if_fail (backup != NULL);

  restoring = g_new0 (Restoring, 1);
  restoring->backup = g_strdup (backup);
  restoring->database = g_strdup (self->database);
  task = g_task_new (self, NULL, on_restored, NULL);
  g_task_set_source_tag (task, crm_application_restore);
  g_task_set_task_data (task, restoring, restoring_free);

  g_application_hold (G_APPLICATION (self));
  /* Later, as the dialog whose answer this is goes with the window */
  g_idle_add (start_restoring, task);
}

/* Actions */

static void
quit (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (user_data)));

  /* Each may save what is being typed; the program ends with the last of them */
  for (GList *i = windows; i != NULL; i = i->next)
    gtk_window_close (i->data);
  g_list_free (windows);
}

static void
show_about (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (user_data)),
                         "application-name", _("Client Manager"),
                         "application-icon", CRM_APP_ID,
                         "version", CRM_VERSION,
                         "developer-name", _("The Client Manager authors"),
                         "comments", _("A client base that never waits and never forgets."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your names, one a line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
create_client (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  CrmApplication *self = user_data;

  open_first (self);
  if (self->window != NULL)
    crm_window_run_command (self->window, "win.new-client");
}

/* The application */

static GSettings *
create_settings (void)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchemaSource) built = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;

  if (installed != NULL)
    schema = g_settings_schema_source_lookup (installed, CRM_APP_ID, TRUE);
  if (schema == NULL)
    {
      /* Run from the build folder, without having been installed */
      built = g_settings_schema_source_new_from_directory (CRM_BUILD_SCHEMA_DIR, installed, FALSE, NULL);
      schema = built == NULL ? NULL : g_settings_schema_source_lookup (built, CRM_APP_ID, TRUE);
    }
  if (schema == NULL)
    g_error ("The settings schema %s is not installed.", CRM_APP_ID);

  return g_settings_new_full (schema, NULL, NULL);
}

static void
update_color_scheme (CrmApplication *self)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  int chosen = g_settings_get_enum (self->settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[chosen]);
}

static void
crm_application_startup (GApplication *application)
{
  CrmApplication *self = CRM_APPLICATION (application);
  const GActionEntry entries[] = {
    { "quit", quit },
    { "about", show_about },
    { "new-client", create_client },
  };

  G_APPLICATION_CLASS (crm_application_parent_class)->startup (application);

  gtk_window_set_default_icon_name (CRM_APP_ID);
  self->settings = create_settings ();
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (update_color_scheme), self,
                           G_CONNECT_SWAPPED);
  update_color_scheme (self);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  crm_command_install (GTK_APPLICATION (self));
}

static void
crm_application_shutdown (GApplication *application)
{
  CrmApplication *self = CRM_APPLICATION (application);

  close_base (self);
  g_clear_object (&self->settings);
  crm_document_copy_clean_up ();

  G_APPLICATION_CLASS (crm_application_parent_class)->shutdown (application);
}

static void
crm_application_activate (GApplication *application)
{
  open_first (CRM_APPLICATION (application));
}

static void
crm_application_open (GApplication  *application,
                      GFile        **files,
                      int            n_files,
                      const char    *hint)
{
  CrmApplication *self = CRM_APPLICATION (application);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);

  open_first (self);
  if (self->window == NULL)
    return;
  for (int i = 0; i < n_files; i++)
    g_ptr_array_add (all, g_object_ref (files[i]));
  crm_window_import (self->window, all);
}

static int
crm_application_handle_local_options (GApplication *application,
                                      GVariantDict *options)
{
  g_autoptr (GError) error = NULL;
  gboolean new_client = FALSE;

  if (!g_variant_dict_lookup (options, "new-client", "b", &new_client) || !new_client)
    return -1;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_action_group_activate_action (G_ACTION_GROUP (application), "new-client", NULL);
  return -1;
}

static void
crm_application_finalize (GObject *object)
{
  CrmApplication *self = CRM_APPLICATION (object);

  g_free (self->database);

  G_OBJECT_CLASS (crm_application_parent_class)->finalize (object);
}

static void
crm_application_class_init (CrmApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_application_finalize;
  application_class->startup = crm_application_startup;
  application_class->shutdown = crm_application_shutdown;
  application_class->activate = crm_application_activate;
  application_class->open = crm_application_open;
  application_class->handle_local_options = crm_application_handle_local_options;

  /* Asked for, or the linker leaves them out of the static library */
  crm_icons_get_resource ();
  crm_ui_app_get_resource ();
}

static void
crm_application_init (CrmApplication *self)
{
  const GOptionEntry entries[] = {
    { "new-client", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Begin a new client"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
}

/* Each base has a name on the bus of its own, so that each has its window */
static char *
create_id (const char *database)
{
  g_autofree char *standard = crm_store_get_default_path ();
  g_autofree char *standard_file = crm_file_resolve (standard);
  g_autofree char *file = crm_file_resolve (database);
  g_autofree char *hash = NULL;

  if (g_str_equal (file, standard_file))
    return g_strdup (CRM_APP_ID);

  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, file, -1);
  return g_strdup_printf ("%s.Base%.16s", CRM_APP_ID, hash);
}

static CrmApplication *
crm_application_new (const char *database)
{
  CrmApplication *self = NULL;
  g_autofree char *path = database == NULL ? crm_store_get_default_path () : g_canonicalize_filename (database, NULL);
  g_autofree char *id = create_id (path);

  self = g_object_new (CRM_TYPE_APPLICATION,
                       "application-id", id,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", RESOURCE_PATH,
                       NULL);
  self->database = g_steal_pointer (&path);
  return self;
}

static gboolean
has_gpu (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/dev/dri", 0, NULL);
  const char *name = NULL;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return TRUE;

  return FALSE;
}

/*
 * Where there is no GPU, GL is emulated by the processor, six to eight times slower than drawing with cairo.
 * And where cairo draws, GL is not even got ready: that would take a sixth of the time until the window shows, and 50 MiB.
 */
static void
choose_renderer (void)
{
  if (g_getenv ("GSK_RENDERER") == NULL && !has_gpu ())
    g_setenv ("GSK_RENDERER", "cairo", TRUE);
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") != 0)
    return;

  if (gtk_get_minor_version () >= 16)
    g_setenv ("GDK_DISABLE", "gl,vulkan", FALSE);
  else
    g_setenv ("GDK_DEBUG", "gl-disable", FALSE);
}

int
crm_application_run_window (const char  *database,
                            int          argc,
                            char       **argv)
{
  g_autoptr (CrmApplication) self = NULL;

  choose_renderer ();
  /* main() has chosen it. */
  gtk_disable_setlocale ();
  self = crm_application_new (database);
  return g_application_run (G_APPLICATION (self), argc, argv);
}
