/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-field-row.h"

G_BEGIN_DECLS

/**
 * CrmFieldBinding: keeps the row of a form and a field of a committed record together. What is typed is kept as a draft, saved when the row
 * says commit, and taken back when it says revert. What cannot be saved stays on the screen with the reason below.
 *
 * Signal "saved" (gint64 id): a save of ours was committed.
 */
#define CRM_TYPE_FIELD_BINDING (crm_field_binding_get_type ())
G_DECLARE_FINAL_TYPE (CrmFieldBinding, crm_field_binding, CRM, FIELD_BINDING, GObject)

/** crm_field_binding_new: (transfer none): belongs to @row, which is a CrmFieldRow. */
CrmFieldBinding *crm_field_binding_new        (CrmStore *store, const CrmEntity *entity, guint field, GtkWidget *row);
/**
 * crm_field_binding_set_values: what is committed; the row follows unless it is being edited.
 * Another id than before: what is typed for the other record is saved or stays its draft.
 * @values: without an id: what a new record begins with, inserted when the row is committed; NULL: none, only drafts are kept
 */
void             crm_field_binding_set_values (CrmFieldBinding *self, const CrmValues *values);
/** Drafts are kept as @field of @record of @entity instead of the field itself: for a record that has no id yet. @field: kept by reference. */
void             crm_field_binding_set_place  (CrmFieldBinding *self, const CrmEntity *entity, gint64 record, const char *field);
/** Puts back what was typed and not saved, unless something is being typed already. */
void             crm_field_binding_set_draft  (CrmFieldBinding *self, const char *text);
/** Saves what is typed; where nothing can be saved, keeps it as a draft at once. */
void             crm_field_binding_flush      (CrmFieldBinding *self);
/** crm_field_binding_set_values_all: crm_field_binding_set_values() for each of @bindings that is not %NULL. @values: (nullable) */
void             crm_field_binding_set_values_all (CrmFieldBinding * const *bindings, guint n_bindings, const CrmValues *values);
/** crm_field_binding_flush_all: the same for each of @bindings that is not %NULL. */
void             crm_field_binding_flush_all  (CrmFieldBinding * const *bindings, guint n_bindings);
/** Takes back what is typed, its draft too. */
void             crm_field_binding_revert     (CrmFieldBinding *self);
/** Says below the row why its value was refused. @message: NULL: no more. */
void             crm_field_binding_refuse     (CrmFieldBinding *self, const char *message);
/** Is there something typed that is not saved? */
gboolean         crm_field_binding_is_dirty   (CrmFieldBinding *self);

G_END_DECLS
