/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-record-page-private.h"

#include "crm-document-adder.h"

/* Files dropped on the card. What is not to become a document, by its extension, is taken out of @files before the rest is added. */
static gboolean
on_drop (CrmRecordPage *self,
         const GValue  *value)
{
  g_autoptr (GPtrArray) files = crm_document_adder_get_files (value);

  if (self->record == NULL || crm_record_get_is_deleted (self->record) || files->len == 0)
    return FALSE;
  crm_document_adder_add (GTK_WIDGET (self), self->store, self->entity, crm_record_get_id (self->record), "file", files);
  return TRUE;
}

void
crm_record_page_add_drop_target (CrmRecordPage *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (self->card, GTK_EVENT_CONTROLLER (target));
}
