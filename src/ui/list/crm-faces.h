/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-selection.h"

G_BEGIN_DECLS

/**
 * CrmFaces: the records of a query by one of two faces: rows of two lines, or a table. A face is made when it first shows.
 *
 * Signal "activate" (guint position): double click or Enter on a row.
 * Signal "sort" (guint field, gboolean descending): a header of the table was clicked.
 * Signal "context" (guint position, double x, double y): the right button was pressed on a row, in the faces' coordinates.
 */
#define CRM_TYPE_FACES (crm_faces_get_type ())
G_DECLARE_FINAL_TYPE (CrmFaces, crm_faces, CRM, FACES, GtkWidget)

GtkWidget  *crm_faces_new             (CrmQueryModel *model, CrmSelection *selection, const CrmEntity *entity, GSettings *settings);
/** Lets go of model and selection: rows do not follow what is being torn down. */
void        crm_faces_close           (CrmFaces *self);
/** The query the rows come from: what the table tells of it. */
void        crm_faces_set_query       (CrmFaces *self, const CrmQuery *query);
/** Shows the table, or else the list. */
void        crm_faces_show            (CrmFaces *self, gboolean table);
/** Which of them shows? */
gboolean    crm_faces_shows_table     (CrmFaces *self);

/** (transfer full): as of crm_table_get_columns(); %NULL: the table never showed. */
GVariant   *crm_faces_get_columns     (CrmFaces *self);
/** As of crm_table_set_columns(), also of a table that never showed. */
void        crm_faces_set_columns     (CrmFaces *self, GVariant *columns);
/** (transfer none): toggles for the columns; %NULL: the table never showed. */
GMenuModel *crm_faces_get_columns_menu (CrmFaces *self);
/** (transfer none): what the toggles do, under the prefix "column"; %NULL: the table never showed. */
GActionGroup *crm_faces_get_columns_actions (CrmFaces *self);

/** (transfer none): the GtkListView of the face that shows. */
GtkWidget  *crm_faces_get_list_view   (CrmFaces *self);
/** Is the keyboard in one of them? */
gboolean    crm_faces_has_focus       (CrmFaces *self);
/** Shows a record, scrolling as little as it takes; nothing if it is not in the list. */
void        crm_faces_scroll_to       (CrmFaces *self, gint64 id);
/** Scrolls to the first row. */
void        crm_faces_scroll_to_top   (CrmFaces *self);
/** Gives the row at a position the keyboard. @position: -1: none */
gboolean    crm_faces_focus           (CrmFaces *self, gint64 position);
/** Rows came or went above what is seen: the rows seen stay where they are. @before: the ids as they stood; may be %NULL */
void        crm_faces_keep_scroll     (CrmFaces *self, CrmIdList *before);

G_END_DECLS
