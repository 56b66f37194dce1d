/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-collator.h"
#include "crm-index.h"
#include "crm-text-scan.h"

G_BEGIN_DECLS

/**
 * CrmIndexEntity: what CrmIndex has in memory of one entity. An ordinal is a record's place among the ids.
 */
typedef struct _CrmIndexEntity CrmIndexEntity;

/** (transfer full): with the ids and the order of titles. @collator: stays in use. Errors: of the database, or cancelled. */
CrmIndexEntity *crm_index_entity_load     (CrmDb *db, const CrmEntity *entity, CrmCollator *collator, GError **error);
void            crm_index_entity_free     (CrmIndexEntity *self);

/** (transfer none) */
const CrmEntity *crm_index_entity_get_entity (CrmIndexEntity *self);
/** (transfer none): all ids that are not in the trash, ascending. */
CrmIds         *crm_index_entity_get_ids  (CrmIndexEntity *self);
/** (transfer none) (nullable): the order of a field, if it is loaded. */
CrmOrder       *crm_index_entity_get_order (CrmIndexEntity *self, guint field);
/** crm_index_entity_load_order: as above, loading it; of a reference, @referred is the entity referred to, loaded. */
CrmOrder       *crm_index_entity_load_order (CrmIndexEntity *self, CrmDb *db, guint field, CrmIndexEntity *referred, GError **error);
/** crm_index_entity_is_small: so few records that to look at each is quicker than to ask an index. */
gboolean        crm_index_entity_is_small (CrmIndexEntity *self);
/** (transfer none) (nullable): the folded texts by ordinal, of each word one, if they are loaded. */
CrmTextScan    *crm_index_entity_get_texts (CrmIndexEntity *self);
/** (transfer none): as above, loading them. Errors: of the database, or cancelled. */
CrmTextScan    *crm_index_entity_load_texts (CrmIndexEntity *self, CrmDb *db, GError **error);
/** crm_index_entity_load_filter: (transfer none): a bit per ordinal: what passes the filters of @query; that of the last query is kept. */
const guint64  *crm_index_entity_load_filter (CrmIndexEntity *self, CrmDb *db, const CrmQuery *query, GError **error);

/**
 * crm_index_entity_apply: follows a commit that is not sweeping.
 * @loaded: all that are loaded: (element-type CrmEntity CrmIndexEntity)
 * @current: (out): %FALSE if the changes are so many that loading anew is quicker, or on error: it must be freed then
 */
gboolean        crm_index_entity_apply    (CrmIndexEntity *self, CrmDb *db, CrmChangeSet *changes, GHashTable *loaded, gboolean *current,
                                           GError **error);

/** crm_index_load_entity: (transfer none): the part of an index, loaded. */
CrmIndexEntity *crm_index_load_entity     (CrmIndex *index, CrmDb *db, const CrmEntity *entity, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmIndexEntity, crm_index_entity_free)

G_END_DECLS
