/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-filter-bar.h"

#include <glib/gi18n-lib.h>

#include "crm-filter-popover.h"
#include "crm-query-label.h"
#include "crm-wrap-layout.h"

struct _CrmFilterBar
{
  GtkWidget  parent_instance;

  CrmStore  *store;
  CrmQuery  *query;
  GtkWidget *lead;   /* NULL: none */
  GPtrArray *chips;  /* of GtkWidget */
  GtkWidget *add_button;
  GtkWidget *popover; /* NULL until it first shows */
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmFilterBar, crm_filter_bar, GTK_TYPE_WIDGET)

static void
emit_changed (CrmFilterBar *self,
              guint         field,
              int           op,
              GStrv         values)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, field, op, values);
}

static void
point_popover (CrmFilterBar *self,
               GtkWidget    *at)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (at, GTK_WIDGET (self), &bounds))
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->popover),
                               &(GdkRectangle) { (int) bounds.origin.x, (int) bounds.origin.y,
                                                 (int) bounds.size.width, (int) bounds.size.height });
}

static CrmFilterPopover *
ensure_popover (CrmFilterBar *self)
{
  if (self->popover == NULL)
    {
      self->popover = crm_filter_popover_new (self->store);
      gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
      g_signal_connect_swapped (self->popover, "changed", G_CALLBACK (emit_changed), self);
      crm_filter_popover_set_query (CRM_FILTER_POPOVER (self->popover), self->query);
    }
  return CRM_FILTER_POPOVER (self->popover);
}

static void
on_add_clicked (CrmFilterBar *self)
{
  crm_filter_popover_show_fields (ensure_popover (self));
  point_popover (self, self->add_button);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static const CrmFilter *
get_filter (CrmFilterBar *self,
            GtkWidget    *button)
{
  GtkWidget *chip = gtk_widget_get_parent (button);
  guint index;

  for (index = 0; index < self->chips->len && self->chips->pdata[index] != chip; index++)
    continue;
  return self->query->filters->pdata[index];
}

static void
on_chip_clicked (CrmFilterBar *self,
                 GtkWidget    *button)
{
  const CrmFilter *filter = get_filter (self, button);

  crm_filter_popover_show_values (ensure_popover (self), filter->field);
  point_popover (self, button);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
on_remove_clicked (CrmFilterBar *self,
                   GtkWidget    *button)
{
  const CrmFilter *filter = get_filter (self, button);

  /* The chip is going: the keyboard goes on with what stays */
  if (gtk_widget_has_focus (button))
    gtk_widget_grab_focus (self->add_button);
  emit_changed (self, filter->field, (int) filter->op, NULL);
}

static gboolean
on_chip_delete (GtkWidget *widget,
                GVariant  *args,
                gpointer   user_data)
{
  on_remove_clicked (user_data, gtk_widget_get_last_child (widget));
  return TRUE;
}

static void
add_delete_keys (CrmFilterBar *self,
                 GtkWidget    *chip)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcutTrigger *trigger = gtk_alternative_trigger_new (gtk_keyval_trigger_new (GDK_KEY_Delete, 0),
                                                             gtk_keyval_trigger_new (GDK_KEY_BackSpace, 0));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (trigger, gtk_callback_action_new (on_chip_delete, self, NULL)));
  gtk_widget_add_controller (chip, controller);
}

static GtkWidget *
new_chip (CrmFilterBar    *self,
          const CrmFilter *filter)
{
  g_autofree char *text = crm_filter_describe (self->query->entity, filter);
  g_autofree char *remove_text = g_strdup_printf (_("Remove filter: %s"), text);
  gboolean editable = filter->op == CRM_FILTER_IS && crm_field_has_value_filter (&self->query->entity->fields[filter->field]);
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *cross = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_widget_add_css_class (chip, "filter-chip");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  if (editable)
    {
      GtkWidget *button = gtk_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), label);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, _("Change filter"));
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_chip_clicked), self);
      gtk_box_append (GTK_BOX (chip), button);
    }
  else
    gtk_box_append (GTK_BOX (chip), label);

  gtk_widget_add_css_class (cross, "flat");
  gtk_widget_set_tooltip_text (cross, _("Remove filter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (cross), GTK_ACCESSIBLE_PROPERTY_LABEL, remove_text, -1);
  g_signal_connect_swapped (cross, "clicked", G_CALLBACK (on_remove_clicked), self);
  gtk_box_append (GTK_BOX (chip), cross);
  add_delete_keys (self, chip);
  return chip;
}

static void
remove_chips (CrmFilterBar *self)
{
  for (guint i = 0; i < self->chips->len; i++)
    gtk_widget_unparent (self->chips->pdata[i]);
  g_ptr_array_set_size (self->chips, 0);
}

static gboolean
same_filters (const CrmQuery *a,
              const CrmQuery *b)
{
  if (a == NULL || a->filters->len != b->filters->len)
    return FALSE;
  for (guint i = 0; i < a->filters->len; i++)
    {
      g_autofree char *x = crm_filter_describe (a->entity, a->filters->pdata[i]);
      g_autofree char *y = crm_filter_describe (b->entity, b->filters->pdata[i]);

      if (!g_str_equal (x, y))
        return FALSE;
    }
  return TRUE;
}

void
crm_filter_bar_set_query (CrmFilterBar   *self,
                          const CrmQuery *query)
{
  gboolean same;

  g_return_if_fail (CRM_IS_FILTER_BAR (self));
  g_return_if_fail (query != NULL);

  if (self->popover != NULL)
    crm_filter_popover_set_query (CRM_FILTER_POPOVER (self->popover), query);
  /* A letter typed into the search changes no chip */
  same = same_filters (self->query, query);
  g_clear_pointer (&self->query, crm_query_free);
  self->query = crm_query_copy (query);
  if (same)
    return;

  remove_chips (self);
  for (guint i = 0; i < self->query->filters->len; i++)
    {
      GtkWidget *chip = new_chip (self, self->query->filters->pdata[i]);

      gtk_widget_insert_before (chip, GTK_WIDGET (self), self->add_button);
      g_ptr_array_add (self->chips, chip);
    }
}

static void
crm_filter_bar_dispose (GObject *object)
{
  CrmFilterBar *self = CRM_FILTER_BAR (object);

  remove_chips (self);
  g_clear_object (&self->store);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->lead, gtk_widget_unparent);
  g_clear_pointer (&self->add_button, gtk_widget_unparent);

  G_OBJECT_CLASS (crm_filter_bar_parent_class)->dispose (object);
}

static void
crm_filter_bar_finalize (GObject *object)
{
  CrmFilterBar *self = CRM_FILTER_BAR (object);

  g_ptr_array_unref (self->chips);
  g_clear_pointer (&self->query, crm_query_free);

  G_OBJECT_CLASS (crm_filter_bar_parent_class)->finalize (object);
}

static void
crm_filter_bar_class_init (CrmFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_filter_bar_dispose;
  object_class->finalize = crm_filter_bar_finalize;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "filterbar");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_INT, G_TYPE_STRV);
}

static void
crm_filter_bar_init (CrmFilterBar *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->chips = g_ptr_array_new ();
  gtk_widget_set_layout_manager (GTK_WIDGET (self), crm_wrap_layout_new (6));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filters"), -1);

  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (content), gtk_label_new (_("Filter")));
  self->add_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->add_button), content);
  gtk_widget_add_css_class (self->add_button, "chip");
  gtk_widget_add_css_class (self->add_button, "dim");
  gtk_widget_set_tooltip_text (self->add_button, _("Add a filter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Add a filter"),
                                  GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (on_add_clicked), self);
  gtk_widget_set_parent (self->add_button, GTK_WIDGET (self));
}

GtkWidget *
crm_filter_bar_new (CrmStore  *store,
                    GtkWidget *lead)
{
  CrmFilterBar *self = g_object_new (CRM_TYPE_FILTER_BAR, NULL);

  self->lead = lead;
  if (lead != NULL)
    gtk_widget_insert_before (lead, GTK_WIDGET (self), self->add_button);
  self->store = g_object_ref (store);
  return GTK_WIDGET (self);
}
