/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-record-page-private.h"

#include "crm-document-adder.h"
#include "crm-import-window.h"
#include "crm-mail-adder.h"

/* vCards are imported, wherever they are dropped; they are taken out of @files. */
static void
import_cards (CrmRecordPage *self,
              GPtrArray     *files)
{
  g_autoptr (GStrvBuilder) uris = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (guint i = files->len; i-- > 0;)
    if (crm_import_window_is_card (files->pdata[i]))
      {
        g_autofree char *uri = g_file_get_uri (files->pdata[i]);

        g_strv_builder_add (uris, uri);
        g_ptr_array_remove_index (files, i);
      }
  all = g_strv_builder_end (uris);
  if (all[0] != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.import-files", "^as", all);
}

/* Files dropped on the card. E-mails are logged, vCards imported, the rest become documents. */
static gboolean
on_drop (CrmRecordPage *self,
         const GValue  *value)
{
  g_autoptr (GPtrArray) files = crm_document_adder_get_files (value);

  if (self->record == NULL || crm_record_get_is_deleted (self->record) || files->len == 0)
    return FALSE;
  crm_mail_adder_take (GTK_WIDGET (self), self->store, self->entity, crm_record_get_id (self->record), files);
  import_cards (self, files);
  crm_document_adder_add (GTK_WIDGET (self), self->store, self->entity, crm_record_get_id (self->record), "file", files);
  return TRUE;
}

static gboolean
is_picture (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *type = g_content_type_guess (name, NULL, 0, NULL);

  return g_content_type_is_a (type, "image/*");
}

/* One picture dropped on the name is the photo or logo; anything else is as good as on the rest of the card. */
static gboolean
on_header_drop (CrmRecordPage *self,
                const GValue  *value)
{
  g_autoptr (GPtrArray) files = crm_document_adder_get_files (value);

  if (self->record == NULL || crm_record_get_is_deleted (self->record) || files->len != 1 || !is_picture (files->pdata[0]))
    return on_drop (self, value);
  crm_document_adder_add (GTK_WIDGET (self), self->store, self->entity, crm_record_get_id (self->record),
                          crm_document_get_picture_kind (self->entity), files);
  return TRUE;
}

void
crm_record_page_add_drop_target (CrmRecordPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkDropTarget *header = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (self->card, GTK_EVENT_CONTROLLER (target));
  g_signal_connect_swapped (header, "drop", G_CALLBACK (on_header_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self->header), GTK_EVENT_CONTROLLER (header));
}
