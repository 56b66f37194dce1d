/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-timeline-documents.h"

#include "crm-document-list.h"
#include "crm-document-row.h"
#include "crm-interaction.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

/* An e-mail has rarely more; all are on the tab of documents. */
#define MOST_ROWS 50

typedef struct {
  GtkListBox *list;        /* that it belongs to */
  CrmStore   *store;
  gint64      interaction;
  GPtrArray  *rows;        /* of CrmDocumentRow */
} Documents;

static void
documents_free (gpointer data)
{
  Documents *self = data;

  g_object_unref (self->store);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static gboolean
are_same (const Documents *self,
          GPtrArray       *documents)
{
  if (self->rows->len != documents->len)
    return FALSE;
  for (guint i = 0; i < documents->len; i++)
    if (crm_document_row_get_id (self->rows->pdata[i]) != crm_values_get_id (documents->pdata[i]))
      return FALSE;
  return TRUE;
}

static void
show (Documents *self,
      GPtrArray *documents)
{
  if (are_same (self, documents))
    {
      for (guint i = 0; i < documents->len; i++)
        crm_document_row_set (self->rows->pdata[i], documents->pdata[i]);
      return;
    }
  for (guint i = 0; i < self->rows->len; i++)
    gtk_list_box_remove (self->list, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < documents->len; i++)
    {
      GtkWidget *row = crm_document_row_new (self->store, documents->pdata[i]);

      g_ptr_array_add (self->rows, row);
      gtk_list_box_append (self->list, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), documents->len > 0);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GtkWidget) list = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDocumentList) read = crm_document_list_read_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_parent (list) == NULL)
    return;
  if (read != NULL)
    show (g_object_get_data (G_OBJECT (list), "crm-documents"), read->documents);
  else
    crm_toast_error (list, error);
}

static void
read_documents (GtkWidget *list)
{
  Documents *self = g_object_get_data (G_OBJECT (list), "crm-documents");

  crm_document_list_read_async (self->store, &crm_interaction, self->interaction, MOST_ROWS, NULL, on_read, g_object_ref (list));
}

static void
on_row_activated (GtkListBox     *list,
                  CrmDocumentRow *row)
{
  crm_document_row_open (row);
}

GtkWidget *
crm_timeline_documents_new (CrmStore *store,
                            gint64    interaction)
{
  GtkWidget *list;
  Documents *self;

  g_return_val_if_fail (CRM_IS_STORE (store) && interaction != 0, NULL);

  list = gtk_list_box_new ();
  self = g_new0 (Documents, 1);
  self->list = GTK_LIST_BOX (list);
  self->store = g_object_ref (store);
  self->interaction = interaction;
  self->rows = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (list), "crm-documents", self, documents_free);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_visible (list, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Documents"), -1);
  g_signal_connect (list, "row-activated", G_CALLBACK (on_row_activated), NULL);
  g_signal_connect_object (store, "changed", G_CALLBACK (read_documents), list, G_CONNECT_SWAPPED);
  read_documents (list);
  return list;
}
