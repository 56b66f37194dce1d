/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-content.h"

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
#define PREFIX_DIGITS 2
#define SLICE (128 * 1024)

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

static char *
get_path_in (const char *folder,
             const char *hash)
{
  char prefix[PREFIX_DIGITS + 1] = { hash[0], hash[1], '\0' };

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
  return get_path_in (folder, hash);
}

void
crm_content_clear (CrmContent *content)
{
  g_clear_pointer (&content->hash, g_free);
  g_clear_pointer (&content->media_type, g_free);
  content->size = 0;
}

/* Reading */

static gboolean
fail_to_read (const char    *name,
              const GError  *failure,
              GError       **error)
{
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (failure));
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE, _("“%s” cannot be read: %s."), name, failure->message);
  return FALSE;
}

static gboolean
fail_missing (const char  *path,
              GError     **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("The file “%s” is missing from the folder of documents."), path);
  return FALSE;
}

static gboolean
fail_altered (const char  *path,
              GError     **error)
{
  g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("The file “%s” is not what it was when it was kept."), path);
  return FALSE;
}

/* Passes all of @stream on, in slices, to those that are given. */
typedef struct {
  const char         *name; /* what messages call what is read */
  gint64              limit; /* in bytes; -1: none */
  CrmContentProgress  progress;
  gpointer            data;
  GCancellable       *cancellable;

  char                head[CRM_CONTENT_HEAD];
  gsize               head_size;
  gint64              size;
  char               *hash;
} Reading;

typedef gboolean (*SliceFunc) (gpointer target, const char *slice, gsize size, GCancellable *cancellable, GError **error);

static gboolean
check_limit (Reading  *reading,
             gint64    size,
             GError  **error)
{
  g_autofree char *largest = NULL;

  if (reading->limit < 0 || size <= reading->limit)
    return TRUE;
  largest = g_format_size_full ((guint64) reading->limit, G_FORMAT_SIZE_IEC_UNITS);
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is too large to be kept: at most %s are."), reading->name, largest);
  return FALSE;
}

static void
take_slice (Reading    *reading,
            GChecksum  *checksum,
            const char *slice,
            gsize       size)
{
  gsize n = MIN (size, CRM_CONTENT_HEAD - reading->head_size);

  memcpy (reading->head + reading->head_size, slice, n);
  reading->head_size += n;
  g_checksum_update (checksum, (const guchar *) slice, (gssize) size);
  if (reading->progress != NULL)
    reading->progress (reading->size, reading->data);
}

static gboolean
read_all (Reading       *reading,
          GInputStream  *stream,
          SliceFunc      write,
          gpointer       target,
          GError       **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *slice = g_malloc (SLICE);
  g_autoptr (GError) failure = NULL;
  gssize n;

  while ((n = g_input_stream_read (stream, slice, SLICE, reading->cancellable, &failure)) > 0)
    {
      reading->size += n;
      if (!check_limit (reading, reading->size, error))
        return FALSE;
      if (write != NULL && !write (target, slice, (gsize) n, reading->cancellable, error))
        return FALSE;
      take_slice (reading, checksum, slice, (gsize) n);
    }
  if (n < 0)
    return fail_to_read (reading->name, failure, error);
  reading->hash = g_strdup (g_checksum_get_string (checksum));
  return TRUE;
}

/* @stream: (out): %NULL with no error set: there is no such file */
static gboolean
open_kept (const char    *path,
           GInputStream **stream,
           GError       **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) failure = NULL;

  *stream = NULL;
  /* Neither a folder nor a pipe, of which nothing would ever come */
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return fail_altered (path, error);
  *stream = G_INPUT_STREAM (g_file_read (file, NULL, &failure));
  if (*stream != NULL || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) ||
      g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    return TRUE;
  return fail_to_read (path, failure, error);
}

static gboolean
check_path (const char       *path,
            const char       *hash,
            GCancellable     *cancellable,
            CrmContentState  *state,
            GError          **error)
{
  Reading reading = { .name = path, .limit = -1, .cancellable = cancellable };
  g_autoptr (GInputStream) stream = NULL;

  if (!open_kept (path, &stream, error))
    return FALSE;
  *state = CRM_CONTENT_MISSING;
  if (stream == NULL)
    return TRUE;
  if (!read_all (&reading, stream, NULL, NULL, error))
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
write_passing (const char    *folder,
               const char    *path,
               GInputStream  *stream,
               Reading       *reading,
               GError       **error)
{
  Passing passing = { .folder = folder, .fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600) };
  gboolean ok;

  if (passing.fd < 0)
    return crm_file_fail (folder, error);
  ok = fchmod (passing.fd, 0600) == 0 || crm_file_fail (folder, error);
  ok = ok && read_all (reading, stream, write_slice, &passing, error);
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
  g_autofree char *path = get_path_in (folder, hash);
  g_autofree char *inner = g_path_get_dirname (path);
  gboolean taken;

  return make_private_folder (inner, error) && crm_file_give_name (passing, path, &taken, error) &&
         (!taken || settle_taken (passing, path, hash, cancellable, error));
}

/* @expected: (nullable): the hash it must have */
static gboolean
keep (const char    *folder,
      GInputStream  *stream,
      Reading       *reading,
      const char    *expected,
      GError       **error)
{
  g_autofree char *name = g_build_filename (folder, "x", NULL);
  g_autofree char *passing = crm_file_get_passing_name (name);
  gboolean ok;

  if (!make_private_folder (folder, error))
    return FALSE;
  crm_file_sweep (folder);
  ok = write_passing (folder, passing, stream, reading, error);
  if (ok && expected != NULL && strcmp (reading->hash, expected) != 0)
    ok = fail_altered (reading->name, error);
  ok = ok && give_place (folder, passing, reading->hash, reading->cancellable, error);
  if (!ok)
    g_unlink (passing);
  return ok;
}

static gboolean
keep_content (const char    *database,
              GInputStream  *stream,
              Reading       *reading,
              CrmContent    *content,
              GError       **error)
{
  g_autofree char *folder = crm_content_get_folder (database);
  g_autofree char *type = NULL;
  gboolean ok = keep (folder, stream, reading, NULL, error);

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
  Reading reading = { .name = name == NULL ? "" : name, .limit = CRM_CONTENT_LARGEST };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);

  g_return_val_if_fail (database != NULL && content != NULL, FALSE);

  *content = (CrmContent){ NULL };
  return check_limit (&reading, (gint64) MIN (size, G_MAXINT64), error) && keep_content (database, stream, &reading, content, error);
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
  Reading reading = { name, CRM_CONTENT_LARGEST, progress, data, cancellable };
  g_autoptr (GError) failure = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GInputStream) stream = NULL;

  g_return_val_if_fail (database != NULL && G_IS_FILE (file) && content != NULL, FALSE);

  *content = (CrmContent){ NULL };
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, cancellable, &failure);
  if (info == NULL)
    return fail_to_read (name, failure, error);
  if (!check_kind (info, name, error) || !check_limit (&reading, g_file_info_get_size (info), error))
    return FALSE;
  stream = G_INPUT_STREAM (g_file_read (file, cancellable, &failure));
  if (stream == NULL)
    return fail_to_read (name, failure, error);
  return keep_content (database, stream, &reading, content, error);
}

/* Giving out */

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

  if (path != NULL && !open_kept (path, &stream, error))
    return NULL;
  if (stream == NULL)
    fail_missing (path == NULL ? hash : path, error);
  else if (g_input_stream_read_all (stream, head, size, &n, NULL, &failure))
    return g_bytes_new_take (g_steal_pointer (&head), n);
  else
    fail_to_read (path, failure, error);
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
write_copy (GInputStream  *stream,
            Reading       *reading,
            GFile         *passing,
            const char    *name,
            GError       **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GOutputStream) out = G_OUTPUT_STREAM (g_file_create (passing, G_FILE_CREATE_PRIVATE, reading->cancellable, &failure));
  Target target = { out, name };

  if (out == NULL)
    return fail_to_write (name, failure, error);
  return read_all (reading, stream, save_slice, &target, error) &&
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
save_stream (GInputStream  *stream,
             Reading       *reading,
             const char    *hash,
             GFile         *file,
             GError       **error)
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
    ok = fail_altered (reading->name, error);
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
  Reading reading = { .name = path, .limit = -1, .cancellable = cancellable };
  g_autoptr (GInputStream) stream = NULL;

  if (path != NULL && !open_kept (path, &stream, error))
    return FALSE;
  return stream == NULL ? fail_missing (path == NULL ? hash : path, error) : save_stream (stream, &reading, hash, target, error);
}

/* All of them */

static gboolean
list_inner (const char  *folder,
            const char  *prefix,
            GHashTable  *hashes,
            GError     **error)
{
  g_autofree char *inner = g_build_filename (folder, prefix, NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (strlen (prefix) != PREFIX_DIGITS || !g_file_test (inner, G_FILE_TEST_IS_DIR))
    return TRUE;
  errno = 0;
  dir = g_dir_open (inner, 0, NULL);
  if (dir == NULL)
    return crm_file_fail (inner, error);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (crm_content_is_hash (name) && g_str_has_prefix (name, prefix))
      g_hash_table_add (hashes, g_strdup (name));
  return TRUE;
}

static GHashTable *
list_folder (const char  *folder,
             GError     **error)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &failure);
  const char *name;

  if (dir == NULL && !g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      fail_to_read (folder, failure, error);
      return NULL;
    }
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!list_inner (folder, name, hashes, error))
      return NULL;
  return g_steal_pointer (&hashes);
}

GHashTable *
crm_content_list (const char  *database,
                  GError     **error)
{
  g_autofree char *folder = crm_content_get_folder (database);

  return list_folder (folder, error);
}

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

static gboolean
has_size_of (const char *a,
             const char *b)
{
  struct stat st_a, st_b;

  return stat (a, &st_a) == 0 && stat (b, &st_b) == 0 && st_a.st_size == st_b.st_size;
}

static gboolean
copy_one (const char    *from,
          const char    *to,
          const char    *hash,
          gboolean       mend,
          GPtrArray     *faults,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autofree char *source = get_path_in (from, hash);
  g_autofree char *target = get_path_in (to, hash);
  Reading reading = { .name = source, .limit = -1, .cancellable = cancellable };
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean ok;

  if (!mend && has_size_of (source, target))
    return TRUE;
  ok = open_kept (source, &stream, &failure) && stream != NULL && keep (to, stream, &reading, hash, &failure);
  g_free (reading.hash);
  if (failure == NULL)
    return ok || fail_missing (source, error);
  if (!g_error_matches (failure, CRM_ERROR, CRM_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  g_ptr_array_add (faults, g_strdup (failure->message));
  return TRUE;
}

gboolean
crm_content_copy_all (const char    *from,
                      const char    *to,
                      gboolean       mend,
                      GPtrArray     *faults,
                      guint         *n,
                      GCancellable  *cancellable,
                      GError       **error)
{
  g_autoptr (GHashTable) hashes = list_folder (from, error);
  GHashTableIter iter;
  gpointer hash;
  guint before = faults->len;

  if (hashes == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, hashes);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    if (!copy_one (from, to, hash, mend, faults, cancellable, error))
      return FALSE;
  if (n != NULL)
    *n = g_hash_table_size (hashes) - (faults->len - before);
  return TRUE;
}
