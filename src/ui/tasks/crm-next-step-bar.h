/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmNextStepBar: the one thing to be done next at a client: what, when, and buttons to have it done, snooze it or edit it in place. Where there is none, and
 * when one was done, it asks for the next. Follows the commits.
 */
#define CRM_TYPE_NEXT_STEP_BAR (crm_next_step_bar_get_type ())
G_DECLARE_FINAL_TYPE (CrmNextStepBar, crm_next_step_bar, CRM, NEXT_STEP_BAR, AdwBin)

GtkWidget *crm_next_step_bar_new             (CrmStore *store);
/** Of which client; 0: none. */
void       crm_next_step_bar_open            (CrmNextStepBar *self, gint64 client);
/** @drafts: (element-type utf8 utf8): of the client: if they hold what was typed here, shows it. */
void       crm_next_step_bar_put_drafts_back (CrmNextStepBar *self, GHashTable *drafts);
/** Keeps what is typed as drafts. */
void       crm_next_step_bar_flush           (CrmNextStepBar *self);
/** Puts the cursor where the next step is typed. */
void       crm_next_step_bar_edit            (CrmNextStepBar *self);

G_END_DECLS
