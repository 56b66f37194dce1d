/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-query-model.h"

G_BEGIN_DECLS

/**
 * CrmSelection: the GtkSelectionModel over a CrmQueryModel. It holds ids, not positions: when the model rewrites its rows, a record
 * stays selected wherever it goes, and leaves the selection when it leaves the list.
 *
 * Signal "chosen" (gint64 id): the user made this record the only selected one, by click or by moving the cursor; also when it was already.
 */
#define CRM_TYPE_SELECTION (crm_selection_get_type ())
G_DECLARE_FINAL_TYPE (CrmSelection, crm_selection, CRM, SELECTION, GObject)

CrmSelection  *crm_selection_new        (CrmQueryModel *model);
/** How many records are selected, shown or not. */
guint          crm_selection_get_size   (CrmSelection *self);
/** The record selected or unselected last, of a range its last; 0: none. */
gint64         crm_selection_get_cursor (CrmSelection *self);
/** The only record selected; 0 if none or several are. */
gint64         crm_selection_get_single (CrmSelection *self);
/** (transfer full) (element-type gint64): in the order of the list. */
GArray        *crm_selection_get_ids    (CrmSelection *self);
/** Selects one record alone, or with 0 none; no "chosen" is emitted. */
void           crm_selection_set_single (CrmSelection *self, gint64 id);

G_END_DECLS
