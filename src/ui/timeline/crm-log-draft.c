/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-log-draft.h"

#define FORMAT "(xsaxssssssss)"

CrmLogDraft *
crm_log_draft_new (void)
{
  CrmLogDraft *self = g_new0 (CrmLogDraft, 1);
  char **texts[] = { &self->client_text, &self->channel, &self->direction, &self->outcome, &self->text, &self->when, &self->length,
                     &self->next, &self->due };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup ("");
  self->people = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
crm_log_draft_free (CrmLogDraft *self)
{
  g_free (self->client_text);
  g_array_unref (self->people);
  g_free (self->channel);
  g_free (self->direction);
  g_free (self->outcome);
  g_free (self->text);
  g_free (self->when);
  g_free (self->length);
  g_free (self->next);
  g_free (self->due);
  g_free (self);
}

gboolean
crm_log_draft_is_worth_keeping (const CrmLogDraft *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->text[0] != '\0' || self->next[0] != '\0';
}

char *
crm_log_draft_to_text (const CrmLogDraft *self)
{
  GVariantBuilder people;
  g_autoptr (GVariant) value = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  g_variant_builder_init (&people, G_VARIANT_TYPE ("ax"));
  for (guint i = 0; i < self->people->len; i++)
    g_variant_builder_add (&people, "x", g_array_index (self->people, gint64, i));
  value = g_variant_ref_sink (g_variant_new (FORMAT, self->client, self->client_text, &people, self->channel, self->direction, self->outcome,
                                             self->text, self->when, self->length, self->next, self->due));
  return g_variant_print (value, FALSE);
}

CrmLogDraft *
crm_log_draft_from_text (const char *text)
{
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GVariantIter) people = NULL;
  CrmLogDraft *self;
  gint64 person;

  g_return_val_if_fail (text != NULL, NULL);

  value = g_variant_parse (G_VARIANT_TYPE (FORMAT), text, NULL, NULL, NULL);
  if (value == NULL)
    return NULL;
  self = g_new0 (CrmLogDraft, 1);
  self->people = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_variant_get (value, FORMAT, &self->client, &self->client_text, &people, &self->channel, &self->direction, &self->outcome,
                 &self->text, &self->when, &self->length, &self->next, &self->due);
  while (g_variant_iter_next (people, "x", &person))
    g_array_append_val (self->people, person);
  return self;
}
