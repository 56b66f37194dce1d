/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-id-list.h"
#include "crm-values.h"

G_BEGIN_DECLS

/** Takes one record; %FALSE ends the reading, without @error too. */
typedef gboolean (*CrmRowFunc) (const CrmValues *values, gpointer data, GError **error);

/**
 * crm_rows_read: reads the first @n records of a list piece by piece and hands them on, in order, in memory that does not grow with their number.
 * Between two pieces the database is let go, so that a reader who takes his time holds nobody up.
 * @through: also the fields that only a child holds
 */
gboolean crm_rows_read (CrmDb *db, const CrmEntity *entity, const CrmIdList *ids, guint n, gboolean through, CrmRowFunc func, gpointer data,
                            GError **error);

G_END_DECLS
