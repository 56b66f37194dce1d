/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-timeline-words.h"

#include "crm-display.h"
#include "crm-entity.h"
#include "crm-interaction.h"

#include <glib/gi18n-lib.h>

/* Bytes; no more fits into the lines there are for it */
#define LONGEST_PREVIEW 600

const char *
crm_timeline_words_get_channel_icon (const char *channel)
{
  static const struct {
    const char *channel;
    const char *icon;
  } icons[] = {
    { "call", "crm-phone-symbolic" },
    { "email", "crm-mail-symbolic" },
    { "visit", "crm-address-symbolic" },
    { "chat", "crm-interaction-symbolic" },
    { "letter", "crm-document-symbolic" },
    { "fax", "printer-symbolic" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_strcmp0 (icons[i].channel, channel) == 0)
      return icons[i].icon;
  return "crm-note-symbolic";
}

const char *
crm_timeline_words_get_icon (const CrmTimelineEntry *entry)
{
  g_return_val_if_fail (entry != NULL, NULL);

  switch (entry->kind)
    {
    case CRM_TIMELINE_TASK:
      return "crm-task-symbolic";
    case CRM_TIMELINE_STEP:
      return "crm-history-symbolic";
    case CRM_TIMELINE_INTERACTION:
    default:
      return crm_timeline_words_get_channel_icon (entry->channel);
    }
}

static const char *
get_choice (CrmInteractionField  field,
            const char          *name)
{
  return crm_field_get_choice_label (&crm_interaction.fields[field], name);
}

char *
crm_timeline_words_dup_title (const CrmTimelineEntry *entry)
{
  g_return_val_if_fail (entry != NULL, NULL);

  if (entry->title != NULL)
    return crm_display_line (entry->title);
  return g_strdup (entry->channel != NULL ? get_choice (CRM_INTERACTION_CHANNEL, entry->channel) : "");
}

static void
add_part (GString    *parts,
          const char *part)
{
  g_autofree char *line = crm_display_line (part);

  if (line[0] != '\0')
    g_string_append_printf (parts, "%s%s", parts->len > 0 ? " · " : "", line);
}

static void
add_interaction (GString                *parts,
                 const CrmTimelineEntry *entry)
{
  if (entry->title != NULL)
    add_part (parts, get_choice (CRM_INTERACTION_CHANNEL, entry->channel));
  if (g_strcmp0 (entry->direction, "in") == 0)
    add_part (parts, get_choice (CRM_INTERACTION_DIRECTION, entry->direction));
  if (entry->outcome != NULL)
    add_part (parts, get_choice (CRM_INTERACTION_OUTCOME, entry->outcome));
  for (guint i = 0; entry->people != NULL && i < entry->people->len; i++)
    add_part (parts, ((CrmTimelinePerson *) entry->people->pdata[i])->name);
  if (entry->length > 0)
    {
      /* Translators: how long a conversation was, in minutes */
      g_autofree char *length = g_strdup_printf (_("%d min"), (int) MIN (entry->length, G_MAXINT));

      add_part (parts, length);
    }
  if (entry->n_documents > 0)
    {
      g_autofree char *documents = g_strdup_printf (ngettext ("%u document", "%u documents", entry->n_documents), entry->n_documents);

      add_part (parts, documents);
    }
}

char *
crm_timeline_words_dup_meta (const CrmTimelineEntry *entry)
{
  GString *parts;

  g_return_val_if_fail (entry != NULL, NULL);

  parts = g_string_new (NULL);
  if (entry->kind == CRM_TIMELINE_INTERACTION)
    add_interaction (parts, entry);
  else if (entry->kind == CRM_TIMELINE_TASK)
    add_part (parts, _("Task done"));
  else
    add_part (parts, entry->who);
  return g_string_free (parts, FALSE);
}

const char *
crm_timeline_words_get_rest (const CrmTimelineEntry *entry)
{
  const char *text;

  g_return_val_if_fail (entry != NULL, NULL);

  text = entry->text != NULL ? entry->text : "";
  while (g_ascii_isspace (*text))
    text++;
  /* The title is the first line, unless that was too long for one or somebody wrote another */
  if (entry->kind == CRM_TIMELINE_INTERACTION && entry->title != NULL && g_str_has_prefix (text, entry->title))
    text += strlen (entry->title);
  while (g_ascii_isspace (*text))
    text++;
  return text;
}

char *
crm_timeline_words_dup_preview (const CrmTimelineEntry *entry)
{
  const char *text = crm_timeline_words_get_rest (entry);
  g_autofree char *shown = g_strndup (text, MIN (strlen (text), LONGEST_PREVIEW));

  return crm_display_line (shown);
}

char *
crm_timeline_words_dup_next (const CrmTimelineEntry *entry)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  if (entry->next_name == NULL)
    return NULL;
  name = crm_display_line (entry->next_name);
  /* Translators: what came of a conversation; %s is a task */
  return g_strdup_printf (entry->next_done ? _("Next step, done: %s") : _("Next step: %s"), name);
}
