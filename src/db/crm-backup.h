/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"

G_BEGIN_DECLS

/**
 * crm_backup_write: copies the open database into a new file @path, which is renamed into place (mode 0600) only after it
 * has been opened again and found whole. An existing file is replaced only then, a database at work never (%CRM_ERROR_IN_USE).
 * @db: any connection, a reader's too, outside of a transaction; others may write meanwhile. Its cancellable stops the copying.
 */
gboolean crm_backup_write     (CrmDb *db, const char *path, GError **error);

/**
 * crm_backup_automatic: a verified backup into the folder "backups" beside the database, named after the time and @reason
 * ("daily", "migration", "import", "restore"). Old ones are thinned as crm_generation_choose_old() says.
 * @path: (out) (transfer full) (optional)
 */
gboolean crm_backup_automatic (CrmDb *db, const char *reason, char **path, GError **error);

/** crm_backup_is_due: is the newest automatic backup of the database at @path older than a day, or none there? */
gboolean crm_backup_is_due    (const char *database);

/** crm_backup_find_newest: (transfer full): the newest whole backup of the database at @path; %NULL if there is none. Opens each it considers. */
char    *crm_backup_find_newest (const char *database);

/** crm_backup_verify: is the file at @path a whole database of ours, of this or an older version, without foreign triggers and views? */
gboolean crm_backup_verify    (const char *path, GError **error);

/**
 * crm_backup_restore: puts a verified copy of the backup in the place of the database, whose file, -wal and -shm are moved aside together
 * (".replaced-<time>"), never deleted. Nobody may have the database open; @aside: (out) (transfer full) (optional): where it is now, %NULL if there was none.
 * If anything fails, all is where it was. A backup with a log beside it, as what was moved aside has, is read with it. Take %CRM_LOCK_RESTORE first.
 */
gboolean crm_backup_restore   (const char *backup, const char *database, char **aside, GError **error);

G_END_DECLS
