/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"

G_BEGIN_DECLS

/**
 * crm_search_once: what crm_index_search_all() finds, in the same order, for a process that asks once: straight from the tables, without an index
 * in memory. Hits at the beginning of words come from the full-text index; only if they are fewer than @limit (0: all) each record is looked at.
 * @ids: (element-type gint64): takes the hits
 */
gboolean crm_search_once (CrmDb *db, const char *text, guint limit, GArray *ids, GError **error);

G_END_DECLS
