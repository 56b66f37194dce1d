/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-query-model.h"

G_BEGIN_DECLS

/*
 * The cursor of a GtkListView (of a list, or inside a GtkColumnView), which on GTK 4.8 has no functions of its own.
 */

/** crm_list_cursor_bind: notes by which widget @list_view shows a row; called when its factory binds one. */
void     crm_list_cursor_bind   (GtkWidget *list_view, CrmRow *row, GtkWidget *widget);
/** crm_list_cursor_unbind: forgets it again. */
void     crm_list_cursor_unbind (GtkWidget *list_view, CrmRow *row, GtkWidget *widget);
/** crm_list_cursor_scroll: scrolls as little as it takes to show the row at a position. */
void     crm_list_cursor_scroll (GtkWidget *list_view, guint position);
/** crm_list_cursor_focus: gives the row at a position the keyboard focus, scrolling there. */
gboolean crm_list_cursor_focus  (GtkWidget *list_view, guint position);
/** crm_list_cursor_get_bounds: where the row at a position stands in @widget; %FALSE if it is far from what is shown. */
gboolean crm_list_cursor_get_bounds (GtkWidget *list_view, guint position, GtkWidget *widget, graphene_rect_t *bounds);
/** crm_list_cursor_get_row_height: in pixels; all rows are equally high. 0 while there are none. */
double   crm_list_cursor_get_row_height (GtkWidget *list_view);

/** crm_list_cursor_has_focus: is the keyboard at a row? */
gboolean crm_list_cursor_has_focus (GtkWidget *list_view);

G_END_DECLS
