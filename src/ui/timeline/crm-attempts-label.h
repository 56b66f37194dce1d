/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-attempts.h"
#include "crm-store.h"

G_BEGIN_DECLS

/** CrmAttemptsLabel: "3 attempts, last: in a meeting" of a client or a person; nothing while there are none. Follows the commits. */
#define CRM_TYPE_ATTEMPTS_LABEL (crm_attempts_label_get_type ())
G_DECLARE_FINAL_TYPE (CrmAttemptsLabel, crm_attempts_label, CRM, ATTEMPTS_LABEL, GtkWidget)

GtkWidget *crm_attempts_label_new  (CrmStore *store, const CrmEntity *entity);
/** 0: none. */
void       crm_attempts_label_open (CrmAttemptsLabel *self, gint64 id);

G_END_DECLS
