/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-empty-page.h"

struct _CrmEmptyPage
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (CrmEmptyPage, crm_empty_page, GTK_TYPE_WIDGET)

static void
crm_empty_page_dispose (GObject *object)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (crm_empty_page_parent_class)->dispose (object);
}

static void
crm_empty_page_class_init (CrmEmptyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_empty_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-empty-page.ui");
}

static void
crm_empty_page_init (CrmEmptyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
crm_empty_page_new (void)
{
  return g_object_new (CRM_TYPE_EMPTY_PAGE, NULL);
}
