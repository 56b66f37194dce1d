/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-content-private.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "crm-error.h"
#include "crm-file.h"

/* All contents of a folder */

static gboolean
list_inner (const char  *folder,
            const char  *prefix,
            GHashTable  *hashes,
            GError     **error)
{
  g_autofree char *inner = g_build_filename (folder, prefix, NULL);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (strlen (prefix) != CRM_CONTENT_PREFIX_DIGITS || !g_file_test (inner, G_FILE_TEST_IS_DIR))
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
      crm_content_fail_to_read (folder, failure, error);
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
  g_autofree char *source = crm_content_get_path_in (from, hash);
  g_autofree char *target = crm_content_get_path_in (to, hash);
  CrmContentReading reading = { .name = source, .limit = -1, .cancellable = cancellable };
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean ok;

  if (!mend && has_size_of (source, target))
    return TRUE;
  ok = crm_content_open (source, &stream, &failure) && stream != NULL && crm_content_keep (to, stream, &reading, hash, &failure);
  g_free (reading.hash);
  if (failure == NULL)
    return ok || crm_content_fail_missing (source, error);
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
