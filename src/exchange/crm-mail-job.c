/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-document-store.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-interaction.h"
#include "crm-key.h"
#include "crm-mail-log-private.h"
#include "crm-number.h"

/* One of those an e-mail names */
typedef struct {
  const CrmMailAddress *address;
  const char           *role;
  CrmMailMatch          match;
} Party;

/* A run of the job */
typedef struct {
  CrmMailJob  *job;
  CrmWriter   *writer;
  CrmDb       *db;
  CrmMailBook *book;
} Run;

/* An e-mail being logged */
typedef struct {
  const CrmMail *mail;
  CrmMailEntry  *entry;
  GArray        *parties; /* of Party: sender, recipients, copies; nobody twice */
  GHashTable    *keys;    /* of their addresses */
  gint64         client;
} Letter;

static gboolean
add_parties (Run         *self,
             Letter      *letter,
             GPtrArray   *addresses,
             const char  *role,
             GError     **error)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      Party party = { addresses->pdata[i], role };
      g_autofree char *key = crm_key_email (party.address->address);

      if (*key != '\0' && !g_hash_table_add (letter->keys, g_steal_pointer (&key)))
        continue;
      if (!crm_mail_book_find (self->book, self->db, party.address, self->job->options.client, &party.match, error))
        return FALSE;
      g_array_append_val (letter->parties, party);
    }
  return TRUE;
}

static gboolean
is_sender (const Party *party)
{
  return strcmp (party->role, "sender") == 0;
}

static gboolean
is_known (const Party *party)
{
  return party->match.person != 0 || party->match.client != 0 || party->match.neighbour != 0;
}

static gboolean
is_outgoing (const Letter *letter)
{
  gboolean from_known = FALSE, to_known = FALSE;

  for (guint i = 0; i < letter->parties->len; i++)
    {
      const Party *party = &g_array_index (letter->parties, Party, i);

      if (party->match.is_own)
        return is_sender (party);
      if (is_sender (party))
        from_known |= is_known (party);
      else
        to_known |= is_known (party);
    }
  return to_known && !from_known;
}

/* Those on the other side, the ones the conversation is with */
static gboolean
is_other_side (const Letter *letter,
               const Party  *party)
{
  return !party->match.is_own && is_sender (party) != letter->entry->is_outgoing;
}

/* Whoever the card belongs to that the e-mail was put on took part, if only under another address. */
static gboolean
place_person (Run     *self,
              Letter  *letter,
              GError **error)
{
  static const CrmMailAddress nobody = { NULL, (char *) "" };
  gint64 person = self->job->options.person;
  Party *best = NULL;
  g_autoptr (CrmValues) record = NULL;
  g_autofree char *name = NULL;

  if (person == 0)
    return TRUE;
  record = crm_writer_read (self->writer, &crm_person, person, error);
  if (record == NULL)
    return FALSE;
  name = crm_fold (crm_values_get_text (record, crm_entity_get_title_field (&crm_person)));
  for (guint i = 0; i < letter->parties->len; i++)
    {
      Party *party = &g_array_index (letter->parties, Party, i);
      g_autofree char *written = crm_fold (party->address->name);

      if (party->match.person == person)
        return TRUE;
      if (party->match.person == 0 && !party->match.is_own && strcmp (name, written) == 0)
        best = party;
    }
  if (best == NULL)
    {
      Party party = { &nobody, "present" };

      g_array_append_val (letter->parties, party);
      best = &g_array_index (letter->parties, Party, letter->parties->len - 1);
    }
  best->match.person = person;
  return crm_mail_find_firm (self->db, person, &best->match.firm, error);
}

static gint64
find_client (Run    *self,
             Letter *letter)
{
  for (guint certain = 1; self->job->options.client == 0 && certain <= 2; certain++)
    for (guint i = 0; i < letter->parties->len; i++)
      {
        const Party *party = &g_array_index (letter->parties, Party, i);
        const CrmMailMatch *match = &party->match;
        gint64 client = match->client != 0 ? match->client : match->firm;

        if (self->job->options.person != 0 && match->person == self->job->options.person && match->firm != 0)
          return match->firm;
        if (certain == 2 && client == 0)
          client = match->neighbour;
        if (client != 0 && (certain == 2 || is_other_side (letter, party)))
          return client;
      }
  return self->job->options.client;
}

/* Writing */

static gint64
insert_interaction (Run     *self,
                    Letter  *letter,
                    GError **error)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_interaction, 0);
  const CrmMail *mail = letter->mail;

  crm_values_set_text (values, CRM_INTERACTION_CHANNEL, "email");
  crm_values_set_text (values, CRM_INTERACTION_DIRECTION, letter->entry->is_outgoing ? "out" : "in");
  if (mail->date != 0)
    crm_values_set_integer (values, CRM_INTERACTION_AT, mail->date);
  crm_values_set_text (values, CRM_INTERACTION_SUBJECT, letter->entry->subject);
  crm_values_set_text (values, CRM_INTERACTION_TEXT, mail->text);
  crm_values_set_text (values, CRM_INTERACTION_MESSAGE, mail->message_id);
  if (letter->client != 0)
    crm_values_set_reference (values, CRM_INTERACTION_CLIENT, letter->client, NULL);
  return crm_writer_insert (self->writer, values, error);
}

static CrmMailStranger *
find_stranger (Run         *self,
               const Party *party)
{
  GPtrArray *strangers = self->job->result->strangers;
  g_autofree char *key = crm_key_email (party->address->address);
  CrmMailStranger *stranger;

  for (guint i = 0; i < strangers->len; i++)
    {
      g_autofree char *other = crm_key_email (((CrmMailStranger *) strangers->pdata[i])->address);

      if (strcmp (key, other) == 0)
        return strangers->pdata[i];
    }
  stranger = crm_mail_stranger_new (party->address);
  if (stranger == NULL)
    return NULL;
  stranger->client = party->match.neighbour != 0 ? party->match.neighbour : self->job->options.client;
  g_ptr_array_add (strangers, stranger);
  return stranger;
}

static gboolean
insert_party (Run          *self,
              Letter       *letter,
              const Party  *party,
              GError      **error)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_participant, 0);
  gint64 id;

  crm_values_set_reference (values, CRM_PARTICIPANT_INTERACTION, letter->entry->interaction, NULL);
  if (party->match.person != 0)
    crm_values_set_reference (values, CRM_PARTICIPANT_PERSON, party->match.person, NULL);
  crm_values_set_text (values, CRM_PARTICIPANT_ROLE, party->role);
  crm_values_set_text (values, CRM_PARTICIPANT_NAME, party->address->name);
  crm_values_set_text (values, CRM_PARTICIPANT_ADDRESS, party->address->address);
  id = crm_writer_insert (self->writer, values, error);
  /* Copies go to all sorts of people, the firm's own among them */
  if (id != 0 && party->match.person == 0 && party->match.client == 0 && is_other_side (letter, party) && strcmp (party->role, "copy") != 0)
    {
      CrmMailStranger *stranger = find_stranger (self, party);

      if (stranger != NULL)
        g_array_append_val (stranger->participants, id);
    }
  return id != 0;
}

static gboolean
insert_documents (Run          *self,
                  Letter       *letter,
                  GPtrArray    *documents,
                  GError      **error)
{
  for (guint i = 0; i < documents->len && !self->job->options.dry_run; i++)
    {
      g_autoptr (CrmValues) document = crm_values_copy (documents->pdata[i]);

      crm_values_set_reference (document, CRM_DOCUMENT_INTERACTION, letter->entry->interaction, NULL);
      if (crm_document_insert (self->writer, document, error) == 0)
        return FALSE;
    }
  return TRUE;
}

/* (transfer full) (nullable) */
static char *
read_title (Run              *self,
            const CrmEntity  *entity,
            gint64            id,
            GError          **error)
{
  g_autoptr (CrmValues) record = crm_writer_read (self->writer, entity, id, error);

  return record == NULL ? NULL : g_strdup (crm_values_get_text (record, crm_entity_get_title_field (entity)));
}

static gboolean
tell_names (Run     *self,
            Letter  *letter,
            GError **error)
{
  CrmMailEntry *entry = letter->entry;

  entry->client = letter->client;
  if (entry->client != 0 && (entry->client_name = read_title (self, &crm_client, entry->client, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < letter->parties->len; i++)
    {
      const Party *party = &g_array_index (letter->parties, Party, i);
      char *name;

      if (party->match.person == 0)
        continue;
      name = read_title (self, &crm_person, party->match.person, error);
      if (name == NULL)
        return FALSE;
      g_ptr_array_add (entry->people, name);
    }
  return TRUE;
}

static gboolean
log_letter (Run          *self,
            Letter       *letter,
            GPtrArray    *documents,
            GError      **error)
{
  const CrmMail *mail = letter->mail;

  if (!add_parties (self, letter, mail->from, "sender", error) || !add_parties (self, letter, mail->to, "recipient", error) ||
      !add_parties (self, letter, mail->cc, "copy", error))
    return FALSE;
  letter->entry->is_outgoing = is_outgoing (letter);
  if (!place_person (self, letter, error))
    return FALSE;
  letter->client = find_client (self, letter);
  letter->entry->interaction = insert_interaction (self, letter, error);
  if (letter->entry->interaction == 0)
    return FALSE;
  for (guint i = 0; i < letter->parties->len; i++)
    if (!insert_party (self, letter, &g_array_index (letter->parties, Party, i), error))
      return FALSE;
  return insert_documents (self, letter, documents, error) && tell_names (self, letter, error);
}

static gboolean
find_logged (Run           *self,
             const CrmMail *mail,
             gint64        *interaction,
             GError       **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db, "SELECT id FROM interaction WHERE message = ? AND deleted IS NULL", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, mail->message_id);
  if (!crm_db_step (self->db, stmt, &row, error))
    return FALSE;
  *interaction = row ? sqlite3_column_int64 (stmt, 0) : 0;
  return TRUE;
}

static CrmMailEntry *
add_entry (Run               *self,
           const CrmMailItem *item)
{
  CrmMailEntry *entry = g_new0 (CrmMailEntry, 1);
  CrmMailLog *result = self->job->result;

  entry->file = g_strdup (item->file);
  entry->people = g_ptr_array_new_with_free_func (g_free);
  if (item->mail == NULL)
    {
      entry->state = CRM_MAIL_REFUSED;
      entry->reason = g_strdup (item->reason);
      entry->problems = g_ptr_array_new ();
      result->n_refused++;
    }
  else
    {
      entry->at = item->mail->date;
      entry->subject = item->mail->subject == NULL && item->mail->text == NULL ? g_strdup (_("E-mail without a subject"))
                                                                                : g_strdup (item->mail->subject);
      entry->problems = g_ptr_array_ref (item->mail->problems);
      entry->n_attachments = item->mail->attachments->len;
    }
  g_ptr_array_add (result->entries, entry);
  return entry;
}

static gboolean
log_item (Run                *self,
          const CrmMailItem  *item,
          GError            **error)
{
  CrmMailEntry *entry = add_entry (self, item);
  Letter letter = { item->mail, entry };
  gboolean done;

  if (item->mail == NULL)
    return TRUE;
  if (!find_logged (self, item->mail, &entry->interaction, error))
    return FALSE;
  if (entry->interaction != 0)
    {
      entry->state = CRM_MAIL_KNOWN;
      self->job->result->n_known++;
      return TRUE;
    }
  letter.parties = g_array_new (FALSE, FALSE, sizeof (Party));
  letter.keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  done = log_letter (self, &letter, item->documents, error);
  g_array_unref (letter.parties);
  g_hash_table_unref (letter.keys);
  self->job->result->n_logged++;
  return done;
}

static gboolean
finish_strangers (Run     *self,
                  GError **error)
{
  GPtrArray *strangers = self->job->result->strangers;

  for (guint i = 0; i < strangers->len; i++)
    {
      CrmMailStranger *stranger = strangers->pdata[i];

      if (stranger->client != 0 && (stranger->client_name = read_title (self, &crm_client, stranger->client, error)) == NULL)
        return FALSE;
      if (self->job->options.new_people && !crm_mail_stranger_meet (stranger, self->writer, error))
        return FALSE;
    }
  return TRUE;
}

static void
set_label (Run *self)
{
  const CrmMailLog *result = self->job->result;
  g_autofree char *label = NULL;

  for (guint i = 0; i < result->entries->len && result->n_logged == 1; i++)
    {
      const CrmMailEntry *entry = result->entries->pdata[i];

      if (entry->state == CRM_MAIL_LOGGED)
        label = g_strdup_printf (_("Log e-mail: %s"), entry->subject == NULL ? entry->file : entry->subject);
    }
  if (label == NULL)
    label = crm_number_fill (ngettext ("Log %s e-mail", "Log %s e-mails", result->n_logged), result->n_logged);
  if (result->n_logged > 0)
    crm_writer_set_label (self->writer, label);
}

static gboolean
run (Run     *self,
     GError **error)
{
  GPtrArray *items = self->job->items;

  for (guint i = 0; i < items->len; i++)
    if (((CrmMailItem *) items->pdata[i])->mail != NULL)
      crm_mail_book_want (self->book, ((CrmMailItem *) items->pdata[i])->mail);
  if (!crm_mail_book_read (self->book, self->db, error))
    return FALSE;
  for (guint i = 0; i < items->len; i++)
    if (!log_item (self, items->pdata[i], error))
      return FALSE;
  return finish_strangers (self, error);
}

static void
forget_ids (CrmMailLog *result)
{
  for (guint i = 0; i < result->entries->len; i++)
    {
      CrmMailEntry *entry = result->entries->pdata[i];

      if (entry->state == CRM_MAIL_LOGGED)
        entry->interaction = 0;
    }
  for (guint i = 0; i < result->strangers->len; i++)
    ((CrmMailStranger *) result->strangers->pdata[i])->person = 0;
}

gboolean
crm_mail_job_run (CrmWriter     *writer,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  CrmMailJob *job = data;
  g_autoptr (CrmMailBook) book = crm_mail_book_new ();
  Run self = { job, writer, crm_writer_get_db (writer), book };

  if (!run (&self, error))
    return FALSE;
  set_label (&self);
  if (!job->options.dry_run)
    return TRUE;
  forget_ids (job->result);
  job->is_rehearsed = TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  return FALSE;
}
