/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"

G_BEGIN_DECLS

/** What history has to know of a table. */
typedef struct {
  int                 number;  /* CrmEntity.number */
  const char         *table;
  const char         *parent;  /* column that refers to the parent; NULL: a record of its own */
  const char * const *columns; /* NULL-terminated; without id and sort keys */
} CrmHistoryTable;

/**
 * crm_history_install: makes the triggers that put the image of a row before each change into table history. They are temporary,
 * of this connection alone: the file itself holds no triggers, and those of a file from elsewhere are foreign.
 * JSON of an update holds the columns that changed, of a deletion all that were not NULL. An update that changes nothing leaves no trace.
 */
gboolean crm_history_install (CrmDb *db, const CrmHistoryTable *tables, guint n_tables, GError **error);

/**
 * crm_history_delete_range: deletes the rows with ids from @first to @last, by two statements instead of a trigger a row; history is as if they
 * had been deleted one by one, the highest id first. Within a transaction, after crm_history_install(), which had this @table among its own.
 */
gboolean crm_history_delete_range (CrmDb *db, const CrmHistoryTable *table, gint64 first, gint64 last, GError **error);

G_END_DECLS
