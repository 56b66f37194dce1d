/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-field.h"

G_BEGIN_DECLS

/**
 * CrmLogChoices: the choices of a field as buttons in a row, one of which is pressed or none. Arrow keys go from one to the next.
 *
 * Signal "changed": the user chose another.
 */
#define CRM_TYPE_LOG_CHOICES (crm_log_choices_get_type ())
G_DECLARE_FINAL_TYPE (CrmLogChoices, crm_log_choices, CRM, LOG_CHOICES, GtkWidget)

/**
 * @labels: (nullable): N_() with the underlined letter that chooses it, in the order of the choices, instead of a digit before the field's own words
 * @name: what it is, translated
 * @optional: none may be chosen: pressing the chosen one again
 */
GtkWidget  *crm_log_choices_new      (const CrmField *field, const char * const *labels, const char *name, gboolean optional);
/** @choice: stored name; NULL or "": none. No signal. */
void        crm_log_choices_set      (CrmLogChoices *self, const char *choice);
/** "": none. */
const char *crm_log_choices_get      (CrmLogChoices *self);
/** Chooses by the letter or digit a key has; %FALSE: it is none of them. */
gboolean    crm_log_choices_take_key (CrmLogChoices *self, gunichar key);
/** Puts the focus on the chosen one. */
void        crm_log_choices_focus    (CrmLogChoices *self);

G_END_DECLS
