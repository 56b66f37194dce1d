/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-load-ahead.h"
#include "crm-query-model.h"
#include "crm-values-cache.h"

G_BEGIN_DECLS

/* Rows that one frame can make: what a list reports at first, and adds with each frame. */
#define CRM_QUERY_MODEL_FRAME_ROWS 40
/* GTK keeps about so many rows alive: a list of that length has them, and grows to any other for nothing. */
#define CRM_QUERY_MODEL_LIVING_ROWS 240

struct _CrmQueryModel {
  GObject         parent_instance;

  CrmStore       *store;
  CrmQuery       *query;
  CrmIdList      *ids;
  guint           n_items;   /* as it is reported: less than the length of @ids while growing */
  guint           n_hits;
  char           *failure;

  GHashTable     *rows;      /* position → CrmRow, not owned */
  CrmValuesCache *cache;
  guint64         asked;     /* counts the rows asked for */

  GCancellable   *cancellable; /* of the query that runs; NULL: none does */
  gboolean        is_new;      /* nothing complete has come since the query was set */
  gboolean        stale;       /* a commit came while the query ran */
  GArray         *reading;     /* ids whose values are on their way */
  CrmLoadAhead   *ahead;

  gint64          held_until;
  guint           hold_source;
  guint           read_source;
  guint           grow_source;
  guint           sweep_source;
};

/** Tells of an error, or that there is none any more; what is cancelled has not failed. @error: (nullable) */
void  crm_query_model_set_failure (CrmQueryModel *self, const GError *error);

/* Rows and values, in crm-query-model-rows.c */

/** Takes values that were read into the cache. @ids: (element-type gint64), @values: (element-type CrmValues): one each, NULL: it is gone */
void  crm_query_model_put_values  (CrmQueryModel *self, GArray *ids, GPtrArray *values);
/** Writes what belongs to its position into a row; is it another now? Values that are known to be outdated stay until the new ones are there. */
gboolean crm_query_model_update_row (CrmQueryModel *self, CrmRow *row);
/** Has the values that rows alive lack read, before GTK draws. */
void  crm_query_model_schedule_reading (CrmQueryModel *self);
/** How many rows there are to be. */
guint crm_query_model_get_goal    (CrmQueryModel *self);
/** Reports only the tail that comes or goes: widgets of the other rows stay. */
void  crm_query_model_set_length  (CrmQueryModel *self, guint n_items);
/** Shows other ids; what is too long for one frame grows with the next. */
void  crm_query_model_take_ids    (CrmQueryModel *self, CrmIdList *ids);

G_END_DECLS
