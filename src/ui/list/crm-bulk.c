/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-bulk.h"

#include <glib/gi18n-lib.h>

#include "crm-csv-writer.h"
#include "crm-export.h"
#include "crm-list-words.h"
#include "crm-number.h"
#include "crm-progress.h"
#include "crm-sql.h"
#include "crm-toaster.h"

/* Records read at a time for a file */
#define EXPORT_CHUNK 500

typedef struct _Bulk Bulk;

/* What is done to one record, on the writer's thread */
typedef gboolean (*BulkFunc) (Bulk *bulk, CrmWriter *writer, gint64 id, GError **error);

struct _Bulk {
  GtkWidget       *near;
  CrmProgress     *progress;
  BulkFunc         func;
  const CrmEntity *entity;
  GArray          *ids;     /* of gint64 */
  CrmValues       *changes;
  char            *tag;
  char            *path;
  char            *done;    /* said when it is done */
};

static void
bulk_free (Bulk *bulk)
{
  crm_progress_free (bulk->progress);
  g_array_unref (bulk->ids);
  g_clear_pointer (&bulk->changes, crm_values_unref);
  g_free (bulk->tag);
  g_free (bulk->path);
  g_free (bulk->done);
  g_object_unref (bulk->near);
  g_free (bulk);
}

/* @doing: the title of the progress; both are taken over */
static Bulk *
bulk_new (GtkWidget       *near,
          const CrmEntity *entity,
          GArray          *ids,
          char            *doing,
          char            *done)
{
  Bulk *bulk = g_new0 (Bulk, 1);

  bulk->near = g_object_ref (near);
  bulk->entity = entity;
  bulk->ids = g_array_copy (ids);
  bulk->done = done;
  bulk->progress = crm_progress_new (near, doing, ids->len);
  g_free (doing);
  return bulk;
}

/* Changing */

static gboolean
run_step (CrmWriter     *writer,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Bulk *bulk = data;

  crm_writer_expect (writer, bulk->ids->len);
  for (guint i = 0; i < bulk->ids->len; i++)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (!bulk->func (bulk, writer, g_array_index (bulk->ids, gint64, i), error))
        return FALSE;
      crm_progress_count (bulk->progress);
    }
  return TRUE;
}

static void
on_step (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Bulk *bulk = user_data;
  g_autoptr (GError) error = NULL;

  if (crm_store_step_finish (CRM_STORE (source), result, &error))
    crm_toast_undo (bulk->near, bulk->done);
  else
    crm_toast_error (bulk->near, error);
  bulk_free (bulk);
}

static void
run (Bulk       *bulk,
     CrmStore   *store,
     BulkFunc    func,
     const char *label)
{
  bulk->func = func;
  crm_store_step_async (store, label, run_step, bulk, NULL, crm_progress_get_cancellable (bulk->progress), on_step, bulk);
}

static gboolean
update_one (Bulk       *bulk,
            CrmWriter  *writer,
            gint64      id,
            GError    **error)
{
  g_autoptr (CrmValues) changes = crm_values_copy (bulk->changes);

  crm_values_set_id (changes, id);
  return crm_writer_update (writer, changes, error);
}

void
crm_bulk_update (GtkWidget *near,
                 CrmStore  *store,
                 GArray    *ids,
                 CrmValues *changes)
{
  const CrmEntity *entity = NULL;
  g_autofree char *label = NULL;
  Bulk *bulk;

  g_return_if_fail (GTK_IS_WIDGET (near));
  g_return_if_fail (CRM_IS_STORE (store));

  entity = crm_values_get_entity (changes);
  label = crm_list_words_fill (entity, CRM_COUNTED_EDIT, ids->len);
  bulk = bulk_new (near, entity, ids, crm_list_words_fill (entity, CRM_COUNTED_CHANGING, ids->len),
                   crm_list_words_fill (entity, CRM_COUNTED_CHANGED, ids->len));
  bulk->changes = crm_values_copy (changes);
  run (bulk, store, update_one, label);
}

static gboolean
add_tag (Bulk       *bulk,
         CrmWriter  *writer,
         gint64      id,
         GError    **error)
{
  return crm_writer_add_tag (writer, id, bulk->tag, error);
}

static gboolean
remove_tag (Bulk       *bulk,
            CrmWriter  *writer,
            gint64      id,
            GError    **error)
{
  return crm_writer_remove_tag (writer, id, bulk->tag, error);
}

void
crm_bulk_tag (GtkWidget  *near,
              CrmStore   *store,
              GArray     *ids,
              const char *tag,
              gboolean    remove)
{
  guint n = ids->len;
  g_autofree char *number = crm_number_format (n);
  g_autofree char *label = NULL;
  char *doing;
  char *done;
  Bulk *bulk;

  g_return_if_fail (GTK_IS_WIDGET (near));
  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (tag != NULL);

  doing = crm_list_words_fill (&crm_client, CRM_COUNTED_CHANGING, n);
  if (remove)
    {
      label = g_strdup_printf (ngettext ("Remove tag “%2$s” from %1$s client", "Remove tag “%2$s” from %1$s clients", n), number, tag);
      done = g_strdup_printf (ngettext ("Tag “%2$s” taken from %1$s client", "Tag “%2$s” taken from %1$s clients", n), number, tag);
    }
  else
    {
      label = g_strdup_printf (ngettext ("Add tag “%2$s” to %1$s client", "Add tag “%2$s” to %1$s clients", n), number, tag);
      done = g_strdup_printf (ngettext ("%1$s client tagged “%2$s”", "%1$s clients tagged “%2$s”", n), number, tag);
    }
  bulk = bulk_new (near, &crm_client, ids, doing, done);
  bulk->tag = g_strdup (tag);
  run (bulk, store, remove ? remove_tag : add_tag, label);
}

void
crm_bulk_delete (GtkWidget       *near,
                 CrmStore        *store,
                 const CrmEntity *entity,
                 GArray          *ids)
{
  Bulk *bulk;

  g_return_if_fail (GTK_IS_WIDGET (near));
  g_return_if_fail (CRM_IS_STORE (store));

  bulk = bulk_new (near, entity, ids, crm_list_words_fill (entity, CRM_COUNTED_DELETING, ids->len),
                   crm_list_words_fill (entity, CRM_COUNTED_DELETED, ids->len));
  crm_store_delete_async (store, entity, bulk->ids, crm_progress_get_cancellable (bulk->progress), on_step, bulk);
}

void
crm_bulk_restore (GtkWidget       *near,
                  CrmStore        *store,
                  const CrmEntity *entity,
                  GArray          *ids)
{
  Bulk *bulk;

  g_return_if_fail (GTK_IS_WIDGET (near));
  g_return_if_fail (CRM_IS_STORE (store));

  bulk = bulk_new (near, entity, ids, crm_list_words_fill (entity, CRM_COUNTED_RESTORING, ids->len),
                   crm_list_words_fill (entity, CRM_COUNTED_RESTORED, ids->len));
  crm_store_restore_async (store, entity, bulk->ids, crm_progress_get_cancellable (bulk->progress), on_step, bulk);
}

static gboolean
purge (Bulk       *bulk,
       CrmWriter  *writer,
       gint64      id,
       GError    **error)
{
  return crm_writer_purge (writer, bulk->entity, id, error);
}

void
crm_bulk_purge (GtkWidget       *near,
                CrmStore        *store,
                const CrmEntity *entity,
                GArray          *ids)
{
  g_autofree char *label = NULL;

  g_return_if_fail (GTK_IS_WIDGET (near));
  g_return_if_fail (CRM_IS_STORE (store));

  label = crm_list_words_fill (entity, CRM_COUNTED_PURGE, ids->len);
  run (bulk_new (near, entity, ids, crm_list_words_fill (entity, CRM_COUNTED_DELETING, ids->len),
                 crm_list_words_fill (entity, CRM_COUNTED_PURGED, ids->len)),
       store, purge, label);
}

/* Writing a file */

static gboolean
is_exported (const CrmField *field)
{
  return !(field->flags & (CRM_FIELD_SYSTEM | CRM_FIELD_VIRTUAL));
}

static gboolean
write_header (CrmCsvWriter     *writer,
              const CrmEntity  *entity,
              GError          **error)
{
  const char *cells[CRM_MAX_FIELDS] = { NULL };
  guint n = 0;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      if (is_exported (&entity->fields[i]))
        cells[n++] = crm_field_get_label (&entity->fields[i]);
    }
  return crm_csv_writer_add_row (writer, cells, n, error);
}

static gboolean
write_record (CrmCsvWriter     *writer,
              const CrmEntity  *entity,
              const CrmValues  *values,
              GError          **error)
{
  char *cells[CRM_MAX_FIELDS] = { NULL };
  guint n = 0;
  gboolean written;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      if (is_exported (&entity->fields[i]))
        cells[n++] = crm_values_to_plain (values, i);
    }
  written = crm_csv_writer_add_row (writer, (const char * const *) cells, n, error);
  for (guint i = 0; i < n; i++)
    g_free (cells[i]);
  return written;
}

static gboolean
write_chunk (CrmCsvWriter  *writer,
             CrmDb         *db,
             Bulk          *bulk,
             guint          from,
             GError       **error)
{
  guint n = MIN (EXPORT_CHUNK, bulk->ids->len - from);
  g_autoptr (GPtrArray) records = crm_sql_read_many (db, bulk->entity, &g_array_index (bulk->ids, gint64, from), n, error);

  if (records == NULL)
    return FALSE;
  for (guint i = 0; i < records->len; i++)
    {
      if (records->pdata[i] != NULL && !write_record (writer, bulk->entity, records->pdata[i], error))
        return FALSE;
      crm_progress_count (bulk->progress);
    }
  return TRUE;
}

static void
count_card (gpointer data)
{
  crm_progress_count (data);
}

static gpointer
write_cards (CrmDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  Bulk *bulk = data;
  g_autoptr (CrmIdList) ids = crm_id_list_new_plain (g_memdup2 (bulk->ids->data, bulk->ids->len * sizeof (gint64)), bulk->ids->len, NULL);
  const CrmExport export = { bulk->entity, ids, bulk->path, CRM_VCARD_4_0, count_card, bulk->progress };
  guint n;

  return crm_export_run (&export, db, &n, cancellable, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static gpointer
write_file (CrmDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Bulk *bulk = data;
  g_autoptr (CrmCsvWriter) writer = crm_csv_writer_new (bulk->path, ',', CRM_CSV_WRITER_BOM, error);

  if (writer == NULL || !write_header (writer, bulk->entity, error))
    return NULL;
  for (guint i = 0; i < bulk->ids->len; i += EXPORT_CHUNK)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !write_chunk (writer, db, bulk, i, error))
        return NULL;
    }
  return crm_csv_writer_finish (writer, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Bulk *bulk = user_data;
  g_autoptr (GError) error = NULL;

  if (crm_store_read_finish (CRM_STORE (source), result, &error) != NULL)
    crm_toast (bulk->near, bulk->done);
  else
    crm_toast_error (bulk->near, error);
  bulk_free (bulk);
}

/* The name need not follow the kind of file that was chosen by hand. */
static GFile *
take_exported (GtkFileChooser *chooser)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (chooser);
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);
  g_autofree char *path = g_file_get_path (file);

  if (path == NULL || filter == NULL || g_object_get_data (G_OBJECT (filter), "cards") == NULL || !g_str_has_suffix (path, ".csv"))
    return g_steal_pointer (&file);
  memcpy (path + strlen (path) - strlen ("vcf"), "vcf", strlen ("vcf"));
  return g_file_new_for_path (path);
}

static void
add_filter (GtkFileChooser *chooser,
            const char     *name,
            const char     *suffix,
            gboolean        is_cards)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_suffix (filter, suffix);
  g_object_set_data (G_OBJECT (filter), "cards", GINT_TO_POINTER (is_cards));
  gtk_file_chooser_add_filter (chooser, filter);
}

typedef struct {
  GtkWidget       *near;
  CrmStore        *store;
  const CrmEntity *entity;
  GArray          *ids;
} Choice;

static void
choice_free (gpointer  data,
             GClosure *closure)
{
  Choice *self = data;

  g_object_unref (self->near);
  g_object_unref (self->store);
  g_array_unref (self->ids);
  g_free (self);
}

static void
on_export_chosen (GtkNativeDialog *chooser,
                  int              response,
                  gpointer         data)
{
  Choice *self = data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = take_exported (GTK_FILE_CHOOSER (chooser));

      if (g_file_peek_path (file) != NULL)
        crm_bulk_export (self->near, self->store, self->entity, self->ids, file);
    }
  g_object_unref (chooser);
}

void
crm_bulk_choose_export (GtkWidget       *near,
                        CrmStore        *store,
                        const CrmEntity *entity,
                        GArray          *ids,
                        const char      *title,
                        const char      *name)
{
  GtkRoot *root = gtk_widget_get_root (near);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Export"), NULL);
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice) { g_object_ref (near), g_object_ref (store), entity, g_array_ref (ids) };
  if (!crm_export_is_card_file (name))
    add_filter (GTK_FILE_CHOOSER (chooser), _("CSV files"), "csv", FALSE);
  if (entity == &crm_client || entity == &crm_person)
    add_filter (GTK_FILE_CHOOSER (chooser), _("vCard files"), "vcf", TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (on_export_chosen), choice, choice_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
crm_bulk_export (GtkWidget       *near,
                 CrmStore        *store,
                 const CrmEntity *entity,
                 GArray          *ids,
                 GFile           *file)
{
  guint n = ids->len;
  g_autofree char *number = crm_number_format (n);
  g_autofree char *name = NULL;
  char *done = NULL;
  Bulk *bulk;

  g_return_if_fail (GTK_IS_WIDGET (near));
  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (G_IS_FILE (file));

  name = g_file_get_basename (file);
  if (entity == &crm_person)
    done = g_strdup_printf (ngettext ("%1$s person exported to “%2$s”", "%1$s people exported to “%2$s”", n), number, name);
  else
    done = g_strdup_printf (ngettext ("%1$s client exported to “%2$s”", "%1$s clients exported to “%2$s”", n), number, name);
  bulk = bulk_new (near, entity, ids, crm_list_words_fill (entity, CRM_COUNTED_EXPORTING, n), done);
  bulk->path = g_file_get_path (file);
  crm_store_read_async (store, crm_export_is_card_file (bulk->path) ? write_cards : write_file, bulk, NULL, NULL, crm_progress_get_cancellable (bulk->progress), on_written, bulk);
}
