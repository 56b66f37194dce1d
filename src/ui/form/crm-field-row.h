/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmFieldRow: a row of a form that shows one field of a record and lets it be edited, each kind of field in its way. It knows nothing of saving:
 * that is CrmFieldBinding's. Its text is what a person typed, as crm_values_parse() takes it.
 *
 * Signals: "edited": the user changed it; "commit": the user left it, or said Enter; "revert" (returns gboolean: was there anything): Esc.
 */
#define CRM_TYPE_FIELD_ROW (crm_field_row_get_type ())
G_DECLARE_INTERFACE (CrmFieldRow, crm_field_row, CRM, FIELD_ROW, AdwPreferencesRow)

struct _CrmFieldRowInterface {
  GTypeInterface parent_interface;

  char      *(*get_text)   (CrmFieldRow *self);
  void       (*set_text)   (CrmFieldRow *self, const char *text);
  /* Optional: the text that stands for a committed value; by default as crm_values_format() shows it */
  char      *(*dup_shown)  (CrmFieldRow *self, const CrmValues *values, guint field);
  /* Optional: puts what is in the row into @changes; by default crm_values_parse() */
  gboolean   (*collect)    (CrmFieldRow *self, CrmValues *changes, guint field, GError **error);
  /* Optional: the widget that has the focus while editing; by default the row */
  GtkWidget *(*get_target) (CrmFieldRow *self);
};

/** crm_field_row_new: the row for a field of @entity, by its kind. Not for fields of kind TAGS. */
GtkWidget *crm_field_row_new         (CrmStore *store, const CrmEntity *entity, guint field);
/** (transfer full): never NULL. */
char      *crm_field_row_get_text    (CrmFieldRow *self);
/** @text: NULL: nothing. No signal is emitted. */
void       crm_field_row_set_text    (CrmFieldRow *self, const char *text);
/** (transfer full): the text that stands for a committed value; never NULL. @values: NULL: none. */
char      *crm_field_row_dup_shown   (CrmFieldRow *self, const CrmValues *values, guint field);
/** Sets the field in @changes. %CRM_ERROR_INVALID if what is in the row is no value of it. */
gboolean   crm_field_row_collect     (CrmFieldRow *self, CrmValues *changes, guint field, GError **error);
/** (transfer none): the widget that takes the focus. */
GtkWidget *crm_field_row_get_target  (CrmFieldRow *self);

/* For the rows themselves: their signals */

/** Emits "commit" when the focus leaves @self and "revert" on Esc. */
void       crm_field_row_watch       (CrmFieldRow *self);
/** Emits "edited". */
void       crm_field_row_edited      (CrmFieldRow *self);
/** Emits "commit". */
void       crm_field_row_commit      (CrmFieldRow *self);
/** Was there anything to take back? */
gboolean   crm_field_row_revert      (CrmFieldRow *self);

G_END_DECLS
