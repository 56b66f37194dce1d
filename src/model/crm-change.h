/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-field.h"

G_BEGIN_DECLS

typedef enum {
  CRM_CHANGE_INSERTED = 1,
  CRM_CHANGE_UPDATED  = 2,
  CRM_CHANGE_DELETED  = 3,
} CrmChangeOp;

/** One row that a commit changed. */
typedef struct {
  const CrmEntity *entity;
  gint64           id;
  gint64           root;   /* the record of its own it belongs to: itself, or a child's parent */
  CrmChangeOp      op;
  guint64          fields; /* updated: bit per field index */
} CrmChange;

/** What a commit (ours or another process's) changed. Immutable, any thread. */
typedef struct _CrmChangeSet CrmChangeSet;

void             crm_change_set_free       (CrmChangeSet *self);
/** %TRUE: too many to list (an import): anything of the entities may have changed. */
gboolean         crm_change_set_is_sweeping (const CrmChangeSet *self);
/** (transfer none) (array length=n): what changed; nothing when sweeping. */
const CrmChange *crm_change_set_get        (const CrmChangeSet *self, guint *n);
/** Does it touch the record (or a child of it)? Always when sweeping. */
gboolean         crm_change_set_touches    (const CrmChangeSet *self, const CrmEntity *entity, gint64 id);
/** Does it touch any record of the entity? */
gboolean         crm_change_set_touches_entity (const CrmChangeSet *self, const CrmEntity *entity);

/**
 * crm_change_set_read: what the history rows after @since up to the newest one did; NULL (@error unset) if there are none.
 * @newest: (out): the newest history row
 */
CrmChangeSet    *crm_change_set_read       (CrmDb *db, gint64 since, gint64 *newest, GError **error);
/** crm_change_set_new: @changes: (element-type CrmChange) (transfer full): sorted by nothing; NULL makes a sweeping set. */
CrmChangeSet    *crm_change_set_new        (GArray *changes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmChangeSet, crm_change_set_free)

G_END_DECLS
