/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-command.h"
#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmWindow: the main window: sidebar, list, card. Three panes side by side where there is room for them, two, or one.
 *
 * Actions win.*:
 * undo, redo, history; new (in the section that shows), new-client, new-person, log, log-with (xx: client, person; 0: none), edit-conversation (x: id);
 * page (s: "today", "clients", "people", "trash"), trash, trash-of (s: "clients", "people"), open-view (x: id), open-record (x: id of any entity),
 * show-without-step, search, save-view, previous, next, edit, step-tab (i: -1, 1), back; import, import-files (as: URIs), export, log-mail,
 * sample-data; duplicates, templates, palette, preferences, show-help-overlay, menu, sidebar, sidebar-row (i).
 */
#define CRM_TYPE_WINDOW (crm_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmWindow, crm_window, CRM, WINDOW, AdwApplicationWindow)

/** crm_window_new: @is_new: the base was made just now, so that there is nothing to wait for. */
GtkWidget *crm_window_new         (GtkApplication *application,
                                   CrmStore       *store,
                                   GSettings      *settings,
                                   gboolean        is_new);

/** crm_window_import: opens the import of files of clients, one by one, and of vCards, all together; logs e-mails. @files: (element-type GFile) */
void       crm_window_import      (CrmWindow      *self,
                                   GPtrArray      *files);

/** crm_window_can_open: has a record of the entity a place of its own? Others are shown where they belong. */
gboolean   crm_window_can_open    (const CrmEntity *entity);
/** crm_window_open: goes to a record of any entity: a client's card, or the clients of a segment or tag, or a saved view. */
void       crm_window_open        (CrmWindow      *self,
                                   const CrmEntity *entity,
                                   gint64          id);

/**
 * crm_window_run_command: runs an action of the application, the window, its list or its card by its detailed name; says so if it
 * cannot be run now.
 */
void       crm_window_run_command (CrmWindow      *self,
                                   const char     *action);

/**
 * crm_window_can_run: could the command do anything now? Of actions of the list and the card it is not known; those of the card
 * need a record.
 */
gboolean   crm_window_can_run     (CrmWindow      *self,
                                   const CrmCommand *command);

/** crm_window_toast: says what was done. @text: no markup */
void       crm_window_toast        (CrmWindow      *self,
                                    const char     *text);
/** crm_window_toast_error: says what failed; a damaged base leads to recovery instead. */
void       crm_window_toast_error  (CrmWindow      *self,
                                    const GError   *error);

/** crm_window_get_store: (transfer none) */
CrmStore  *crm_window_get_store    (CrmWindow     *self);

G_END_DECLS
