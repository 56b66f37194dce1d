/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-field-row.h"

G_BEGIN_DECLS

/** CrmNoteRow: a CrmFieldRow for several lines; it grows with its text up to a point, then it scrolls. Ctrl+Enter says commit. */
#define CRM_TYPE_NOTE_ROW (crm_note_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmNoteRow, crm_note_row, CRM, NOTE_ROW, AdwPreferencesRow)

/** @field: of a table of fields */
GtkWidget *crm_note_row_new        (const CrmField *field);
/** Where a heading says what it is. A screen reader still says it. */
void       crm_note_row_hide_title (CrmNoteRow *self);

G_END_DECLS
