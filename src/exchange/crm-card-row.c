/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-card-row.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-address.h"
#include "crm-card-extra.h"
#include "crm-card-person.h"
#include "crm-card-words.h"
#include "crm-check.h"
#include "crm-client.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-import-points.h"
#include "crm-person.h"
#include "crm-picture-head.h"
#include "crm-vcard-problems.h"
#include "crm-vcard-writer.h"

typedef struct {
  CrmImportRow        *row;
  const CrmVcard      *card;
  const CrmCardPerson *person;
  GString             *line;
  gboolean            *kept;   /* by property */
  const CrmVcardProperty *picture;
  GHashTable          *groups; /* name → Group */
  gsize                bytes;  /* of what is kept so far */
} Reading;

/* What is kept of a group; each line counts once. */
typedef struct {
  GHashTable *lines; /* of their hashes */
  guint32     sum;
  gboolean    has_kept;
} Group;

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

/* What is kept */

static void
keep_line (Reading    *self,
           const char *line)
{
  GPtrArray *kept = self->row->kept;
  gsize bytes = strlen (line);

  if (g_ptr_array_find_with_equal_func (kept, line, g_str_equal, NULL))
    return;
  if (self->bytes + bytes > CRM_CARD_EXTRA_MAX_BYTES)
    {
      /* Translators: %.20s is the beginning of a line of a card: "PHOTO;TYPE=jpeg" */
      g_ptr_array_add (self->row->warnings, g_strdup_printf (_("“%.20s” is left out: the card is too large."), line));
      return;
    }
  self->bytes += bytes;
  g_ptr_array_add (kept, g_strdup (line));
}

static void
keep (Reading                *self,
      const CrmVcardProperty *property)
{
  g_string_truncate (self->line, 0);
  crm_vcard_append_line (self->line, property);
  keep_line (self, self->line->str);
}

/* A property that is made here. */
static void
keep_parts (Reading            *self,
            const char         *name,
            const char * const *parts,
            guint               n_parts)
{
  g_autoptr (CrmVcard) card = crm_vcard_new (CRM_VCARD_4_0);

  keep (self, crm_vcard_add_parts (card, NULL, name, parts, n_parts));
}

static void
keep_text (Reading    *self,
           const char *name,
           const char *text)
{
  if (text != NULL)
    keep_parts (self, name, &text, 1);
}

static void
keep_unfit (Reading    *self,
            const char *name,
            const char *text,
            const char *why)
{
  keep_text (self, name, text);
  /* Translators: what stands in a card, why no field takes it */
  g_ptr_array_add (self->row->warnings, g_strdup_printf (_("“%s” is kept with the card, but in no field. %s"), text, why));
}

/* Properties of which our record has no field, though a person of a card has. Those of a firm have some. */
static gboolean
is_held (const Reading          *self,
         const CrmVcardProperty *property)
{
  static const char * const kept[] = { "NICKNAME", "PHOTO", NULL };
  static const char * const kept_of_person[] = { "ADR", "URL", "CATEGORIES", NULL };
  static const char * const kept_of_firm[] = { "TITLE", "ROLE", "BDAY", "LANG", NULL };
  const char * const *more = self->person->is_firm ? kept_of_firm : kept_of_person;

  for (guint i = 0; kept[i] != NULL; i++)
    if (crm_vcard_property_is (property, kept[i]))
      return FALSE;
  for (guint i = 0; more[i] != NULL; i++)
    if (crm_vcard_property_is (property, more[i]))
      return FALSE;
  return TRUE;
}

static guint
hash_property (gconstpointer data)
{
  const CrmVcardProperty *property = data;

  return g_str_hash (property->value) + (guint) g_ascii_toupper (property->name[0]);
}

static gboolean
same_property (gconstpointer a,
               gconstpointer b)
{
  const CrmVcardProperty *x = a, *y = b;

  return strcmp (x->value, y->value) == 0 && g_strcmp0 (x->group, y->group) == 0 && crm_vcard_property_is (x, y->name);
}

/* Pictures */

/* Is it called what the picture of such a card is called? */
static gboolean
may_be_picture (const Reading          *self,
                const CrmVcardProperty *property)
{
  return property->bytes != NULL &&
         (crm_vcard_property_is (property, "PHOTO") || (self->person->is_firm && crm_vcard_property_is (property, "LOGO")));
}

static gboolean
is_absurd (const Reading          *self,
           const CrmVcardProperty *property)
{
  return may_be_picture (self, property) && crm_card_picture_check (property->bytes) == CRM_CARD_PICTURE_ABSURD;
}

/* The first that can be shown; of a firm a logo rather than a photo. */
static void
find_picture (Reading *self)
{
  for (guint i = 0; i < crm_vcard_get_n_properties (self->card); i++)
    {
      const CrmVcardProperty *property = crm_vcard_get_property (self->card, i);
      gboolean is_better = self->picture == NULL || (crm_vcard_property_is (property, "LOGO") && !crm_vcard_property_is (self->picture, "LOGO"));

      if (property->bytes != NULL && may_be_picture (self, property) && is_better &&
          crm_card_picture_check (property->bytes) == CRM_CARD_PICTURE_FITS)
        self->picture = property;
    }
  if (self->picture != NULL)
    self->row->picture = crm_card_picture_new (self->picture->bytes);
}

static void
refuse_picture (Reading                *self,
                const CrmVcardProperty *property)
{
  crm_vcard_problems_add (&self->row->problems, property->line,
                          g_strdup_printf (_("%s has more than %d megapixels and was left out."), property->name,
                                           CRM_PICTURE_MAX_PIXELS / (1000 * 1000)));
}

static gboolean
is_dropped (const Reading          *self,
            const CrmVcardProperty *property)
{
  return property == self->picture || crm_vcard_property_is (property, "UID") || crm_vcard_property_is (property, "REV") || crm_vcard_property_is (property, "PRODID");
}

static gboolean
is_label (const CrmVcardProperty *property)
{
  return crm_vcard_property_is (property, "X-ABLabel");
}

static void
find_kept (Reading *self)
{
  const CrmVcard *rest = self->person->rest;
  g_autoptr (GHashTable) properties = g_hash_table_new (hash_property, same_property);

  for (guint i = 0; i < crm_vcard_get_n_properties (rest); i++)
    g_hash_table_add (properties, crm_vcard_get_property (rest, i));
  self->kept = g_new0 (gboolean, crm_vcard_get_n_properties (self->card) + 1);
  for (guint i = 0; i < crm_vcard_get_n_properties (self->card); i++)
    {
      const CrmVcardProperty *property = crm_vcard_get_property (self->card, i);

      if (property->bytes != NULL && is_absurd (self, property))
        refuse_picture (self, property);
      else
        self->kept[i] = !is_dropped (self, property) && (!is_held (self, property) || g_hash_table_contains (properties, property));
    }
}

static void
group_free (gpointer data)
{
  Group *group = data;

  g_hash_table_unref (group->lines);
  g_free (group);
}

static void
add_to_group (Reading                *self,
              const CrmVcardProperty *property,
              gboolean                is_kept)
{
  Group *group = g_hash_table_lookup (self->groups, property->group);
  CrmVcardProperty alone = *property;
  guint32 hash;

  if (group == NULL)
    {
      group = g_new0 (Group, 1);
      group->lines = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (self->groups, (gpointer) property->group, group);
    }
  group->has_kept |= is_kept && !is_label (property);
  alone.group = NULL;
  g_string_truncate (self->line, 0);
  crm_vcard_append_line (self->line, &alone);
  hash = crm_known_hash (self->line->str);
  if (g_hash_table_add (group->lines, GUINT_TO_POINTER (hash)))
    group->sum += hash;
}

/* What is kept of a firm is tied to it by its name. */
static gboolean
has_group (const CrmVcardProperty *property)
{
  return !crm_vcard_property_is (property, "ORG");
}

static void
find_groups (Reading *self)
{
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, group_free);
  for (guint i = 0; i < crm_vcard_get_n_properties (self->card); i++)
    {
      const CrmVcardProperty *property = crm_vcard_get_property (self->card, i);

      if (property->group != NULL && has_group (property) && (self->kept[i] || is_label (property)))
        add_to_group (self, property, self->kept[i]);
    }
}

/* A group's name for what is kept of it, in whatever order, so that it is the same whoever else had a group of that name. */
static char *
make_group (const Group *group)
{
  return g_hash_table_size (group->lines) < 2 ? NULL : g_strdup_printf ("g%08x", group->sum);
}

/* The units stand with the firm that they are of, however it is spelled. */
static char *
fold_firm (const char *name)
{
  char *firm = crm_fold (name);

  firm[crm_fold_name_length (firm)] = '\0';
  return firm;
}

/* The same firm in another language is tied to it by its name, which stays the same in every card. @source: of @property in the card */
static void
keep_property (Reading                *self,
               const CrmVcardProperty *property,
               const CrmVcardProperty *source)
{
  const CrmVcardProperty *original = has_group (property) ? NULL : crm_card_find_original (self->card, source);
  g_autoptr (CrmVcard) card = NULL;
  CrmVcardProperty *copy;
  g_auto (GStrv) parts = NULL;
  g_autofree char *firm = NULL;

  if (original == NULL)
    {
      keep (self, property);
      return;
    }
  card = crm_vcard_new (CRM_VCARD_4_0);
  copy = crm_vcard_add_copy (card, property);
  parts = crm_vcard_property_dup_parts (original);
  firm = fold_firm (parts[0]);
  for (guint i = 0; i < copy->n_params; i++)
    if (strcmp (copy->params[i].name, "ALTID") == 0)
      copy->params[i].value = firm;
  keep (self, copy);
}

static void
keep_properties (Reading *self)
{
  find_kept (self);
  find_groups (self);
  for (guint i = 0; i < crm_vcard_get_n_properties (self->card); i++)
    {
      CrmVcardProperty property = *crm_vcard_get_property (self->card, i);
      const Group *group = property.group == NULL || !has_group (&property) ? NULL : g_hash_table_lookup (self->groups, property.group);
      g_autofree char *name = NULL;

      /* A label goes with what it labels. */
      if (is_label (&property) ? group == NULL || !group->has_kept : !self->kept[i])
        continue;
      property.group = name = group == NULL ? NULL : make_group (group);
      keep_property (self, &property, crm_vcard_get_property (self->card, i));
    }
  g_clear_pointer (&self->groups, g_hash_table_unref);
  g_clear_pointer (&self->kept, g_free);
}

/* A UID is told apart by its text alone. */
static const char *
keep_uid (Reading *self)
{
  const char *line;

  if (self->person->uid == NULL)
    return NULL;
  keep_text (self, "UID", self->person->uid);
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
add_point (Reading            *self,
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
    keep_unfit (self, kind == CRM_POINT_EMAIL ? "EMAIL" : "TEL", value, error->message);
}

/* The preferred ones first: the first of a kind is the main one. */
static void
read_points (Reading *self)
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
read_notes (Reading *self)
{
  const char *text = self->person->notes == NULL ? "" : self->person->notes;

  for (; *text != '\0'; text++)
    if (*text != '\r')
      g_string_append_c (self->row->notes, *text);
    else if (text[1] != '\n')
      g_string_append_c (self->row->notes, '\n');
}

static gboolean
read_name (Reading     *self,
           const char  *name,
           GError     **error)
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
read_parts (Reading *self)
{
  const CrmCardPerson *person = self->person;
  const char * const rest[] = { NULL, NULL, person->additional, NULL, person->suffix };

  take_text (self->row, CRM_PERSON_GIVEN, person->given);
  take_text (self->row, CRM_PERSON_FAMILY, person->family);
  take_text (self->row, CRM_PERSON_TITLE, person->prefix);
  if (person->additional != NULL || person->suffix != NULL)
    keep_parts (self, "N", rest, G_N_ELEMENTS (rest));
}

static void
keep_job (Reading          *self,
          const CrmCardJob *job)
{
  keep_text (self, "TITLE", job->title);
  keep_text (self, "ROLE", job->role);
}

static void
keep_units (Reading          *self,
            const CrmCardJob *job)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *firm = fold_firm (job->firm);

  g_ptr_array_add (parts, firm);
  for (guint i = 0; job->units[i] != NULL; i++)
    g_ptr_array_add (parts, job->units[i]);
  if (parts->len > 1)
    keep_parts (self, "ORG", (const char * const *) parts->pdata, parts->len);
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
read_job (Reading          *self,
          const CrmCardJob *job,
          CrmValues        *values)
{
  if (!parse_job (values, job) ||
      !add_job (self->row, crm_values_get_text (values, CRM_PERSON_FIRM), crm_values_get_text (values, CRM_PERSON_ROLE)))
    keep_job (self, job);
  else if (job->title != NULL && g_strcmp0 (job->title, job->role) != 0)
    keep_text (self, "ROLE", job->role);
  keep_units (self, job);
}

/* The main one is in the row's values, too. */
static void
read_jobs (Reading *self)
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
read_language (Reading *self)
{
  const char *text = self->person->language;
  g_autofree char *word = text == NULL ? NULL : g_ascii_strdown (text, (gssize) strcspn (text, "-_"));

  if (word != NULL && (strcmp (word, "other") == 0 || !crm_values_parse (self->row->values, CRM_PERSON_LANGUAGE, word, NULL)))
    keep_text (self, "LANG", text);
}

static gboolean
read_person (Reading  *self,
             GError  **error)
{
  const CrmCardPerson *person = self->person;

  if (!read_name (self, person->name, error))
    return FALSE;
  self->row->is_nameless = crm_vcard_find (self->card, "FN", NULL) == NULL && person->given == NULL && person->family == NULL;
  read_parts (self);
  read_jobs (self);
  read_language (self);
  if (person->birthday != NULL && !take_text (self->row, CRM_PERSON_BIRTHDAY, person->birthday))
    keep_text (self, "BDAY", person->birthday);
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
read_addresses (Reading *self)
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
read_urls (Reading *self)
{
  for (guint i = 0; self->person->urls[i] != NULL; i++)
    if (!crm_values_is_null (self->row->values, CRM_CLIENT_WEB) ||
        !crm_check_url (self->person->urls[i], NULL) || !take_text (self->row, CRM_CLIENT_WEB, self->person->urls[i]))
      keep_text (self, "URL", self->person->urls[i]);
}

static void
read_tags (Reading *self)
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
read_other_name (Reading *self)
{
  const CrmCardPerson *person = self->person;
  g_autofree char *folded = crm_fold (crm_card_person_get_job (person)->firm);
  g_autofree char *other = crm_fold (person->name);
  g_autofree char *flat = flatten (person->name);

  if (flat != NULL && strcmp (folded, other) != 0)
    g_ptr_array_add (self->row->remarks, g_steal_pointer (&flat));
}

static gboolean
read_firm (Reading  *self,
           GError  **error)
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
  Reading self = { .row = row, .card = card, .person = person, .line = line };
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
  find_picture (&self);
  keep_properties (&self);
  crm_row_keys_read (&row->keys, row->subject, row->values, row->points, uid);
  for (guint i = 1; i < row->jobs->len; i++)
    crm_row_keys_add_place (&row->keys, row->subject, row->values, g_array_index (row->jobs, CrmImportJob, i).name);
  return row->subject->entity->rules->validate == NULL || row->subject->entity->rules->validate (row->values, NULL, error);
}
