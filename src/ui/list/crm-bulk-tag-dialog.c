/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-bulk-tag-dialog.h"

#include <glib/gi18n-lib.h>

#include "crm-bulk.h"
#include "crm-heading.h"
#include "crm-number.h"
#include "crm-tag.h"
#include "crm-wrap-layout.h"

/* A wall of tags helps nobody: beyond, one types */
#define MAX_TAGS 24

struct _CrmBulkTagDialog
{
  AdwMessageDialog parent_instance;

  GtkWidget    *near;
  CrmStore     *store;
  GArray       *ids;
  GCancellable *cancellable;

  GtkWidget    *entry;
  GtkWidget    *tags;
};

G_DEFINE_FINAL_TYPE (CrmBulkTagDialog, crm_bulk_tag_dialog, ADW_TYPE_MESSAGE_DIALOG)

static char *
dup_tag (CrmBulkTagDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
}

static void
on_entry_changed (CrmBulkTagDialog *self)
{
  g_autofree char *tag = dup_tag (self);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "add", *tag != '\0');
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "remove", *tag != '\0');
}

static void
on_tag_clicked (CrmBulkTagDialog *self,
                GtkButton        *button)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), gtk_button_get_label (button));
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static void
on_tags_read (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (CrmBulkTagDialog) self = user_data;
  g_autoptr (GPtrArray) tags = crm_store_get_children_finish (CRM_STORE (source), result, NULL);

  if (tags == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint i = 0; i < MIN (tags->len, MAX_TAGS); i++)
    {
      GtkWidget *button = gtk_button_new_with_label (crm_values_get_text (tags->pdata[i], CRM_TAG_NAME));

      gtk_widget_add_css_class (button, "chip");
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_tag_clicked), self);
      gtk_box_append (GTK_BOX (self->tags), button);
    }
  gtk_widget_set_visible (self->tags, tags->len > 0);
}

static void
crm_bulk_tag_dialog_response (AdwMessageDialog *dialog,
                              const char       *response)
{
  CrmBulkTagDialog *self = CRM_BULK_TAG_DIALOG (dialog);
  g_autofree char *tag = dup_tag (self);

  if (*tag != '\0' && (g_str_equal (response, "add") || g_str_equal (response, "remove")))
    crm_bulk_tag (self->near, self->store, self->ids, tag, g_str_equal (response, "remove"));
}

static void
crm_bulk_tag_dialog_dispose (GObject *object)
{
  CrmBulkTagDialog *self = CRM_BULK_TAG_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->near);
  g_clear_object (&self->store);
  g_clear_pointer (&self->ids, g_array_unref);

  G_OBJECT_CLASS (crm_bulk_tag_dialog_parent_class)->dispose (object);
}

static void
crm_bulk_tag_dialog_finalize (GObject *object)
{
  g_object_unref (CRM_BULK_TAG_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (crm_bulk_tag_dialog_parent_class)->finalize (object);
}

static void
crm_bulk_tag_dialog_class_init (CrmBulkTagDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_bulk_tag_dialog_dispose;
  object_class->finalize = crm_bulk_tag_dialog_finalize;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = crm_bulk_tag_dialog_response;
}

static void
crm_bulk_tag_dialog_init (CrmBulkTagDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->cancellable = g_cancellable_new ();
  self->entry = gtk_entry_new ();
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("Tag"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Tag"), -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_entry_changed), self);
  self->tags = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_layout_manager (self->tags, crm_wrap_layout_new (6));
  gtk_widget_set_visible (self->tags, FALSE);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_box_append (GTK_BOX (box), self->tags);

  crm_heading_wrap (GTK_WIDGET (self));
  adw_message_dialog_set_extra_child (dialog, box);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "remove", _("_Remove Tag"), "add", _("_Add Tag"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "add", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "add");
  adw_message_dialog_set_close_response (dialog, "cancel");
  on_entry_changed (self);
}

GtkWidget *
crm_bulk_tag_dialog_new (GtkWidget *near,
                         CrmStore  *store,
                         GArray    *ids)
{
  CrmBulkTagDialog *self;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (near), NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_BULK_TAG_DIALOG, "transient-for", gtk_widget_get_root (near), NULL);
  self->near = g_object_ref (near);
  self->store = g_object_ref (store);
  self->ids = g_array_ref (ids);
  heading = crm_number_fill (ngettext ("Tag %s Client", "Tag %s Clients", ids->len), ids->len);
  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), heading);
  crm_store_get_all_async (store, &crm_tag, self->cancellable, on_tags_read, g_object_ref (self));
  gtk_widget_grab_focus (self->entry);
  return GTK_WIDGET (self);
}
