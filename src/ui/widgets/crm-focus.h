/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * crm_focus_forget_vanished: takes back what GTK 4 leaves behind when a widget goes away that has the keyboard: its parents still say that they
 * have it, and the Tab key, coming to them again, would begin behind that place and pass over all before it.
 * @window: before the focus moves in it. Main thread.
 */
void crm_focus_forget_vanished (GtkWindow *window);

/**
 * crm_focus_within: for GtkWidgetClass.focus of a class that has its own grab_focus: moves the focus among the children, in their order. GTK by itself
 * would grab the focus at the end of the way back, and the Tab key would not get out.
 */
gboolean crm_focus_within (GtkWidget *widget, GtkDirectionType direction);

G_END_DECLS
