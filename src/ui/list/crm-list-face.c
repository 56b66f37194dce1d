/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-list-face.h"

#include <glib/gi18n-lib.h>

#include "crm-list-cursor.h"
#include "crm-list-row.h"

struct _CrmListFace
{
  GtkWidget    parent_instance;

  CrmListLook *look;
  GtkWidget   *scroller;
  GtkWidget   *list_view;
};

enum {
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmListFace, crm_list_face, GTK_TYPE_WIDGET)

static void
on_setup (CrmListFace *self,
          GtkListItem *item)
{
  gtk_list_item_set_child (item, crm_list_row_new (self->look));
}

static void
on_bind (CrmListFace *self,
         GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  CrmRow *row = gtk_list_item_get_item (item);

  crm_list_row_set_row (CRM_LIST_ROW (child), row);
  crm_list_cursor_bind (self->list_view, row, child);
}

static void
on_unbind (CrmListFace *self,
           GtkListItem *item)
{
  GtkWidget *child = gtk_list_item_get_child (item);

  crm_list_cursor_unbind (self->list_view, gtk_list_item_get_item (item), child);
  crm_list_row_set_row (CRM_LIST_ROW (child), NULL);
}

static void
on_activate (CrmListFace *self,
             guint        position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}

/* GTK 4.8 would go through all rows, which the arrows are for. */
static gboolean
crm_list_face_focus (GtkWidget        *widget,
                     GtkDirectionType  direction)
{
  CrmListFace *self = CRM_LIST_FACE (widget);
  gboolean is_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (is_tab && crm_list_cursor_has_focus (self->list_view))
    return FALSE;
  return GTK_WIDGET_CLASS (crm_list_face_parent_class)->focus (widget, direction);
}

static void
crm_list_face_dispose (GObject *object)
{
  CrmListFace *self = CRM_LIST_FACE (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->look);

  G_OBJECT_CLASS (crm_list_face_parent_class)->dispose (object);
}

static void
crm_list_face_class_init (CrmListFaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_list_face_dispose;
  widget_class->focus = crm_list_face_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "listface");

  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
crm_list_face_init (CrmListFace *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_swapped (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (on_unbind), self);

  self->list_view = gtk_list_view_new (NULL, factory);
  gtk_widget_add_css_class (self->list_view, "crm-list");
  g_signal_connect_swapped (self->list_view, "activate", G_CALLBACK (on_activate), self);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->list_view);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
crm_list_face_new (const CrmEntity *entity,
                   const char      *database)
{
  CrmListFace *self = g_object_new (CRM_TYPE_LIST_FACE, NULL);

  self->look = crm_list_look_new (entity);
  crm_list_look_show_pictures (self->look, database);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list_view), GTK_ACCESSIBLE_PROPERTY_LABEL, _(entity->plural), -1);
  return GTK_WIDGET (self);
}

void
crm_list_face_set_selection (CrmListFace  *self,
                             CrmSelection *selection)
{
  g_return_if_fail (CRM_IS_LIST_FACE (self));

  gtk_list_view_set_model (GTK_LIST_VIEW (self->list_view), GTK_SELECTION_MODEL (selection));
}

GtkWidget *
crm_list_face_get_list_view (CrmListFace *self)
{
  g_return_val_if_fail (CRM_IS_LIST_FACE (self), NULL);

  return self->list_view;
}
