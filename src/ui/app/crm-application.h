/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmApplication: the program with a window: it owns the base (store and lock), the settings and the windows. One process a base:
 * a second start raises the window of the first, or opens in it the files it was given. A base that cannot be opened leads to a
 * CrmRecoveryWindow.
 *
 * Actions app.*: quit, about, new-client.
 */
#define CRM_TYPE_APPLICATION (crm_application_get_type ())
G_DECLARE_FINAL_TYPE (CrmApplication, crm_application, CRM, APPLICATION, AdwApplication)

/**
 * crm_application_run_window: what the program does when no command is given.
 * @argv: the program's name and files to import; "--new-client" begins a new client
 *
 * Returns: the exit code. Call it before anything else has touched GTK.
 */
int             crm_application_run_window (const char     *database,
                                            int             argc,
                                            char          **argv);

/** crm_application_give_up: closes a base that turned out to be damaged while it was open, and offers ways out. */
void            crm_application_give_up    (CrmApplication *self,
                                            const GError   *error);

/** crm_application_restore: closes the base, puts the backup in its place (what was there is kept beside it) and opens that. */
void            crm_application_restore    (CrmApplication *self,
                                            const char     *backup);

G_END_DECLS
