/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-error.h"

#define BUSY_TIMEOUT_MS 20000
#define PROGRESS_INSTRUCTIONS 2000
#define MAX_CELL_BYTES (100 * 1024 * 1024)

struct _CrmDb {
  sqlite3      *handle;
  char         *path;
  GHashTable   *statements;
  GCancellable *cancellable;
};

static gboolean
is_cancelled (CrmDb *self)
{
  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
}

static int
poll_cancellable (gpointer data)
{
  return is_cancelled (data);
}

gboolean
crm_db_fail (CrmDb   *self,
             GError **error)
{
  int code = sqlite3_extended_errcode (self->handle);
  g_autofree char *name = g_filename_display_name (self->path);
  const char *detail = sqlite3_errmsg (self->handle);

  switch (code & 0xff)
    {
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled."));
      break;
    case SQLITE_FULL:
      g_set_error (error, CRM_ERROR, CRM_ERROR_FULL,
                   _("The disk that holds “%s” is full. Make room on it, then try again."), name);
      break;
    case SQLITE_CORRUPT:
      g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("The database “%s” is damaged (%s)."), name, detail);
      break;
    case SQLITE_NOTADB:
      g_set_error (error, CRM_ERROR, CRM_ERROR_FOREIGN, _("The file “%s” is no database of Client Manager."), name);
      break;
    case SQLITE_IOERR:
      g_set_error (error, CRM_ERROR, CRM_ERROR_IO,
                   _("The disk that holds “%s” failed (%s). Nothing of this change was saved."), name, detail);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, CRM_ERROR, CRM_ERROR_BUSY,
                   _("Another program has been writing to “%s” for too long. Try again."), name);
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("The file “%s” cannot be opened for writing (%s)."), name,
                   detail);
      break;
    case SQLITE_TOOBIG:
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("A text is too long to be stored."));
      break;
    default:
      g_set_error (error, CRM_ERROR, CRM_ERROR_FAILED, _("The database “%s” refused: %s"), name, detail);
    }
  return FALSE;
}

static void
configure (CrmDb *self)
{
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_limit (self->handle, SQLITE_LIMIT_LENGTH, MAX_CELL_BYTES);
  sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_progress_handler (self->handle, PROGRESS_INSTRUCTIONS, poll_cancellable, self);
}

static CrmDb *
connect_file (const char  *path,
              int          flags,
              GError     **error)
{
  g_autoptr (CrmDb) self = g_new0 (CrmDb, 1);

  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sqlite3_finalize);
  if (sqlite3_open_v2 (path, &self->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      crm_db_fail (self, error);
      return NULL;
    }
  configure (self);
  return g_steal_pointer (&self);
}

/*
 * Names the trouble before SQLite sees the file: what SQLite calls "unable to open" has many causes.
 * The file is not opened here: closing it again would drop the locks of this process's other connections.
 */
static gboolean
check_file (const char  *path,
            GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);
  struct stat st;

  if (stat (path, &st) != 0 && errno == ENOENT)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no database “%s”."), name);
  else if (stat (path, &st) != 0 || (S_ISREG (st.st_mode) && access (path, R_OK | W_OK) != 0))
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("The database “%s” cannot be opened: %s."), name,
                 g_strerror (errno));
  else if (!S_ISREG (st.st_mode))
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” is not a file."), name);
  else if (st.st_size == 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("The database “%s” is damaged: the file is empty."), name);
  else
    return TRUE;
  return FALSE;
}

static gboolean
check_identity (CrmDb   *self,
                GError **error)
{
  gint64 application_id;
  g_autofree char *name = g_filename_display_name (self->path);

  if (!crm_db_get_integer (self, "PRAGMA application_id", 0, &application_id, error))
    return FALSE;
  if (application_id == CRM_DB_APPLICATION_ID)
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_FOREIGN, _("The file “%s” is no database of Client Manager."), name);
  return FALSE;
}

CrmDb *
crm_db_open (const char  *path,
             CrmDbMode    mode,
             GError     **error)
{
  g_autoptr (CrmDb) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!check_file (path, error))
    return NULL;
  /* A reader, too, opens for writing: only so can it recover the log of a process that was killed. */
  self = connect_file (path, SQLITE_OPEN_READWRITE, error);
  if (self == NULL || !check_identity (self, error))
    return NULL;
  if (!crm_db_execute (self,
                       "PRAGMA journal_mode=WAL;"
                       "PRAGMA synchronous=FULL;"
                       "PRAGMA foreign_keys=ON;"
                       "PRAGMA cell_size_check=ON;"
                       "PRAGMA temp_store=MEMORY;"
                       "PRAGMA journal_size_limit=16777216;", error))
    return NULL;
  if (mode == CRM_DB_READ && !crm_db_execute (self, "PRAGMA query_only=ON;", error))
    return NULL;
  return g_steal_pointer (&self);
}

CrmDb *
crm_db_create (const char  *path,
               GError     **error)
{
  g_autoptr (CrmDb) self = NULL;
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0 || fchmod (fd, 0600) != 0)
    {
      g_autofree char *name = g_filename_display_name (path);
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("The file “%s” cannot be created: %s."), name,
                   g_strerror (errno));
      if (fd >= 0)
        close (fd);
      return NULL;
    }
  close (fd);
  self = connect_file (path, SQLITE_OPEN_READWRITE, error);
  if (self == NULL ||
      !crm_db_execute (self,
                       "PRAGMA synchronous=FULL;"
                       "PRAGMA foreign_keys=ON;"
                       "PRAGMA temp_store=MEMORY;"
                       "PRAGMA application_id=1129467234;", error))
    return NULL;
  return g_steal_pointer (&self);
}

void
crm_db_close (CrmDb *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->statements);
  sqlite3_close_v2 (self->handle);
  g_clear_object (&self->cancellable);
  g_free (self->path);
  g_free (self);
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

void
crm_db_set_cancellable (CrmDb        *self,
                        GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
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
  CrmStmt *stmt = g_hash_table_lookup (self->statements, sql);

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

  if (is_cancelled (self))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled."));
      return FALSE;
    }
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
