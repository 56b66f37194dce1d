/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "crm-config.h"

#include "crm-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-error.h"

#define PASSING_PREFIX ".crm-"
#define PASSING_MARK ".part"
#define FORGOTTEN_SECONDS 3600

gboolean
crm_file_fail (const char  *path,
               GError     **error)
{
  int why = errno;
  g_autofree char *name = g_filename_display_name (path);

  if (why == ENOSPC || why == EFBIG || why == EDQUOT)
    g_set_error (error, CRM_ERROR, CRM_ERROR_FULL,
                 _("The disk that holds “%s” is full. Make room on it, then try again."), name);
  else if (why == EIO)
    g_set_error (error, CRM_ERROR, CRM_ERROR_IO, _("The disk that holds “%s” failed: %s."), name, g_strerror (why));
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” cannot be written: %s."), name, g_strerror (why));
  return FALSE;
}

char *
crm_file_get_passing_name (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_strdup_printf (PASSING_PREFIX "%08x%08x" PASSING_MARK, g_random_int (), g_random_int ());

  return g_build_filename (folder, name, NULL);
}

void
crm_file_sweep (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat st;

      /* With what SQLite puts beside it: .part-journal, .part-wal. */
      if (g_str_has_prefix (name, PASSING_PREFIX) && strstr (name, PASSING_MARK) != NULL &&
          lstat (path, &st) == 0 && S_ISREG (st.st_mode) && now - st.st_mtime > FORGOTTEN_SECONDS)
        g_unlink (path);
    }
}

gboolean
crm_file_make_folder (const char  *folder,
                      GError     **error)
{
  return g_mkdir_with_parents (folder, 0700) == 0 || crm_file_fail (folder, error);
}

gboolean
crm_file_sync (const char  *path,
               GError     **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean ok = (fd >= 0 && fsync (fd) == 0) || crm_file_fail (path, error);

  if (fd >= 0)
    close (fd);
  return ok;
}

static gboolean
sync_folder_of (const char  *path,
                GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return crm_file_sync (folder, error);
}

gboolean
crm_file_replace (const char  *from,
                  const char  *path,
                  GError     **error)
{
  if (g_rename (from, path) != 0)
    return crm_file_fail (path, error);
  return sync_folder_of (path, error);
}

gboolean
crm_file_give_name (const char  *from,
                    const char  *path,
                    gboolean    *taken,
                    GError     **error)
{
  gboolean done = link (from, path) == 0;

  if (done)
    g_unlink (from);
  else if (errno != EEXIST) /* as on FAT, which has no second names */
    done = renameat2 (AT_FDCWD, from, AT_FDCWD, path, RENAME_NOREPLACE) == 0;
  if (taken != NULL)
    *taken = !done && errno == EEXIST;
  if (!done && (taken == NULL || !*taken))
    return crm_file_fail (path, error);
  return sync_folder_of (path, error);
}

char *
crm_file_resolve (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char *real = realpath (path, NULL);
  char *resolved;

  if (real != NULL)
    resolved = g_strdup (real);
  else if ((real = realpath (folder, NULL)) != NULL)
    resolved = g_build_filename (real, name, NULL);
  else
    resolved = g_strdup (path);
  free (real);
  return resolved;
}

gboolean
crm_file_is_same (const char *a,
                  const char *b)
{
  struct stat st_a, st_b;

  return stat (a, &st_a) == 0 && stat (b, &st_b) == 0 && st_a.st_dev == st_b.st_dev && st_a.st_ino == st_b.st_ino;
}
