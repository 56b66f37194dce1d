/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "crm-error.h"

/* Bytes collected before they are written. */
#define CHUNK (64 * 1024)

struct _CrmOutput {
  char    *path;
  char    *temp_path;
  int      fd;
  GString *text;
};

/* Always returns %FALSE. */
static gboolean
set_error (CrmOutput  *self,
           int         code,
           GError    **error)
{
  g_autofree char *name = g_filename_display_basename (self->path);

  switch (code)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      g_set_error (error, CRM_ERROR, CRM_ERROR_FULL, _("“%s” cannot be written: the disk is full."), name);
      break;
    case EIO:
      g_set_error (error, CRM_ERROR, CRM_ERROR_IO, _("“%s” cannot be written: %s"), name, g_strerror (code));
      break;
    default:
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” cannot be written: %s"), name, g_strerror (code));
    }
  return FALSE;
}

CrmOutput *
crm_output_new (const char  *path,
                GError     **error)
{
  g_autoptr (CrmOutput) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_new0 (CrmOutput, 1);
  self->path = g_strdup (path);
  self->temp_path = g_strconcat (path, ".XXXXXX", NULL);
  self->text = g_string_sized_new (2 * CHUNK);
  self->fd = g_mkstemp_full (self->temp_path, O_RDWR | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      set_error (self, errno, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
crm_output_free (CrmOutput *self)
{
  if (self == NULL)
    return;
  if (self->fd >= 0)
    {
      close (self->fd);
      g_unlink (self->temp_path);
    }
  g_string_free (self->text, TRUE);
  g_free (self->temp_path);
  g_free (self->path);
  g_free (self);
}

GString *
crm_output_get_text (CrmOutput *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

static gboolean
flush (CrmOutput  *self,
       GError    **error)
{
  gsize done = 0;

  while (done < self->text->len)
    {
      gssize written = write (self->fd, self->text->str + done, self->text->len - done);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return set_error (self, errno, error);
      done += written;
    }
  g_string_truncate (self->text, 0);
  return TRUE;
}

gboolean
crm_output_flush_some (CrmOutput  *self,
                       GError    **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  return self->text->len < CHUNK || flush (self, error);
}

/* The name must survive a power cut as well as what is in the file. File systems that cannot sync a folder are none of our business. */
static void
sync_folder (CrmOutput *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

gboolean
crm_output_finish (CrmOutput  *self,
                   GError    **error)
{
  int fd;

  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);

  if (!flush (self, error))
    return FALSE;
  if (fsync (self->fd) != 0)
    return set_error (self, errno, error);
  /* From here on freeing must not close a number that may be somebody else's by then. */
  fd = self->fd;
  self->fd = -1;
  if (close (fd) != 0 || g_rename (self->temp_path, self->path) != 0)
    {
      int code = errno;

      g_unlink (self->temp_path);
      return set_error (self, code, error);
    }
  sync_folder (self);
  return TRUE;
}
