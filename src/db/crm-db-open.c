/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-db-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-error.h"
#include "crm-file.h"
#include "crm-functions.h"
#include "crm-schema.h"

#define BUSY_TIMEOUT_US (20 * G_USEC_PER_SEC)
#define BUSY_PAUSE_US 10000
#define PROGRESS_INSTRUCTIONS 2000
#define MAX_CELL_BYTES (100 * 1024 * 1024)
#define HEADER_APPLICATION_ID 68

/* The connection */

static int
poll_cancellable (gpointer data)
{
  return crm_db_is_cancelled (data);
}

static int
wait_for_lock (gpointer data,
               int      n_waits)
{
  CrmDb *self = data;
  gint64 now = g_get_monotonic_time ();

  if (n_waits == 0)
    self->busy_since = now;
  if (crm_db_is_cancelled (self) || now - self->busy_since > BUSY_TIMEOUT_US)
    return FALSE;
  g_usleep (n_waits < 10 ? BUSY_PAUSE_US / 10 : BUSY_PAUSE_US);
  return TRUE;
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

/* @address: what SQLite is to open, if that is not simply the path. */
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

/* Whose file is it? */

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

/* Opening */

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
