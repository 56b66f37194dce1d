/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-columns-layout.h"

#include "crm-display.h"

struct _CrmColumnsLayout {
  GtkLayoutManager parent_instance;

  int              column_width;
  int              spacing;
};

G_DEFINE_FINAL_TYPE (CrmColumnsLayout, crm_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

static int
count_children (GtkWidget *widget)
{
  GtkWidget *child;
  int n = 0;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child) ? 1 : 0;
  return n;
}

static int
get_minimum_width (GtkWidget *widget)
{
  GtkWidget *child;
  int width = 0;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        int minimum;

        gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
        width = MAX (width, minimum);
      }
  return width;
}

/* That columns have side by side: larger text takes more room */
static int
get_least_width (CrmColumnsLayout *self,
                 GtkWidget        *widget)
{
  return MAX ((int) (self->column_width * crm_display_get_text_scale (widget)), get_minimum_width (widget));
}

/* Of one column; the whole @width where they do not fit side by side. */
static int
get_column_width (CrmColumnsLayout *self,
                  GtkWidget        *widget,
                  int               width)
{
  int n = MAX (1, count_children (widget));
  int column = (width - (n - 1) * self->spacing) / n;

  return column >= get_least_width (self, widget) ? column : width;
}

static int
get_height (CrmColumnsLayout *self,
            GtkWidget        *widget,
            int               width)
{
  int column = get_column_width (self, widget, width);
  GtkWidget *child;
  int height = 0;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        int natural;

        gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, column, NULL, &natural, NULL, NULL);
        if (column < width)
          height = MAX (height, natural);
        else
          height += (height > 0 ? self->spacing : 0) + natural;
      }
  return height;
}

static GtkSizeRequestMode
crm_columns_layout_get_request_mode (GtkLayoutManager *manager,
                                     GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
crm_columns_layout_measure (GtkLayoutManager *manager,
                            GtkWidget        *widget,
                            GtkOrientation    orientation,
                            int               for_size,
                            int              *minimum,
                            int              *natural,
                            int              *minimum_baseline,
                            int              *natural_baseline)
{
  CrmColumnsLayout *self = CRM_COLUMNS_LAYOUT (manager);
  int least = get_minimum_width (widget);
  int n = MAX (1, count_children (widget));
  int wide = n * get_least_width (self, widget) + (n - 1) * self->spacing;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = wide;
    }
  else
    *minimum = *natural = get_height (self, widget, for_size < 0 ? wide : for_size);
}

static void
crm_columns_layout_allocate (GtkLayoutManager *manager,
                             GtkWidget        *widget,
                             int               width,
                             int               height,
                             int               baseline)
{
  CrmColumnsLayout *self = CRM_COLUMNS_LAYOUT (manager);
  gboolean is_reversed = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int column = get_column_width (self, widget, width);
  GtkWidget *child;
  int x = 0;
  int y = 0;

  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_should_layout (child))
      {
        int natural;

        gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, column, NULL, &natural, NULL, NULL);
        /* GTK's Tab key goes by the middle of things: columns of one height come one after another */
        if (column < width)
          natural = height;
        gtk_widget_size_allocate (child, &(GtkAllocation) { is_reversed ? width - x - column : x, y, column, natural }, -1);
        if (column < width)
          x += column + self->spacing;
        else
          y += natural + self->spacing;
      }
}

static void
crm_columns_layout_class_init (CrmColumnsLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = crm_columns_layout_get_request_mode;
  layout_class->measure = crm_columns_layout_measure;
  layout_class->allocate = crm_columns_layout_allocate;
}

static void
crm_columns_layout_init (CrmColumnsLayout *self)
{
}

GtkLayoutManager *
crm_columns_layout_new (int column_width,
                        int spacing)
{
  CrmColumnsLayout *self;

  g_return_val_if_fail (column_width >= 0 && spacing >= 0, NULL);

  self = g_object_new (CRM_TYPE_COLUMNS_LAYOUT, NULL);
  self->column_width = column_width;
  self->spacing = spacing;
  return GTK_LAYOUT_MANAGER (self);
}
