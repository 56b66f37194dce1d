/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-values.h"

G_BEGIN_DECLS

/* Records of one title, told apart by what else is known of them: see CrmEntity.apart. */

/** crm_apart_describe: (transfer full): "Bursa · 0224 555 01 42": what tells a record from others of its title; %NULL: nothing is known. */
char *crm_apart_describe (const CrmValues *values);

/**
 * crm_apart_refuse: sets @error: a name says not which record is meant; tells of each what is known, and its id.
 * @field: that was to refer to one of them; @ids: (element-type gint64)
 */
void  crm_apart_refuse   (CrmDb *db, const CrmField *field, const char *name, GArray *ids, GError **error);

G_END_DECLS
