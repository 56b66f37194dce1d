/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmTimelineView: the timeline of a client or a person, with what it can be filtered by. Enter or a click opens an entry, Del deletes it, F2 edits it ("win.edit-conversation").
 */
#define CRM_TYPE_TIMELINE_VIEW (crm_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (CrmTimelineView, crm_timeline_view, CRM, TIMELINE_VIEW, GtkWidget)

GtkWidget *crm_timeline_view_new  (CrmStore *store, const CrmEntity *entity);
/** 0: none. */
void       crm_timeline_view_open (CrmTimelineView *self, gint64 id);

G_END_DECLS
