/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <string.h>

#include "crm-check.h"
#include "crm-interaction.h"
#include "crm-mail-log-private.h"
#include "crm-person.h"
#include "crm-position.h"

/* Nobody reads what is written to them, */
static const char * const machines[] = {
  "noreply", "no-reply", "no_reply", "donotreply", "do-not-reply", "mailer-daemon", "postmaster", "bounce", "bounces", "notification", "notifications",
  "newsletter", "bulten", "daemon", NULL
};
/* and these are everybody, unless somebody gives a name. */
static const char * const offices[] = {
  "info", "bilgi", "iletisim", "contact", "kontakt", "office", "ofis", "sales", "satis", "purchasing", "satinalma", "muhasebe", "accounting", "destek",
  "support", "admin", "hr", "ik", "mail", "posta", "export", "ihracat", "siparis", "order", "orders", NULL
};

/* "Işık, Ayşe" is Ayşe Işık. */
static char *
turn_name (const char *name)
{
  const char *comma = strchr (name, ',');
  g_autofree char *family = NULL;
  g_autofree char *given = NULL;

  if (comma == NULL || strchr (comma + 1, ',') != NULL)
    return g_strdup (name);
  family = g_strstrip (g_strndup (name, (gsize) (comma - name)));
  given = g_strstrip (g_strdup (comma + 1));
  return *family == '\0' || *given == '\0' ? g_strdup (name) : g_strconcat (given, " ", family, NULL);
}

/* "ayse.isik" is Ayse Isik. */
static char *
guess_name (const char *local)
{
  g_autoptr (GString) name = g_string_new (NULL);
  gboolean begins = TRUE;

  for (const char *c = local; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      if (!g_unichar_isalpha (letter))
        {
          begins = TRUE;
          continue;
        }
      if (begins && name->len > 0)
        g_string_append_c (name, ' ');
      g_string_append_unichar (name, begins ? g_unichar_totitle (letter) : letter);
      begins = FALSE;
    }
  return name->len == 0 ? g_strdup (local) : g_string_free (g_steal_pointer (&name), FALSE);
}

CrmMailStranger *
crm_mail_stranger_new (const CrmMailAddress *address)
{
  g_autofree char *local = g_ascii_strdown (address->address, (gssize) strcspn (address->address, "@"));
  CrmMailStranger *self;

  if (*local == '\0' || !crm_check_email (address->address, NULL) || g_strv_contains (machines, local) ||
      (address->name == NULL && g_strv_contains (offices, local)))
    return NULL;
  self = g_new0 (CrmMailStranger, 1);
  self->name = address->name != NULL ? turn_name (address->name) : guess_name (local);
  self->address = g_strdup (address->address);
  self->participants = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

CrmMailStranger *
crm_mail_stranger_copy (const CrmMailStranger *self)
{
  CrmMailStranger *copy = g_new (CrmMailStranger, 1);

  *copy = *self;
  copy->name = g_strdup (self->name);
  copy->address = g_strdup (self->address);
  copy->client_name = g_strdup (self->client_name);
  copy->participants = g_array_copy (self->participants);
  return copy;
}

void
crm_mail_stranger_free (CrmMailStranger *self)
{
  g_free (self->name);
  g_free (self->address);
  g_free (self->client_name);
  g_array_unref (self->participants);
  g_free (self);
}

static gboolean
insert_person (CrmMailStranger  *self,
               CrmWriter        *writer,
               GError          **error)
{
  g_autoptr (CrmValues) person = crm_values_new (&crm_person, 0);
  g_autoptr (CrmValues) position = crm_values_new (&crm_position, 0);

  crm_values_set_text (person, CRM_PERSON_NAME, self->name);
  crm_values_set_text (person, CRM_PERSON_EMAIL, self->address);
  self->person = crm_writer_insert (writer, person, error);
  if (self->person == 0 || self->client == 0)
    return self->person != 0;
  crm_values_set_reference (position, CRM_POSITION_PERSON, self->person, NULL);
  crm_values_set_reference (position, CRM_POSITION_CLIENT, self->client, NULL);
  return crm_writer_insert (writer, position, error) != 0;
}

gboolean
crm_mail_stranger_meet (CrmMailStranger  *self,
                        CrmWriter        *writer,
                        GError          **error)
{
  if (self->person == 0 && !insert_person (self, writer, error))
    return FALSE;
  for (guint i = 0; i < self->participants->len; i++)
    {
      g_autoptr (CrmValues) participant = crm_values_new (&crm_participant, g_array_index (self->participants, gint64, i));

      crm_values_set_reference (participant, CRM_PARTICIPANT_PERSON, self->person, NULL);
      if (!crm_writer_update (writer, participant, error))
        return FALSE;
    }
  return TRUE;
}
