/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-query.h"

G_BEGIN_DECLS

/** CrmView: what a list shows and how, under a name if it is saved. A value. */
typedef struct {
  gint64    id;      /* of the saved view; 0: none */
  char     *name;    /* NULL: none */
  CrmQuery *query;
  char     *face;    /* "list" or "table"; NULL: the one in use */
  GVariant *columns; /* of the table, as of crm_table_get_columns(); NULL: those in use */
} CrmView;

/** crm_view_new: @face and @columns may be %NULL */
CrmView  *crm_view_new       (gint64 id, const CrmQuery *query, const char *face, GVariant *columns);
CrmView  *crm_view_copy      (const CrmView *self);
void      crm_view_free      (CrmView *self);
/** Does a list with @query show this view? A search goes on within a view that has none of its own. */
gboolean  crm_view_matches   (const CrmView *self, const CrmQuery *query);
/** (transfer full): the JSON of the query with members for id, face and columns; the name is not in it. */
char     *crm_view_to_json   (const CrmView *self);
/** Errors as of crm_query_from_json(); a face or columns that make no sense are left out. */
CrmView  *crm_view_from_json (const CrmEntity *entity, const char *json, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmView, crm_view_free)

G_END_DECLS
