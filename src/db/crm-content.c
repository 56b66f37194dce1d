/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-content-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crm-error.h"
#include "crm-file.h"

#define FOLDER "documents"
#define HASH_DIGITS 64

/* Names */

char *
crm_content_get_folder (const char *database)
{
  g_autofree char *place = crm_file_resolve (database);
  g_autofree char *folder = g_path_get_dirname (place);

  return g_build_filename (folder, FOLDER, NULL);
}

gboolean
crm_content_is_hash (const char *text)
{
  return text != NULL && strlen (text) == HASH_DIGITS && strspn (text, "0123456789abcdef") == HASH_DIGITS;
}

char *
crm_content_get_path_in (const char *folder,
                         const char *hash)
{
  char prefix[CRM_CONTENT_PREFIX_DIGITS + 1] = { hash[0], hash[1], '\0' };

  return g_build_filename (folder, prefix, hash, NULL);
}

char *
crm_content_get_path (const char *database,
                      const char *hash)
{
  g_autofree char *folder = NULL;

  if (!crm_content_is_hash (hash))
    return NULL;
  folder = crm_content_get_folder (database);
  return crm_content_get_path_in (folder, hash);
}

void
crm_content_clear (CrmContent *content)
{
  g_clear_pointer (&content->hash, g_free);
  g_clear_pointer (&content->media_type, g_free);
  content->size = 0;
}

/* Checking */

static gboolean
check_path (const char       *path,
            const char       *hash,
            GCancellable     *cancellable,
            CrmContentState  *state,
            GError          **error)
{
  CrmContentReading reading = { .name = path, .limit = -1, .cancellable = cancellable };
  g_autoptr (GInputStream) stream = NULL;

  if (!crm_content_open (path, &stream, error))
    return FALSE;
  *state = CRM_CONTENT_MISSING;
  if (stream == NULL)
    return TRUE;
  if (!crm_content_reading_run (&reading, stream, NULL, NULL, error))
    return FALSE;
  *state = strcmp (reading.hash, hash) == 0 ? CRM_CONTENT_WHOLE : CRM_CONTENT_ALTERED;
  g_free (reading.hash);
  return TRUE;
}

gboolean
crm_content_check (const char       *database,
                   const char       *hash,
                   GCancellable     *cancellable,
                   CrmContentState  *state,
                   GError          **error)
{
  g_autofree char *path = crm_content_get_path (database, hash);

  *state = CRM_CONTENT_MISSING;
  return path == NULL || check_path (path, hash, cancellable, state, error);
}

/* Keeping */

/* A folder, made or mended, and its name in the one above on the disk */
static gboolean
make_private_folder (const char  *folder,
                     GError     **error)
{
  g_autofree char *above = g_path_get_dirname (folder);
  struct stat st;

  if (stat (folder, &st) == 0 && S_ISDIR (st.st_mode) && (st.st_mode & 0777) == 0700)
    return TRUE;
  if (!crm_file_make_folder (folder, error))
    return FALSE;
  return g_chmod (folder, 0700) == 0 ? crm_file_sync (above, error) : crm_file_fail (folder, error);
}

typedef struct {
  const char *folder; /* what messages speak of */
  int         fd;
} Passing;

static gboolean
write_slice (gpointer       target,
             const char    *slice,
             gsize          size,
             GCancellable  *cancellable,
             GError       **error)
{
  const Passing *passing = target;

  while (size > 0)
    {
      gssize n = write (passing->fd, slice, size);

      if (n < 0 && errno != EINTR)
        return crm_file_fail (passing->folder, error);
      if (n > 0)
        {
          slice += n;
          size -= (gsize) n;
        }
    }
  return TRUE;
}

static gboolean
write_passing (const char         *folder,
               const char         *path,
               GInputStream       *stream,
               CrmContentReading  *reading,
               GError            **error)
{
  Passing passing = { .folder = folder, .fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600) };
  gboolean ok;

  if (passing.fd < 0)
    return crm_file_fail (folder, error);
  ok = fchmod (passing.fd, 0600) == 0 || crm_file_fail (folder, error);
  ok = ok && crm_content_reading_run (reading, stream, write_slice, &passing, error);
  ok = ok && (fsync (passing.fd) == 0 || crm_file_fail (folder, error));
  close (passing.fd);
  return ok;
}

/* What is there under that name is what came now; or else it is put in its place: whoever keeps a file again mends it. */
static gboolean
settle_taken (const char    *passing,
              const char    *path,
              const char    *hash,
              GCancellable  *cancellable,
              GError       **error)
{
  CrmContentState state;

  if (check_path (path, hash, cancellable, &state, NULL) && state == CRM_CONTENT_WHOLE && g_chmod (path, 0600) == 0)
    {
      g_unlink (passing);
      return TRUE;
    }
  return crm_file_replace (passing, path, error);
}

static gboolean
give_place (const char    *folder,
            const char    *passing,
            const char    *hash,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree char *path = crm_content_get_path_in (folder, hash);
  g_autofree char *inner = g_path_get_dirname (path);
  gboolean taken;

  return make_private_folder (inner, error) && crm_file_give_name (passing, path, &taken, error) &&
         (!taken || settle_taken (passing, path, hash, cancellable, error));
}

gboolean
crm_content_keep (const char         *folder,
                  GInputStream       *stream,
                  CrmContentReading  *reading,
                  const char         *expected,
                  GError            **error)
{
  g_autofree char *name = g_build_filename (folder, "x", NULL);
  g_autofree char *passing = crm_file_get_passing_name (name);
  gboolean ok;

  if (!make_private_folder (folder, error))
    return FALSE;
  crm_file_sweep (folder);
  ok = write_passing (folder, passing, stream, reading, error);
  if (ok && expected != NULL && strcmp (reading->hash, expected) != 0)
    ok = crm_content_fail_altered (reading->name, error);
  ok = ok && give_place (folder, passing, reading->hash, reading->cancellable, error);
  if (!ok)
    g_unlink (passing);
  return ok;
}

static gboolean
keep_content (const char         *database,
              GInputStream       *stream,
              CrmContentReading  *reading,
              CrmContent         *content,
              GError            **error)
{
  g_autofree char *folder = crm_content_get_folder (database);
  g_autofree char *type = NULL;
  gboolean ok = crm_content_keep (folder, stream, reading, NULL, error);

  if (ok)
    {
      type = g_content_type_guess (reading->name, (const guchar *) reading->head, reading->head_size, NULL);
      content->media_type = g_content_type_get_mime_type (type);
      content->size = reading->size;
      content->hash = g_steal_pointer (&reading->hash);
    }
  g_free (reading->hash);
  return ok;
}

gboolean
crm_content_put (const char     *database,
                 const char     *name,
                 gconstpointer   data,
                 gsize           size,
                 CrmContent     *content,
                 GError        **error)
{
  CrmContentReading reading = { .name = name == NULL ? "" : name, .limit = CRM_CONTENT_LARGEST };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);

  g_return_val_if_fail (database != NULL && content != NULL, FALSE);

  *content = (CrmContent){ NULL };
  return crm_content_reading_check_limit (&reading, (gint64) MIN (size, G_MAXINT64), error) &&
         keep_content (database, stream, &reading, content, error);
}

static gboolean
check_kind (GFileInfo   *info,
            const char  *name,
            GError     **error)
{
  switch (g_file_info_get_file_type (info))
    {
    case G_FILE_TYPE_REGULAR:
      return TRUE;
    case G_FILE_TYPE_DIRECTORY:
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is a folder. Add the files in it, or pack it into one."), name);
      return FALSE;
    default:
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is not a file."), name);
      return FALSE;
    }
}

gboolean
crm_content_put_file (const char          *database,
                      GFile               *file,
                      CrmContentProgress   progress,
                      gpointer             data,
                      GCancellable        *cancellable,
                      CrmContent          *content,
                      GError             **error)
{
  g_autofree char *name = g_file_get_parse_name (file);
  CrmContentReading reading = { name, CRM_CONTENT_LARGEST, progress, data, cancellable };
  g_autoptr (GError) failure = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GInputStream) stream = NULL;

  g_return_val_if_fail (database != NULL && G_IS_FILE (file) && content != NULL, FALSE);

  *content = (CrmContent){ NULL };
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, cancellable, &failure);
  if (info == NULL)
    return crm_content_fail_to_read (name, failure, error);
  if (!check_kind (info, name, error) || !crm_content_reading_check_limit (&reading, g_file_info_get_size (info), error))
    return FALSE;
  stream = G_INPUT_STREAM (g_file_read (file, cancellable, &failure));
  if (stream == NULL)
    return crm_content_fail_to_read (name, failure, error);
  return keep_content (database, stream, &reading, content, error);
}

/* Removing */

gboolean
crm_content_remove (const char  *database,
                    const char  *hash,
                    GError     **error)
{
  g_autofree char *path = crm_content_get_path (database, hash);
  g_autofree char *folder = NULL;

  if (path == NULL)
    return TRUE;
  if (g_unlink (path) != 0)
    return errno == ENOENT || crm_file_fail (path, error);
  folder = g_path_get_dirname (path);
  return crm_file_sync (folder, error);
}
