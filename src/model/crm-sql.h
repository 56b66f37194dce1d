/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"

G_BEGIN_DECLS

/*
 * The statements made from the tables of fields, in one place. Text in them comes from descriptors only; data is bound.
 */

/** Reads a record by id, with the names of what it refers to; NULL and no @error if there is none. Trash included. */
CrmValues *crm_sql_read     (CrmDb *db, const CrmEntity *entity, gint64 id, GError **error);
/** Reads many by id in one go; missing ones leave a NULL. @ids: (element-type gint64). Returns (transfer container). */
GPtrArray *crm_sql_read_many (CrmDb *db, const CrmEntity *entity, const gint64 *ids, guint n_ids, GError **error);
/** Children of a record, main first. */
GPtrArray *crm_sql_read_children (CrmDb *db, const CrmEntity *child, gint64 parent, GError **error);
/** All records not in the trash, by title. */
GPtrArray *crm_sql_read_all (CrmDb *db, const CrmEntity *entity, GError **error);
/** Of which entity is a record? NULL: none (@error unset). Looks into the search rows first, then the tables. */
const CrmEntity *crm_sql_find_entity (CrmDb *db, gint64 id, GError **error);

G_END_DECLS
