/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "crm-config.h"

#include "crm-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-error.h"
#include "crm-file.h"
#include "crm-time.h"

#define MAX_HOLDER_BYTES 512

/*
 * Two bytes of the lock file, which need not exist. OFD locks belong to the open file, not to the process:
 * closing another descriptor of it loses nothing, and two locks within one process exclude each other, too.
 */
typedef enum {
  BYTE_WINDOW,   /* exclusive: a window or a restore */
  BYTE_PRESENCE, /* shared: anybody at work; exclusive: a restore */
} Byte;

struct _CrmLock {
  int fd;
};

/* A database that a group shares is of use to it only if its lock is open to the group as well. */
static mode_t
get_lock_mode (const char *database)
{
  struct stat st;

  return stat (database, &st) == 0 ? 0600 | (st.st_mode & 0060) : 0600;
}

static gboolean
open_lock_file (CrmLock     *self,
                const char  *database,
                GError     **error)
{
  g_autofree char *real = crm_file_resolve (database);
  g_autofree char *path = g_strconcat (real, ".lock", NULL);
  mode_t mode = get_lock_mode (database);

  self->fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd >= 0)
    fchmod (self->fd, mode);
  else if (errno == EEXIST)
    self->fd = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (self->fd < 0)
    {
      g_autofree char *name = g_filename_display_name (path);
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("The lock file “%s” cannot be opened: %s."), name,
                   g_strerror (errno));
    }
  return self->fd >= 0;
}

static void
write_holder (CrmLock *self)
{
  g_autofree char *since = crm_time_to_iso (crm_time_now ());
  g_autofree char *holder = g_strdup_printf ("%s@%s %d %s\n", g_get_user_name (), g_get_host_name (), (int) getpid (), since);

  /* Best effort: the lock holds without it, as on a full disk. */
  if (ftruncate (self->fd, 0) != 0 || pwrite (self->fd, holder, strlen (holder), 0) < 0)
    g_debug ("The holder of the lock could not be noted: %s", g_strerror (errno));
}

/* "user@host pid since"; FALSE if the holder has not written that yet. */
static gboolean
read_holder (CrmLock  *self,
             char    **user,
             char    **host,
             char    **since)
{
  char bytes[MAX_HOLDER_BYTES];
  gssize size = pread (self->fd, bytes, sizeof bytes, 0);
  g_autofree char *text = size > 0 ? g_utf8_make_valid (bytes, size) : g_strdup ("");
  g_auto (GStrv) parts = g_strsplit (g_strstrip (text), " ", 3);
  const char *at = parts[0] == NULL ? NULL : strrchr (parts[0], '@');
  gint64 when;

  if (at == NULL || g_strv_length (parts) < 3 || !crm_time_from_iso (parts[2], &when))
    return FALSE;
  *user = g_strndup (parts[0], at - parts[0]);
  *host = g_strdup (at + 1);
  *since = crm_time_format (when);
  return TRUE;
}

static void
tell_holder (CrmLock     *self,
             const char  *database,
             gboolean     restoring,
             GError     **error)
{
  g_autofree char *name = g_filename_display_name (database);
  g_autofree char *user = NULL;
  g_autofree char *host = NULL;
  g_autofree char *since = NULL;
  gboolean known = read_holder (self, &user, &host, &since);

  if (known && restoring)
    g_set_error (error, CRM_ERROR, CRM_ERROR_IN_USE,
                 _("The database “%s” is being restored by %s on %s since %s. Wait until that has ended."), name, user, host,
                 since);
  else if (known)
    g_set_error (error, CRM_ERROR, CRM_ERROR_IN_USE,
                 _("The database “%s” is open in a window of %s on %s since %s. Close it there first."), name, user, host,
                 since);
  else if (restoring)
    g_set_error (error, CRM_ERROR, CRM_ERROR_IN_USE, _("The database “%s” is being restored. Wait until that has ended."),
                 name);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_IN_USE, _("The database “%s” is open in another window. Close it there first."),
                 name);
}

static gboolean
take_byte (CrmLock     *self,
           const char  *database,
           Byte         byte,
           short        type,
           GError     **error)
{
  struct flock range = { .l_type = type, .l_whence = SEEK_SET, .l_start = byte, .l_len = 1 };
  g_autofree char *name = g_filename_display_name (database);

  if (fcntl (self->fd, F_OFD_SETLK, &range) == 0)
    return TRUE;
  if (errno != EAGAIN && errno != EACCES)
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("The database “%s” cannot be locked: %s."), name,
                 g_strerror (errno));
  else if (byte == BYTE_PRESENCE && type == F_WRLCK)
    g_set_error (error, CRM_ERROR, CRM_ERROR_IN_USE,
                 _("A command is at work in the database “%s”. Wait until it has ended."), name);
  else
    tell_holder (self, database, byte == BYTE_PRESENCE, error);
  return FALSE;
}

/* In this order each refusal has one meaning: somebody restores; has a window; is at work. */
static gboolean
take_bytes (CrmLock      *self,
            const char   *database,
            CrmLockKind   kind,
            GError      **error)
{
  if (!take_byte (self, database, BYTE_PRESENCE, F_RDLCK, error))
    return FALSE;
  if (kind == CRM_LOCK_COMMAND)
    return TRUE;
  if (!take_byte (self, database, BYTE_WINDOW, F_WRLCK, error))
    return FALSE;
  return kind == CRM_LOCK_WINDOW || take_byte (self, database, BYTE_PRESENCE, F_WRLCK, error);
}

CrmLock *
crm_lock_take (const char   *database,
               CrmLockKind   kind,
               GError      **error)
{
  g_autoptr (CrmLock) self = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  self = g_new0 (CrmLock, 1);
  if (!open_lock_file (self, database, error) || !take_bytes (self, database, kind, error))
    return NULL;
  if (kind != CRM_LOCK_COMMAND)
    write_holder (self);
  return g_steal_pointer (&self);
}

void
crm_lock_release (CrmLock *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
