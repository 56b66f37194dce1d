/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * crm_display_line: (transfer full): @text fit for a label of one line, whatever it holds: line breaks and other control characters become spaces,
 * directions that a bidi control opens end with the text, and of a very long text only the beginning is kept. NULL: "".
 */
char *crm_display_line  (const char *text);

/** crm_display_lines: (transfer full): the same, with its line breaks. */
char *crm_display_lines (const char *text);

/** crm_display_set_tooltip: only if it is another: GTK asks the X server where the pointer is each time, and waits for the answer. */
void  crm_display_set_tooltip (GtkWidget *widget, const char *text);

/** crm_display_name_control: names one that shows no text: in its tooltip, and to those who hear it. */
void  crm_display_name_control (GtkWidget *control, const char *name);

/** crm_display_get_text_scale: how large the user wants text, 1 the usual size: what widths that text decides are to be multiplied with. */
double crm_display_get_text_scale (GtkWidget *widget);

G_END_DECLS
