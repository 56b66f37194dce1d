/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"

G_BEGIN_DECLS

/** The version this program writes: the number of files in data/schema. */
guint    crm_schema_get_latest (void);

/**
 * crm_schema_create: makes a new database at @path, whole or not at all; its folder is made with mode 0700 if missing.
 * An existing file is never replaced (%CRM_ERROR_FAILED).
 */
gboolean crm_schema_create     (const char *path, GError **error);

/**
 * crm_schema_migrate: brings an older database up to date. Each version is one transaction; before the first
 * a verified backup is made. %CRM_ERROR_NEWER, naming the file, if a newer program wrote it.
 */
gboolean crm_schema_migrate    (CrmDb *db, GError **error);

/** crm_schema_verify: refuses (%CRM_ERROR_FOREIGN) a file that holds a trigger, view or table that is not of our schema. */
gboolean crm_schema_verify     (CrmDb *db, GError **error);

G_END_DECLS
