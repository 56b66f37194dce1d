/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-bulk-bar.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "crm-list-words.h"
#include "crm-number.h"

GResource *crm_ui_list_get_resource (void);

struct _CrmBulkBar
{
  GtkWidget    parent_instance;

  GtkLabel    *count_label;
  GtkStack    *stack;
  GtkWidget   *tag;
  GtkWidget   *tag_icon; /* where there is no room for words */
  GtkWidget   *template; /* as of tags */
  GtkWidget   *template_icon;
  GtkWidget   *merge;
  GtkWidget   *merge_icon;
};

G_DEFINE_FINAL_TYPE (CrmBulkBar, crm_bulk_bar, GTK_TYPE_WIDGET)

static void
crm_bulk_bar_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), CRM_TYPE_BULK_BAR);
  /* Of the children that have no name the template takes no leave */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (crm_bulk_bar_parent_class)->dispose (object);
}

static void
crm_bulk_bar_class_init (CrmBulkBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_bulk_bar_dispose;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  g_type_ensure (ADW_TYPE_SQUEEZER);
  g_resources_register (crm_ui_list_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-bulk-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmBulkBar, count_label);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkBar, stack);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkBar, tag);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkBar, tag_icon);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkBar, template);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkBar, template_icon);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkBar, merge);
  gtk_widget_class_bind_template_child (widget_class, CrmBulkBar, merge_icon);
}

static void
crm_bulk_bar_init (CrmBulkBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_bulk_bar_new (const CrmEntity *entity)
{
  CrmBulkBar *self = NULL;
  gboolean has_tags;

  g_return_val_if_fail (entity != NULL, NULL);

  self = g_object_new (CRM_TYPE_BULK_BAR, NULL);
  has_tags = crm_entity_find_field (entity, "tags") >= 0;
  gtk_widget_set_visible (self->tag, has_tags);
  gtk_widget_set_visible (self->tag_icon, has_tags);
  gtk_widget_set_visible (self->template, entity == &crm_client);
  gtk_widget_set_visible (self->template_icon, entity == &crm_client);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _(crm_list_words_get (entity)->selected), -1);
  return GTK_WIDGET (self);
}

void
crm_bulk_bar_update (CrmBulkBar *self,
                     guint       n_selected,
                     gboolean    trash)
{
  g_autofree char *text = NULL;

  g_return_if_fail (CRM_IS_BULK_BAR (self));

  gtk_widget_set_visible (GTK_WIDGET (self), n_selected > 0);
  if (n_selected == 0)
    return;
  text = crm_number_fill (ngettext ("%s selected", "%s selected", n_selected), n_selected);
  gtk_label_set_text (self->count_label, text);
  gtk_widget_set_visible (self->merge, n_selected == 2);
  gtk_widget_set_visible (self->merge_icon, n_selected == 2);
  gtk_stack_set_visible_child_name (self->stack, trash ? "trash" : "records");
}
