/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmEraseWindow: erases a person for good: what goes, what stays and what cannot be reached; the name typed to confirm it; progress.
 *
 * Signal "erased": the person is there no more.
 */
#define CRM_TYPE_ERASE_WINDOW (crm_erase_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmEraseWindow, crm_erase_window, CRM, ERASE_WINDOW, AdwWindow)

GtkWidget *crm_erase_window_new (CrmStore *store, GtkWindow *parent, gint64 person);

G_END_DECLS
