/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-interaction.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#include "crm-error.h"
#include "crm-time.h"

/* Of the first line of a text so many letters are the subject. */
#define SUBJECT_LENGTH 80

static const CrmChoice channels[] = {
  { "call", N_("Phone call") },
  { "email", N_("E-mail") },
  { "visit", N_("Visit") },
  { "chat", N_("Chat") },
  { "letter", N_("Letter") },
  { "fax", N_("Fax") },
  { "other", N_("Other") },
  { NULL }
};

static const CrmChoice directions[] = {
  { "out", N_("Outgoing") },
  { "in", N_("Incoming") },
  { NULL }
};

static const CrmChoice outcomes[] = {
  { "reached", N_("Reached") },
  { "no_answer", N_("No answer") },
  { "busy", N_("Busy") },
  { "meeting", N_("In a meeting") },
  { "away", N_("Not there") },
  { "call_back", N_("Will call back") },
  { "left_message", N_("Left a message") },
  { "wrong_number", N_("Wrong number") },
  { NULL }
};

static const CrmChoice roles[] = {
  { "present", N_("Took part") },
  { "sender", N_("From") },
  { "recipient", N_("To") },
  { "copy", N_("Copy to") },
  { NULL }
};

static const CrmField fields[] = {
  [CRM_INTERACTION_SUBJECT] = { "subject", N_("Subject"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_COLUMN | CRM_FIELD_PERSONAL },
  [CRM_INTERACTION_CLIENT] = { "client", N_("Client"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_COLUMN | CRM_FIELD_FOLLOWED | CRM_FIELD_OWNER, .refers = "client" },
  [CRM_INTERACTION_CHANNEL] = { "channel", N_("Channel"), NULL, CRM_KIND_CHOICE, CRM_FIELD_REQUIRED | CRM_FIELD_COLUMN | CRM_FIELD_FILTER, channels },
  [CRM_INTERACTION_DIRECTION] = { "direction", N_("Direction"), NULL, CRM_KIND_CHOICE, CRM_FIELD_REQUIRED | CRM_FIELD_FILTER, directions },
  [CRM_INTERACTION_AT] = { "at", N_("When"), NULL, CRM_KIND_DATETIME, CRM_FIELD_REQUIRED | CRM_FIELD_COLUMN },
  [CRM_INTERACTION_LENGTH] = { "length", N_("Minutes"), NULL, CRM_KIND_INTEGER, CRM_FIELD_NONE },
  [CRM_INTERACTION_OUTCOME] = { "outcome", N_("Outcome"), NULL, CRM_KIND_CHOICE, CRM_FIELD_COLUMN | CRM_FIELD_FILTER, outcomes },
  [CRM_INTERACTION_TEXT] = { "text", N_("Text"), NULL, CRM_KIND_NOTE, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL },
  [CRM_INTERACTION_NEXT_STEP] = { "next_step", N_("Next step"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_NONE, .refers = "task" },
  [CRM_INTERACTION_MESSAGE] = { "message", N_("Message number"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },

  [CRM_INTERACTION_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
  [CRM_INTERACTION_CREATED] = { "created", N_("Created"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_INTERACTION_MODIFIED] = { "modified", N_("Changed"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_INTERACTION_DELETED] = { "deleted", N_("Deleted"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
};

static const CrmField participant_fields[] = {
  [CRM_PARTICIPANT_INTERACTION] = { "interaction", N_("Conversation"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_REQUIRED | CRM_FIELD_SYSTEM, .refers = "interaction" },
  [CRM_PARTICIPANT_PERSON] = { "person", N_("Person"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL, .refers = "person" },
  [CRM_PARTICIPANT_ROLE] = { "role", N_("Role"), NULL, CRM_KIND_CHOICE, CRM_FIELD_REQUIRED, roles },
  [CRM_PARTICIPANT_NAME] = { "name", N_("Name"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL },
  [CRM_PARTICIPANT_ADDRESS] = { "address", N_("E-mail"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL },
  [CRM_PARTICIPANT_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
};

/* (nullable): what a conversation of that text is called of itself. */
static char *
make_subject (const char *text)
{
  g_autofree char *line = NULL;

  if (text == NULL)
    return NULL;
  while (g_ascii_isspace (*text))
    text++;
  line = g_strndup (text, strcspn (text, "\r\n"));
  g_strchomp (line);
  if (*line == '\0')
    return NULL;
  if (g_utf8_strlen (line, -1) > SUBJECT_LENGTH)
    {
      g_autofree char *cut = g_utf8_substring (line, 0, SUBJECT_LENGTH - 1);

      return g_strconcat (g_strchomp (cut), "…", NULL);
    }
  return g_steal_pointer (&line);
}

/* The subject follows the text until somebody writes another. */
static void
follow_text (CrmValues       *changes,
             const CrmValues *current)
{
  const char *subject = current == NULL ? NULL : crm_values_get_text (current, CRM_INTERACTION_SUBJECT);
  g_autofree char *made = current == NULL ? NULL : make_subject (crm_values_get_text (current, CRM_INTERACTION_TEXT));

  if (crm_values_has (changes, CRM_INTERACTION_TEXT) && crm_values_is_null (changes, CRM_INTERACTION_SUBJECT) &&
      g_strcmp0 (subject, made) == 0)
    crm_values_take_text (changes, CRM_INTERACTION_SUBJECT, make_subject (crm_values_get_text (changes, CRM_INTERACTION_TEXT)));
}

static void
before_save (CrmValues       *changes,
             const CrmValues *current)
{
  follow_text (changes, current);
  if (current != NULL)
    return;
  if (crm_values_is_null (changes, CRM_INTERACTION_CHANNEL))
    crm_values_set_text (changes, CRM_INTERACTION_CHANNEL, "call");
  if (crm_values_is_null (changes, CRM_INTERACTION_DIRECTION))
    crm_values_set_text (changes, CRM_INTERACTION_DIRECTION, "out");
  if (crm_values_is_null (changes, CRM_INTERACTION_AT))
    crm_values_set_integer (changes, CRM_INTERACTION_AT, crm_time_now ());
}

static gboolean
validate (const CrmValues  *changes,
          const CrmValues  *current,
          GError          **error)
{
  if (crm_values_get_integer (changes, CRM_INTERACTION_LENGTH) >= 0)
    return TRUE;
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("A conversation cannot last less than nothing."));
  return FALSE;
}

static void
participant_before_save (CrmValues       *changes,
                         const CrmValues *current)
{
  if (current == NULL && crm_values_is_null (changes, CRM_PARTICIPANT_ROLE))
    crm_values_set_text (changes, CRM_PARTICIPANT_ROLE, "present");
}

static const CrmRules rules = { .before_save = before_save, .validate = validate };
static const CrmRules participant_rules = { .before_save = participant_before_save };
static const char * const children[] = { "participant", NULL };

const CrmEntity crm_interaction = {
  .number = 13,
  .name = "interaction",
  .type_name = "CrmInteraction",
  .label = N_("Conversation"),
  .plural = N_("Conversations"),
  .icon = "crm-interaction-symbolic",
  .title = "subject",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .children = children,
  .rules = &rules,
  .is_log = TRUE,
};

const CrmEntity crm_participant = {
  .number = 14,
  .name = "participant",
  .type_name = "CrmParticipant",
  .label = N_("Participant"),
  .plural = N_("Participants"),
  .icon = "crm-person-symbolic",
  .title = "name",
  .parent = "interaction",
  .fields = participant_fields,
  .n_fields = G_N_ELEMENTS (participant_fields),
  .rules = &participant_rules,
};
