/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-db-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>

#include "crm-error.h"

gboolean
crm_db_is_cancelled (CrmDb *self)
{
  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
}

static gboolean
fail_cancelled (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled."));
  return FALSE;
}

static gboolean
fail_full (CrmDb   *self,
           GError **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_FULL,
               _("The disk that holds “%s” is full. Make room on it, then try again."), self->name);
  return FALSE;
}

/*
 * SQLite itself calls only ENOSPC a full disk. EFBIG: a limit on the size of files, its signal being ignored; EDQUOT: one on the user's share.
 * The connection keeps the reason of some failures, the file or its log that of others.
 */
static gboolean
lacks_room (CrmDb *self)
{
  int reasons[] = { sqlite3_system_errno (self->handle), 0, 0 };
  sqlite3_file *log = NULL;

  sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_LAST_ERRNO, &reasons[1]);
  sqlite3_file_control (self->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log != NULL && log->pMethods != NULL && log->pMethods->xFileControl != NULL)
    log->pMethods->xFileControl (log, SQLITE_FCNTL_LAST_ERRNO, &reasons[2]);
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i] == ENOSPC || reasons[i] == EFBIG || reasons[i] == EDQUOT)
      return TRUE;
  return FALSE;
}

gboolean
crm_db_fail (CrmDb   *self,
             GError **error)
{
  /* It may repeat what stands in a damaged file. */
  g_autofree char *detail = g_utf8_make_valid (sqlite3_errmsg (self->handle), -1);

  switch (sqlite3_errcode (self->handle) & 0xff)
    {
    case SQLITE_INTERRUPT:
      return fail_cancelled (error);
    case SQLITE_FULL:
      return fail_full (self, error);
    case SQLITE_IOERR:
      if (lacks_room (self))
        return fail_full (self, error);
      g_set_error (error, CRM_ERROR, CRM_ERROR_IO,
                   _("The disk that holds “%s” failed (%s). Nothing of this change was saved."), self->name, detail);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_PROTOCOL:
      if (crm_db_is_cancelled (self))
        return fail_cancelled (error);
      g_set_error (error, CRM_ERROR, CRM_ERROR_BUSY,
                   _("Another program has been writing to “%s” for too long. Try again."), self->name);
      break;
    case SQLITE_CORRUPT:
      g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("The database “%s” is damaged (%s)."), self->name, detail);
      break;
    case SQLITE_NOTADB:
      g_set_error (error, CRM_ERROR, CRM_ERROR_FOREIGN, _("The file “%s” is no database of Client Manager."), self->name);
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("The file “%s” cannot be opened for writing (%s)."),
                   self->name, detail);
      break;
    case SQLITE_TOOBIG:
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("A text is too long to be stored."));
      break;
    default:
      g_set_error (error, CRM_ERROR, CRM_ERROR_FAILED, _("The database “%s” refused: %s"), self->name, detail);
    }
  return FALSE;
}

const char *
crm_db_get_path (CrmDb *self)
{
  return self->path;
}

sqlite3 *
crm_db_get_handle (CrmDb *self)
{
  return self->handle;
}

const char *
crm_db_get_name (CrmDb *self)
{
  return self->name;
}

void
crm_db_set_name (CrmDb      *self,
                 const char *path)
{
  g_free (self->name);
  self->name = g_filename_display_name (path);
}

void
crm_db_set_cancellable (CrmDb        *self,
                        GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

GCancellable *
crm_db_get_cancellable (CrmDb *self)
{
  return self->cancellable;
}

gboolean
crm_db_execute (CrmDb       *self,
                const char  *script,
                GError     **error)
{
  while (*script != '\0')
    {
      sqlite3_stmt *stmt = NULL;
      int code;

      if (sqlite3_prepare_v2 (self->handle, script, -1, &stmt, &script) != SQLITE_OK)
        return crm_db_fail (self, error);
      if (stmt == NULL)
        continue;
      while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
        ;
      if (code != SQLITE_DONE)
        crm_db_fail (self, error);
      sqlite3_finalize (stmt);
      if (code != SQLITE_DONE)
        return FALSE;
    }
  return TRUE;
}

CrmStmt *
crm_db_prepare (CrmDb       *self,
                const char  *sql,
                GError     **error)
{
  CrmStmt **recent = &self->recent[((gsize) sql >> 4) % CRM_DB_N_RECENT];
  CrmStmt *stmt = *recent;

  if (stmt == NULL || strcmp (sqlite3_sql (stmt), sql) != 0)
    stmt = *recent = g_hash_table_lookup (self->statements, sql);
  if (stmt != NULL)
    {
      g_assert (!sqlite3_stmt_busy (stmt));
      return stmt;
    }
  if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
    {
      crm_db_fail (self, error);
      return NULL;
    }
  g_hash_table_insert (self->statements, g_strdup (sql), stmt);
  return stmt;
}

void
crm_stmt_release (CrmStmt *stmt)
{
  if (stmt == NULL)
    return;
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
}

gboolean
crm_db_step (CrmDb     *self,
             CrmStmt   *stmt,
             gboolean  *row,
             GError   **error)
{
  int code;

  if (crm_db_is_cancelled (self))
    return fail_cancelled (error);
  code = sqlite3_step (stmt);
  if (row != NULL)
    *row = code == SQLITE_ROW;
  if (code == SQLITE_DONE || (code == SQLITE_ROW && row != NULL))
    return TRUE;
  return crm_db_fail (self, error);
}

gboolean
crm_db_finish (CrmDb    *self,
               CrmStmt  *stmt,
               GError  **error)
{
  gboolean ok = stmt != NULL && crm_db_step (self, stmt, NULL, error);

  crm_stmt_release (stmt);
  return ok;
}

gboolean
crm_db_get_integer (CrmDb       *self,
                    const char  *sql,
                    gint64       fallback,
                    gint64      *value,
                    GError     **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self, sql, error);
  gboolean row;

  if (stmt == NULL || !crm_db_step (self, stmt, &row, error))
    return FALSE;
  *value = row && sqlite3_column_type (stmt, 0) != SQLITE_NULL ? sqlite3_column_int64 (stmt, 0) : fallback;
  return TRUE;
}

GArray *
crm_db_get_integers (CrmDb    *self,
                     CrmStmt  *stmt,
                     GError  **error)
{
  g_autoptr (GArray) integers = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean row;

  while (crm_db_step (self, stmt, &row, error))
    {
      gint64 integer;

      if (!row)
        return g_steal_pointer (&integers);
      integer = sqlite3_column_int64 (stmt, 0);
      g_array_append_val (integers, integer);
    }
  return NULL;
}

static void
interrupt (GCancellable *cancellable,
           gpointer      handle)
{
  sqlite3_interrupt (handle);
}

static gboolean
find_fault (CrmDb   *self,
            GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self, "PRAGMA quick_check(1)", error);
  gboolean row;
  const char *fault;

  if (stmt == NULL || !crm_db_step (self, stmt, &row, error))
    return FALSE;
  fault = row ? (const char *) sqlite3_column_text (stmt, 0) : NULL;
  if (g_strcmp0 (fault, "ok") == 0)
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("The database “%s” is damaged (%s)."), self->name, fault);
  return FALSE;
}

gboolean
crm_db_quick_check (CrmDb   *self,
                    GError **error)
{
  /* The check is one long instruction, which the progress handler does not see. */
  gulong id = self->cancellable == NULL ? 0 : g_cancellable_connect (self->cancellable, G_CALLBACK (interrupt), self->handle, NULL);
  gboolean ok = find_fault (self, error);

  if (id != 0)
    g_cancellable_disconnect (self->cancellable, id);
  return ok;
}

void
crm_stmt_bind_text (CrmStmt    *stmt,
                    int         parameter,
                    const char *text)
{
  sqlite3_bind_text (stmt, parameter, text, -1, SQLITE_TRANSIENT);
}

void
crm_stmt_bind_integer (CrmStmt *stmt,
                       int      parameter,
                       gint64   value)
{
  sqlite3_bind_int64 (stmt, parameter, value);
}

void
crm_stmt_bind_blob (CrmStmt       *stmt,
                    int            parameter,
                    gconstpointer  data,
                    gsize          size)
{
  sqlite3_bind_blob64 (stmt, parameter, data, size, SQLITE_TRANSIENT);
}
