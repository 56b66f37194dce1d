/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-record-page-private.h"

#include "crm-address-row.h"
#include "crm-address.h"
#include "crm-bulk.h"
#include "crm-client.h"
#include "crm-contact-point.h"
#include "crm-display.h"
#include "crm-document-adder.h"
#include "crm-erase-window.h"
#include "crm-link.h"
#include "crm-mail-adder.h"
#include "crm-person-data-window.h"
#include "crm-put-template-dialog.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

/* Adding */

/* The row of a contact point of that kind to be filled in; @text: its draft, or NULL. */
static void
add_contact (CrmRecordPage *self,
             const char    *kind,
             const char    *text)
{
  g_autoptr (CrmValues) values = crm_child_list_create_values (self->contacts);
  g_autoptr (GHashTable) drafts = NULL;

  crm_values_set_text (values, CRM_CONTACT_POINT_KIND, kind);
  if (text != NULL)
    {
      drafts = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_insert (drafts, (char *) "value", (char *) text);
    }
  crm_child_list_add (self->contacts, values, kind, drafts);
}

/* The row of an address to be filled in; @drafts: field → text, or NULL. */
static void
add_address (CrmRecordPage *self,
             GHashTable    *drafts)
{
  g_autoptr (CrmValues) values = crm_child_list_create_values (self->addresses);

  crm_values_set_text (values, CRM_ADDRESS_KIND, crm_address.fields[CRM_ADDRESS_KIND].choices[0].name);
  crm_child_list_add (self->addresses, values, CRM_ADDRESS_DRAFT, drafts);
}

void
crm_record_page_put_contacts_back (CrmRecordPage *self,
                                   GHashTable    *drafts)
{
  const CrmChoice *kinds = crm_contact_point.fields[CRM_CONTACT_POINT_KIND].choices;

  for (guint i = 0; kinds[i].name != NULL; i++)
    {
      const char *text = g_hash_table_lookup (drafts, kinds[i].name);

      if (text != NULL)
        add_contact (self, kinds[i].name, text);
    }
}

void
crm_record_page_put_address_back (CrmRecordPage *self,
                                  GHashTable    *drafts)
{
  g_autoptr (GHashTable) of_address = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name, text;

  g_hash_table_iter_init (&iter, drafts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (g_str_has_prefix (name, CRM_ADDRESS_DRAFT))
      g_hash_table_insert (of_address, (char *) name + strlen (CRM_ADDRESS_DRAFT), text);
  if (g_hash_table_size (of_address) > 0)
    add_address (self, of_address);
}

/* Showing */

static void
open_link (CrmRecordPage *self,
           const char    *scheme)
{
  g_autofree char *link = crm_record_page_find_link (self, scheme);

  if (link != NULL)
    crm_link_open (GTK_WIDGET (self), link);
}

static void
call_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  open_link (CRM_RECORD_PAGE (widget), "tel:");
}

static void
mail_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  open_link (CRM_RECORD_PAGE (widget), "mailto:");
}

static void
log_mail_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  crm_mail_adder_choose (widget, self->store, self->entity, crm_record_get_id (self->record));
}

static void
show_overview (CrmRecordPage *self)
{
  gtk_stack_set_visible_child_name (self->views, "overview");
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  show_overview (self);
  crm_form_focus (self->form, "name");
}

static void
tab_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  GtkStack *views = CRM_RECORD_PAGE (widget)->views;
  const char *tab = g_variant_get_string (parameter, NULL);

  if (gtk_stack_get_child_by_name (views, tab) != NULL)
    gtk_stack_set_visible_child_name (views, tab);
}

/* Round in a circle */
static void
step_tab_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  GtkStack *views = CRM_RECORD_PAGE (widget)->views;
  g_autoptr (GtkSelectionModel) pages = gtk_stack_get_pages (views);
  int n = (int) g_list_model_get_n_items (G_LIST_MODEL (pages));
  int by = g_variant_get_int32 (parameter) < 0 ? n - 1 : 1;

  for (int i = 0; i < n; i++)
    if (gtk_selection_model_is_selected (pages, (guint) i))
      {
        gtk_selection_model_select_item (pages, (guint) ((i + by) % n), TRUE);
        return;
      }
}

static void
history_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gtk_stack_set_visible_child_name (CRM_RECORD_PAGE (widget)->views, "history");
}

static void
add_tag_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  crm_record_header_add_tag (CRM_RECORD_PAGE (widget)->header);
}

static void
copy_name_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), crm_record_get_title (self->record));
  crm_toast (widget, _("Copied"));
}

static void
add_contact_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);
  const CrmChoice *kinds = crm_contact_point.fields[CRM_CONTACT_POINT_KIND].choices;
  guint i;

  show_overview (self);
  /* The name that lasts: drafts are kept under it */
  for (i = 0; kinds[i].name != NULL; i++)
    if (strcmp (kinds[i].name, name + strlen ("record.add-")) == 0)
      add_contact (self, kinds[i].name, NULL);
}

static void
add_address_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  show_overview (self);
  add_address (self, NULL);
}

static void
add_person_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  show_overview (self);
  crm_people_section_add (self->people);
}

static void
add_position_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  show_overview (self);
  crm_position_adder_begin (self->position_adder);
}

/* The picture */

static void
set_picture_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  crm_document_adder_choose (widget, self->store, self->entity, crm_record_get_id (self->record), crm_document_get_picture_kind (self->entity));
}

typedef struct {
  const CrmEntity *entity;
  gint64           id;
} Picture;

/* On the writer's thread. */
static gboolean
remove_picture (CrmWriter     *writer,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const Picture *picture = data;

  return crm_document_remove_picture (writer, picture->entity, picture->id, error);
}

static void
on_picture_removed (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (CrmRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = crm_store_step_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (is_done)
    crm_toast_undo (GTK_WIDGET (self), self->entity == &crm_client ? _("Logo removed") : _("Photo removed"));
  else
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
remove_picture_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);
  Picture *picture = g_new (Picture, 1);
  g_autofree char *label = g_strdup_printf (self->entity == &crm_client ? _("Remove the logo of %s") : _("Remove the photo of %s"),
                                            crm_record_get_title (self->record));

  *picture = (Picture) { self->entity, crm_record_get_id (self->record) };
  crm_store_step_async (self->store, label, remove_picture, picture, g_free, NULL, on_picture_removed, g_object_ref (self));
}

typedef struct {
  CrmRecordPage *page;
  char          *name;
} Deletion;

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Deletion *deletion = data;
  g_autoptr (CrmRecordPage) self = deletion->page;
  g_autofree char *name = deletion->name;
  g_autofree char *text = g_strdup_printf (_("“%s” moved to the trash"), name);
  g_autoptr (GError) error = NULL;
  gboolean is_done = crm_store_step_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (is_done)
    crm_toast_undo (GTK_WIDGET (self), text);
  else
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
on_restored (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (CrmRecordPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!crm_store_step_finish (CRM_STORE (source), result, &error) && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    crm_toast_error (GTK_WIDGET (self), error);
}

static GArray *
create_ids (CrmRecordPage *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = crm_record_get_id (self->record);

  return g_array_append_val (ids, id);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);
  g_autoptr (GArray) ids = create_ids (self);
  Deletion *deletion = g_new (Deletion, 1);

  crm_record_page_flush (self);
  *deletion = (Deletion) { g_object_ref (self), crm_display_line (crm_record_get_title (self->record)) };
  crm_store_delete_async (self->store, self->entity, ids, NULL, on_deleted, deletion);
}

static void
restore_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);
  g_autoptr (GArray) ids = create_ids (self);

  crm_store_restore_async (self->store, self->entity, ids, NULL, on_restored, g_object_ref (self));
}

/* A firm goes with the people who work there. */
static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = crm_record_get_id (self->record);
  g_autofree char *file = g_strconcat (crm_record_get_title (self->record), ".vcf", NULL);

  crm_record_page_flush (self);
  g_array_append_val (ids, id);
  crm_bulk_choose_export (widget, self->store, crm_record_get_entity (self->record), ids, _("Export as vCard"), g_strdelimit (file, "/", '-'));
}

static void
data_of_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  crm_record_page_flush (self);
  gtk_window_present (GTK_WINDOW (crm_person_data_window_new (self->store, GTK_WINDOW (gtk_widget_get_root (widget)),
                                                             crm_record_get_id (self->record))));
}

/* What the card still shows is held nowhere else any more. */
static void
on_erased (CrmRecordPage *self)
{
  crm_record_page_open (self, 0);
}

static void
erase_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);
  GtkWidget *window = crm_erase_window_new (self->store, GTK_WINDOW (gtk_widget_get_root (widget)), crm_record_get_id (self->record));

  crm_record_page_flush (self);
  g_signal_connect_object (window, "erased", G_CALLBACK (on_erased), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

static void
put_template_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);
  g_autoptr (GArray) ids = create_ids (self);

  gtk_window_present (GTK_WINDOW (crm_put_template_dialog_new (widget, self->store, ids)));
}

static void
edit_next_step_action (GtkWidget  *widget,
                       const char *name,
                       GVariant   *parameter)
{
  crm_next_step_bar_edit (CRM_RECORD_PAGE (widget)->next_step_bar);
}

static void
add_task_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  show_overview (self);
  crm_tasks_section_add (self->tasks);
}

void
crm_record_page_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "record.call", NULL, call_action);
  gtk_widget_class_install_action (widget_class, "record.mail", NULL, mail_action);
  gtk_widget_class_install_action (widget_class, "record.log-mail", NULL, log_mail_action);
  gtk_widget_class_install_action (widget_class, "record.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "record.tab", "s", tab_action);
  gtk_widget_class_install_action (widget_class, "record.step-tab", "i", step_tab_action);
  gtk_widget_class_install_action (widget_class, "record.history", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "record.copy-name", NULL, copy_name_action);
  gtk_widget_class_install_action (widget_class, "record.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "record.data-of", NULL, data_of_action);
  gtk_widget_class_install_action (widget_class, "record.erase", NULL, erase_action);
  gtk_widget_class_install_action (widget_class, "record.add-tag", NULL, add_tag_action);
  gtk_widget_class_install_action (widget_class, "record.add-phone", NULL, add_contact_action);
  gtk_widget_class_install_action (widget_class, "record.add-mobile", NULL, add_contact_action);
  gtk_widget_class_install_action (widget_class, "record.add-email", NULL, add_contact_action);
  gtk_widget_class_install_action (widget_class, "record.add-fax", NULL, add_contact_action);
  gtk_widget_class_install_action (widget_class, "record.add-chat", NULL, add_contact_action);
  gtk_widget_class_install_action (widget_class, "record.add-address", NULL, add_address_action);
  gtk_widget_class_install_action (widget_class, "record.add-person", NULL, add_person_action);
  gtk_widget_class_install_action (widget_class, "record.add-position", NULL, add_position_action);
  gtk_widget_class_install_action (widget_class, "record.set-photo", NULL, set_picture_action);
  gtk_widget_class_install_action (widget_class, "record.set-logo", NULL, set_picture_action);
  gtk_widget_class_install_action (widget_class, "record.remove-photo", NULL, remove_picture_action);
  gtk_widget_class_install_action (widget_class, "record.remove-logo", NULL, remove_picture_action);
  gtk_widget_class_install_action (widget_class, "record.put-template", NULL, put_template_action);
  gtk_widget_class_install_action (widget_class, "record.next-step", NULL, edit_next_step_action);
  gtk_widget_class_install_action (widget_class, "record.add-task", NULL, add_task_action);
  gtk_widget_class_install_action (widget_class, "record.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "record.restore", NULL, restore_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "record.edit", NULL);
}
