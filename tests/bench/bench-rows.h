/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"

G_BEGIN_DECLS

/* What benchmarks of imports share: the very rows that came of one, put into the same tables by prepared statements alone. */

/** BenchRows: those of one table. */
typedef struct {
  const char *table;
  char       *sql;
  int         n_columns;
  GPtrArray  *values; /* of sqlite3_value, row by row */
} BenchRows;

/** bench_execute: runs a script of statements. */
void       bench_execute     (CrmDb *db, const char *script);
/** bench_make_base: (transfer full): the path of a new, empty base; one of an earlier run is replaced. */
char      *bench_make_base   (const char *name);
/** bench_load_rows: (transfer full) (element-type BenchRows): @tables: %NULL-terminated, parents first */
GPtrArray *bench_load_rows   (const char *path, const char * const *tables);
/** bench_insert_rows: all, in one transaction, and the index of words. */
void       bench_insert_rows (CrmDb *db, GPtrArray *all);

G_END_DECLS
