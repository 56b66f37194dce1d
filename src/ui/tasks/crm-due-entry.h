/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-due.h"

G_BEGIN_DECLS

/**
 * CrmDueEntry: a day, and perhaps a time, typed in words, as crm_due_parse() takes them; what they mean stands below as they are typed.
 *
 * Signals: "changed": by the user or crm_due_entry_set_text(); "activate": Enter.
 */
#define CRM_TYPE_DUE_ENTRY (crm_due_entry_get_type ())
G_DECLARE_FINAL_TYPE (CrmDueEntry, crm_due_entry, CRM, DUE_ENTRY, GtkWidget)

/** @label: what the day is for, said to a screen reader. */
GtkWidget  *crm_due_entry_new      (const char *label);
/** (transfer none): as typed. */
const char *crm_due_entry_get_text (CrmDueEntry *self);
/** @text: in words or as a date; "": nothing */
void        crm_due_entry_set_text (CrmDueEntry *self, const char *text);
/** crm_due_entry_read: what is meant; if nothing is typed, a day of "". %FALSE with @error, which then shows below, if it is none. */
gboolean    crm_due_entry_read     (CrmDueEntry *self, CrmDue *due, GError **error);

G_END_DECLS
