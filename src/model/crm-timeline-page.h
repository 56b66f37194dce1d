/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"
#include "crm-timeline-item.h"

G_BEGIN_DECLS

/** What a part of a timeline is to hold. Times are UTC microseconds. */
typedef struct {
  const CrmEntity *entity;  /* client or person */
  gint64           record;
  char            *channel; /* stored name; NULL: all */
  char            *text;    /* as typed; NULL: all */
  gboolean         woven;   /* what was changed and done, too */
  gint64           at;      /* older than this entry: its time and id */
  gint64           id;
  guint            limit;   /* entries; 0: as many as there are down to @until */
  gint64           until;
  gint64           until_id;
} CrmTimelineRequest;

typedef struct {
  GPtrArray *items;    /* of CrmTimelineItem, newest first */
  gboolean   has_more; /* older ones */
} CrmTimelinePage;

CrmTimelineRequest *crm_timeline_request_copy (const CrmTimelineRequest *self);
void                crm_timeline_request_free (CrmTimelineRequest *self);
void                crm_timeline_page_free    (CrmTimelinePage *self);

/** crm_timeline_page_read: a CrmJobFunc for the reader: @request: a CrmTimelineRequest; returns a CrmTimelinePage. */
gpointer crm_timeline_page_read (CrmDb *db, gpointer request, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTimelinePage, crm_timeline_page_free)

G_END_DECLS
