/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The columns that the clients table shows at first. */
#define BARE_N_COLUMNS 7

/** BareRow: what the list shows at one position. */
#define BARE_TYPE_ROW (bare_row_get_type ())
G_DECLARE_FINAL_TYPE (BareRow, bare_row, BARE, ROW, GObject)

/** The cell of a column shows the row from now on, also when the row becomes another; @cell: (nullable): no longer. */
void        bare_row_set_cell   (BareRow *self, guint column, GtkInscription *cell);

/**
 * BareModel: the least that can list and search the clients of a database: ids in order of name, and one object for each position
 * that GTK keeps alive, rewritten in place after a search. Everything happens in the main thread, nothing is checked twice.
 */
#define BARE_TYPE_MODEL (bare_model_get_type ())
G_DECLARE_FINAL_TYPE (BareModel, bare_model, BARE, MODEL, GObject)

/** @in_memory: all texts are read at once; else each row is read when it is bound. */
BareModel  *bare_model_new      (const char *database, gboolean in_memory);
/** Clients that have a word which begins with the last word of @text, or all for "". */
void        bare_model_search   (BareModel *self, const char *text);

G_END_DECLS
