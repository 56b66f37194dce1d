/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"

G_BEGIN_DECLS

/**
 * crm_image_parse: a row's image as the triggers of history wrote it: a JSON object of columns as they are stored.
 * Members of an unknown name are skipped. %CRM_ERROR_DAMAGED if @json is none. @db: where it was read, for the message
 *
 * Returns: (transfer full): the fields the image has
 */
CrmValues *crm_image_parse (CrmDb *db, const CrmEntity *entity, gint64 id, const char *json, GError **error);

G_END_DECLS
