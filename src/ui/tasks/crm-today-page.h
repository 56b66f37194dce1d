/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmTodayPage: what asks for attention: late, today, coming, clients without a next step or unheard for longer than their rhythm, birthdays; each dealt with in
 * place. Follows the commits, the settings "rhythms" and the clock: at midnight the day turns over.
 *
 * Signal "counted" (guint late, guint today): how many tasks there are.
 */
#define CRM_TYPE_TODAY_PAGE (crm_today_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmTodayPage, crm_today_page, CRM, TODAY_PAGE, AdwBin)

GtkWidget *crm_today_page_new (CrmStore *store, GSettings *settings);

G_END_DECLS
