/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-merge-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-number.h"

static gboolean
is_in_group (const CrmEntity *entity,
             guint            field,
             guint            group)
{
  return field == group || (crm_merge_can_choose (entity, field) && crm_merge_get_group (entity, field) == group);
}

static gboolean
is_alone (const CrmEntity *entity,
          guint            group)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (i != group && is_in_group (entity, i, group))
      return FALSE;
  return TRUE;
}

char *
crm_merge_words_dup_label (const CrmEntity *entity,
                           guint            field)
{
  const CrmField *first = &entity->fields[field];

  if (crm_merge_is_through (first) && !is_alone (entity, field))
    return g_strdup (_(crm_entity_find (first->through->entity)->label));
  return g_strdup (crm_field_get_label (first));
}

/* The first field says it by itself, another one by its name, but what the text says already; the lines of an address need no names. */
static void
append_field (GString         *text,
              const CrmValues *values,
              guint            field,
              guint            group)
{
  const CrmField *f = &crm_values_get_entity (values)->fields[field];
  g_autofree char *shown = crm_values_format (values, field);

  if (shown == NULL || *shown == '\0' || (field != group && strstr (text->str, shown) != NULL))
    return;
  if (crm_merge_is_through (f))
    g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", shown);
  else if (field == group)
    g_string_append (text, shown);
  else
    g_string_append_printf (text, "%s%s: %s", text->len > 0 ? "\n" : "", crm_field_get_label (f), shown);
}

char *
crm_merge_words_show (const CrmValues *values,
                      guint            field)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = field; i < entity->n_fields; i++)
    if (is_in_group (entity, i, field))
      append_field (text, values, i, field);
  return text->len == 0 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
get_counted (const CrmEntity *entity,
             gulong           n)
{
  if (entity == &crm_contact_point || entity == &crm_person_point)
    return g_dngettext (GETTEXT_PACKAGE, "%s phone or e-mail", "%s phones and e-mails", n);
  if (entity == &crm_address)
    return g_dngettext (GETTEXT_PACKAGE, "%s address", "%s addresses", n);
  if (entity == &crm_client_tag)
    return g_dngettext (GETTEXT_PACKAGE, "%s tag", "%s tags", n);
  if (entity == &crm_position)
    return g_dngettext (GETTEXT_PACKAGE, "%s position", "%s positions", n);
  if (entity == &crm_consent)
    return g_dngettext (GETTEXT_PACKAGE, "%s consent", "%s consents", n);
  if (entity == &crm_task)
    return g_dngettext (GETTEXT_PACKAGE, "%s task", "%s tasks", n);
  if (entity == &crm_interaction || entity == &crm_participant)
    return g_dngettext (GETTEXT_PACKAGE, "%s conversation", "%s conversations", n);
  if (entity == &crm_document)
    return g_dngettext (GETTEXT_PACKAGE, "%s document", "%s documents", n);
  if (entity == &crm_client)
    return g_dngettext (GETTEXT_PACKAGE, "%s client that belongs to it or came through it", "%s clients that belong to it or came through it", n);
  return NULL;
}

/* Who works at a client are people to it, however many positions there are. */
static char *
describe_move (const CrmMergePlan *plan,
               const CrmMergeMove *move)
{
  const char *counted = get_counted (move->entity, move->n);

  if (move->entity == &crm_position && crm_values_get_entity (plan->kept) == &crm_client)
    counted = g_dngettext (GETTEXT_PACKAGE, "%s person", "%s people", move->n);
  return counted == NULL ? NULL : crm_number_fill (counted, move->n);
}

char *
crm_merge_words_describe_moves (const CrmMergePlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < plan->moves->len; i++)
    {
      g_autofree char *move = describe_move (plan, &g_array_index (plan->moves, CrmMergeMove, i));

      if (move != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", move);
    }
  return text->len == 0 ? NULL : g_string_free (g_steal_pointer (&text), FALSE);
}
