/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-document-copy.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "crm-file-name.h"
#include "crm-file.h"

#define LEFT_LONG_AGO_SECONDS (24 * 60 * 60)
#define URI_LIST "text/uri-list"

/* The folder */

static char *
get_place (void)
{
  return g_build_filename (g_get_user_cache_dir (), "crm", "documents", NULL);
}

/* Of this process, each with one file; guarded by @mutex */
static GMutex mutex;
static GPtrArray *folders;

static char *
make_folder (GError **error)
{
  g_autofree char *place = get_place ();
  g_autofree char *folder = g_build_filename (place, "XXXXXX", NULL);

  if (!crm_file_make_folder (place, error))
    return NULL;
  g_chmod (place, 0700);
  if (g_mkdtemp_full (folder, 0700) == NULL)
    {
      crm_file_fail (place, error);
      return NULL;
    }
  g_mutex_lock (&mutex);
  if (folders == NULL)
    folders = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (folders, g_strdup (folder));
  g_mutex_unlock (&mutex);
  return g_steal_pointer (&folder);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
remove_left (void)
{
  g_autofree char *place = get_place ();
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *folder = g_build_filename (place, name, NULL);
      struct stat st;

      if (lstat (folder, &st) == 0 && S_ISDIR (st.st_mode) && now - st.st_mtime > LEFT_LONG_AGO_SECONDS)
        remove_folder (folder);
    }
}

void
crm_document_copy_clean_up (void)
{
  g_mutex_lock (&mutex);
  for (guint i = 0; folders != NULL && i < folders->len; i++)
    remove_folder (folders->pdata[i]);
  g_clear_pointer (&folders, g_ptr_array_unref);
  g_mutex_unlock (&mutex);
  remove_left ();
}

/* One copy */

typedef struct {
  char     *database;
  char     *hash;
  char     *name;
  gboolean  is_risky;
} Copy;

static void
copy_free (Copy *copy)
{
  g_free (copy->database);
  g_free (copy->hash);
  g_free (copy->name);
  g_free (copy);
}

static Copy *
copy_new (CrmStore        *store,
          const CrmValues *document)
{
  Copy *copy = g_new0 (Copy, 1);

  copy->database = g_strdup (crm_store_get_path (store));
  copy->hash = g_strdup (crm_values_get_text (document, CRM_DOCUMENT_HASH));
  copy->name = crm_file_name_clean (crm_values_get_text (document, CRM_DOCUMENT_NAME));
  return copy;
}

static void
make_copy (GTask        *task,
           gpointer      source,
           gpointer      data,
           GCancellable *cancellable)
{
  Copy *copy = data;
  GError *error = NULL;
  g_autofree char *folder = make_folder (&error);
  g_autoptr (GBytes) head = folder == NULL ? NULL : crm_content_read_head (copy->database, copy->hash, CRM_CONTENT_HEAD, &error);
  g_autofree char *path = folder == NULL ? NULL : g_build_filename (folder, copy->name, NULL);
  g_autoptr (GFile) file = path == NULL ? NULL : g_file_new_for_path (path);

  if (head != NULL && crm_content_save (copy->database, copy->hash, file, cancellable, &error))
    {
      g_chmod (path, 0400);
      copy->is_risky = crm_file_name_is_risky (copy->name, g_bytes_get_data (head, NULL), g_bytes_get_size (head));
      g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
    }
  else
    g_task_return_error (task, error);
}

void
crm_document_copy_async (CrmStore            *store,
                         const CrmValues     *document,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CRM_IS_STORE (store) && document != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_document_copy_async);
  g_task_set_task_data (task, copy_new (store, document), (GDestroyNotify) copy_free);
  g_task_run_in_thread (task, make_copy);
}

GFile *
crm_document_copy_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_document_copy_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
crm_document_copy_is_risky (GAsyncResult *result)
{
  const Copy *copy = g_task_get_task_data (G_TASK (result));

  return copy->is_risky;
}

/* Given to others */

#define CRM_TYPE_DOCUMENT_PROVIDER (crm_document_provider_get_type ())
G_DECLARE_FINAL_TYPE (CrmDocumentProvider, crm_document_provider, CRM, DOCUMENT_PROVIDER, GdkContentProvider)

struct _CrmDocumentProvider {
  GdkContentProvider parent_instance;

  CrmStore          *store;
  CrmValues         *document;
};

G_DEFINE_FINAL_TYPE (CrmDocumentProvider, crm_document_provider, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
crm_document_provider_ref_formats (GdkContentProvider *provider)
{
  static const char *types[] = { URI_LIST };

  return gdk_content_formats_new (types, G_N_ELEMENTS (types));
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_copied_for_other (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GFile) file = crm_document_copy_finish (result, &error);
  g_autofree char *uri = file == NULL ? NULL : g_file_get_uri (file);
  GOutputStream *stream = g_object_get_data (G_OBJECT (task), "crm-stream");
  char *line;

  if (file == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  line = g_strconcat (uri, "\r\n", NULL);
  g_task_set_task_data (task, line, g_free);
  g_output_stream_write_all_async (stream, line, strlen (line), G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_written, g_object_ref (task));
}

static void
crm_document_provider_write_async (GdkContentProvider  *provider,
                                   const char          *mime_type,
                                   GOutputStream       *stream,
                                   int                  io_priority,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  CrmDocumentProvider *self = CRM_DOCUMENT_PROVIDER (provider);
  GTask *task = g_task_new (provider, cancellable, callback, user_data);

  g_object_set_data_full (G_OBJECT (task), "crm-stream", g_object_ref (stream), g_object_unref);
  crm_document_copy_async (self->store, self->document, cancellable, on_copied_for_other, task);
}

static gboolean
crm_document_provider_write_finish (GdkContentProvider  *provider,
                                    GAsyncResult        *result,
                                    GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
crm_document_provider_finalize (GObject *object)
{
  CrmDocumentProvider *self = CRM_DOCUMENT_PROVIDER (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->document, crm_values_unref);
  G_OBJECT_CLASS (crm_document_provider_parent_class)->finalize (object);
}

static void
crm_document_provider_class_init (CrmDocumentProviderClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = crm_document_provider_finalize;
  provider_class->ref_formats = crm_document_provider_ref_formats;
  provider_class->write_mime_type_async = crm_document_provider_write_async;
  provider_class->write_mime_type_finish = crm_document_provider_write_finish;
}

static void
crm_document_provider_init (CrmDocumentProvider *self)
{
}

GdkContentProvider *
crm_document_copy_create_provider (CrmStore        *store,
                                   const CrmValues *document)
{
  CrmDocumentProvider *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store) && document != NULL, NULL);

  self = g_object_new (CRM_TYPE_DOCUMENT_PROVIDER, NULL);
  self->store = g_object_ref (store);
  self->document = crm_values_copy (document);
  return GDK_CONTENT_PROVIDER (self);
}
