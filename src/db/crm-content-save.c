/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-content-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-error.h"
#include "crm-file.h"

/* Contents that are given out */

GBytes *
crm_content_read_head (const char  *database,
                       const char  *hash,
                       gsize        size,
                       GError     **error)
{
  g_autofree char *path = crm_content_get_path (database, hash);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *head = g_malloc (size);
  gsize n;

  if (path != NULL && !crm_content_open (path, &stream, error))
    return NULL;
  if (stream == NULL)
    crm_content_fail_missing (path == NULL ? hash : path, error);
  else if (g_input_stream_read_all (stream, head, size, &n, NULL, &failure))
    return g_bytes_new_take (g_steal_pointer (&head), n);
  else
    crm_content_fail_to_read (path, failure, error);
  return NULL;
}

typedef struct {
  GOutputStream *stream;
  const char    *name;
} Target;

static gboolean
fail_to_write (const char    *name,
               const GError  *failure,
               GError       **error)
{
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (failure));
  else if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_set_error (error, CRM_ERROR, CRM_ERROR_FULL, _("The disk that holds “%s” is full. Make room on it, then try again."), name);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” cannot be written: %s."), name, failure->message);
  return FALSE;
}

static gboolean
save_slice (gpointer       data,
            const char    *slice,
            gsize          size,
            GCancellable  *cancellable,
            GError       **error)
{
  Target *target = data;
  g_autoptr (GError) failure = NULL;

  return g_output_stream_write_all (target->stream, slice, size, NULL, cancellable, &failure) ||
         fail_to_write (target->name, failure, error);
}

static gboolean
write_copy (GInputStream       *stream,
            CrmContentReading  *reading,
            GFile              *passing,
            const char         *name,
            GError            **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GOutputStream) out = G_OUTPUT_STREAM (g_file_create (passing, G_FILE_CREATE_PRIVATE, reading->cancellable, &failure));
  Target target = { out, name };

  if (out == NULL)
    return fail_to_write (name, failure, error);
  return crm_content_reading_run (reading, stream, save_slice, &target, error) &&
         (g_output_stream_close (out, reading->cancellable, &failure) || fail_to_write (name, failure, error));
}

/* Where there is a path, that is; elsewhere the server sees to it. */
static gboolean
sync_copy (GFile   *passing,
           GError **error)
{
  g_autofree char *path = g_file_get_path (passing);

  return path == NULL || crm_file_sync (path, error);
}

static gboolean
save_stream (GInputStream       *stream,
             CrmContentReading  *reading,
             const char         *hash,
             GFile              *file,
             GError            **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  g_autofree char *passing_name = crm_file_get_passing_name ("x");
  g_autofree char *passing_base = g_path_get_basename (passing_name);
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) passing = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean ok;

  if (folder == NULL || g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” is a folder."), name);
      return FALSE;
    }
  passing = g_file_get_child (folder, passing_base);
  ok = write_copy (stream, reading, passing, name, error);
  if (ok && strcmp (reading->hash, hash) != 0)
    ok = crm_content_fail_altered (reading->name, error);
  g_free (reading->hash);
  ok = ok && sync_copy (passing, error) &&
       (g_file_move (passing, file, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &failure) || fail_to_write (name, failure, error));
  if (!ok)
    g_file_delete (passing, NULL, NULL);
  return ok;
}

gboolean
crm_content_save (const char    *database,
                  const char    *hash,
                  GFile         *target,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autofree char *path = crm_content_get_path (database, hash);
  CrmContentReading reading = { .name = path, .limit = -1, .cancellable = cancellable };
  g_autoptr (GInputStream) stream = NULL;

  if (path != NULL && !crm_content_open (path, &stream, error))
    return FALSE;
  return stream == NULL ? crm_content_fail_missing (path == NULL ? hash : path, error) : save_stream (stream, &reading, hash, target, error);
}
