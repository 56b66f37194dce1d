/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-import-row.h"
#include "crm-known.h"

G_BEGIN_DECLS

/**
 * CrmCurrent: a client or person as it stands in the base, before this file. Within exchange.
 * @values: with what is seen through to its main children
 * @points: (element-type CrmValues): its contact points, main ones first
 */
typedef struct {
  const CrmImportSubject *subject;
  CrmValues              *values;
  GPtrArray              *points;
} CrmCurrent;

/** crm_current_read: takes the place of the client read before. Errors: of the database. */
gboolean         crm_current_read           (CrmCurrent *self, CrmDb *db, const CrmKnown *known, guint32 client, GError **error);
/** Frees what it holds. */
void             crm_current_clear          (CrmCurrent *self);
/** crm_current_has_point: the same number or address, however it is written? */
gboolean         crm_current_has_point      (const CrmCurrent *self, const CrmImportPoint *point);
/** crm_current_get_main_point: (nullable): the one that setting the field it is seen through would change. */
const CrmValues *crm_current_get_main_point (const CrmCurrent *self, CrmPointKind kind);
/** crm_current_point_key: of a contact point, comparable with CrmImportPoint.key. */
guint64          crm_current_point_key      (const CrmValues *point);

G_END_DECLS
