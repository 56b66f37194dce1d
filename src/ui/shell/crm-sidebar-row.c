/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-sidebar-row.h"

#include "crm-number.h"

struct _CrmSidebarRow
{
  GtkListBoxRow  parent_instance;

  GtkLabel      *label;
  GtkWidget     *count;
  char          *page;
  gint64         view;
};

G_DEFINE_FINAL_TYPE (CrmSidebarRow, crm_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

static void
crm_sidebar_row_finalize (GObject *object)
{
  CrmSidebarRow *self = CRM_SIDEBAR_ROW (object);

  g_free (self->page);

  G_OBJECT_CLASS (crm_sidebar_row_parent_class)->finalize (object);
}

static void
crm_sidebar_row_class_init (CrmSidebarRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_sidebar_row_finalize;
}

static void
crm_sidebar_row_init (CrmSidebarRow *self)
{
}

static CrmSidebarRow *
create_row (const char *icon,
            const char *title)
{
  CrmSidebarRow *self = g_object_new (CRM_TYPE_SIDEBAR_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->label = GTK_LABEL (gtk_label_new (title));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  self->count = gtk_label_new (NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  gtk_widget_set_valign (self->count, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->count, "badge");
  gtk_widget_set_visible (self->count, FALSE);
  gtk_box_append (GTK_BOX (box), self->count);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);

  return self;
}

GtkWidget *
crm_sidebar_row_new_page (const char *page,
                          const char *icon,
                          const char *title)
{
  CrmSidebarRow *self = NULL;

  g_return_val_if_fail (page != NULL, NULL);

  self = create_row (icon, title);
  self->page = g_strdup (page);
  return GTK_WIDGET (self);
}

GtkWidget *
crm_sidebar_row_new_view (gint64      view,
                          const char *title)
{
  CrmSidebarRow *self = NULL;

  g_return_val_if_fail (view != 0, NULL);

  self = create_row ("folder-saved-search-symbolic", title);
  self->view = view;
  gtk_widget_add_css_class (GTK_WIDGET (self), "saved-view");
  return GTK_WIDGET (self);
}

void
crm_sidebar_row_set_count (CrmSidebarRow *self,
                           guint          count,
                           gboolean       is_urgent)
{
  g_autofree char *text = crm_number_format (count);

  g_return_if_fail (CRM_IS_SIDEBAR_ROW (self));

  gtk_label_set_text (GTK_LABEL (self->count), text);
  gtk_widget_set_visible (self->count, count > 0);
  if (is_urgent)
    gtk_widget_add_css_class (self->count, "urgent");
  else
    gtk_widget_remove_css_class (self->count, "urgent");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, count > 0 ? text : "", -1);
}

const char *
crm_sidebar_row_get_page (CrmSidebarRow *self)
{
  g_return_val_if_fail (CRM_IS_SIDEBAR_ROW (self), NULL);

  return self->page;
}

gint64
crm_sidebar_row_get_view (CrmSidebarRow *self)
{
  g_return_val_if_fail (CRM_IS_SIDEBAR_ROW (self), 0);

  return self->view;
}

const char *
crm_sidebar_row_get_title (CrmSidebarRow *self)
{
  g_return_val_if_fail (CRM_IS_SIDEBAR_ROW (self), NULL);

  return gtk_label_get_text (self->label);
}
