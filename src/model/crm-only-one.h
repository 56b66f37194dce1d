/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-writer.h"

G_BEGIN_DECLS

/*
 * Marks that one record at most has of all that refer to the same one (see CrmOnlyOne). Whoever is given the mark takes it from the one that had it, in
 * the same step; whoever only comes along with it, from the trash, from another owner or back among those that count, has to do without where there is one.
 * For the writer, on its thread.
 */

/** crm_only_one_keep: a record was written. @is_given: was the mark set by what was written? */
gboolean crm_only_one_keep    (CrmWriter *writer, const CrmEntity *entity, gint64 id, gboolean is_given, GError **error);
/** crm_only_one_restore: a record came out of the trash, with its children. */
gboolean crm_only_one_restore (CrmWriter *writer, const CrmEntity *root, gint64 id, GError **error);
/** crm_only_one_find: the record that has the mark of those that refer to @owner; 0: none. Any connection. */
gboolean crm_only_one_find    (CrmDb *db, const CrmEntity *entity, gint64 owner, gint64 *id, GError **error);

G_END_DECLS
