/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-collator.h"
#include "crm-db.h"
#include "crm-entity.h"
#include "crm-history.h"

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

/** Ids of records whose @field refers to @id, in any order; (element-type gint64). */
GArray    *crm_sql_find_referring (CrmDb *db, const CrmEntity *entity, guint field, gint64 id, GError **error);

/* For the writer and undo. Sort keys are made by the way. */

/** Inserts a row with the id and the fields of @values; the others NULL or by the schema's default. */
gboolean   crm_sql_insert   (CrmDb *db, CrmCollator *collator, const CrmValues *values, GError **error);
/** Updates the fields present in @changes. */
gboolean   crm_sql_update   (CrmDb *db, CrmCollator *collator, const CrmValues *changes, GError **error);
/** Removes the row. Errors: of the database. */
gboolean   crm_sql_delete   (CrmDb *db, const CrmEntity *entity, gint64 id, GError **error);
/** How many rows have an id from @first to @last? -1 on error. */
gint64     crm_sql_count_range (CrmDb *db, const CrmEntity *entity, gint64 first, gint64 last, GError **error);
/** What history has to know of the entity's table; (transfer none). */
const CrmHistoryTable *crm_sql_get_history_table (const CrmEntity *entity);
/** Makes the sort keys of all rows anew, in the order of @collator. */
gboolean   crm_sql_rebuild_keys (CrmDb *db, CrmCollator *collator, GError **error);

G_END_DECLS
