/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmDuplicatesWindow: clients and people that may be there twice, found in the background while the rest of the program goes on; each pair can be
 * merged or told apart. What is done here is undone by the main window's actions win.*, which work in it, too.
 *
 * Signal "open" (gint64 id): a record is to be shown in the main window.
 */
#define CRM_TYPE_DUPLICATES_WINDOW (crm_duplicates_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmDuplicatesWindow, crm_duplicates_window, CRM, DUPLICATES_WINDOW, AdwWindow)

/** @parent: the main window */
GtkWidget *crm_duplicates_window_new  (CrmStore *store, GtkWindow *parent);
/** crm_duplicates_window_show: shows the pairs of an entity, searching for them if that was not done yet. */
void       crm_duplicates_window_show (CrmDuplicatesWindow *self, const CrmEntity *entity);

G_END_DECLS
