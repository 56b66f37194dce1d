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

G_END_DECLS
