/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * crm_heading_wrap: lets the heading of an AdwMessageDialog be measured narrower than its text.
 *
 * To be called of every one that is made. libadwaita shows a smaller heading, which wraps, where the large one has no room, but
 * measures the large one for that room too, of which newer GTK (4.18) warns. Nothing looks different.
 */
void crm_heading_wrap (GtkWidget *dialog);

G_END_DECLS
