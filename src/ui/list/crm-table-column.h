/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-entity.h"

G_BEGIN_DECLS

/**
 * CrmTableColumn: a column of a table: the cells of one field. Main thread.
 *
 * One that is hidden is not in the view: GTK 4.8 counts the width of invisible ones, and rows get too wide.
 */
typedef struct {
  const CrmEntity     *entity;
  guint                field;
  GtkWidget           *list_view; /* whose rows the cells are part of; not owned */
  GtkColumnViewColumn *column;    /* owned */
  gboolean             shown;
} CrmTableColumn;

/** crm_table_column_is_possible: can a field be shown in a table? */
gboolean        crm_table_column_is_possible      (const CrmField *field);

/** crm_table_column_new: shown if the program starts so. @list_view: (transfer none): outlives the column */
CrmTableColumn *crm_table_column_new              (const CrmEntity *entity, guint field, GtkWidget *list_view);
void            crm_table_column_free             (gpointer column);
/** crm_table_column_of: (transfer none): the one whose part of the view @column is. */
CrmTableColumn *crm_table_column_of               (GtkColumnViewColumn *column);
/** (transfer none) */
const CrmField *crm_table_column_get_field        (const CrmTableColumn *self);
/** Does it hold the name, which always shows? */
gboolean        crm_table_column_is_title         (const CrmTableColumn *self);
/** Does it tell since when a record is in the trash? It shows there and nowhere else. */
gboolean        crm_table_column_is_deletion_time (const CrmTableColumn *self);
/** Gives it the width the program starts with. The name has none: it takes the room that the others leave. */
void            crm_table_column_reset_width      (CrmTableColumn *self);

G_END_DECLS
