/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmImportWindow: a file of clients, or files of vCards, on its way in. Of a file of clients: what was detected (encoding, delimiter, header), which column goes where, live preview,
 * match key, dry run with its result, then the import with progress and Cancel.
 *
 * Signal "imported" (const char *): a step was written; the text says what it did ("498 clients imported").
 */
#define CRM_TYPE_IMPORT_WINDOW (crm_import_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportWindow, crm_import_window, CRM, IMPORT_WINDOW, AdwWindow)

/** @parent: the window stands before it; @settings: of the schema com.example.Crm, keeps how columns were mapped; @files: (element-type GFile): one, or
 * several of vCards */
GtkWidget *crm_import_window_new (CrmStore *store, GtkWindow *parent, GSettings *settings, GPtrArray *files);
/** crm_import_window_is_card: is the file one of vCards, by its name? Such are imported together. */
gboolean   crm_import_window_is_card (GFile *file);

G_END_DECLS
