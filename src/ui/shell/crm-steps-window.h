/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmStepsWindow: what was done to the base, newest first: who, when, how many rows; each step, with all after it, can be taken
 * back from here.
 */
#define CRM_TYPE_STEPS_WINDOW (crm_steps_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmStepsWindow, crm_steps_window, CRM, STEPS_WINDOW, AdwWindow)

GtkWidget *crm_steps_window_new (CrmStore  *store,
                                 GtkWindow *parent);

G_END_DECLS
