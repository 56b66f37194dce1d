/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-card-row-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-address.h"
#include "crm-card-person.h"
#include "crm-card-words.h"
#include "crm-check.h"
#include "crm-client.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-import-points.h"
#include "crm-person.h"

/* On one line, without spaces of any script at its ends; NULL: nothing is left. */
static char *
flatten (const char *text)
{
  char *flat;

  if (text == NULL)
    return NULL;
  flat = g_strdup (text);
  for (char *p = flat; *p != '\0'; p++)
    if ((guchar) *p < ' ' || *p == 0x7f)
      *p = ' ';
  if (*g_strstrip (flat) != '\0')
    return flat;
  g_free (flat);
  return NULL;
}

static gboolean
take_text (CrmImportRow *row,
           guint         field,
           const char   *text)
{
  g_autofree char *flat = flatten (text);

  return flat == NULL || crm_values_parse (row->values, field, flat, NULL);
}

/* A UID is told apart by its text alone. */
static const char *
keep_uid (CrmCardReading *self)
{
  const char *line;

  if (self->person->uid == NULL)
    return NULL;
  crm_card_row_keep_text (self, "UID", self->person->uid);
  line = self->row->kept->len > 0 ? g_ptr_array_index (self->row->kept, 0) : "UID:";
  return line + strlen ("UID:");
}

/* Phones and e-mails */

static const char *
get_label (const CrmCardPoint *point)
{
  if (point->label != NULL || point->place == CRM_CARD_ANYWHERE)
    return point->label;
  return crm_card_words_get_place (point->place);
}

static void
add_point (CrmCardReading     *self,
           const CrmCardPoint *point)
{
  CrmPointKind kind = crm_point_kind_find (point->kind);
  g_autofree char *value = flatten (point->value);
  g_autofree char *label = flatten (get_label (point));
  g_autoptr (GError) error = NULL;

  if (value == NULL)
    return;
  if (kind == CRM_POINT_CHAT || (kind == CRM_POINT_EMAIL ? crm_check_email (value, &error) : crm_check_phone (value, &error)))
    crm_import_row_add_point (self->row, kind, value, label);
  else
    crm_card_row_keep_unfit (self, kind == CRM_POINT_EMAIL ? "EMAIL" : "TEL", value, error->message);
}

/* The preferred ones first: the first of a kind is the main one. */
static void
read_points (CrmCardReading *self)
{
  for (int preferred = TRUE; preferred >= FALSE; preferred--)
    for (guint i = 0; i < self->person->points->len; i++)
      {
        const CrmCardPoint *point = g_ptr_array_index (self->person->points, i);

        if (point->is_preferred == preferred)
          add_point (self, point);
      }
}

/* Fields of both */

static void
read_notes (CrmCardReading *self)
{
  const char *text = self->person->notes == NULL ? "" : self->person->notes;

  for (; *text != '\0'; text++)
    if (*text != '\r')
      g_string_append_c (self->row->notes, *text);
    else if (text[1] != '\n')
      g_string_append_c (self->row->notes, '\n');
}

static gboolean
read_name (CrmCardReading  *self,
           const char      *name,
           GError         **error)
{
  g_autofree char *flat = flatten (name);

  if (flat == NULL)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("The card has no name."));
      return FALSE;
    }
  return crm_values_parse (self->row->values, self->row->subject->name, flat, error);
}

/* People */

static void
read_parts (CrmCardReading *self)
{
  const CrmCardPerson *person = self->person;
  const char * const rest[] = { NULL, NULL, person->additional, NULL, person->suffix };

  take_text (self->row, CRM_PERSON_GIVEN, person->given);
  take_text (self->row, CRM_PERSON_FAMILY, person->family);
  take_text (self->row, CRM_PERSON_TITLE, person->prefix);
  if (person->additional != NULL || person->suffix != NULL)
    crm_card_row_keep_parts (self, "N", rest, G_N_ELEMENTS (rest));
}

static void
keep_job (CrmCardReading   *self,
          const CrmCardJob *job)
{
  crm_card_row_keep_text (self, "TITLE", job->title);
  crm_card_row_keep_text (self, "ROLE", job->role);
}

static void
keep_units (CrmCardReading   *self,
            const CrmCardJob *job)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *firm = crm_card_row_fold_firm (job->firm);

  g_ptr_array_add (parts, firm);
  for (guint i = 0; job->units[i] != NULL; i++)
    g_ptr_array_add (parts, job->units[i]);
  if (parts->len > 1)
    crm_card_row_keep_parts (self, "ORG", (const char * const *) parts->pdata, parts->len);
}

static gboolean
has_firm (const CrmImportRow *row,
          guint64             key)
{
  for (guint i = 0; i < row->jobs->len; i++)
    if (g_array_index (row->jobs, CrmImportJob, i).firm.key == key)
      return TRUE;
  return FALSE;
}

/* At one firm somebody is but one thing. */
static gboolean
add_job (CrmImportRow *row,
         const char   *firm,
         const char   *role)
{
  CrmImportJob job = { .name = g_strdup (firm), .role = g_strdup (role) };
  guint64 keys[CRM_N_KEYS];

  crm_known_name_keys (&crm_import_client, firm, NULL, keys);
  job.firm = (CrmFirmName) { job.name, keys[CRM_KEY_FIRM], keys[CRM_KEY_NAME] };
  if (has_firm (row, job.firm.key))
    {
      crm_import_job_clear (&job);
      return FALSE;
    }
  g_array_append_val (row->jobs, job);
  return TRUE;
}

/* @values: of a person, takes firm and role. Returns: is there a firm? */
static gboolean
parse_job (CrmValues        *values,
           const CrmCardJob *job)
{
  const char *role = job->title != NULL ? job->title : job->role;
  g_autofree char *firm = flatten (job->firm);
  g_autofree char *flat = flatten (role);

  if (firm == NULL || !crm_values_parse (values, CRM_PERSON_FIRM, firm, NULL) || crm_values_is_null (values, CRM_PERSON_FIRM))
    return FALSE;
  if (flat != NULL)
    crm_values_parse (values, CRM_PERSON_ROLE, flat, NULL);
  return TRUE;
}

static void
read_job (CrmCardReading   *self,
          const CrmCardJob *job,
          CrmValues        *values)
{
  if (!parse_job (values, job) ||
      !add_job (self->row, crm_values_get_text (values, CRM_PERSON_FIRM), crm_values_get_text (values, CRM_PERSON_ROLE)))
    keep_job (self, job);
  else if (job->title != NULL && g_strcmp0 (job->title, job->role) != 0)
    crm_card_row_keep_text (self, "ROLE", job->role);
  keep_units (self, job);
}

/* The main one is in the row's values, too. */
static void
read_jobs (CrmCardReading *self)
{
  const GPtrArray *jobs = self->person->jobs;

  read_job (self, g_ptr_array_index (jobs, 0), self->row->values);
  for (guint i = 1; i < jobs->len; i++)
    {
      g_autoptr (CrmValues) values = crm_values_new (&crm_person, 0);

      read_job (self, g_ptr_array_index (jobs, i), values);
    }
}

static void
read_language (CrmCardReading *self)
{
  const char *text = self->person->language;
  g_autofree char *word = text == NULL ? NULL : g_ascii_strdown (text, (gssize) strcspn (text, "-_"));

  if (word != NULL && (strcmp (word, "other") == 0 || !crm_values_parse (self->row->values, CRM_PERSON_LANGUAGE, word, NULL)))
    crm_card_row_keep_text (self, "LANG", text);
}

static gboolean
read_person (CrmCardReading  *self,
             GError         **error)
{
  const CrmCardPerson *person = self->person;

  if (!read_name (self, person->name, error))
    return FALSE;
  self->row->is_nameless = crm_vcard_find (self->card, "FN", NULL) == NULL && person->given == NULL && person->family == NULL;
  read_parts (self);
  read_jobs (self);
  read_language (self);
  if (person->birthday != NULL && !take_text (self->row, CRM_PERSON_BIRTHDAY, person->birthday))
    crm_card_row_keep_text (self, "BDAY", person->birthday);
  return TRUE;
}

/* Firms */

static CrmValues *
make_address (const CrmCardAddress *address)
{
  CrmValues *values = crm_values_new (&crm_address, 0);
  const struct {
    guint       field;
    const char *text;
  } parts[] = {
    { CRM_ADDRESS_STREET, address->street }, { CRM_ADDRESS_DISTRICT, address->district }, { CRM_ADDRESS_CITY, address->city },
    { CRM_ADDRESS_REGION, address->region }, { CRM_ADDRESS_POSTCODE, address->postcode }, { CRM_ADDRESS_COUNTRY, address->country },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *flat = parts[i].text == NULL ? NULL : g_strdelimit (g_strdup (parts[i].text), "\n", ',');
      g_autofree char *text = flatten (flat);

      if (text != NULL)
        crm_values_parse (values, parts[i].field, text, NULL);
    }
  crm_values_set_text (values, CRM_ADDRESS_KIND, crm_card_words_find_address_kind (address->label));
  return values;
}

/* The preferred one first, which is the main one. */
static void
read_addresses (CrmCardReading *self)
{
  static const guint fields[][2] = {
    { CRM_CLIENT_STREET, CRM_ADDRESS_STREET }, { CRM_CLIENT_DISTRICT, CRM_ADDRESS_DISTRICT }, { CRM_CLIENT_CITY, CRM_ADDRESS_CITY },
    { CRM_CLIENT_REGION, CRM_ADDRESS_REGION }, { CRM_CLIENT_POSTCODE, CRM_ADDRESS_POSTCODE }, { CRM_CLIENT_COUNTRY, CRM_ADDRESS_COUNTRY },
  };
  GPtrArray *addresses = self->row->addresses;

  for (int preferred = TRUE; preferred >= FALSE; preferred--)
    for (guint i = 0; i < self->person->addresses->len; i++)
      {
        const CrmCardAddress *address = g_ptr_array_index (self->person->addresses, i);

        if (address->is_preferred == preferred)
          g_ptr_array_add (addresses, make_address (address));
      }
  for (guint i = 0; addresses->len > 0 && i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = crm_values_get_text (g_ptr_array_index (addresses, 0), fields[i][1]);

      if (text != NULL)
        crm_values_set_text (self->row->values, fields[i][0], text);
    }
}

/* The first that is one is the web site; the others are kept. */
static void
read_urls (CrmCardReading *self)
{
  for (guint i = 0; self->person->urls[i] != NULL; i++)
    if (!crm_values_is_null (self->row->values, CRM_CLIENT_WEB) ||
        !crm_check_url (self->person->urls[i], NULL) || !take_text (self->row, CRM_CLIENT_WEB, self->person->urls[i]))
      crm_card_row_keep_text (self, "URL", self->person->urls[i]);
}

static void
read_tags (CrmCardReading *self)
{
  g_autofree char *joined = g_strjoinv (",", self->person->categories);
  g_autofree char *flat = flatten (joined);

  if (flat == NULL)
    return;
  crm_values_parse (self->row->values, CRM_CLIENT_TAGS, flat, NULL);
  if (crm_values_is_null (self->row->values, CRM_CLIENT_TAGS))
    crm_values_unset (self->row->values, CRM_CLIENT_TAGS);
}

/* The person behind the firm */
static void
read_other_name (CrmCardReading *self)
{
  const CrmCardPerson *person = self->person;
  g_autofree char *folded = crm_fold (crm_card_person_get_job (person)->firm);
  g_autofree char *other = crm_fold (person->name);
  g_autofree char *flat = flatten (person->name);

  if (flat != NULL && strcmp (folded, other) != 0)
    g_ptr_array_add (self->row->remarks, g_steal_pointer (&flat));
}

static gboolean
read_firm (CrmCardReading  *self,
           GError         **error)
{
  if (!read_name (self, crm_card_person_get_job (self->person)->firm, error))
    return FALSE;
  read_other_name (self);
  keep_units (self, crm_card_person_get_job (self->person));
  read_addresses (self);
  read_urls (self);
  read_tags (self);
  return TRUE;
}

static gboolean
check_kind (const CrmVcard  *card,
            GError         **error)
{
  static const char * const names[] = { "KIND", "X-ADDRESSBOOKSERVER-KIND" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const CrmVcardProperty *kind = crm_vcard_find (card, names[i], NULL);

      if (kind == NULL || (g_ascii_strcasecmp (kind->value, "group") != 0 && g_ascii_strcasecmp (kind->value, "location") != 0))
        continue;
      /* Translators: %s is "group" or "location", as it stands in the card */
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("The card is no person or firm, but a %s."), kind->value);
      return FALSE;
    }
  return TRUE;
}

gboolean
crm_card_row_read (CrmImportRow    *row,
                   const CrmVcard  *card,
                   GError         **error)
{
  g_autoptr (CrmCardPerson) person = crm_card_person_new (card);
  g_autoptr (GString) line = g_string_new (NULL);
  CrmCardReading self = { .row = row, .card = card, .person = person, .line = line };
  const char *uid;

  crm_import_row_clear (row, person->is_firm ? &crm_import_client : &crm_import_person);
  row->line = crm_vcard_get_line (card);
  if (!check_kind (card, error))
    return FALSE;
  uid = keep_uid (&self);
  if (!(person->is_firm ? read_firm (&self, error) : read_person (&self, error)))
    return FALSE;
  read_points (&self);
  read_notes (&self);
  crm_card_row_find_picture (&self);
  crm_card_row_keep_properties (&self);
  crm_row_keys_read (&row->keys, row->subject, row->values, row->points, uid);
  for (guint i = 1; i < row->jobs->len; i++)
    crm_row_keys_add_place (&row->keys, row->subject, row->values, g_array_index (row->jobs, CrmImportJob, i).name);
  return row->subject->entity->rules->validate == NULL || row->subject->entity->rules->validate (row->values, NULL, error);
}
