/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-documents-page.h"

#include "crm-document-adder.h"
#include "crm-document-list.h"
#include "crm-document-row.h"
#include "crm-number.h"
#include "crm-toaster.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define PAGE 100

struct _CrmDocumentsPage {
  GtkWidget        parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;
  gint64           id;          /* 0: none */
  guint            limit;
  gboolean         has_more;
  gboolean         is_outdated;
  GCancellable    *cancellable; /* while it is read */

  GtkWidget       *tools;
  GtkLabel        *count;
  GtkListBox      *list;
  GPtrArray       *rows;        /* of CrmDocumentRow; not owned */
  GtkWidget       *empty;
};

G_DEFINE_FINAL_TYPE (CrmDocumentsPage, crm_documents_page, GTK_TYPE_WIDGET)

/* Rows */

static CrmDocumentRow *
find_row (CrmDocumentsPage *self,
          gint64            id)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (crm_document_row_get_id (self->rows->pdata[i]) == id)
      return self->rows->pdata[i];
  return NULL;
}

/* The row that comes in the place of one that had the keyboard gets it. */
static void
remove_others (CrmDocumentsPage *self,
               GHashTable       *kept)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  for (guint i = self->rows->len; i-- > 0;)
    {
      GtkWidget *row = self->rows->pdata[i];

      if (g_hash_table_contains (kept, row))
        continue;
      if (row == focus)
        {
          GtkWidget *next = i + 1 < self->rows->len ? self->rows->pdata[i + 1] : i > 0 ? self->rows->pdata[i - 1] : NULL;

          if (next == NULL || !gtk_widget_grab_focus (next))
            gtk_widget_child_focus (self->tools, GTK_DIR_TAB_FORWARD);
        }
      gtk_list_box_remove (self->list, row);
      g_ptr_array_remove_index (self->rows, i);
    }
}

static void
show_rows (CrmDocumentsPage *self,
           GPtrArray        *documents)
{
  g_autoptr (GHashTable) kept = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < documents->len; i++)
    {
      CrmDocumentRow *row = find_row (self, crm_values_get_id (documents->pdata[i]));

      if (row != NULL)
        {
          crm_document_row_set (row, documents->pdata[i]);
          g_hash_table_add (kept, row);
        }
    }
  remove_others (self, kept);
  for (guint i = 0; i < documents->len; i++)
    if (i >= self->rows->len || crm_document_row_get_id (self->rows->pdata[i]) != crm_values_get_id (documents->pdata[i]))
      {
        GtkWidget *row = crm_document_row_new (self->store, documents->pdata[i]);

        gtk_list_box_insert (self->list, row, (int) i);
        g_ptr_array_insert (self->rows, (int) i, row);
      }
}

static void
show_count (CrmDocumentsPage *self,
            guint             n)
{
  g_autofree char *text = crm_number_fill (ngettext ("%s document", "%s documents", n), n);

  gtk_label_set_text (self->count, text);
  gtk_widget_set_visible (self->tools, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (self->empty, n == 0);
}

static void
on_row_activated (CrmDocumentsPage *self,
                  GtkListBoxRow    *row)
{
  crm_document_row_open (CRM_DOCUMENT_ROW (row));
}

/* Reading */

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (CrmDocumentsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDocumentList) list = crm_document_list_read_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  g_clear_object (&self->cancellable);
  if (list == NULL)
    {
      if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        crm_toast_error (GTK_WIDGET (self), error);
      return;
    }
  self->has_more = list->total > list->documents->len;
  show_rows (self, list->documents);
  show_count (self, list->total);
}

static void
cancel (CrmDocumentsPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
read_if_seen (CrmDocumentsPage *self)
{
  if (self->id == 0 || !self->is_outdated || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  cancel (self);
  self->is_outdated = FALSE;
  self->cancellable = g_cancellable_new ();
  crm_document_list_read_async (self->store, self->entity, self->id, self->limit, self->cancellable, on_read, g_object_ref (self));
}

static void
on_store_changed (CrmDocumentsPage *self,
                  CrmChangeSet     *changes)
{
  if (self->id == 0 || !crm_change_set_touches_entity (changes, &crm_document))
    return;
  self->is_outdated = TRUE;
  read_if_seen (self);
}

/* Adding */

static void
add_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  CrmDocumentsPage *self = CRM_DOCUMENTS_PAGE (widget);

  if (self->id != 0)
    crm_document_adder_choose (widget, self->store, self->entity, self->id, "file");
}

static void
on_clipboard_read (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (CrmDocumentsPage) self = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, &error);
  g_autoptr (GPtrArray) files = NULL;

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL || self->id == 0)
    return;
  if (value == NULL)
    {
      crm_toast (GTK_WIDGET (self), _("There are no files on the clipboard"));
      return;
    }
  files = crm_document_adder_get_files (value);
  crm_document_adder_add (GTK_WIDGET (self), self->store, self->entity, self->id, "file", files);
}

static void
paste_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gdk_clipboard_read_value_async (gtk_widget_get_clipboard (widget), GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL, on_clipboard_read,
                                  g_object_ref (widget));
}

/* The class */

static void
crm_documents_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (crm_documents_page_parent_class)->map (widget);
  read_if_seen (CRM_DOCUMENTS_PAGE (widget));
}

static void
crm_documents_page_dispose (GObject *object)
{
  CrmDocumentsPage *self = CRM_DOCUMENTS_PAGE (object);
  GtkWidget *child;

  cancel (self);
  g_clear_object (&self->store);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (crm_documents_page_parent_class)->dispose (object);
}

static void
crm_documents_page_finalize (GObject *object)
{
  g_ptr_array_unref (CRM_DOCUMENTS_PAGE (object)->rows);
  G_OBJECT_CLASS (crm_documents_page_parent_class)->finalize (object);
}

static void
crm_documents_page_class_init (CrmDocumentsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_documents_page_dispose;
  object_class->finalize = crm_documents_page_finalize;
  widget_class->map = crm_documents_page_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "documents.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "documents.paste", NULL, paste_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "documents.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Insert, GDK_SHIFT_MASK, "documents.paste", NULL);
}

static GtkWidget *
create_add_button (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Add Files…"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "documents.add");
  return button;
}

static GtkWidget *
create_tools (CrmDocumentsPage *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->count, 0);
  gtk_label_set_ellipsize (self->count, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->count), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
  gtk_box_append (GTK_BOX (tools), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (tools), create_add_button ());
  gtk_widget_set_visible (tools, FALSE);
  return tools;
}

static GtkWidget *
create_empty (void)
{
  GtkWidget *page = adw_status_page_new ();
  GtkWidget *button = create_add_button ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "crm-document-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("No Documents"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("Drop files on the card, paste them, or add them here. Copies are kept; the files stay where they are."));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  gtk_widget_add_css_class (page, "compact");
  gtk_widget_set_hexpand (page, TRUE);
  gtk_widget_set_visible (page, FALSE);
  return page;
}

static void
crm_documents_page_init (CrmDocumentsPage *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->rows = g_ptr_array_new ();
  self->tools = create_tools (self);
  self->empty = create_empty ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Documents"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_widget_set_parent (self->tools, GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  gtk_widget_set_parent (self->empty, GTK_WIDGET (self));
}

GtkWidget *
crm_documents_page_new (CrmStore        *store,
                        const CrmEntity *entity)
{
  CrmDocumentsPage *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL && crm_entity_find_field (&crm_document, entity->name) >= 0, NULL);

  self = g_object_new (CRM_TYPE_DOCUMENTS_PAGE, NULL);
  self->store = g_object_ref (store);
  self->entity = entity;
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
crm_documents_page_open (CrmDocumentsPage *self,
                         gint64            id)
{
  g_autoptr (GHashTable) none = g_hash_table_new (NULL, NULL);

  g_return_if_fail (CRM_IS_DOCUMENTS_PAGE (self));

  cancel (self);
  self->id = id;
  self->limit = PAGE;
  self->has_more = FALSE;
  self->is_outdated = TRUE;
  remove_others (self, none);
  gtk_widget_set_visible (self->tools, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->list), FALSE);
  gtk_widget_set_visible (self->empty, FALSE);
  read_if_seen (self);
}

void
crm_documents_page_read_more (CrmDocumentsPage *self)
{
  g_return_if_fail (CRM_IS_DOCUMENTS_PAGE (self));

  if (!self->has_more || self->cancellable != NULL)
    return;
  self->limit += PAGE;
  self->is_outdated = TRUE;
  read_if_seen (self);
}
