/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"

G_BEGIN_DECLS

/** The version this program writes: the number of files in data/schema. */
guint    crm_schema_get_latest (void);

/**
 * crm_schema_create: makes a new database at @path, whole or not at all; its folder is made with mode 0700 if missing.
 * What exists is never touched: whoever was quicker has made the base, and crm_db_open() tells what it is. The log of a base that is gone
 * is what is left of it: %CRM_ERROR_DAMAGED.
 */
gboolean crm_schema_create     (const char *path, GError **error);

/**
 * crm_schema_migrate: brings an older database up to date. Each version is one transaction; before the first
 * a verified backup is made. %CRM_ERROR_NEWER, naming the file, if a newer program wrote it.
 */
gboolean crm_schema_migrate    (CrmDb *db, GError **error);

/**
 * crm_schema_verify: refuses a file that holds a trigger, view, table or index that is not of our schema in the file's version (%CRM_ERROR_FOREIGN),
 * that lacks one (%CRM_ERROR_DAMAGED) or is of a newer program (%CRM_ERROR_NEWER).
 */
gboolean crm_schema_verify     (CrmDb *db, GError **error);

G_END_DECLS
