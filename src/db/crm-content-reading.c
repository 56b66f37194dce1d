/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-content-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-error.h"

#define SLICE (128 * 1024)

gboolean
crm_content_fail_to_read (const char    *name,
                          const GError  *failure,
                          GError       **error)
{
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (failure));
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” cannot be read: %s."), name, failure->message);
  return FALSE;
}

gboolean
crm_content_fail_missing (const char  *path,
                          GError     **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("The file “%s” is missing from the folder of documents."), path);
  return FALSE;
}

gboolean
crm_content_fail_altered (const char  *path,
                          GError     **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("The file “%s” is not what it was when it was kept."), path);
  return FALSE;
}

gboolean
crm_content_reading_check_limit (CrmContentReading  *self,
                                 gint64              size,
                                 GError            **error)
{
  g_autofree char *largest = NULL;

  if (self->limit < 0 || size <= self->limit)
    return TRUE;
  largest = g_format_size_full ((guint64) self->limit, G_FORMAT_SIZE_IEC_UNITS);
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is too large to be kept: at most %s are."), self->name, largest);
  return FALSE;
}

static void
take_slice (CrmContentReading *self,
            GChecksum         *checksum,
            const char        *slice,
            gsize              size)
{
  gsize n = MIN (size, CRM_CONTENT_HEAD - self->head_size);

  memcpy (self->head + self->head_size, slice, n);
  self->head_size += n;
  g_checksum_update (checksum, (const guchar *) slice, (gssize) size);
  if (self->progress != NULL)
    self->progress (self->size, self->data);
}

gboolean
crm_content_reading_run (CrmContentReading  *self,
                         GInputStream       *stream,
                         CrmContentWrite     write,
                         gpointer            target,
                         GError            **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *slice = g_malloc (SLICE);
  g_autoptr (GError) failure = NULL;
  gssize n;

  while ((n = g_input_stream_read (stream, slice, SLICE, self->cancellable, &failure)) > 0)
    {
      self->size += n;
      if (!crm_content_reading_check_limit (self, self->size, error))
        return FALSE;
      if (write != NULL && !write (target, slice, (gsize) n, self->cancellable, error))
        return FALSE;
      take_slice (self, checksum, slice, (gsize) n);
    }
  if (n < 0)
    return crm_content_fail_to_read (self->name, failure, error);
  self->hash = g_strdup (g_checksum_get_string (checksum));
  return TRUE;
}

gboolean
crm_content_open (const char    *path,
                  GInputStream **stream,
                  GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) failure = NULL;

  *stream = NULL;
  /* Neither a folder nor a pipe, of which nothing would ever come */
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return crm_content_fail_altered (path, error);
  *stream = G_INPUT_STREAM (g_file_read (file, NULL, &failure));
  if (*stream != NULL || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    return TRUE;
  return crm_content_fail_to_read (path, failure, error);
}
