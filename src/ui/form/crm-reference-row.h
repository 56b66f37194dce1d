/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-text-row.h"

G_BEGIN_DECLS

/**
 * CrmReferenceRow: a CrmFieldRow for a reference to another record, by its name, with suggestions. Whether a new name makes a new record
 * is the writer's matter. Signal "chosen": a record was, among the suggestions or by crm_reference_row_choose().
 */
#define CRM_TYPE_REFERENCE_ROW (crm_reference_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmReferenceRow, crm_reference_row, CRM, REFERENCE_ROW, CrmTextRow)

/** @field: of a table of fields, kept by reference */
GtkWidget *crm_reference_row_new (CrmStore *store, const CrmField *field);
/** The record that was chosen for the name in the row; 0: the name was typed. */
gint64     crm_reference_row_get_chosen (CrmReferenceRow *self);
/** Chooses a record, as if among the suggestions. */
void       crm_reference_row_choose     (CrmReferenceRow *self, gint64 id, const char *name);

G_END_DECLS
