/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-terms.h"

G_BEGIN_DECLS

/*
 * Finding conversations: there may be millions, so nothing of them is kept in memory. The newest come first.
 * Few hits at the beginning of words are fetched from the full-text index and put in order of time; where there are many, conversations are
 * looked at from the newest on until enough are found.
 */

/**
 * crm_log_search: appends to @ids (element-type gint64) the newest @limit (0: all) conversations that hold all terms, hits at the beginning
 * of words first.
 * @inside: look inside words as well if that leaves room: reads the texts of all
 */
gboolean crm_log_search          (CrmDb *db, const CrmTerms *terms, guint limit, gboolean inside, GArray *ids, GError **error);

/**
 * crm_log_search_append: the same behind the @ids of other records, of which a quarter of @limit (0: no limit) makes room for conversations
 * if there are as many.
 */
gboolean crm_log_search_append   (CrmDb *db, const CrmTerms *terms, guint limit, gboolean inside, GArray *ids, GError **error);

/** crm_log_search_is_quick: @is_quick: (out): are there so few that looking inside their words takes less than a frame? */
gboolean crm_log_search_is_quick (CrmDb *db, gboolean *is_quick, GError **error);

G_END_DECLS
