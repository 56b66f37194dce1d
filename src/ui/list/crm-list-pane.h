/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmListPane: the records of an entity: search entry, filter chips, saved views, two faces (two-line rows; table), count at the foot.
 *
 * Signal "open" (gint64 id): a record to show beside the list, chosen by click, Enter or moving the cursor with the keyboard; 0: none.
 * Signal "activate" (gint64 id): after "open", by click (in the table: double click) or Enter alone: where only one pane fits, the window goes to the card.
 * Property "view" (int64, read only): the saved view that shows; 0: all, -1: none of them.
 * Property "face" (string): "list" or "table". Property "table-allowed" (boolean): FALSE at narrow widths, where the list face shows.
 * Actions "list.*" are of the widget: new, search, clear-filters, save-view, select-all, bulk-edit, bulk-delete, previous, next, face, sort, trash …
 */
#define CRM_TYPE_LIST_PANE (crm_list_pane_get_type ())
G_DECLARE_FINAL_TYPE (CrmListPane, crm_list_pane, CRM, LIST_PANE, GtkWidget)

GtkWidget *crm_list_pane_new           (CrmStore *store, const CrmEntity *entity, GSettings *settings);
/** Puts the cursor into the search entry, its text selected. */
void       crm_list_pane_focus_search  (CrmListPane *self);
/** Shows what a query finds, in the face and columns of no view. */
void       crm_list_pane_set_query     (CrmListPane *self, const CrmQuery *query);
/** Shows a saved view, its face and columns too; 0: all records. %FALSE if there is none of that id; while the views are being read, it shows as soon as they are. */
gboolean   crm_list_pane_show_view     (CrmListPane *self, gint64 id);
/** Is a saved view shown, or what has become of it? */
gboolean   crm_list_pane_has_view      (CrmListPane *self);
/** Leaves views: for the trash, or for all records; from the trash for what was filtered by hand before. */
void       crm_list_pane_show_page     (CrmListPane *self, gboolean trash);
/** Does it show the trash? */
gboolean   crm_list_pane_shows_trash   (CrmListPane *self);
/** Selects and shows a record, clearing search and filters if they hide it; no "open" is emitted. */
void       crm_list_pane_show_record   (CrmListPane *self, gint64 id);
/** The previous or next record (-1, +1) relative to the one shown; emits "open". */
void       crm_list_pane_step          (CrmListPane *self, int direction);
/** (transfer full) (element-type gint64): of the selected records. */
GArray    *crm_list_pane_get_selection (CrmListPane *self);

G_END_DECLS
