/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * CrmDb: one SQLite connection with our settings: WAL, synchronous=FULL, foreign keys, defensive, untrusted schema,
 * and the functions of crm-functions.h.
 * It belongs to one thread at a time.
 */
typedef struct _CrmDb CrmDb;

/** A prepared statement of the connection's cache, borrowed until crm_stmt_release() (or the end of a g_autoptr's scope). */
typedef sqlite3_stmt CrmStmt;

/** PRAGMA application_id of our files: "CRMb". */
#define CRM_DB_APPLICATION_ID 0x43524d62

typedef enum {
  CRM_DB_READ,
  CRM_DB_WRITE,
  CRM_DB_INSPECT, /* a file that is not at work, as a backup: read as it lies there, with its log if that is beside it, and never written */
} CrmDbMode;

/**
 * crm_db_open: opens an existing database of ours, of any schema version.
 *
 * Errors: %CRM_ERROR_NOT_FOUND, %CRM_ERROR_UNREADABLE, %CRM_ERROR_FOREIGN, %CRM_ERROR_DAMAGED. Messages name the file.
 */
CrmDb   *crm_db_open            (const char *path, CrmDbMode mode, GError **error);
/**
 * crm_db_create: a new, empty database that will become @path: a file with mode 0600 and a passing name (crm_db_get_path) in that folder,
 * while messages speak of @path. Not yet in WAL mode, so that it is one file and can be renamed (crm_file_give_name).
 * @path: (nullable): %NULL: in memory
 */
CrmDb   *crm_db_create          (const char *path, GError **error);
/** Closes the connection and frees it. %NULL is passed over. */
void     crm_db_close           (CrmDb *self);
/** (transfer none): of the file, as it is called now; ":memory:" of one in memory. */
const char *crm_db_get_path     (CrmDb *self);
/** (transfer none): for those who need SQLite itself. */
sqlite3 *crm_db_get_handle      (CrmDb *self);

/** crm_db_get_name: (transfer none): what messages call the file, in UTF-8: its path unless crm_db_set_name() gave another. */
const char *crm_db_get_name     (CrmDb *self);
/** crm_db_set_name: lets messages speak of @path, which the unfinished file will become. */
void     crm_db_set_name        (CrmDb *self, const char *path);

/** crm_db_set_cancellable: statements end with %G_IO_ERROR_CANCELLED soon after @cancellable is, also while waiting for a lock; %NULL: never. */
void     crm_db_set_cancellable (CrmDb *self, GCancellable *cancellable);
/** (transfer none) (nullable) */
GCancellable *crm_db_get_cancellable (CrmDb *self);

/** crm_db_execute: runs a constant script of statements. Never pass text from data. */
gboolean crm_db_execute         (CrmDb *self, const char *script, GError **error);
/** crm_db_prepare: (transfer none): a statement from the cache, reset and without bindings. Release it before it is asked for again. */
CrmStmt *crm_db_prepare         (CrmDb *self, const char *sql, GError **error);
/** Gives the statement back to the cache. %NULL is passed over. */
void     crm_stmt_release       (CrmStmt *stmt);

/**
 * crm_db_step:
 * @row: (out) (optional): whether there is a row; without it a row is an error
 */
gboolean crm_db_step            (CrmDb *self, CrmStmt *stmt, gboolean *row, GError **error);
/** crm_db_finish: steps a statement that yields nothing and releases it; %FALSE if @stmt is %NULL, its error being set already. */
gboolean crm_db_finish          (CrmDb *self, CrmStmt *stmt, GError **error);
/** crm_db_get_integer: first column of the first row of a constant query; @fallback if there is none or it is NULL. */
gboolean crm_db_get_integer     (CrmDb *self, const char *sql, gint64 fallback, gint64 *value, GError **error);
/** crm_db_get_integers: (transfer full) (element-type gint64): first column of all rows, as they come: ids, most of the time. %NULL on error. */
GArray  *crm_db_get_integers    (CrmDb *self, CrmStmt *stmt, GError **error);

/** crm_db_quick_check: reads the whole file; %CRM_ERROR_DAMAGED with the first fault found. Seconds for a large base; can be cancelled. */
gboolean crm_db_quick_check     (CrmDb *self, GError **error);

/** Sets @error from the connection's last failure, with words for the user; always returns %FALSE. */
gboolean crm_db_fail            (CrmDb *self, GError **error);

/** @parameter: from 1, as of all of these; @text: copied; %NULL: SQL's NULL */
void     crm_stmt_bind_text     (CrmStmt *stmt, int parameter, const char *text);
/** As crm_stmt_bind_text(). */
void     crm_stmt_bind_integer  (CrmStmt *stmt, int parameter, gint64 value);
/** @data: copied; %NULL: SQL's NULL */
void     crm_stmt_bind_blob     (CrmStmt *stmt, int parameter, gconstpointer data, gsize size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDb, crm_db_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmStmt, crm_stmt_release)

G_END_DECLS
