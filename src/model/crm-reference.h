/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"

G_BEGIN_DECLS

/* What a record may refer to. Sentences are for the user. */

/**
 * crm_reference_check: may @field of the record @id (0: one that is not in the base yet) refer to @target? Not to one that is missing or in the trash,
 * nor to the record itself, directly or by others. @name: (nullable): of the record, if it is to be another than in the base
 * Errors: %CRM_ERROR_INVALID, of the database.
 */
gboolean crm_reference_check           (CrmDb *db, const CrmEntity *entity, guint field, gint64 id, const char *name, gint64 target, GError **error);

/**
 * crm_reference_leads_to: does the record @from refer to @to by @field, directly or by others, or is it that?
 * @field: refers to its own entity
 */
gboolean crm_reference_leads_to        (CrmDb *db, const CrmEntity *entity, guint field, gint64 from, gint64 to, gboolean *leads, GError **error);

/** crm_reference_describe_circle: (transfer full): why the record called @name may not refer to @target; %NULL: to itself. */
char    *crm_reference_describe_circle (const CrmField *field, const char *name, const char *target);

G_END_DECLS
