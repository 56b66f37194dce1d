/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-views-popover.h"

#include <glib/gi18n-lib.h>

#define WIDTH 260
#define MAX_HEIGHT 420
/* Alt+1 … Alt+9 */
#define N_SHORTCUTS 9

struct _CrmViewsPopover
{
  GtkPopover  parent_instance;

  CrmViews   *views;
  char       *all;
  gint64      current;

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (CrmViewsPopover, crm_views_popover, GTK_TYPE_POPOVER)

static void
append_item (GMenu      *menu,
             const char *label,
             const char *action,
             gint64      id)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "x", id);
  g_menu_append_item (menu, item);
}

static GtkWidget *
new_menu_button (const CrmView *view)
{
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autofree char *name = g_strdup_printf (_("Menu of the view “%s”"), view->name);

  append_item (menu, _("_Rename…"), "list.rename-view", view->id);
  append_item (menu, _("_Update to What Shows Now"), "list.update-view", view->id);
  append_item (menu, _("_Delete"), "list.delete-view", view->id);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_tooltip_text (button, _("Menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  return button;
}

static void
on_row_activated (CrmViewsPopover *self,
                  GtkListBoxRow   *row)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "crm-view");

  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_widget_activate_action (GTK_WIDGET (self), "list.view", "x", *id);
}

/* @shortcut: 0: none */
static void
add_row (CrmViewsPopover *self,
         const char      *name,
         gint64           id,
         guint            shortcut,
         GtkWidget       *button)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_opacity (check, id == self->current ? 1 : 0);
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), label);
  if (shortcut > 0)
    {
      g_autofree char *text = gtk_accelerator_get_label (GDK_KEY_0 + shortcut, GDK_ALT_MASK);
      GtkWidget *keys = gtk_label_new (text);

      gtk_widget_add_css_class (keys, "dim-label");
      gtk_widget_add_css_class (keys, "caption");
      gtk_box_append (GTK_BOX (box), keys);
    }
  if (button != NULL)
    gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "crm-view", g_memdup2 (&id, sizeof id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->list, row);
}

static void
rebuild (CrmViewsPopover *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  add_row (self, self->all, 0, 0, NULL);
  for (guint i = 0; i < crm_views_get_size (self->views); i++)
    {
      const CrmView *view = crm_views_get (self->views, i);

      add_row (self, view->name, view->id, i < N_SHORTCUTS ? i + 1 : 0, new_menu_button (view));
    }
}

/* Rows cannot be made anew while one of them is being activated: only before they show, and when the views changed */
static void
crm_views_popover_show (GtkWidget *widget)
{
  rebuild (CRM_VIEWS_POPOVER (widget));

  GTK_WIDGET_CLASS (crm_views_popover_parent_class)->show (widget);
}

static void
crm_views_popover_dispose (GObject *object)
{
  g_clear_object (&CRM_VIEWS_POPOVER (object)->views);

  G_OBJECT_CLASS (crm_views_popover_parent_class)->dispose (object);
}

static void
crm_views_popover_finalize (GObject *object)
{
  g_free (CRM_VIEWS_POPOVER (object)->all);

  G_OBJECT_CLASS (crm_views_popover_parent_class)->finalize (object);
}

static void
crm_views_popover_class_init (CrmViewsPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_views_popover_dispose;
  object_class->finalize = crm_views_popover_finalize;
  GTK_WIDGET_CLASS (klass)->show = crm_views_popover_show;
}

static void
crm_views_popover_init (CrmViewsPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *save = gtk_button_new_with_mnemonic (_("_Save This View…"));

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "crm-menu-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Saved views"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (self->list));
  gtk_widget_set_size_request (scroller, WIDTH, -1);
  gtk_box_append (GTK_BOX (box), scroller);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (save), "list.save-view");
  gtk_widget_add_css_class (save, "flat");
  gtk_box_append (GTK_BOX (box), save);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "crm-filter-popover");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Saved views"), -1);
}

GtkWidget *
crm_views_popover_new (CrmViews   *views,
                       const char *all)
{
  CrmViewsPopover *self;

  g_return_val_if_fail (CRM_IS_VIEWS (views), NULL);

  self = g_object_new (CRM_TYPE_VIEWS_POPOVER, NULL);
  self->views = g_object_ref (views);
  self->all = g_strdup (all);
  g_signal_connect_object (views, "changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
crm_views_popover_set_current (CrmViewsPopover *self,
                               gint64           id)
{
  g_return_if_fail (CRM_IS_VIEWS_POPOVER (self));

  self->current = id;
}
