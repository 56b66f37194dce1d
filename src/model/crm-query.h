/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "crm-db.h"
#include "crm-entity.h"

G_BEGIN_DECLS

typedef enum {
  CRM_FILTER_IS,       /* any of the values (folded for texts; tags: has the tag) */
  CRM_FILTER_IS_NOT,
  CRM_FILTER_CONTAINS, /* text, folded */
  CRM_FILTER_EMPTY,
  CRM_FILTER_NOT_EMPTY,
  CRM_FILTER_AT_LEAST, /* numbers and dates */
  CRM_FILTER_AT_MOST,
} CrmFilterOp;

typedef struct {
  guint        field;
  CrmFilterOp  op;
  char       **values; /* stored form; of a reference its id or the name; of a date also words as
                         * crm_due_parse() reads them, counted from the day it is asked; NULL for EMPTY and NOT_EMPTY */
} CrmFilter;

/**
 * CrmQuery: what a list shows: the records of an entity that hold all words of a text and pass all filters, in an order.
 * A value: copied between threads, kept as JSON in saved views.
 */
typedef struct {
  const CrmEntity *entity;
  char            *text;       /* as typed; NULL: all */
  GPtrArray       *filters;    /* of CrmFilter; several values of a filter are alternatives, several filters must all pass */
  guint            sort;       /* field */
  gboolean         descending;
  gboolean         trash;      /* what is in the trash instead of what is not */
} CrmQuery;

#define CRM_TYPE_QUERY (crm_query_get_type ())
GType     crm_query_get_type   (void);

/** crm_query_new: all records of the entity, by title. */
CrmQuery *crm_query_new        (const CrmEntity *entity);
CrmQuery *crm_query_copy       (const CrmQuery *self);
void      crm_query_free       (CrmQuery *self);
/** Do both ask for the same, in the same order? */
gboolean  crm_query_equal      (const CrmQuery *a, const CrmQuery *b);
/** crm_query_add_filter: @values may be NULL; replaces an earlier filter of the same field and op. */
void      crm_query_add_filter (CrmQuery *self, guint field, CrmFilterOp op, const char * const *values);
/** Nothing happens if there is none. */
void      crm_query_remove_filter (CrmQuery *self, guint field, CrmFilterOp op);
/** (transfer none) (nullable): until the query changes. */
const CrmFilter *crm_query_get_filter (const CrmQuery *self, guint field, CrmFilterOp op);
/** crm_query_set_text: "" is none. */
void      crm_query_set_text   (CrmQuery *self, const char *text);
/** (transfer full): JSON text of text, filters, sort and trash; fields and filters unknown here are skipped when read. */
char     *crm_query_to_json    (const CrmQuery *self);
/** (transfer full): %CRM_ERROR_INVALID if it is not JSON of a query. */
CrmQuery *crm_query_from_json  (const CrmEntity *entity, const char *json, GError **error);
/**
 * crm_query_prepare: "SELECT @columns FROM entity WHERE … @rest" with the query's filters and trash, but not its text, as the condition; values bound.
 * Returns: (transfer none): the statement, to be released as of crm_db_prepare(); %NULL with @error
 */
CrmStmt  *crm_query_prepare    (const CrmQuery *self, CrmDb *db, const char *columns, const char *rest, GError **error);
/** crm_query_append_column: what stands for a field in such a statement: its column, or for a field seen through its main child's. */
void      crm_query_append_column (GString *sql, const CrmEntity *entity, guint field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmQuery, crm_query_free)

G_END_DECLS
