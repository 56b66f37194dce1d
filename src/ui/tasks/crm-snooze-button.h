/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * CrmSnoozeButton: a button that asks until when something is to wait: tomorrow, in 2 days, next week, or a day in words.
 *
 * Signal "snooze" (const char *date): ISO.
 */
#define CRM_TYPE_SNOOZE_BUTTON (crm_snooze_button_get_type ())
G_DECLARE_FINAL_TYPE (CrmSnoozeButton, crm_snooze_button, CRM, SNOOZE_BUTTON, AdwBin)

GtkWidget *crm_snooze_button_new (void);

G_END_DECLS
