/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-document-store.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"
#include "crm-file-name.h"
#include "crm-number.h"
#include "crm-picture-head.h"
#include "crm-store-private.h"

#define THOUSAND 1000
#define PICTURE_HEAD (1024 * 1024)

/* One document */

static void
fill (CrmValues        *document,
      const CrmContent *content)
{
  crm_values_set_text (document, CRM_DOCUMENT_HASH, content->hash);
  crm_values_set_integer (document, CRM_DOCUMENT_SIZE, content->size);
  if (crm_values_is_null (document, CRM_DOCUMENT_MEDIA_TYPE))
    crm_values_set_text (document, CRM_DOCUMENT_MEDIA_TYPE, content->media_type);
}

gboolean
crm_document_keep_bytes (const char     *database,
                         CrmValues      *document,
                         gconstpointer   data,
                         gsize           size,
                         GError        **error)
{
  g_auto (CrmContent) content = { NULL };

  if (!crm_content_put (database, crm_values_get_text (document, CRM_DOCUMENT_NAME), data, size, &content, error))
    return FALSE;
  fill (document, &content);
  return TRUE;
}

static void
name_after (CrmValues *document,
            GFile     *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *display = base == NULL ? NULL : g_filename_display_name (base);

  crm_values_take_text (document, CRM_DOCUMENT_NAME, crm_file_name_clean (display));
}

gboolean
crm_document_keep_file (const char          *database,
                        CrmValues           *document,
                        GFile               *file,
                        CrmContentProgress   progress,
                        gpointer             data,
                        GCancellable        *cancellable,
                        GError             **error)
{
  g_auto (CrmContent) content = { NULL };

  if (!crm_content_put_file (database, file, progress, data, cancellable, &content, error))
    return FALSE;
  if (crm_values_is_null (document, CRM_DOCUMENT_NAME))
    name_after (document, file);
  fill (document, &content);
  return TRUE;
}

gint64
crm_document_insert (CrmWriter        *writer,
                     const CrmValues  *document,
                     GError          **error)
{
  const char *hash = crm_values_get_text (document, CRM_DOCUMENT_HASH);
  g_autofree char *path = crm_content_get_path (crm_db_get_path (crm_writer_get_db (writer)), hash);

  if (path == NULL || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("The file “%s” is missing from the folder of documents."),
                   crm_values_get_text (document, CRM_DOCUMENT_NAME));
      return 0;
    }
  return crm_writer_insert (writer, document, error);
}

gint64
crm_document_insert_bytes (CrmWriter      *writer,
                           CrmValues      *document,
                           gconstpointer   data,
                           gsize           size,
                           GError        **error)
{
  const char *database = crm_db_get_path (crm_writer_get_db (writer));

  return crm_document_keep_bytes (database, document, data, size, error) ? crm_writer_insert (writer, document, error) : 0;
}

const char *
crm_document_get_picture_kind (const CrmEntity *owner)
{
  return owner == &crm_client ? "logo" : "photo";
}

static gint64
find_picture (CrmDb            *db,
              const CrmEntity  *owner,
              gint64            id,
              GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM document WHERE %s = ? AND kind = ? AND deleted IS NULL ORDER BY id DESC", owner->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  gboolean row;

  if (stmt == NULL)
    return 0;
  crm_stmt_bind_integer (stmt, 1, id);
  crm_stmt_bind_text (stmt, 2, crm_document_get_picture_kind (owner));
  return crm_db_step (db, stmt, &row, error) && row ? sqlite3_column_int64 (stmt, 0) : 0;
}

/* A merge may have brought more than one. */
gboolean
crm_document_remove_picture (CrmWriter        *writer,
                             const CrmEntity  *owner,
                             gint64            id,
                             GError          **error)
{
  GError *failure = NULL;
  gint64 picture;

  while ((picture = find_picture (crm_writer_get_db (writer), owner, id, &failure)) != 0)
    if (!crm_writer_delete (writer, &crm_document, picture, error))
      return FALSE;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/* How far it is */

struct _CrmDocumentMeter {
  int thousandths; /* atomic */
};

CrmDocumentMeter *
crm_document_meter_new (void)
{
  return g_atomic_rc_box_new0 (CrmDocumentMeter);
}

void
crm_document_meter_unref (CrmDocumentMeter *self)
{
  g_atomic_rc_box_release (self);
}

double
crm_document_meter_get_fraction (CrmDocumentMeter *self)
{
  return g_atomic_int_get (&self->thousandths) / (double) THOUSAND;
}

/* Files */

void
crm_document_result_free (CrmDocumentResult *self)
{
  g_array_unref (self->ids);
  g_ptr_array_unref (self->refused);
  g_ptr_array_unref (self->known);
  g_free (self);
}

typedef struct {
  char              *database;
  const CrmEntity   *owner;
  gint64             id;
  const char        *kind;
  GPtrArray         *files;     /* of GFile */
  CrmDocumentMeter  *meter;
  gint64             total;     /* bytes of the files, as far as that is known */
  gint64             done;      /* bytes of the files before */
  GPtrArray         *documents; /* of CrmValues */
  CrmDocumentResult *result;
} Addition;

static void
addition_free (Addition *self)
{
  g_free (self->database);
  g_ptr_array_unref (self->files);
  g_ptr_array_unref (self->documents);
  g_clear_pointer (&self->meter, crm_document_meter_unref);
  g_clear_pointer (&self->result, crm_document_result_free);
  g_free (self);
}

/* Whoever asks for another kind names it in the program, not by data. */
static Addition *
addition_new (CrmStore         *store,
              const CrmEntity  *owner,
              gint64            id,
              const char       *kind,
              GPtrArray        *files,
              CrmDocumentMeter *meter)
{
  Addition *self = g_new0 (Addition, 1);

  self->database = g_strdup (crm_store_get_path (store));
  self->owner = owner;
  self->id = id;
  self->kind = crm_field_find_choice (&crm_document.fields[CRM_DOCUMENT_KIND], kind);
  self->files = g_ptr_array_ref (files);
  self->meter = meter == NULL ? NULL : g_atomic_rc_box_acquire (meter);
  self->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_values_unref);
  self->result = g_new0 (CrmDocumentResult, 1);
  self->result->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->result->refused = g_ptr_array_new_with_free_func (g_free);
  self->result->known = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
set_meter (gint64   bytes,
           gpointer data)
{
  Addition *self = data;

  if (self->meter != NULL && self->total > 0)
    g_atomic_int_set (&self->meter->thousandths, (int) (MIN (self->done + bytes, self->total) * THOUSAND / self->total));
}

static void
measure (Addition     *self,
         GCancellable *cancellable)
{
  for (guint i = 0; self->meter != NULL && i < self->files->len; i++)
    {
      g_autoptr (GFileInfo) info = g_file_query_info (self->files->pdata[i], G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, cancellable, NULL);

      if (info != NULL)
        self->total += g_file_info_get_size (info);
    }
}

/* Another file may go where this one did not; with a full disk none does. */
static gboolean
is_of_one_file (const GError *failure)
{
  return g_error_matches (failure, CRM_ERROR, CRM_ERROR_INVALID) || g_error_matches (failure, CRM_ERROR, CRM_ERROR_UNREADABLE);
}

static gboolean
is_picture (const Addition *self)
{
  return g_str_equal (self->kind, "photo") || g_str_equal (self->kind, "logo");
}

/* By its head: where it says its size, all formats do within so much. */
static gboolean
is_absurd (GFile        *file,
           goffset       size,
           GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, NULL);
  g_autofree char *head = g_malloc (PICTURE_HEAD);
  guint32 width, height;
  gsize n;

  if (size > CRM_PICTURE_MAX_BYTES)
    return TRUE;
  return stream != NULL && g_input_stream_read_all (G_INPUT_STREAM (stream), head, PICTURE_HEAD, &n, cancellable, NULL) &&
         crm_picture_head_measure (head, n, &width, &height) && (guint64) width * height > CRM_PICTURE_MAX_PIXELS;
}

/* Who decodes it says whether it is one that can be shown; here a list of prices is kept from being somebody's face. */
static gboolean
check_picture (GFile         *file,
               GCancellable  *cancellable,
               GError       **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_CONTENT_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE ","
                                                  G_FILE_ATTRIBUTE_STANDARD_TYPE, G_FILE_QUERY_INFO_NONE, cancellable, NULL);
  const char *type = info == NULL ? NULL : g_file_info_get_content_type (info);
  g_autofree char *path = g_file_get_parse_name (file);
  g_autofree char *name = g_filename_display_basename (path);

  if (type != NULL && !g_content_type_is_a (type, "image/*"))
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("“%s” is not a picture."), name);
  else if (info != NULL && g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR && is_absurd (file, g_file_info_get_size (info), cancellable))
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                 _("“%s” is too large for a picture on a card: at most 20 MB and 50 megapixels can be shown."), name);
  else
    return TRUE;
  return FALSE;
}

static guint
get_owner_field (const Addition *self)
{
  return (guint) crm_entity_find_field (&crm_document, self->owner->name);
}

static gboolean
keep_files (Addition      *self,
            GCancellable  *cancellable,
            GError       **error)
{
  measure (self, cancellable);
  for (guint i = 0; i < self->files->len; i++)
    {
      g_autoptr (CrmValues) document = crm_values_new (&crm_document, 0);
      g_autoptr (GError) failure = NULL;

      crm_values_set_text (document, CRM_DOCUMENT_KIND, self->kind);
      crm_values_set_reference (document, get_owner_field (self), self->id, NULL);
      if ((!is_picture (self) || check_picture (self->files->pdata[i], cancellable, &failure)) &&
          crm_document_keep_file (self->database, document, self->files->pdata[i], set_meter, self, cancellable, &failure))
        {
          self->done += crm_values_get_integer (document, CRM_DOCUMENT_SIZE);
          g_ptr_array_add (self->documents, g_steal_pointer (&document));
        }
      else if (is_of_one_file (failure))
        g_ptr_array_add (self->result->refused, g_strdup (failure->message));
      else
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}

/* The same content under the same name, of the same record */
static gboolean
find_known (CrmDb            *db,
            guint             owner,
            const CrmValues  *document,
            gboolean         *known,
            GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM document WHERE hash = ? AND name = ? AND kind = ? AND %s = ? AND deleted IS NULL",
                                          crm_document.fields[owner].name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, crm_values_get_text (document, CRM_DOCUMENT_HASH));
  crm_stmt_bind_text (stmt, 2, crm_values_get_text (document, CRM_DOCUMENT_NAME));
  crm_stmt_bind_text (stmt, 3, crm_values_get_text (document, CRM_DOCUMENT_KIND));
  crm_stmt_bind_integer (stmt, 4, crm_values_get_integer (document, owner));
  return crm_db_step (db, stmt, known, error);
}

static void
set_label (CrmWriter *writer,
           Addition  *self,
           const char *name)
{
  g_autofree char *title = crm_store_get_title (writer, self->owner, self->id);
  g_autofree char *count = crm_number_fill (ngettext ("add %s document", "add %s documents", self->result->ids->len), self->result->ids->len);
  g_autofree char *what = self->result->ids->len == 1 ? g_strdup_printf (_("add %s"), name) : g_steal_pointer (&count);
  g_autofree char *label = g_strdup_printf ("%s: %s", title, what);

  crm_writer_set_label (writer, label);
}

static gboolean
insert_documents (CrmWriter     *writer,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  Addition *self = data;
  const char *name = NULL;

  for (guint i = 0; i < self->documents->len; i++)
    {
      const CrmValues *document = self->documents->pdata[i];
      gboolean known;
      gint64 id;

      if (!find_known (crm_writer_get_db (writer), get_owner_field (self), document, &known, error))
        return FALSE;
      name = crm_values_get_text (document, CRM_DOCUMENT_NAME);
      if (known)
        {
          g_ptr_array_add (self->result->known, g_strdup (name));
          continue;
        }
      id = crm_document_insert (writer, document, error);
      if (id == 0)
        return FALSE;
      g_array_append_val (self->result->ids, id);
    }
  if (self->result->ids->len > 0)
    set_label (writer, self, name);
  return TRUE;
}

static void
on_inserted (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Addition *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (crm_store_step_finish (CRM_STORE (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&self->result), (GDestroyNotify) crm_document_result_free);
  else
    g_task_return_error (task, error);
}

static void
run_keep (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  GError *error = NULL;

  if (keep_files (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_kept (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  CrmStore *store = CRM_STORE (source);
  Addition *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    crm_store_step_async (store, "", insert_documents, self, NULL, g_task_get_cancellable (task), on_inserted, g_object_ref (task));
}

void
crm_document_add_files_async (CrmStore            *store,
                              const CrmEntity     *owner,
                              gint64               id,
                              const char          *kind,
                              GPtrArray           *files,
                              CrmDocumentMeter    *meter,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) keeping = NULL;
  Addition *self;

  g_return_if_fail (CRM_IS_STORE (store) && crm_entity_find_field (&crm_document, owner->name) >= 0);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_document_add_files_async);
  g_task_set_check_cancellable (task, FALSE);
  self = addition_new (store, owner, id, kind, files, meter);
  g_task_set_task_data (task, self, (GDestroyNotify) addition_free);
  keeping = g_task_new (store, cancellable, on_kept, g_object_ref (task));
  g_task_set_task_data (keeping, self, NULL); /* which lives as long as @task */
  g_task_run_in_thread (keeping, run_keep);
}

CrmDocumentResult *
crm_document_add_files_finish (CrmStore      *store,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_document_add_files_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

CrmDocumentResult *
crm_document_add_files (CrmStore         *store,
                        const CrmEntity  *owner,
                        gint64            id,
                        const char       *kind,
                        GPtrArray        *files,
                        GError          **error)
{
  Addition *self;
  CrmDocumentResult *result = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store) && crm_entity_find_field (&crm_document, owner->name) >= 0, NULL);

  self = addition_new (store, owner, id, kind, files, NULL);
  if (keep_files (self, NULL, error) && crm_store_step (store, "", insert_documents, self, NULL, error))
    result = g_steal_pointer (&self->result);
  addition_free (self);
  return result;
}
