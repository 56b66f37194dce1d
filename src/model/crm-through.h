/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-writer.h"

G_BEGIN_DECLS

/*
 * Fields that are really a child's (see CrmThrough): a client's phone is the value of its main contact point of that kind, its tags
 * are its taggings. Setting the field sets the child; a change of the children is seen in the field. For the writer and queries.
 */

/** (transfer full): the statement that reads a field (no tags) from the child it is seen through; @parent: what gives the parent's id in it. */
char    *crm_through_make_query (const CrmThrough *through, const char *parent);

/**
 * crm_through_prepare: gives the fields of a new record what they will show once its children are there (tags by their proper names,
 * a mobile number where there is no other).
 * @children: (nullable) (element-type CrmValues): that it will have besides
 * @own: (out): bit per field that asks for a child
 */
gboolean crm_through_prepare (CrmWriter *writer, CrmValues *values, GPtrArray *children, guint64 *own, GError **error);
/** Makes the children that the fields @own of a new record ask for, and those given, and appends their search @text. */
gboolean crm_through_insert (CrmWriter *writer, const CrmValues *values, GPtrArray *children, guint64 own, GString *text, GError **error);
/** Passes the fields on to the children and takes them out of @changes: they come back by crm_through_derive(). */
gboolean crm_through_update (CrmWriter *writer, CrmValues *changes, GError **error);
/** Fills the fields that have a column from the children, as they are now. */
gboolean crm_through_derive (CrmWriter *writer, const CrmEntity *entity, gint64 id, GError **error);

/** crm_through_load: fills the fields without a column (CRM_FIELD_VIRTUAL) of a record that was read. Any connection. */
gboolean crm_through_load   (CrmDb *db, CrmValues *values, GError **error);

G_END_DECLS
