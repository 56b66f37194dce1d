/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-log-draft.h"

#include "crm-interaction.h"
#include "crm-when.h"

#include <glib/gi18n-lib.h>

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

static void
take_text (char       **into,
           const char  *text)
{
  g_free (*into);
  *into = g_strdup (text != NULL ? text : "");
}

static void
take_values (CrmLogDraft     *self,
             const CrmValues *values)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  take_text (&self->channel, crm_values_get_text (values, CRM_INTERACTION_CHANNEL));
  take_text (&self->direction, crm_values_get_text (values, CRM_INTERACTION_DIRECTION));
  take_text (&self->outcome, crm_values_get_text (values, CRM_INTERACTION_OUTCOME));
  take_text (&self->text, crm_values_get_text (values, CRM_INTERACTION_TEXT));
  g_free (self->when);
  self->when = crm_when_format (crm_values_get_integer (values, CRM_INTERACTION_AT), now);
  g_free (self->length);
  self->length = crm_values_is_null (values, CRM_INTERACTION_LENGTH) ? g_strdup ("") : crm_values_to_plain (values, CRM_INTERACTION_LENGTH);
}

CrmLogDraft *
crm_log_draft_new_begun (const CrmLogContext *context)
{
  CrmLogDraft *self;

  g_return_val_if_fail (context != NULL, NULL);

  self = crm_log_draft_new ();
  self->client = context->client;
  g_array_append_vals (self->people, context->present->data, context->present->len);
  take_text (&self->client_text, context->client_name);
  take_text (&self->channel, "call");
  take_text (&self->direction, "out");
  take_text (&self->when, context->interaction == 0 ? _("now") : "");
  if (context->values != NULL)
    take_values (self, context->values);
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
