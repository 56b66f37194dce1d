/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-focus.h"

static void
forget_in (GtkWidget *widget,
           GtkWidget *focus)
{
  GtkWidget *child = gtk_widget_get_focus_child (widget);

  if (child != NULL && (focus == NULL || (focus != child && !gtk_widget_is_ancestor (focus, child))))
    gtk_widget_set_focus_child (widget, NULL);
  for (child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child))
      forget_in (child, focus);
}

void
crm_focus_forget_vanished (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  forget_in (GTK_WIDGET (window), gtk_window_get_focus (window));
}
