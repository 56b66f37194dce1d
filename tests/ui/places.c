/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded into the program that a test operates: makes GTK tell truly where its widgets are.
 *
 * Since 4.16 GTK measures each widget from where the contents of its parent begin and adds these places up as if it had measured
 * from the parents' edges: what lies inside many paddings is told up to 40 pixels beside its place, and a test would click there.
 * And it tells places of widgets that are not on the screen. Older GTK (4.8) tells both truly; there this is not built.
 */
#include <math.h>
#include <stdlib.h>

#include <gtk/gtk.h>

static gboolean
get_bounds (GtkAccessible *accessible, int *x, int *y, int *width, int *height)
{
  GtkWidget *widget = GTK_WIDGET (accessible);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  GtkWidget *origin = parent != NULL ? parent : widget;
  graphene_rect_t bounds, from;

  *x = *y = *width = *height = 0;
  if (!gtk_widget_get_mapped (widget) || !gtk_widget_compute_bounds (widget, origin, &bounds) ||
      !gtk_widget_compute_bounds (origin, origin, &from))
    return FALSE;

  *x = (int) floorf (bounds.origin.x - from.origin.x);
  *y = (int) floorf (bounds.origin.y - from.origin.y);
  *width = (int) ceilf (bounds.size.width);
  *height = (int) ceilf (bounds.size.height);
  return TRUE;
}

__attribute__ ((constructor)) static void
mend_places (void)
{
  /* Before any widget takes the table over from its parent class */
  gpointer widget_class = g_type_class_ref (GTK_TYPE_WIDGET);
  GtkAccessibleInterface *table = g_type_interface_peek (widget_class, GTK_TYPE_ACCESSIBLE);

  table->get_bounds = get_bounds;
  /* What the program starts is not meant */
  unsetenv ("LD_PRELOAD");
}
