/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-collator.h"
#include "crm-db.h"

G_BEGIN_DECLS

/* What makes the invented databases; errors end the program. */
typedef struct {
  CrmDb       *db;
  CrmCollator *collator;
  GRand       *rand;
  gint64       id;   /* the last one given */
} BenchMaker;

#define BENCH_PICK(rand, list) ((list)[g_rand_int_range ((rand), 0, G_N_ELEMENTS (list))])

/** bench_maker_insert: @types: of each parameter, "i" gint64, "t" text, "k" text of which the sort key is bound */
void  bench_maker_insert      (BenchMaker *self, const char *sql, const char *types, ...);
/** (transfer full): a person's name. */
char *bench_maker_make_person (BenchMaker *self);
/** bench_maker_fill_office: puts people, tasks and conversations beside @clients clients that are there. */
void  bench_maker_fill_office (BenchMaker *self, guint clients);

G_END_DECLS
