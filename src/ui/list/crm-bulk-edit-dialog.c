/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-bulk-edit-dialog.h"

#include <glib/gi18n-lib.h>

#include "crm-bulk.h"
#include "crm-field-row.h"
#include "crm-list-words.h"

GResource *crm_ui_list_get_resource (void);

struct _CrmBulkEditDialog
{
  AdwWindow     parent_instance;

  GtkWidget    *near;
  CrmStore     *store;
  const CrmEntity *entity;
  GArray       *ids;
  GArray       *fields; /* of guint, as listed */

  AdwWindowTitle *title;
  AdwPreferencesGroup *group;
  AdwComboRow  *field_row;
  GtkLabel     *error_label;
  GtkWidget    *value_row;
};

G_DEFINE_FINAL_TYPE (CrmBulkEditDialog, crm_bulk_edit_dialog, ADW_TYPE_WINDOW)

/* A name belongs to one, and tags are not set but given and taken */
static gboolean
is_editable (const CrmEntity *entity,
             const CrmField  *field)
{
  return !(field->flags & (CRM_FIELD_SYSTEM | CRM_FIELD_VIRTUAL)) && field->kind != CRM_KIND_TAGS &&
         !g_str_equal (field->name, entity->title);
}

static guint
get_field (CrmBulkEditDialog *self)
{
  return g_array_index (self->fields, guint, adw_combo_row_get_selected (self->field_row));
}

static void
on_apply (CrmBulkEditDialog *self)
{
  g_autoptr (CrmValues) changes = crm_values_new (self->entity, 0);
  g_autoptr (GError) error = NULL;

  if (!crm_field_row_collect (CRM_FIELD_ROW (self->value_row), changes, get_field (self), &error))
    {
      gtk_label_set_text (self->error_label, error->message);
      gtk_widget_set_visible (GTK_WIDGET (self->error_label), TRUE);
      gtk_widget_grab_focus (crm_field_row_get_target (CRM_FIELD_ROW (self->value_row)));
      return;
    }
  crm_bulk_update (self->near, self->store, self->ids, changes);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_field_selected (CrmBulkEditDialog *self)
{
  if (self->value_row != NULL)
    adw_preferences_group_remove (self->group, self->value_row);
  self->value_row = crm_field_row_new (self->store, self->entity, get_field (self));
  adw_preferences_group_add (self->group, self->value_row);
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), FALSE);
}

static void
crm_bulk_edit_dialog_dispose (GObject *object)
{
  CrmBulkEditDialog *self = CRM_BULK_EDIT_DIALOG (object);

  self->value_row = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), CRM_TYPE_BULK_EDIT_DIALOG);
  g_clear_object (&self->near);
  g_clear_object (&self->store);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->fields, g_array_unref);

  G_OBJECT_CLASS (crm_bulk_edit_dialog_parent_class)->dispose (object);
}

static void
crm_bulk_edit_dialog_class_init (CrmBulkEditDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_bulk_edit_dialog_dispose;

  g_resources_register (crm_ui_list_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-bulk-edit-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmBulkEditDialog, title);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkEditDialog, group);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkEditDialog, field_row);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkEditDialog, error_label);
  gtk_widget_class_bind_template_callback (widget_class, on_apply);
  gtk_widget_class_bind_template_callback (widget_class, on_field_selected);
}

static void
crm_bulk_edit_dialog_init (CrmBulkEditDialog *self)
{
  self->fields = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
list_fields (CrmBulkEditDialog *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < self->entity->n_fields; i++)
    {
      if (!is_editable (self->entity, &self->entity->fields[i]))
        continue;
      g_array_append_val (self->fields, i);
      gtk_string_list_append (labels, crm_field_get_label (&self->entity->fields[i]));
    }
  adw_combo_row_set_model (self->field_row, G_LIST_MODEL (labels));
}

GtkWidget *
crm_bulk_edit_dialog_new (GtkWidget       *near,
                          CrmStore        *store,
                          const CrmEntity *entity,
                          GArray          *ids)
{
  CrmBulkEditDialog *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (near), NULL);
  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_BULK_EDIT_DIALOG, "transient-for", gtk_widget_get_root (near), NULL);
  self->near = g_object_ref (near);
  self->store = g_object_ref (store);
  self->entity = entity;
  self->ids = g_array_ref (ids);
  title = crm_list_words_fill (entity, CRM_COUNTED_EDIT_TITLE, ids->len);
  adw_window_title_set_title (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
  list_fields (self);
  if (self->value_row == NULL)
    on_field_selected (self);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->field_row));
  return GTK_WIDGET (self);
}
