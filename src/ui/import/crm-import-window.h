/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmImportWindow: a file of clients on its way in: what was detected (encoding, delimiter, header), which column goes where, live preview,
 * match key, dry run with its result, then the import with progress and Cancel.
 *
 * Signal "imported" (const char *): a step was written; the text says what it did ("498 clients imported").
 */
#define CRM_TYPE_IMPORT_WINDOW (crm_import_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportWindow, crm_import_window, CRM, IMPORT_WINDOW, AdwWindow)

/** @parent: the window stands before it; @settings: of the schema com.example.Crm, keeps how columns were mapped; @file: to import */
GtkWidget *crm_import_window_new (CrmStore *store, GtkWindow *parent, GSettings *settings, GFile *file);

G_END_DECLS
