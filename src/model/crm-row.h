/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "crm-id-list.h"
#include "crm-values.h"

G_BEGIN_DECLS

/**
 * CrmRow: what a list shows at one position: a light object that is rewritten in place when the query, the order or the record changes.
 * Signal "changed": id, values or words are others now. Main thread.
 */
#define CRM_TYPE_ROW (crm_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmRow, crm_row, CRM, ROW, GObject)

/** Its position in the list, which never changes. */
guint            crm_row_get_position (CrmRow *self);
/** 0 once the position is beyond the list's end. */
gint64           crm_row_get_id       (CrmRow *self);
/** (transfer none): NULL until it is read. */
const CrmValues *crm_row_get_values   (CrmRow *self);
/** (transfer none): folded words to show in bold; may be empty. */
const char * const *crm_row_get_words (CrmRow *self);

/* For the model */

/** crm_row_new: @rows: of the model: position → CrmRow, not owned; the row takes itself out when it goes. */
CrmRow          *crm_row_new          (GHashTable *rows, guint position);
/** crm_row_set: @list: (nullable): where the id is from. Returns: is "changed" to be emitted? */
gboolean         crm_row_set          (CrmRow *self, CrmIdList *list, gint64 id, CrmValues *values);
/** For the model: emits "changed". */
void             crm_row_emit_changed (CrmRow *self);
/** When the row was asked for last, on the model's own count. */
void             crm_row_set_asked    (CrmRow *self, guint64 asked);
/** For the model: as of crm_row_set_asked(). */
guint64          crm_row_get_asked    (CrmRow *self);

G_END_DECLS
