/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-query-model.h"

G_BEGIN_DECLS

/*
 * The cells of a table: GTK binds cell by cell, but a row of the model is followed once, for all of its cells.
 */

/** crm_table_cells_new_cell: (transfer floating): the widget for a field. */
GtkWidget *crm_table_cells_new_cell (const CrmField *field);
/** crm_table_cells_bind: shows a field of @row in @cell from now on. */
void       crm_table_cells_bind     (CrmRow *row, guint field, GtkWidget *cell);
/** crm_table_cells_unbind: @cell shows it no more. */
void       crm_table_cells_unbind   (CrmRow *row, guint field, GtkWidget *cell);

G_END_DECLS
