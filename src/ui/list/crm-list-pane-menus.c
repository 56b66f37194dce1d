/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-list-pane-private.h"

#include <glib/gi18n-lib.h>

#include "crm-list-cursor.h"

static void
append_sort_menu (CrmListPane *self,
                  GMenu       *menu)
{
  g_autoptr (GMenu) sort = g_menu_new ();
  g_autoptr (GMenu) fields = g_menu_new ();
  g_autoptr (GMenu) direction = g_menu_new ();

  for (guint i = 0; i < self->entity->n_fields; i++)
    {
      const CrmField *field = &self->entity->fields[i];
      gboolean time = g_str_equal (field->name, "created") || g_str_equal (field->name, "modified");
      g_autofree char *action = NULL;

      if (!time && !(field->flags & CRM_FIELD_COLUMN))
        continue;
      action = g_strconcat ("list.sort::", field->name, NULL);
      g_menu_append (fields, crm_field_get_label (field), action);
    }
  g_menu_append (direction, _("_Descending"), "list.sort-descending");
  g_menu_append_section (sort, NULL, G_MENU_MODEL (fields));
  g_menu_append_section (sort, NULL, G_MENU_MODEL (direction));
  g_menu_append_submenu (menu, _("_Sort by"), G_MENU_MODEL (sort));
}

/* GTK 4.8 leaves the focus in a submenu that is gone, and keys go nowhere then */
static void
on_menu_closed (CrmListPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && !gtk_widget_get_mapped (focus))
    gtk_widget_grab_focus (GTK_WIDGET (self->menu_button));
}

void
crm_list_pane_update_menu (CrmListPane *self)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) look = g_menu_new ();
  g_autoptr (GMenu) records = g_menu_new ();
  g_autoptr (GMenu) views = g_menu_new ();

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  append_sort_menu (self, look);
  if (crm_faces_shows_table (self->faces))
    g_menu_append_submenu (look, _("_Columns"), crm_faces_get_columns_menu (self->faces));
  g_menu_append (records, _("Select _All"), "list.select-all");
  g_menu_append (records, _("_Export…"), "list.export");
  g_menu_append (records, _("Find D_uplicates"), "win.duplicates");
  g_menu_append (views, _("Save _View…"), "list.save-view");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (look));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (records));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (views));
  gtk_menu_button_set_menu_model (self->menu_button, G_MENU_MODEL (menu));
  g_signal_connect_object (gtk_menu_button_get_popover (self->menu_button), "closed", G_CALLBACK (on_menu_closed), self,
                           G_CONNECT_SWAPPED);
}

static GMenuModel *
new_context_menu (CrmListPane *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) one = g_menu_new ();
  g_autoptr (GMenu) many = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();

  if (crm_selection_get_size (self->selection) == 1)
    g_menu_append (one, _("_Open"), "list.open");
  if (self->query->trash)
    {
      g_menu_append (many, _("_Restore"), "list.restore");
      g_menu_append (end, _("_Delete for Good…"), "list.purge");
    }
  else
    {
      g_menu_append (many, _("_Edit Field…"), "list.bulk-edit");
      if (crm_entity_find_field (self->entity, "tags") >= 0)
        g_menu_append (many, _("_Tag…"), "list.bulk-tag");
      if (self->entity == &crm_client)
        g_menu_append (many, _("_Put a Template On…"), "list.put-template");
      if (crm_selection_get_size (self->selection) == 2)
        g_menu_append (many, _("_Merge…"), "list.merge");
      g_menu_append (end, _("_Delete"), "list.bulk-delete");
    }
  g_menu_append_section (menu, NULL, G_MENU_MODEL (one));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (many));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  return G_MENU_MODEL (menu);
}

void
crm_list_pane_show_context_menu (CrmListPane        *self,
                                 const GdkRectangle *at)
{
  g_autoptr (GMenuModel) menu = NULL;

  g_return_if_fail (CRM_IS_LIST_PANE (self));

  menu = new_context_menu (self);
  if (self->context_menu == NULL)
    {
      self->context_menu = gtk_popover_menu_new_from_model (menu);
      gtk_popover_set_has_arrow (GTK_POPOVER (self->context_menu), FALSE);
      gtk_widget_set_halign (self->context_menu, GTK_ALIGN_START);
      gtk_widget_set_parent (self->context_menu, GTK_WIDGET (self));
    }
  else
    gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->context_menu), menu);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->context_menu), at);
  gtk_popover_popup (GTK_POPOVER (self->context_menu));
}

/* At the row that has the keyboard, or else at the one selected last */
static void
context_menu (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  CrmListPane *self = CRM_LIST_PANE (widget);
  GtkWidget *list_view = crm_faces_get_list_view (self->faces);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  gint64 position = crm_query_model_find (self->model, crm_selection_get_cursor (self->selection));
  graphene_rect_t bounds;

  if (crm_selection_get_size (self->selection) == 0)
    return;
  if (crm_faces_has_focus (self->faces))
    {
      if (!gtk_widget_compute_bounds (focus, widget, &bounds))
        return;
    }
  else if (position < 0 || !crm_list_cursor_get_bounds (list_view, (guint) position, widget, &bounds))
    return;
  crm_list_pane_show_context_menu (self, &(GdkRectangle) { (int) bounds.origin.x + 24,
                                                           (int) (bounds.origin.y + bounds.size.height / 2), 1, 1 });
}

void
crm_list_pane_install_menus (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "list.context-menu", NULL, context_menu);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "list.context-menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "list.context-menu", NULL);
}
