/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-field-popover.h"

#include <glib/gi18n-lib.h>

#include "crm-fold.h"

#define WIDTH 240
#define HEIGHT 380

struct _CrmImportFieldPopover
{
  GtkPopover       parent_instance;

  GtkWidget       *search_entry;
  GtkWidget       *list;

  const CrmEntity *entity;
  char            *folded; /* what is searched for */
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportFieldPopover, crm_import_field_popover, GTK_TYPE_POPOVER)

static int
get_target (GtkListBoxRow *row)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "target"));
}

static const char *
get_group (CrmImportFieldPopover *self,
           int                    target)
{
  /* The parts of a person's name stand with the name */
  if (target == CRM_MAPPING_GIVEN_NAME || target == CRM_MAPPING_FAMILY_NAME)
    return self->entity->fields[crm_entity_get_title_field (self->entity)].group;
  return target < 0 ? NULL : self->entity->fields[target].group;
}

static void
update_header (GtkListBoxRow *row,
               GtkListBoxRow *before,
               gpointer       user_data)
{
  CrmImportFieldPopover *self = user_data;
  const char *group = get_group (self, get_target (row));
  GtkWidget *heading = NULL;

  if (group == NULL || (before != NULL && get_group (self, get_target (before)) == group))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  heading = gtk_label_new (_(group));
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "import-heading");
  gtk_list_box_row_set_header (row, heading);
}

static gboolean
is_found (GtkListBoxRow *row,
          gpointer       user_data)
{
  CrmImportFieldPopover *self = user_data;
  g_autofree char *label = crm_fold (crm_mapping_target_get_label (self->entity, get_target (row)));

  return self->folded == NULL || strstr (label, self->folded) != NULL;
}

static void
on_search_changed (CrmImportFieldPopover *self)
{
  g_free (self->folded);
  self->folded = crm_fold (gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  gtk_list_box_invalidate_filter (GTK_LIST_BOX (self->list));
}

static GtkListBoxRow *
find_first (CrmImportFieldPopover *self)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row)))
      return row;
  return NULL;
}

static void
choose (CrmImportFieldPopover *self,
        GtkListBoxRow         *row)
{
  int target = get_target (row);

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, target);
}

static void
on_search_activate (CrmImportFieldPopover *self)
{
  GtkListBoxRow *row = find_first (self);

  if (row != NULL && self->folded != NULL && *self->folded != '\0')
    choose (self, row);
}

static gboolean
on_key (CrmImportFieldPopover *self,
        guint                  key)
{
  GtkListBoxRow *row = NULL;

  if (key != GDK_KEY_Down && key != GDK_KEY_KP_Down)
    return GDK_EVENT_PROPAGATE;
  row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  if (row == NULL || !gtk_widget_get_child_visible (GTK_WIDGET (row)))
    row = find_first (self);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  return GDK_EVENT_STOP;
}

static void
add (CrmImportFieldPopover *self,
     int                    target,
     int                    current)
{
  const char *text = target == CRM_MAPPING_NONE ? _("Do not import") : crm_mapping_target_get_label (self->entity, target);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_object_set_data (G_OBJECT (row), "target", GINT_TO_POINTER (target));
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  if (target == current)
    gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
}

static void
add_all (CrmImportFieldPopover *self,
         int                    current)
{
  int title = (int) crm_entity_get_title_field (self->entity);

  add (self, CRM_MAPPING_NONE, current);
  for (int i = 0; i < (int) self->entity->n_fields; i++)
    {
      if (self->entity->fields[i].flags & CRM_FIELD_SYSTEM)
        continue;
      add (self, i, current);
      if (i == title)
        {
          add (self, CRM_MAPPING_GIVEN_NAME, current);
          add (self, CRM_MAPPING_FAMILY_NAME, current);
        }
    }
}

static GtkWidget *
create_scroller (CrmImportFieldPopover *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "crm-menu-list");
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), update_header, self, NULL);
  gtk_list_box_set_filter_func (GTK_LIST_BOX (self->list), is_found, self, NULL);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (choose), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Fields"), -1);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_size_request (scroller, WIDTH, HEIGHT);
  gtk_widget_set_vexpand (scroller, TRUE);
  return scroller;
}

static void
crm_import_field_popover_map (GtkWidget *widget)
{
  CrmImportFieldPopover *self = CRM_IMPORT_FIELD_POPOVER (widget);

  GTK_WIDGET_CLASS (crm_import_field_popover_parent_class)->map (widget);

  gtk_widget_grab_focus (self->search_entry);
}

static void
crm_import_field_popover_finalize (GObject *object)
{
  g_free (CRM_IMPORT_FIELD_POPOVER (object)->folded);

  G_OBJECT_CLASS (crm_import_field_popover_parent_class)->finalize (object);
}

static void
crm_import_field_popover_class_init (CrmImportFieldPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = crm_import_field_popover_finalize;
  GTK_WIDGET_CLASS (klass)->map = crm_import_field_popover_map;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", CRM_TYPE_IMPORT_FIELD_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
crm_import_field_popover_init (CrmImportFieldPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->search_entry = gtk_search_entry_new ();
  g_object_set (self->search_entry, "placeholder-text", _("Find a field…"), "search-delay", 0, NULL);
  g_signal_connect_swapped (self->search_entry, "search-changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect_swapped (self->search_entry, "activate", G_CALLBACK (on_search_activate), self);
  g_signal_connect_swapped (self->search_entry, "stop-search", G_CALLBACK (gtk_popover_popdown), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search_entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find a field"), -1);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (self->search_entry, keys);

  gtk_box_append (GTK_BOX (box), self->search_entry);
  gtk_box_append (GTK_BOX (box), create_scroller (self));
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "crm-filter-popover");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Fields"), -1);
}

GtkWidget *
crm_import_field_popover_new (const CrmEntity *entity,
                              int              current)
{
  CrmImportFieldPopover *self = NULL;

  g_return_val_if_fail (entity != NULL, NULL);

  self = g_object_new (CRM_TYPE_IMPORT_FIELD_POPOVER, NULL);
  self->entity = entity;
  add_all (self, current);
  return GTK_WIDGET (self);
}
