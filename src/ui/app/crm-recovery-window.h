/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CrmRecoveryWindow: stands in the place of the main window while a base cannot be opened: says which file and why, and what can be done.
 *
 * Signal "open" (string path): try this base. Signal "create": begin with an empty base where the file is missing.
 * Signal "restore" (string backup): put the backup in the place of the base.
 */
#define CRM_TYPE_RECOVERY_WINDOW (crm_recovery_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecoveryWindow, crm_recovery_window, CRM, RECOVERY_WINDOW, AdwApplicationWindow)

GtkWidget *crm_recovery_window_new          (GtkApplication    *application,
                                             const char        *database);
/** crm_recovery_window_set_error: says why, and looks for a backup if one could help. */
void       crm_recovery_window_set_error    (CrmRecoveryWindow *self,
                                             const GError      *error);
/** crm_recovery_window_set_restoring: only says that a backup is being put back. */
void       crm_recovery_window_set_restoring (CrmRecoveryWindow *self);

G_END_DECLS
