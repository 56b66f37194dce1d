/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmLogTries: when to try again, after nobody was reached, as buttons in a line.
 *
 * Signal "chosen" (const char *): by its button, as crm_due_parse() reads it.
 */
#define CRM_TYPE_LOG_TRIES (crm_log_tries_get_type ())
G_DECLARE_FINAL_TYPE (CrmLogTries, crm_log_tries, CRM, LOG_TRIES, GtkWidget)

G_END_DECLS
