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

gboolean
crm_focus_within (GtkWidget        *widget,
                  GtkDirectionType  direction)
{
  gboolean is_forward = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_DOWN || direction == GTK_DIR_RIGHT;
  GtkWidget *child = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  child = gtk_widget_get_focus_child (widget);
  if (child == NULL)
    child = is_forward ? gtk_widget_get_first_child (widget) : gtk_widget_get_last_child (widget);
  for (; child != NULL; child = is_forward ? gtk_widget_get_next_sibling (child) : gtk_widget_get_prev_sibling (child))
    if (gtk_widget_get_mapped (child) && gtk_widget_child_focus (child, direction))
      return TRUE;
  return FALSE;
}
