/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/**
 * CrmRecord: a record that widgets are bound to: one object per id while anyone holds it, with a property a field (named as the field, "-" for "_").
 * It follows the commits: values change, "notify" tells which. To change it, save (crm_store_save_async()). Main thread.
 */
#define CRM_TYPE_RECORD (crm_record_get_type ())
G_DECLARE_DERIVABLE_TYPE (CrmRecord, crm_record, CRM, RECORD, GObject)

struct _CrmRecordClass {
  GObjectClass     parent_class;
  const CrmEntity *entity;
};

/** (transfer none) */
const CrmEntity *crm_record_get_entity (CrmRecord *self);
/** Never 0. */
gint64           crm_record_get_id     (CrmRecord *self);
/** (transfer none): what is committed. */
const CrmValues *crm_record_get_values (CrmRecord *self);
/** (transfer none): never NULL: the text of the entity's title field. */
const char      *crm_record_get_title  (CrmRecord *self);
/** %TRUE once it is in the trash or gone. Notified as "is-deleted". */
gboolean         crm_record_get_is_deleted (CrmRecord *self);
/** %TRUE once nothing of it is in the base; its values are those of before. Notified as "is-deleted". */
gboolean         crm_record_get_is_gone (CrmRecord *self);

/** For the store. */
CrmRecord       *crm_record_new        (CrmValues *values);
/** For the store: NULL: it is gone. Notifies the properties that differ. */
void             crm_record_update     (CrmRecord *self, CrmValues *values);

G_END_DECLS
