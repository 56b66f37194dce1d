/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/*
 * The reader's part of CrmQueryModel: a query as a job, its answer with the values of the rows that show first.
 */

/**
 * CrmQueryRequest:
 * @complete: the whole answer, whatever it takes; else its beginning may do
 * @old: (nullable): what the list shows now
 * @positions: (element-type guint): of which the values are wanted with the ids
 */
typedef struct {
  CrmStore  *store; /* not owned: it outlives the jobs of its reader */
  CrmQuery  *query;
  CrmIdList *old;
  gboolean   complete;
  GArray    *positions;
} CrmQueryRequest;

void     crm_query_request_free (gpointer request);
/** crm_query_request_run: a #CrmJobFunc; its result is a #CrmQueryAnswer. */
gpointer crm_query_request_run  (CrmDb *db, gpointer request, GCancellable *cancellable, GError **error);

/**
 * CrmQueryAnswer:
 * @complete: there is no more to come
 * @counted: as many as @ids holds there are at least; else they are just the first
 * @same: as those that the list shows
 * @read: (element-type gint64): the ids of which there are @values
 * @values: (element-type CrmValues): %NULL: the record is gone
 */
typedef struct {
  CrmIdList *ids;
  gboolean   complete;
  gboolean   counted;
  gboolean   same;
  GArray    *read;
  GPtrArray *values;
} CrmQueryAnswer;

void     crm_query_answer_free  (gpointer answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmQueryAnswer, crm_query_answer_free)

G_END_DECLS
