/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmFieldsRow: a CrmChildRow that shows a child in a few words; opened, its fields, one below the other, and buttons to remove it or make it the main one.
 * One that is new is inserted once something is filled in.
 */
#define CRM_TYPE_FIELDS_ROW (crm_fields_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (CrmFieldsRow, crm_fields_row, CRM, FIELDS_ROW, AdwExpanderRow)

struct _CrmFieldsRowClass {
  AdwExpanderRowClass parent_class;

  const guint *fields;   /* that have rows, in their order; static */
  guint        n_fields;
  /* By field: under which names the parent keeps what is typed of one that is new; static. NULL: a new one never has this row */
  const char * const *draft_names;

  /* Says in a few words what is committed */
  void (*update) (CrmFieldsRow *self, const CrmValues *values);
};

/* For subclasses */

/** (transfer none): what is committed. */
const CrmValues *crm_fields_row_get_values  (CrmFieldsRow *self);
/** Plain text. */
void             crm_fields_row_set_text    (CrmFieldsRow *self, const char *title, const char *subtitle);
/** (transfer none): a button at the end; @callback: called with the row alone. */
GtkWidget       *crm_fields_row_add_button  (CrmFieldsRow *self, const char *icon, GCallback callback);

G_END_DECLS
