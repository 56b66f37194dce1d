/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-template-group.h"

#include <glib/gi18n-lib.h>

#include "crm-activity-template.h"
#include "crm-child-row.h"
#include "crm-display.h"
#include "crm-name-dialog.h"
#include "crm-template-step-row.h"
#include "crm-toaster.h"

/* Between a new step and the one before */
#define USUAL_DAYS 7

struct _CrmTemplateGroup {
  AdwPreferencesGroup parent_instance;

  CrmStore           *store;
  CrmValues          *template;
  gint64              last_day;  /* of the steps there are */
  GtkListBox         *list;
  GHashTable         *rows;      /* id → CrmTemplateStepRow, not owned */
  GtkWidget          *entry;
};

G_DEFINE_FINAL_TYPE (CrmTemplateGroup, crm_template_group, ADW_TYPE_PREFERENCES_GROUP)

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (CrmTemplateGroup) self = data;
  g_autoptr (GError) error = NULL;

  if (crm_store_save_finish (CRM_STORE (source), result, &error) == 0 && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GtkWidget) near = data;
  g_autoptr (GError) error = NULL;

  if (!crm_store_step_finish (CRM_STORE (source), result, &error) && gtk_widget_get_root (near) != NULL)
    crm_toast_error (near, error);
}

static void
delete (CrmTemplateGroup *self,
        const CrmEntity  *entity,
        gint64            id)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_append_val (ids, id);
  crm_store_delete_async (self->store, entity, ids, NULL, on_deleted, g_object_ref (self));
}

static void
on_step_removed (CrmTemplateGroup   *self,
                 CrmTemplateStepRow *row)
{
  delete (self, &crm_template_step, crm_values_get_id (crm_fields_row_get_values (CRM_FIELDS_ROW (row))));
}

static void
on_remove (CrmTemplateGroup *self)
{
  delete (self, &crm_activity_template, crm_values_get_id (self->template));
}

static void
rename_template (const char *name,
                 gpointer    data)
{
  CrmTemplateGroup *self = data;
  g_autoptr (CrmValues) changes = crm_values_new (&crm_activity_template, crm_values_get_id (self->template));

  crm_values_set_text (changes, CRM_ACTIVITY_TEMPLATE_NAME, name);
  crm_store_save_async (self->store, changes, NULL, on_saved, g_object_ref (self));
}

static void
on_rename (CrmTemplateGroup *self)
{
  crm_name_dialog_ask (GTK_WIDGET (self), _("Rename the Template"), NULL, _("_Rename"), crm_values_get_text (self->template, CRM_ACTIVITY_TEMPLATE_NAME),
                       rename_template, g_object_ref (self), g_object_unref);
}

static void
on_add (CrmTemplateGroup *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  g_autoptr (CrmValues) step = crm_values_new (&crm_template_step, 0);

  if (*name == '\0')
    return;
  crm_values_set_reference (step, CRM_TEMPLATE_STEP_TEMPLATE, crm_values_get_id (self->template), NULL);
  crm_values_set_text (step, CRM_TEMPLATE_STEP_NAME, name);
  crm_values_set_integer (step, CRM_TEMPLATE_STEP_DAYS, g_hash_table_size (self->rows) > 0 ? self->last_day + USUAL_DAYS : 0);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  crm_store_save_async (self->store, step, NULL, on_saved, g_object_ref (self));
}

static GtkWidget *
add_header_button (GtkWidget        *box,
                   CrmTemplateGroup *self,
                   const char       *icon,
                   const char       *words,
                   GCallback         callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  crm_display_name_control (button, words);
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
crm_template_group_dispose (GObject *object)
{
  CrmTemplateGroup *self = CRM_TEMPLATE_GROUP (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->template, crm_values_unref);
  G_OBJECT_CLASS (crm_template_group_parent_class)->dispose (object);
}

static void
crm_template_group_finalize (GObject *object)
{
  g_hash_table_unref (CRM_TEMPLATE_GROUP (object)->rows);
  G_OBJECT_CLASS (crm_template_group_parent_class)->finalize (object);
}

static void
crm_template_group_class_init (CrmTemplateGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_template_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_template_group_finalize;
}

static void
crm_template_group_init (CrmTemplateGroup *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  self->rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Add a Step"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (self->entry))), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Add a Step"), -1);
  g_signal_connect_swapped (self->entry, "apply", G_CALLBACK (on_add), self);
  gtk_list_box_append (self->list, self->entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->list));
  add_header_button (box, self, "document-edit-symbolic", _("Rename the template"), G_CALLBACK (on_rename));
  add_header_button (box, self, "user-trash-symbolic", _("Remove the template"), G_CALLBACK (on_remove));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), box);
}

GtkWidget *
crm_template_group_new (CrmStore *store)
{
  CrmTemplateGroup *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_TEMPLATE_GROUP, NULL);
  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}

static void
show_step (CrmTemplateGroup *self,
           const CrmValues  *step,
           int               position)
{
  gint64 id = crm_values_get_id (step);
  GtkWidget *row = g_hash_table_lookup (self->rows, &id);

  if (row == NULL)
    {
      row = crm_template_step_row_new (self->store);
      g_signal_connect_swapped (row, "removed", G_CALLBACK (on_step_removed), self);
      crm_child_row_set_values (CRM_CHILD_ROW (row), step);
      gtk_list_box_insert (self->list, row, position);
      g_hash_table_insert (self->rows, g_memdup2 (&id, sizeof id), row);
      return;
    }
  crm_child_row_set_values (CRM_CHILD_ROW (row), step);
  if (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) == position || gtk_widget_get_focus_child (row) != NULL)
    return;
  g_object_ref (row);
  gtk_list_box_remove (self->list, row);
  gtk_list_box_insert (self->list, row, position);
  g_object_unref (row);
}

void
crm_template_group_set (CrmTemplateGroup *self,
                        const CrmValues  *template,
                        GPtrArray        *steps)
{
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  GHashTableIter iter;
  gpointer key, row;

  g_return_if_fail (CRM_IS_TEMPLATE_GROUP (self));
  g_return_if_fail (template != NULL && steps != NULL);

  g_clear_pointer (&self->template, crm_values_unref);
  self->template = crm_values_copy (template);
  name = crm_display_line (crm_values_get_text (template, CRM_ACTIVITY_TEMPLATE_NAME));
  title = g_markup_escape_text (name, -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &key, &row))
    {
      gboolean is_there = FALSE;

      for (guint i = 0; i < steps->len && !is_there; i++)
        is_there = crm_values_get_id (steps->pdata[i]) == *(gint64 *) key;
      if (!is_there)
        {
          gtk_list_box_remove (self->list, row);
          g_hash_table_iter_remove (&iter);
        }
    }
  self->last_day = 0;
  for (guint i = 0; i < steps->len; i++)
    {
      show_step (self, steps->pdata[i], (int) i);
      self->last_day = MAX (self->last_day, crm_values_get_integer (steps->pdata[i], CRM_TEMPLATE_STEP_DAYS));
    }
}

void
crm_template_group_flush (CrmTemplateGroup *self)
{
  GHashTableIter iter;
  gpointer row;

  g_return_if_fail (CRM_IS_TEMPLATE_GROUP (self));

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    crm_child_row_flush (CRM_CHILD_ROW (row));
}
