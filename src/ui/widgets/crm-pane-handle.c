/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-pane-handle.h"

#define KEY_STEP 16
#define START_WIDTH 430

struct _CrmPaneHandle
{
  GtkWidget  parent_instance;

  CrmPane   *target;
  char      *label;
  int        width;
  int        narrowest;
  int        widest;
  int        drag_start;
  int        dragged;
  gboolean   dragging;
  gboolean   active;
};

enum
{
  PROP_TARGET = 1,
  PROP_WIDTH,
  PROP_LABEL,
  PROP_ACTIVE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (CrmPaneHandle, crm_pane_handle, GTK_TYPE_WIDGET)

static int
get_shown_width (CrmPaneHandle *self)
{
  return CLAMP (self->dragging ? self->dragged : self->width, self->narrowest, self->widest);
}

static void
update_target (CrmPaneHandle *self)
{
  int width = get_shown_width (self);

  if (self->target == NULL)
    return;

  crm_pane_set_width (self->target, width);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, (double) self->narrowest,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) self->widest,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) width,
                                  -1);
}

static void
set_width (CrmPaneHandle *self,
           int            width)
{
  if (width == self->width)
    return;

  self->width = width;
  update_target (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
}

static void
set_active (CrmPaneHandle *self,
            gboolean       active)
{
  if (active == self->active)
    return;

  self->active = active;
  gtk_widget_set_visible (GTK_WIDGET (self), active);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACTIVE]);
}

static void
on_drag_begin (CrmPaneHandle *self,
               double         x,
               double         y)
{
  self->drag_start = self->dragged = get_shown_width (self);
  self->dragging = TRUE;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "dragging");
}

static void
on_drag_update (CrmPaneHandle  *self,
                double          x,
                double          y,
                GtkGestureDrag *gesture)
{
  int direction = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
  double start_x = 0;
  graphene_point_t point;

  /* The handle moves with the edge: what counts is where the pointer is now, in the pane's own coordinates */
  gtk_gesture_drag_get_start_point (gesture, &start_x, NULL);
  if (self->target == NULL || !gtk_widget_compute_point (GTK_WIDGET (self), GTK_WIDGET (self->target),
                                                         &GRAPHENE_POINT_INIT ((float) (start_x + x), 0), &point))
    return;

  self->dragged = direction > 0 ? (int) point.x : gtk_widget_get_width (GTK_WIDGET (self->target)) - (int) point.x;
  update_target (self);
}

static void
on_drag_end (CrmPaneHandle *self,
             double         x,
             double         y)
{
  int width = get_shown_width (self);

  self->dragging = FALSE;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragging");
  if (width != self->drag_start)
    set_width (self, width);
}

static gboolean
on_key_pressed (CrmPaneHandle   *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  int step = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -KEY_STEP : KEY_STEP;
  int width = get_shown_width (self);

  if (modifiers & gtk_accelerator_get_default_mod_mask ())
    return GDK_EVENT_PROPAGATE;

  switch (key)
    {
    case GDK_KEY_Left:
    case GDK_KEY_KP_Left:
      width -= step;
      break;
    case GDK_KEY_Right:
    case GDK_KEY_KP_Right:
      width += step;
      break;
    case GDK_KEY_Home:
    case GDK_KEY_KP_Home:
      width = self->narrowest;
      break;
    case GDK_KEY_End:
    case GDK_KEY_KP_End:
      width = self->widest;
      break;
    default:
      return GDK_EVENT_PROPAGATE;
    }

  set_width (self, CLAMP (width, self->narrowest, self->widest));
  return GDK_EVENT_STOP;
}

static void
crm_pane_handle_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  CrmPaneHandle *self = CRM_PANE_HANDLE (object);

  switch (id)
    {
    case PROP_TARGET:
      if (g_set_weak_pointer (&self->target, g_value_get_object (value)))
        update_target (self);
      break;
    case PROP_WIDTH:
      set_width (self, g_value_get_int (value));
      break;
    case PROP_LABEL:
      g_free (self->label);
      self->label = g_value_dup_string (value);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->label, -1);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->label);
      break;
    case PROP_ACTIVE:
      set_active (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_pane_handle_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  CrmPaneHandle *self = CRM_PANE_HANDLE (object);

  switch (id)
    {
    case PROP_TARGET:
      g_value_set_object (value, self->target);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
      break;
    case PROP_LABEL:
      g_value_set_string (value, self->label);
      break;
    case PROP_ACTIVE:
      g_value_set_boolean (value, self->active);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_pane_handle_dispose (GObject *object)
{
  CrmPaneHandle *self = CRM_PANE_HANDLE (object);

  g_clear_weak_pointer (&self->target);

  G_OBJECT_CLASS (crm_pane_handle_parent_class)->dispose (object);
}

static void
crm_pane_handle_finalize (GObject *object)
{
  CrmPaneHandle *self = CRM_PANE_HANDLE (object);

  g_free (self->label);

  G_OBJECT_CLASS (crm_pane_handle_parent_class)->finalize (object);
}

static void
crm_pane_handle_class_init (CrmPaneHandleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = crm_pane_handle_set_property;
  object_class->get_property = crm_pane_handle_get_property;
  object_class->dispose = crm_pane_handle_dispose;
  object_class->finalize = crm_pane_handle_finalize;

  properties[PROP_TARGET] =
      g_param_spec_object ("target", NULL, NULL, CRM_TYPE_PANE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 1, G_MAXINT, START_WIDTH,
                                             G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ACTIVE] = g_param_spec_boolean ("active", NULL, NULL, TRUE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "panehandle");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEPARATOR);
}

static void
crm_pane_handle_init (CrmPaneHandle *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->width = START_WIDTH;
  self->narrowest = 1;
  self->widest = G_MAXINT;
  self->active = TRUE;

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "col-resize");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_ORIENTATION, GTK_ORIENTATION_VERTICAL,
                                  -1);

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

void
crm_pane_handle_set_limits (CrmPaneHandle *self,
                            int            narrowest,
                            int            widest)
{
  g_return_if_fail (CRM_IS_PANE_HANDLE (self));
  g_return_if_fail (narrowest > 0);

  widest = MAX (narrowest, widest);
  if (narrowest == self->narrowest && widest == self->widest)
    return;

  self->narrowest = narrowest;
  self->widest = widest;
  update_target (self);
}
