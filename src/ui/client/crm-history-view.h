/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/** CrmHistoryView: what happened to a record of an entity and its children, newest first: who, when, old → new. Follows the commits while it is on the screen. */
#define CRM_TYPE_HISTORY_VIEW (crm_history_view_get_type ())
G_DECLARE_FINAL_TYPE (CrmHistoryView, crm_history_view, CRM, HISTORY_VIEW, GtkWidget)

GtkWidget *crm_history_view_new  (CrmStore *store, const CrmEntity *entity);
/** 0: none. Read when the view comes on the screen. */
void       crm_history_view_open (CrmHistoryView *self, gint64 id);
/** crm_history_view_read_more: earlier changes, if there are any and they are not being read already. */
void       crm_history_view_read_more (CrmHistoryView *self);

G_END_DECLS
