/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"
#include "crm-timeline-item.h"

G_BEGIN_DECLS

/**
 * CrmTimeline: a GListModel of CrmTimelineItem: what was said with a client or a person, newest first, and on request what was changed and
 * done. It holds what was read so far and grows at the end as crm_timeline_read_more() is called; it follows the commits while it is active.
 * Main thread; reads on the reader's.
 *
 * Signal "loaded" (const GError *): what was asked for has come in, or NULL's opposite: why not.
 */
#define CRM_TYPE_TIMELINE (crm_timeline_get_type ())
G_DECLARE_FINAL_TYPE (CrmTimeline, crm_timeline, CRM, TIMELINE, GObject)

CrmTimeline *crm_timeline_new         (CrmStore *store, const CrmEntity *entity);
/** 0: none. Empty until the first page has come in. */
void         crm_timeline_open        (CrmTimeline *self, gint64 record);
/** Is anybody looking? Else nothing is read. */
void         crm_timeline_set_active  (CrmTimeline *self, gboolean active);
/** @channel: stored name; NULL: all. What is shown stays until the answer is there. */
void         crm_timeline_set_channel (CrmTimeline *self, const char *channel);
/** All words of it, as search finds them; NULL or "": all. */
void         crm_timeline_set_text    (CrmTimeline *self, const char *text);
/** With changes of the record, imports and tasks that are done. */
void         crm_timeline_set_woven   (CrmTimeline *self, gboolean woven);
/** Older entries, if there are any and they are not being read already. */
void         crm_timeline_read_more   (CrmTimeline *self);
/** Has what is asked for come in? */
gboolean     crm_timeline_is_loaded   (CrmTimeline *self);
gboolean     crm_timeline_is_filtered (CrmTimeline *self);

G_END_DECLS
