/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"

G_BEGIN_DECLS

/**
 * CrmWriter: one step being written: a transaction of the writer's connection. Every write of records goes through here:
 * rules are checked, fields seen through are passed on to children, derived fields and search text follow, history is kept.
 * Handed to a CrmStepFunc; writer's thread only.
 */

/** crm_writer_insert: Returns the new id (crm_values_get_id() if not 0), or 0 with @error. Children of @values (fields through) are made with it. */
gint64     crm_writer_insert  (CrmWriter *self, const CrmValues *values, GError **error);
/**
 * crm_writer_insert_with: the same with further children, in one go: nothing is read again.
 * @children: (nullable) (element-type CrmValues): without their parent, which they get; main ones first. Those that are main are seen through the fields of
 *   @values, which stay unset.
 */
gint64     crm_writer_insert_with (CrmWriter *self, const CrmValues *values, GPtrArray *children, GError **error);
/** crm_writer_update: saves the fields present in @changes, and only those that differ. An unchanged record leaves no trace. */
gboolean   crm_writer_update  (CrmWriter *self, const CrmValues *changes, GError **error);
/** crm_writer_delete: a record of its own goes to the trash, a child is removed. */
gboolean   crm_writer_delete  (CrmWriter *self, const CrmEntity *entity, gint64 id, GError **error);
/** crm_writer_restore: takes a record out of the trash. */
gboolean   crm_writer_restore (CrmWriter *self, const CrmEntity *entity, gint64 id, GError **error);
/** crm_writer_purge: removes a record and its children for good (still undoable: history keeps them). */
gboolean   crm_writer_purge   (CrmWriter *self, const CrmEntity *entity, gint64 id, GError **error);
/** crm_writer_find_named: the id of the record of that title (folded), made if missing and @create; 0 if none (@error unset) or on error. */
gint64     crm_writer_find_named (CrmWriter *self, const CrmEntity *entity, const char *name, gboolean create, GError **error);
/** crm_writer_read: the record as it stands within the step; NULL and CRM_ERROR_NOT_FOUND if there is none. */
CrmValues *crm_writer_read    (CrmWriter *self, const CrmEntity *entity, gint64 id, GError **error);
/** crm_writer_add_tag / remove_tag: by name; making the tag if there is none. */
gboolean   crm_writer_add_tag (CrmWriter *self, gint64 client, const char *tag, GError **error);
gboolean   crm_writer_remove_tag (CrmWriter *self, gint64 client, const char *tag, GError **error);
/** crm_writer_find_referring: ids of the records whose @field refers to @id; (element-type gint64), NULL on error. */
GArray    *crm_writer_find_referring (CrmWriter *self, const CrmEntity *entity, guint field, gint64 id, GError **error);
/** crm_writer_expect: how many records the step is going to touch; from a few thousand on the search index is rebuilt once at the end. */
void       crm_writer_expect  (CrmWriter *self, guint records);
/** crm_writer_set_label: for a label that is known only at the end ("Import fair.csv: 1,204 clients"). */
void       crm_writer_set_label (CrmWriter *self, const char *label);
/** crm_writer_get_db: (transfer none): for reading within the step, and for tables that have no history. */
CrmDb     *crm_writer_get_db  (CrmWriter *self);

G_END_DECLS
