/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-db.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-error.h"
#include "crm-schema.h"
#include "crm-file.h"
#include "crm-functions.h"

#define BUSY_TIMEOUT_US (20 * G_USEC_PER_SEC)
#define BUSY_PAUSE_US 10000
#define PROGRESS_INSTRUCTIONS 2000
#define MAX_CELL_BYTES (100 * 1024 * 1024)
#define HEADER_APPLICATION_ID 68

/* Statements that are found without hashing their text: most are asked for by the same constant. */
#define N_RECENT 64

struct _CrmDb {
  sqlite3      *handle;
  char         *path;
  char         *name;
  GHashTable   *statements;
  CrmStmt      *recent[N_RECENT]; /* by the address of their text */
  GCancellable *cancellable;
  gint64        busy_since;
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

static int
wait_for_lock (gpointer data,
               int      n_waits)
{
  CrmDb *self = data;
  gint64 now = g_get_monotonic_time ();

  if (n_waits == 0)
    self->busy_since = now;
  if (is_cancelled (self) || now - self->busy_since > BUSY_TIMEOUT_US)
    return FALSE;
  g_usleep (n_waits < 10 ? BUSY_PAUSE_US / 10 : BUSY_PAUSE_US);
  return TRUE;
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
      if (is_cancelled (self))
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

static void
configure (CrmDb *self)
{
  sqlite3_busy_handler (self->handle, wait_for_lock, self);
  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_limit (self->handle, SQLITE_LIMIT_LENGTH, MAX_CELL_BYTES);
  sqlite3_limit (self->handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_progress_handler (self->handle, PROGRESS_INSTRUCTIONS, poll_cancellable, self);
  crm_functions_install (self->handle);
}

static void
finalize (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

/* @address: what SQLite is to open, if that is not simply the path. */
/* SQLite's count of the memory it uses takes a lock at every allocation; nobody asks for it. */
static void
configure_library (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
      g_once_init_leave (&once, 1);
    }
}

static CrmDb *
connect_file (const char  *path,
              const char  *address,
              int          flags,
              GError     **error)
{
  g_autoptr (CrmDb) self = g_new0 (CrmDb, 1);

  configure_library ();
  self->path = g_strdup (path);
  self->name = g_filename_display_name (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize);
  if (sqlite3_open_v2 (address, &self->handle, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
    {
      crm_db_fail (self, error);
      return NULL;
    }
  configure (self);
  return g_steal_pointer (&self);
}

static gboolean
has_log (const char *path)
{
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autofree char *journal = g_strconcat (path, "-journal", NULL);

  return access (wal, F_OK) == 0 || access (journal, F_OK) == 0;
}

/* Without a log the file is all there is, and SQLite need not make one beside it, which it could not on a read-only medium. */
static CrmDb *
connect_inspected (const char  *path,
                   GError     **error)
{
  g_autofree char *full = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (full, NULL, NULL);
  g_autofree char *address = g_strconcat (uri, has_log (path) ? "" : "?immutable=1", NULL);

  return connect_file (path, address, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error);
}

/*
 * Names the trouble before SQLite sees the file: what SQLite calls "unable to open" has many causes.
 * The file is not opened here: closing it again would drop the locks of this process's other connections.
 */
static gboolean
check_file (const char  *path,
            int          access_mode,
            GError     **error)
{
  g_autofree char *name = g_filename_display_name (path);
  struct stat st = { 0 };
  int why = stat (path, &st) != 0 ? errno : 0;

  if (why == 0 && S_ISREG (st.st_mode) && access (path, access_mode) != 0)
    why = errno;
  if (why == ENOENT)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no database “%s”."), name);
  else if (why != 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("The database “%s” cannot be opened: %s."), name,
                 g_strerror (why));
  else if (!S_ISREG (st.st_mode))
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” is not a file."), name);
  else if (st.st_size == 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("The database “%s” is damaged: the file is empty."), name);
  else
    return TRUE;
  return FALSE;
}

/* SQLite tells a damaged beginning from a letter or a picture as little as we do, but for our mark in its midst. */
static gboolean
has_our_mark (const char *path)
{
  guint32 mark = 0;
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ours = fd >= 0 && pread (fd, &mark, sizeof mark, HEADER_APPLICATION_ID) == sizeof mark &&
                  GUINT32_FROM_BE (mark) == CRM_DB_APPLICATION_ID;

  if (fd >= 0)
    close (fd);
  return ours;
}

static gboolean
check_identity (CrmDb   *self,
                GError **error)
{
  gint64 application_id;
  g_autoptr (GError) refusal = NULL;

  if (crm_db_get_integer (self, "PRAGMA application_id", 0, &application_id, &refusal))
    {
      if (application_id == CRM_DB_APPLICATION_ID)
        return TRUE;
      g_set_error (&refusal, CRM_ERROR, CRM_ERROR_FOREIGN, _("The file “%s” is no database of Client Manager."), self->name);
    }
  else if (g_error_matches (refusal, CRM_ERROR, CRM_ERROR_FOREIGN) && has_our_mark (self->path))
    {
      g_clear_error (&refusal);
      g_set_error (&refusal, CRM_ERROR, CRM_ERROR_DAMAGED, _("The database “%s” is damaged: its beginning is unreadable."),
                   self->name);
    }
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* While another connection has the file open in its old mode, SQLite refuses the change at once, without waiting. */
static gboolean
use_log (CrmDb   *self,
         GError **error)
{
  gint64 deadline = g_get_monotonic_time () + BUSY_TIMEOUT_US;
  g_autoptr (GError) refusal = NULL;

  while (!crm_db_execute (self, "PRAGMA journal_mode=WAL", &refusal))
    {
      if (!g_error_matches (refusal, CRM_ERROR, CRM_ERROR_BUSY) || g_get_monotonic_time () > deadline)
        {
          g_propagate_error (error, g_steal_pointer (&refusal));
          return FALSE;
        }
      g_clear_error (&refusal);
      g_usleep (BUSY_PAUSE_US);
    }
  return TRUE;
}

/* A file that crm_schema_migrate() is going to refuse stays as it is to the byte, its mode too. */
static gboolean
is_newer (CrmDb *self)
{
  gint64 version;

  return crm_db_get_integer (self, "PRAGMA user_version", 0, &version, NULL) && version > crm_schema_get_latest ();
}

CrmDb *
crm_db_open (const char  *path,
             CrmDbMode    mode,
             GError     **error)
{
  gboolean inspect = mode == CRM_DB_INSPECT;
  g_autoptr (CrmDb) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (!check_file (path, inspect ? R_OK : R_OK | W_OK, error))
    return NULL;
  /* A reader, too, opens for writing: only so can it recover the log of a process that was killed. */
  self = inspect ? connect_inspected (path, error) : connect_file (path, path, SQLITE_OPEN_READWRITE, error);
  if (self == NULL || !check_identity (self, error))
    return NULL;
  if (!crm_db_execute (self,
                       "PRAGMA synchronous=FULL;"
                       "PRAGMA foreign_keys=ON;"
                       "PRAGMA recursive_triggers=ON;" /* or a REPLACE would delete behind the back of history */
                       "PRAGMA cell_size_check=ON;"
                       "PRAGMA mmap_size=0;"
                       "PRAGMA temp_store=MEMORY;"
                       "PRAGMA journal_size_limit=16777216;", error))
    return NULL;
  if (!inspect && !is_newer (self) && !use_log (self, error))
    return NULL;
  if (mode != CRM_DB_WRITE && !crm_db_execute (self, "PRAGMA query_only=ON;", error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
create_file (const char  *passing,
             const char  *path,
             GError     **error)
{
  int fd = open (passing, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  gboolean ok = (fd >= 0 && fchmod (fd, 0600) == 0) || crm_file_fail (path, error);

  if (fd >= 0)
    close (fd);
  return ok;
}

CrmDb *
crm_db_create (const char  *path,
               GError     **error)
{
  g_autoptr (CrmDb) self = NULL;
  g_autofree char *passing = path == NULL ? g_strdup (":memory:") : crm_file_get_passing_name (path);

  if (path != NULL && !create_file (passing, path, error))
    return NULL;
  self = connect_file (passing, passing, SQLITE_OPEN_READWRITE, error);
  if (self != NULL && path != NULL)
    crm_db_set_name (self, path);
  if (self != NULL &&
      crm_db_execute (self,
                      "PRAGMA synchronous=FULL;"
                      "PRAGMA foreign_keys=ON;"
                      "PRAGMA temp_store=MEMORY;"
                      "PRAGMA application_id=1129467234;", error))
    return g_steal_pointer (&self);
  if (path != NULL)
    g_unlink (passing);
  return NULL;
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
  g_free (self->name);
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
  CrmStmt **recent = &self->recent[((gsize) sql >> 4) % N_RECENT];
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

  if (is_cancelled (self))
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
