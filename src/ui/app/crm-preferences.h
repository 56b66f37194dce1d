/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmPreferences: how the program looks, where the base and its backups are, and what is in it.
 *
 * Signal "restore" (string backup): the user confirmed that this backup is to take the place of the base.
 */
#define CRM_TYPE_PREFERENCES (crm_preferences_get_type ())
G_DECLARE_FINAL_TYPE (CrmPreferences, crm_preferences, CRM, PREFERENCES, AdwPreferencesWindow)

GtkWidget *crm_preferences_new (GtkWindow *parent,
                                CrmStore  *store,
                                GSettings *settings);

G_END_DECLS
