/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"
#include "crm-timeline-item.h"

G_BEGIN_DECLS

/**
 * CrmTimelineRow: an entry of the timeline, below the heading of its day if it begins one; opened, it has the whole text and what can be done.
 * Its buttons run "timeline.delete", "win.edit-conversation" and "win.open-record" (parameter x: an id).
 */
#define CRM_TYPE_TIMELINE_ROW (crm_timeline_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmTimelineRow, crm_timeline_row, CRM, TIMELINE_ROW, GtkWidget)

GtkWidget       *crm_timeline_row_new      (CrmStore *store);
/** @item: (nullable) */
void             crm_timeline_row_set_item (CrmTimelineRow *self, CrmTimelineItem *item, gboolean is_open);
CrmTimelineItem *crm_timeline_row_get_item (CrmTimelineRow *self);
void             crm_timeline_row_set_open (CrmTimelineRow *self, gboolean is_open);

G_END_DECLS
