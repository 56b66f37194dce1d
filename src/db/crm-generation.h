/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmGeneration: one automatic backup among those of its database, as its name and size tell.
 * Names: "<database>-20261123T091205Z-daily.db".
 */
typedef struct {
  char   *name;
  gint64  at;   /* seconds UTC */
  gint64  size; /* bytes */
} CrmGeneration;

/** crm_generation_make_name: (transfer full): @database: its file name, without folders; @at: seconds UTC. */
char          *crm_generation_make_name (const char *database, gint64 at, const char *reason);

/** crm_generation_new: (transfer full) (nullable): %NULL if @name is no automatic backup of @database. */
CrmGeneration *crm_generation_new       (const char *database, const char *name, gint64 size);
void           crm_generation_free      (CrmGeneration *self);

/** crm_generation_compare: a GCompareFunc of an array's elements (pointers to pointers): the newest first. */
int            crm_generation_compare   (gconstpointer a, gconstpointer b);

/**
 * crm_generation_choose_old: which of @generations may go.
 * @generations: (element-type CrmGeneration): the newest first
 *
 * Kept are the newest, the last of each of the 7 last days, 4 last weeks and 12 last months that have any, and the last before each time the base
 * shrank to less than half. If the newest is less than half as large as the one before, none may go.
 *
 * Returns: (transfer container) (element-type CrmGeneration): borrowed from @generations
 */
GPtrArray     *crm_generation_choose_old (GPtrArray *generations);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmGeneration, crm_generation_free)

G_END_DECLS
