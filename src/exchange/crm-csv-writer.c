/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-csv-writer.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "crm-csv-private.h"
#include "crm-error.h"

/* Bytes collected before they are written. */
#define CHUNK (64 * 1024)

struct _CrmCsvWriter {
  char              *path;
  char              *temp_path;
  int                fd;
  char               delimiter;
  CrmCsvWriterFlags  flags;
  GString           *text;
};

/* Always returns %FALSE. */
static gboolean
set_error (CrmCsvWriter  *self,
           int            code,
           GError       **error)
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

CrmCsvWriter *
crm_csv_writer_new (const char         *path,
                    char                delimiter,
                    CrmCsvWriterFlags   flags,
                    GError            **error)
{
  g_autoptr (CrmCsvWriter) self = NULL;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (delimiter != '\0' && strchr (CRM_CSV_DELIMITERS, delimiter) != NULL, NULL);

  self = g_new0 (CrmCsvWriter, 1);
  self->path = g_strdup (path);
  self->temp_path = g_strconcat (path, ".XXXXXX", NULL);
  self->delimiter = delimiter;
  self->flags = flags;
  self->text = g_string_sized_new (2 * CHUNK);
  if (flags & CRM_CSV_WRITER_BOM)
    g_string_append (self->text, "\xEF\xBB\xBF");
  self->fd = g_mkstemp_full (self->temp_path, O_RDWR | O_CLOEXEC, 0600);
  if (self->fd < 0)
    {
      set_error (self, errno, error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
crm_csv_writer_free (CrmCsvWriter *self)
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

static gboolean
flush (CrmCsvWriter  *self,
       GError       **error)
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

/* Readers, ours too, take spaces around bare cells for decoration, and a row of one bare empty cell for an empty line. */
static gboolean
needs_quotes (const char *cell,
              char        delimiter,
              gboolean    is_only)
{
  const char special[] = { delimiter, '"', '\r', '\n', '\0' };
  gsize length = strlen (cell);

  if (length == 0)
    return is_only;
  return g_ascii_isspace (cell[0]) || g_ascii_isspace (cell[length - 1]) || cell[strcspn (cell, special)] != '\0';
}

static void
append_cell (GString           *into,
             const char        *cell,
             char               delimiter,
             CrmCsvWriterFlags  flags,
             gboolean           is_only)
{
  gboolean quoted = needs_quotes (cell, delimiter, is_only);

  if (quoted)
    g_string_append_c (into, '"');
  if (!(flags & CRM_CSV_WRITER_EXACT) && crm_csv_is_formula (cell))
    g_string_append_c (into, '\'');
  while (quoted && *cell != '\0')
    {
      gsize plain = strcspn (cell, "\"");

      g_string_append_len (into, cell, plain);
      cell += plain;
      if (*cell == '"')
        {
          g_string_append (into, "\"\"");
          cell++;
        }
    }
  g_string_append (into, cell);
  if (quoted)
    g_string_append_c (into, '"');
}

void
crm_csv_append_row (GString            *into,
                    const char * const *cells,
                    guint               n_cells,
                    char                delimiter,
                    CrmCsvWriterFlags   flags)
{
  g_return_if_fail (cells != NULL || n_cells == 0);

  for (guint i = 0; i < n_cells; i++)
    {
      if (i > 0)
        g_string_append_c (into, delimiter);
      append_cell (into, cells[i] != NULL ? cells[i] : "", delimiter, flags, n_cells == 1);
    }
  g_string_append (into, "\r\n");
}

gboolean
crm_csv_writer_add_row (CrmCsvWriter        *self,
                        const char * const  *cells,
                        guint                n_cells,
                        GError             **error)
{
  g_return_val_if_fail (self != NULL && self->fd >= 0, FALSE);
  g_return_val_if_fail (cells != NULL || n_cells == 0, FALSE);

  crm_csv_append_row (self->text, cells, n_cells, self->delimiter, self->flags);
  return self->text->len < CHUNK || flush (self, error);
}

/* The name must survive a power cut as well as what is in the file. File systems that cannot sync a folder are none of our business. */
static void
sync_folder (CrmCsvWriter *self)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0)
    return;
  fsync (fd);
  close (fd);
}

gboolean
crm_csv_writer_finish (CrmCsvWriter  *self,
                       GError       **error)
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
