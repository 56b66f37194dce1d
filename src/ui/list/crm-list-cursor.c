/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-list-cursor.h"

/* Both faces of a list show the same rows: each notes its widget under a name of its own */
static GQuark
get_quark (GtkWidget *list_view)
{
  if (GTK_IS_COLUMN_VIEW (gtk_widget_get_parent (list_view)))
    return g_quark_from_static_string ("crm-table-widget");
  return g_quark_from_static_string ("crm-list-widget");
}

void
crm_list_cursor_bind (GtkWidget *list_view,
                      CrmRow    *row,
                      GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_LIST_VIEW (list_view));

  g_object_set_qdata (G_OBJECT (row), get_quark (list_view), widget);
}

void
crm_list_cursor_unbind (GtkWidget *list_view,
                        CrmRow    *row,
                        GtkWidget *widget)
{
  g_return_if_fail (GTK_IS_LIST_VIEW (list_view));

  /* It may have been given to another widget before this one lost it */
  if (g_object_get_qdata (G_OBJECT (row), get_quark (list_view)) == widget)
    g_object_set_qdata (G_OBJECT (row), get_quark (list_view), NULL);
}

/* The widget that GTK made for the row at a position; NULL if none lives */
static GtkWidget *
find_item (GtkWidget *list_view,
           guint      position)
{
  GtkSelectionModel *model = gtk_list_view_get_model (GTK_LIST_VIEW (list_view));
  g_autoptr (CrmRow) row = model != NULL ? g_list_model_get_item (G_LIST_MODEL (model), position) : NULL;
  GtkWidget *item = row != NULL ? g_object_get_qdata (G_OBJECT (row), get_quark (list_view)) : NULL;

  while (item != NULL && gtk_widget_get_parent (item) != list_view)
    item = gtk_widget_get_parent (item);
  return item;
}

void
crm_list_cursor_scroll (GtkWidget *list_view,
                        guint      position)
{
  g_return_if_fail (GTK_IS_LIST_VIEW (list_view));

  gtk_widget_activate_action (list_view, "list.scroll-to-item", "u", position);
}

gboolean
crm_list_cursor_focus (GtkWidget *list_view,
                       guint      position)
{
  GtkWidget *item;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (list_view), FALSE);

  crm_list_cursor_scroll (list_view, position);
  item = find_item (list_view, position);
  return item != NULL && gtk_widget_grab_focus (item);
}

gboolean
crm_list_cursor_get_bounds (GtkWidget       *list_view,
                            guint            position,
                            GtkWidget       *widget,
                            graphene_rect_t *bounds)
{
  GtkWidget *item;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (list_view), FALSE);

  item = find_item (list_view, position);
  return item != NULL && gtk_widget_compute_bounds (item, widget, bounds);
}

double
crm_list_cursor_get_row_height (GtkWidget *list_view)
{
  GtkWidget *row;
  graphene_rect_t bounds;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (list_view), 0);

  row = gtk_widget_get_first_child (list_view);
  if (row == NULL || !gtk_widget_compute_bounds (row, list_view, &bounds))
    return 0;
  return (double) bounds.size.height;
}

gboolean
crm_list_cursor_has_focus (GtkWidget *list_view)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (GTK_IS_LIST_VIEW (list_view), FALSE);

  root = gtk_widget_get_root (list_view);
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && (focus == list_view || gtk_widget_is_ancestor (focus, list_view));
}
