/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-columns.h"
#include "crm-import-format-group.h"
#include "crm-import-job.h"
#include "crm-import-result-page.h"
#include "crm-import-window.h"

G_BEGIN_DECLS

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

/** Cancels what runs, if anything does, and forgets it. */
static inline void
crm_import_window_cancel (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/** What is planned is not true any more: plans again, soon. */
void crm_import_window_plan_anew      (CrmImportWindow *self);
/** Gives up the dry run, if one runs or is due. */
void crm_import_window_stop_planning  (CrmImportWindow *self);
/** Lets those actions be run that can be, as the result is. */
void crm_import_window_update_actions (CrmImportWindow *self);
/** Shows that there is no result. @why: a sentence */
void crm_import_window_show_no_result (CrmImportWindow *self, const char *why);

/* Files, in crm-import-window-files.c */

/** Shows and plans other files than before. @files: (element-type GFile): one, or several of vCards */
void crm_import_window_open_files     (CrmImportWindow *self, GPtrArray *files);
/**
 * Reads the file again, as the user says it is to be read.
 * @may_recall: its columns may be mapped as they were for such a file before
 */
void crm_import_window_read_again     (CrmImportWindow *self, CrmImportRead what, gboolean may_recall);
/** Has files that are dropped on the window opened. */
void crm_import_window_add_drop_target (CrmImportWindow *self);

/* The actions import.choose and import.save-report */

void crm_import_window_choose_file    (GtkWidget *widget, const char *action, GVariant *parameter);
void crm_import_window_save_report    (GtkWidget *widget, const char *action, GVariant *parameter);

G_END_DECLS
