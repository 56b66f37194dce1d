/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-selection.h"

G_BEGIN_DECLS

/**
 * CrmTable: the records of a query as a table whose columns come from the entity's fields. Which show, in which order and how wide, is
 * remembered in the settings; the headers' menu chooses.
 *
 * Signal "activate" (guint position): double click or Enter on a row.
 * Signal "sort" (guint field, gboolean descending): a header was clicked.
 */
#define CRM_TYPE_TABLE (crm_table_get_type ())
G_DECLARE_FINAL_TYPE (CrmTable, crm_table, CRM, TABLE, GtkWidget)

/** @settings: with the key <entity>-columns of type a(sub) */
GtkWidget  *crm_table_new           (const CrmEntity *entity, GSettings *settings);
/** A face that does not show has none: rows nobody sees cost nothing then. */
void        crm_table_set_selection (CrmTable *self, CrmSelection *selection);
/** Shows by which column the rows are sorted; no "sort" is emitted. */
void        crm_table_set_sort      (CrmTable *self, guint field, gboolean descending);
/** (transfer full): a(sub): field, width in pixels (0: what it needs) and whether it shows, from left to right. */
GVariant   *crm_table_get_columns   (CrmTable *self);
/** As of crm_table_get_columns(); changes of them are not remembered. @columns: NULL: those of the settings, which remember. */
void        crm_table_set_columns   (CrmTable *self, GVariant *columns);
/** While it shows the trash, a column tells since when a record is there. */
void        crm_table_set_trash     (CrmTable *self, gboolean trash);
/** (transfer none): toggles for the columns, as a menu; their actions are those of crm_table_get_actions(), under the prefix "column". */
GMenuModel *crm_table_get_columns_menu (CrmTable *self);
/** (transfer none) */
GActionGroup *crm_table_get_actions (CrmTable *self);
/** (transfer none): the list of the rows, below the header. */
GtkWidget  *crm_table_get_list_view (CrmTable *self);

G_END_DECLS
