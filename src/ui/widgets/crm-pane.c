/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-pane.h"

struct _CrmPane
{
  AdwBin   parent_instance;

  int      width;
  gboolean firm;
};

enum
{
  PROP_WIDTH = 1,
  PROP_FIRM,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmPane, crm_pane, ADW_TYPE_BIN)

static void
crm_pane_measure (GtkWidget      *widget,
                  GtkOrientation  orientation,
                  int             for_size,
                  int            *minimum,
                  int            *natural,
                  int            *minimum_baseline,
                  int            *natural_baseline)
{
  CrmPane *self = CRM_PANE (widget);
  GtkWidget *child = adw_bin_get_child (ADW_BIN (self));

  *minimum = *natural = 0;
  if (child != NULL)
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;

  *natural = MAX (*minimum, self->width);
  if (self->firm)
    *minimum = *natural;
}

static void
crm_pane_size_allocate (GtkWidget *widget,
                        int        width,
                        int        height,
                        int        baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL)
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
crm_pane_set_property (GObject      *object,
                       guint         id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  CrmPane *self = CRM_PANE (object);

  switch (id)
    {
    case PROP_WIDTH:
      crm_pane_set_width (self, g_value_get_int (value));
      break;
    case PROP_FIRM:
      self->firm = g_value_get_boolean (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_pane_get_property (GObject    *object,
                       guint       id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  CrmPane *self = CRM_PANE (object);

  switch (id)
    {
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    case PROP_FIRM:
      g_value_set_boolean (value, self->firm);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_pane_class_init (CrmPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = crm_pane_set_property;
  object_class->get_property = crm_pane_get_property;
  widget_class->measure = crm_pane_measure;
  widget_class->size_allocate = crm_pane_size_allocate;

  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_FIRM] = g_param_spec_boolean ("firm", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
crm_pane_init (CrmPane *self)
{
  /* That of AdwBin would measure in our place */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}

int
crm_pane_get_width (CrmPane *self)
{
  g_return_val_if_fail (CRM_IS_PANE (self), 0);

  return self->width;
}

void
crm_pane_set_width (CrmPane *self,
                    int      width)
{
  g_return_if_fail (CRM_IS_PANE (self));
  g_return_if_fail (width >= 0);

  if (width == self->width)
    return;

  self->width = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
}
