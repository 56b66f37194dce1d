/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-collator.h"
#include "crm-db.h"
#include "crm-entity.h"
#include "crm-order.h"

G_BEGIN_DECLS

/**
 * CrmSort: what it takes to put the records of an entity (those not in the trash) in the order of a field: values ascend, choices as their table has
 * them, references by the title of what they refer to, records without a value last; those of equal value stand by title, then by id.
 *
 * Each value is read once and sorted in memory by a number that stands for it: several times faster than letting SQL sort.
 */
typedef struct {
  CrmDb           *db;
  const CrmEntity *entity;
  CrmCollator     *collator;
  const CrmIds    *ids;
  const CrmOrder  *title;          /* NULL while that is being made */
  const CrmIds    *referred_ids;   /* of a reference: of the entity referred to; else NULL */
  const CrmOrder  *referred_title;
} CrmSort;

/** crm_sort_load_ids: reads the ids and, if the title has a sort key and so an index, its order; else @title is set to NULL. */
gboolean  crm_sort_load_ids  (CrmDb *db, const CrmEntity *entity, CrmIds **ids, CrmOrder **title, GError **error);
/** crm_sort_load: (transfer full): the order of a field. */
CrmOrder *crm_sort_load      (const CrmSort *self, guint field, GError **error);
/**
 * crm_sort_find_place: where a record, not in @order now, belongs. @title must have it ranked already (unless @order is that).
 * @filled: (out): does it have a value?
 */
gboolean  crm_sort_find_place (const CrmSort *self, const CrmOrder *order, guint32 ordinal, guint *at, gboolean *filled, GError **error);

G_END_DECLS
