/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-field-row.h"

G_BEGIN_DECLS

/** CrmTextRow: a CrmFieldRow for what stands in one line. */
#define CRM_TYPE_TEXT_ROW (crm_text_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (CrmTextRow, crm_text_row, CRM, TEXT_ROW, AdwEntryRow)

struct _CrmTextRowClass {
  AdwEntryRowClass parent_class;
};

/** @field: of a table of fields, kept by reference */
GtkWidget *crm_text_row_new       (const CrmField *field);
/** For subclasses: which field it shows. */
void       crm_text_row_set_field (CrmTextRow *self, const CrmField *field);
/** The title above the text; plain text. */
void       crm_text_row_set_title (CrmTextRow *self, const char *title);

G_END_DECLS
