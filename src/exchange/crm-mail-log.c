/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>

#include "crm-document-store.h"
#include "crm-error.h"
#include "crm-mail-log-private.h"
#include "crm-number.h"

struct _CrmMailMeter {
  guint n_read; /* atomic */
};

CrmMailMeter *
crm_mail_meter_new (void)
{
  return g_atomic_rc_box_new0 (CrmMailMeter);
}

void
crm_mail_meter_unref (CrmMailMeter *self)
{
  g_atomic_rc_box_release (self);
}

guint
crm_mail_meter_get_read (CrmMailMeter *self)
{
  return (guint) g_atomic_int_get (&self->n_read);
}

/* Results */

static void
mail_entry_free (gpointer data)
{
  CrmMailEntry *self = data;

  g_free (self->file);
  g_free (self->reason);
  g_free (self->subject);
  g_free (self->client_name);
  g_ptr_array_unref (self->people);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static CrmMailLog *
mail_log_new (void)
{
  CrmMailLog *self = g_new0 (CrmMailLog, 1);

  self->entries = g_ptr_array_new_with_free_func (mail_entry_free);
  self->strangers = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_mail_stranger_free);
  return self;
}

void
crm_mail_log_free (CrmMailLog *self)
{
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->strangers);
  g_free (self);
}

/* Reading */

typedef struct {
  CrmMailJob    job;
  char         *database;
  GPtrArray    *files;
  CrmMailMeter *meter;
} Reading;

static void
mail_item_free (gpointer data)
{
  CrmMailItem *self = data;

  g_free (self->file);
  g_free (self->reason);
  g_clear_pointer (&self->mail, crm_mail_free);
  g_ptr_array_unref (self->documents);
  g_free (self);
}

static Reading *
reading_new (CrmStore                *store,
             GPtrArray               *files,
             const CrmMailLogOptions *options,
             CrmMailMeter            *meter)
{
  Reading *self = g_new0 (Reading, 1);

  self->job.options = *options;
  self->job.items = g_ptr_array_new_with_free_func (mail_item_free);
  self->job.result = mail_log_new ();
  self->database = g_strdup (crm_store_get_path (store));
  self->files = g_ptr_array_ref (files);
  self->meter = meter == NULL ? NULL : g_atomic_rc_box_acquire (meter);
  return self;
}

static void
reading_free (Reading *self)
{
  g_ptr_array_unref (self->job.items);
  g_clear_pointer (&self->job.result, crm_mail_log_free);
  g_free (self->database);
  g_ptr_array_unref (self->files);
  g_clear_pointer (&self->meter, crm_mail_meter_unref);
  g_free (self);
}

/* The bytes are let go: those of all e-mails together may be more than there is memory. */
static gboolean
keep_attachments (Reading      *self,
                  CrmMailItem  *item,
                  GError      **error)
{
  for (guint i = 0; i < item->mail->attachments->len; i++)
    {
      CrmMailAttachment *attachment = item->mail->attachments->pdata[i];
      g_autoptr (CrmValues) document = crm_values_new (&crm_document, 0);
      gsize size;
      gconstpointer data = g_bytes_get_data (attachment->bytes, &size);

      crm_values_set_text (document, CRM_DOCUMENT_NAME, attachment->name);
      crm_values_set_text (document, CRM_DOCUMENT_KIND, "attachment");
      if (!self->job.options.dry_run)
        {
          if (!crm_document_keep_bytes (self->database, document, data == NULL ? "" : data, size, error))
            return FALSE;
          g_ptr_array_add (item->documents, g_steal_pointer (&document));
        }
      g_bytes_unref (attachment->bytes);
      attachment->bytes = g_bytes_new_static ("", 0);
    }
  return TRUE;
}

static gboolean
is_of_one_file (const GError *failure)
{
  return g_error_matches (failure, CRM_ERROR, CRM_ERROR_INVALID) || g_error_matches (failure, CRM_ERROR, CRM_ERROR_UNREADABLE);
}

static gboolean
read_file (Reading       *self,
           GFile         *file,
           GCancellable  *cancellable,
           GError       **error)
{
  CrmMailItem *item = g_new0 (CrmMailItem, 1);
  g_autofree char *base = g_file_get_basename (file);
  g_autoptr (GError) failure = NULL;

  item->file = g_filename_display_name (base == NULL ? "" : base);
  item->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_values_unref);
  g_ptr_array_add (self->job.items, item);
  item->mail = crm_mail_read (file, cancellable, &failure);
  if (item->mail != NULL)
    return keep_attachments (self, item, error);
  if (is_of_one_file (failure))
    {
      item->reason = g_strdup (failure->message);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
read_files (Reading       *self,
            GCancellable  *cancellable,
            GError       **error)
{
  for (guint i = 0; i < self->files->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !read_file (self, self->files->pdata[i], cancellable, error))
        return FALSE;
      if (self->meter != NULL)
        g_atomic_int_inc (&self->meter->n_read);
    }
  return TRUE;
}

/* A dry run took back what it did. */
static gboolean
is_rehearsed (Reading *self,
              GError **error)
{
  if (self->job.is_rehearsed)
    g_clear_error (error);
  return self->job.is_rehearsed;
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (crm_store_step_finish (CRM_STORE (source), result, &error) || is_rehearsed (self, &error))
    g_task_return_pointer (task, g_steal_pointer (&self->job.result), (GDestroyNotify) crm_mail_log_free);
  else
    g_task_return_error (task, error);
}

static void
run_read (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  GError *error = NULL;

  if (read_files (data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_error (task, error);
  else
    crm_store_step_async (CRM_STORE (source), "", crm_mail_job_run, &self->job, NULL, g_task_get_cancellable (task), on_written, g_object_ref (task));
}

void
crm_mail_log_async (CrmStore                *store,
                    GPtrArray               *files,
                    const CrmMailLogOptions *options,
                    CrmMailMeter            *meter,
                    GCancellable            *cancellable,
                    GAsyncReadyCallback      callback,
                    gpointer                 user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) reading = NULL;
  Reading *self;

  g_return_if_fail (CRM_IS_STORE (store) && files != NULL && options != NULL);

  task = g_task_new (store, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_mail_log_async);
  g_task_set_check_cancellable (task, FALSE);
  self = reading_new (store, files, options, meter);
  g_task_set_task_data (task, self, (GDestroyNotify) reading_free);
  reading = g_task_new (store, cancellable, on_read, g_object_ref (task));
  g_task_set_task_data (reading, self, NULL); /* which lives as long as @task */
  g_task_run_in_thread (reading, run_read);
}

CrmMailLog *
crm_mail_log_finish (CrmStore      *store,
                     GAsyncResult  *result,
                     GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_mail_log_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

CrmMailLog *
crm_mail_log (CrmStore                 *store,
              GPtrArray                *files,
              const CrmMailLogOptions  *options,
              GError                  **error)
{
  Reading *self;
  CrmMailLog *result = NULL;
  GError *failure = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store) && files != NULL && options != NULL, NULL);

  self = reading_new (store, files, options, NULL);
  if (read_files (self, NULL, &failure) &&
      (crm_store_step (store, "", crm_mail_job_run, &self->job, NULL, &failure) || is_rehearsed (self, &failure)))
    result = g_steal_pointer (&self->job.result);
  else
    g_propagate_error (error, failure);
  reading_free (self);
  return result;
}

/* Strangers */

/* Who are they by now? */
static gboolean
look_up (CrmDb      *db,
         GPtrArray  *strangers,
         GError    **error)
{
  g_autoptr (CrmMailBook) book = crm_mail_book_new ();

  for (guint i = 0; i < strangers->len; i++)
    crm_mail_book_want_address (book, ((CrmMailStranger *) strangers->pdata[i])->address);
  if (!crm_mail_book_read (book, db, error))
    return FALSE;
  for (guint i = 0; i < strangers->len; i++)
    {
      CrmMailStranger *stranger = strangers->pdata[i];
      const CrmMailAddress address = { stranger->name, stranger->address };
      CrmMailMatch match;

      if (!crm_mail_book_find (book, db, &address, stranger->client, &match, error))
        return FALSE;
      stranger->person = match.person;
    }
  return TRUE;
}

static gboolean
add_people (CrmWriter     *writer,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  GPtrArray *strangers = data;
  g_autofree char *label = NULL;

  if (!look_up (crm_writer_get_db (writer), strangers, error))
    return FALSE;
  for (guint i = 0; i < strangers->len; i++)
    if (!crm_mail_stranger_meet (strangers->pdata[i], writer, error))
      return FALSE;
  if (strangers->len == 1)
    label = g_strdup_printf (_("Add %s"), ((CrmMailStranger *) strangers->pdata[0])->name);
  else
    label = crm_number_fill (ngettext ("Add %s person from e-mails", "Add %s people from e-mails", strangers->len), strangers->len);
  crm_writer_set_label (writer, label);
  return TRUE;
}

void
crm_mail_log_add_people_async (CrmStore            *store,
                               GPtrArray           *strangers,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_return_if_fail (CRM_IS_STORE (store) && strangers != NULL);

  crm_store_step_async (store, "", add_people, strangers, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}
