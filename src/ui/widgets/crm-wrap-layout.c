/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-wrap-layout.h"

struct _CrmWrapLayout {
  GtkLayoutManager parent_instance;

  int              spacing;
};

G_DEFINE_FINAL_TYPE (CrmWrapLayout, crm_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* From @child on: how many children fit a line of @width, their height together and the child after them. */
static int
measure_line (CrmWrapLayout  *self,
              GtkWidget      *child,
              int             width,
              GtkWidget     **next)
{
  int used = 0;
  int height = 0;
  gboolean is_first = TRUE;

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int minimum, natural, line;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      if (!is_first && used + self->spacing + natural > width)
        break;
      used += (is_first ? 0 : self->spacing) + natural;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, MAX (minimum, MIN (natural, width)), NULL, &line, NULL, NULL);
      height = MAX (height, line);
      is_first = FALSE;
    }
  *next = child;
  return height;
}

static int
get_height (CrmWrapLayout *self,
            GtkWidget     *widget,
            int            width)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int height = 0;

  while (child != NULL)
    {
      int line = measure_line (self, child, width, &child);

      if (line > 0)
        height += (height > 0 ? self->spacing : 0) + line;
    }
  return height;
}

static void
measure_width (CrmWrapLayout *self,
               GtkWidget     *widget,
               int           *minimum,
               int           *natural)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += (*natural > 0 ? self->spacing : 0) + child_natural;
    }
}

static GtkSizeRequestMode
crm_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
crm_wrap_layout_measure (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         GtkOrientation    orientation,
                         int               for_size,
                         int              *minimum,
                         int              *natural,
                         int              *minimum_baseline,
                         int              *natural_baseline)
{
  CrmWrapLayout *self = CRM_WRAP_LAYOUT (manager);
  int minimum_width = 0;
  int natural_width = 0;

  measure_width (self, widget, &minimum_width, &natural_width);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = minimum_width;
      *natural = natural_width;
    }
  else
    *minimum = *natural = get_height (self, widget, for_size < 0 ? natural_width : for_size);
}

static void
allocate_line (CrmWrapLayout *self,
               GtkWidget     *widget,
               GtkWidget     *child,
               GtkWidget     *end,
               int            width,
               int            y,
               int            height)
{
  gboolean is_reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int x = 0;

  for (; child != end; child = gtk_widget_get_next_sibling (child))
    {
      int minimum, natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
      natural = MAX (minimum, MIN (natural, width));
      gtk_widget_size_allocate (child, &(GtkAllocation) { is_reversed ? width - x - natural : x, y, natural, height }, -1);
      x += natural + self->spacing;
    }
}

static void
crm_wrap_layout_allocate (GtkLayoutManager *manager,
                          GtkWidget        *widget,
                          int               width,
                          int               height,
                          int               baseline)
{
  CrmWrapLayout *self = CRM_WRAP_LAYOUT (manager);
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int y = 0;

  while (child != NULL)
    {
      GtkWidget *next;
      int line = measure_line (self, child, width, &next);

      allocate_line (self, widget, child, next, width, y, line);
      y += line + (line > 0 ? self->spacing : 0);
      child = next;
    }
}

static void
crm_wrap_layout_class_init (CrmWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = crm_wrap_layout_get_request_mode;
  layout_class->measure = crm_wrap_layout_measure;
  layout_class->allocate = crm_wrap_layout_allocate;
}

static void
crm_wrap_layout_init (CrmWrapLayout *self)
{
}

GtkLayoutManager *
crm_wrap_layout_new (int spacing)
{
  CrmWrapLayout *self;

  g_return_val_if_fail (spacing >= 0, NULL);

  self = g_object_new (CRM_TYPE_WRAP_LAYOUT, NULL);
  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
