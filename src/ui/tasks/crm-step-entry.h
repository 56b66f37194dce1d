/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmStepEntry: what is to be done and when, to be typed in place: an entry for each, with suggestions below. What is typed is kept as drafts of a record.
 *
 * Signal "save" (CrmValues *changes): Enter: a task's name, due date and time. Signal "cancel": Esc, or its button.
 */
#define CRM_TYPE_STEP_ENTRY (crm_step_entry_get_type ())
G_DECLARE_FINAL_TYPE (CrmStepEntry, crm_step_entry, CRM, STEP_ENTRY, GtkWidget)

/** @label: what is asked for: "What is the next step?"; @place: under which drafts are kept, a static word. */
GtkWidget *crm_step_entry_new             (CrmStore *store, const char *label, const char *place);
/** Of which record the drafts are; 0: they are not kept. What is typed is forgotten here, but not as a draft. */
void       crm_step_entry_open            (CrmStepEntry *self, const CrmEntity *entity, gint64 record);
/** Asks for something else, as of crm_step_entry_new(). */
void       crm_step_entry_set_label       (CrmStepEntry *self, const char *label);
/** What stands there before anything is typed. Each may be NULL. */
void       crm_step_entry_set             (CrmStepEntry *self, const char *name, const char *date, const char *time);
/** @names: (nullable): offered for what is to be done. */
void       crm_step_entry_suggest         (CrmStepEntry *self, const char * const *names);
/** Is it possible to leave without saving? Its button shows then. */
void       crm_step_entry_set_can_cancel  (CrmStepEntry *self, gboolean can_cancel);
/** Is there nothing typed? */
gboolean   crm_step_entry_is_empty        (CrmStepEntry *self);
/** Is anything typed that was not there when it was set? */
gboolean   crm_step_entry_is_changed      (CrmStepEntry *self);
/** Forgets what is typed, as a draft too. */
void       crm_step_entry_clear           (CrmStepEntry *self);
/** @drafts: (element-type utf8 utf8): of the record. Returns: was anything of it typed here? */
gboolean   crm_step_entry_put_drafts_back (CrmStepEntry *self, GHashTable *drafts);
/** Keeps what is typed as drafts at once. */
void       crm_step_entry_flush           (CrmStepEntry *self);

G_END_DECLS
