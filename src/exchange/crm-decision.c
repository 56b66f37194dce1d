/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-decision.h"

#include "crm-import-private.h"

static void
clear_reference (gpointer data)
{
  CrmImportReference *reference = data;

  g_free (reference->name);
}

void
crm_decision_init (CrmDecision            *self,
                   const CrmImportSubject *subject)
{
  self->subject = subject;
  self->points = g_ptr_array_new ();
  self->kept = g_ptr_array_new ();
  self->replaced = g_ptr_array_new ();
  self->addresses = g_ptr_array_new ();
  self->jobs = g_ptr_array_new ();
  self->roles = g_array_new (FALSE, FALSE, sizeof (CrmImportRole));
  self->tags = g_ptr_array_new_with_free_func (g_free);
  self->more_notes = g_string_new (NULL);
  self->references = g_array_new (FALSE, TRUE, sizeof (CrmImportReference));
  g_array_set_clear_func (self->references, clear_reference);
  self->differences = crm_import_differences_new ();
  self->warnings = g_ptr_array_new_with_free_func (g_free);
}

void
crm_decision_reset (CrmDecision *self)
{
  g_clear_pointer (&self->changes, crm_values_unref);
  g_clear_pointer (&self->reason, g_free);
  g_string_truncate (self->more_notes, 0);
  self->has_other_name = self->takes_picture = FALSE;
  g_ptr_array_set_size (self->jobs, 0);
  g_array_set_size (self->roles, 0);
  g_ptr_array_set_size (self->points, 0);
  g_ptr_array_set_size (self->kept, 0);
  g_ptr_array_set_size (self->replaced, 0);
  g_ptr_array_set_size (self->addresses, 0);
  if (self->tags->len > 0)
    g_ptr_array_set_size (self->tags, 0);
  if (self->references->len > 0)
    g_array_set_size (self->references, 0);
  if (self->differences->len > 0)
    g_array_set_size (self->differences, 0);
  if (self->warnings->len > 0)
    g_ptr_array_set_size (self->warnings, 0);
  self->changes = crm_values_new (self->subject->entity, 0);
}

void
crm_decision_clear (CrmDecision *self)
{
  crm_decision_reset (self);
  crm_values_unref (self->changes);
  g_ptr_array_unref (self->points);
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->replaced);
  g_ptr_array_unref (self->addresses);
  g_ptr_array_unref (self->jobs);
  g_array_unref (self->roles);
  g_ptr_array_unref (self->tags);
  g_string_free (self->more_notes, TRUE);
  g_array_unref (self->references);
  g_array_unref (self->differences);
  g_ptr_array_unref (self->warnings);
}

void
crm_decision_add_difference (CrmDecision *self,
                             const char  *label,
                             const char  *before,
                             const char  *after)
{
  CrmImportDifference difference = { label, g_strdup (before), g_strdup (after) };

  g_array_append_val (self->differences, difference);
}

void
crm_decision_add_field (CrmDecision *self,
                        guint        field,
                        const char  *before,
                        const char  *after)
{
  crm_decision_add_difference (self, crm_field_get_label (&self->subject->entity->fields[field]), before, after);
}

void
crm_decision_add_warning (CrmDecision *self,
                          char        *text)
{
  if (text != NULL)
    g_ptr_array_add (self->warnings, text);
}

void
crm_decision_add_note (CrmDecision *self,
                       const char  *line)
{
  GString *notes = self->more_notes;

  if (notes->len > 0)
    g_string_append_c (notes, '\n');
  g_string_append (notes, line);
}

void
crm_decision_reject (CrmDecision *self,
                     char        *reason)
{
  self->verdict = CRM_VERDICT_REJECTED;
  g_free (self->reason);
  self->reason = reason;
}
