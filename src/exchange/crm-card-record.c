/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-card-record.h"

#include <string.h>

#include "crm-address.h"
#include "crm-card-extra.h"
#include "crm-card-person.h"
#include "crm-card-picture.h"
#include "crm-card-words.h"
#include "crm-client.h"
#include "crm-contact-point.h"
#include "crm-import-subject.h"
#include "crm-known.h"
#include "crm-person.h"
#include "crm-position.h"
#include "crm-sql.h"

/* Phones and e-mails */

static void
add_point (CrmCardPerson   *card,
           CrmPointKind     kind,
           const CrmValues *values,
           gboolean         is_preferred)
{
  const char *label = crm_values_get_text (values, CRM_CONTACT_POINT_LABEL);
  CrmCardPoint *point = g_new0 (CrmCardPoint, 1);

  point->kind = crm_point_kind_get_name (kind);
  point->value = g_strdup (crm_values_get_text (values, CRM_CONTACT_POINT_VALUE));
  point->place = kind == CRM_POINT_CHAT ? CRM_CARD_ANYWHERE : crm_card_words_find_place (label);
  point->label = point->place == CRM_CARD_ANYWHERE ? g_strdup (label) : NULL;
  point->is_preferred = is_preferred;
  g_ptr_array_add (card->points, point);
}

/* By kind, in the order in which an import makes them */
static gboolean
read_points (CrmCardPerson           *card,
             CrmDb                   *db,
             const CrmImportSubject  *subject,
             gint64                   id,
             GError                 **error)
{
  g_autoptr (GPtrArray) points = crm_sql_read_children (db, subject->points, id, error);

  for (CrmPointKind kind = 0; points != NULL && kind < CRM_N_POINT_KINDS; kind++)
    {
      guint first = card->points->len;

      for (guint i = 0; i < points->len; i++)
        {
          const CrmValues *values = g_ptr_array_index (points, i);

          if (g_strcmp0 (crm_values_get_text (values, CRM_CONTACT_POINT_KIND), crm_point_kind_get_name (kind)) == 0)
            add_point (card, kind, values, FALSE);
        }
      if (card->points->len > first + 1)
        ((CrmCardPoint *) g_ptr_array_index (card->points, first))->is_preferred = TRUE;
    }
  return points != NULL;
}

/* Addresses */

static char *
dup_text (const CrmValues *values,
          guint            field)
{
  return g_strdup (crm_values_get_text (values, field));
}

static void
add_address (CrmCardPerson   *card,
             const CrmValues *values)
{
  const char *kind = crm_values_get_text (values, CRM_ADDRESS_KIND);
  CrmCardAddress *address = g_new0 (CrmCardAddress, 1);

  address->street = dup_text (values, CRM_ADDRESS_STREET);
  address->district = dup_text (values, CRM_ADDRESS_DISTRICT);
  address->city = dup_text (values, CRM_ADDRESS_CITY);
  address->region = dup_text (values, CRM_ADDRESS_REGION);
  address->postcode = dup_text (values, CRM_ADDRESS_POSTCODE);
  address->country = dup_text (values, CRM_ADDRESS_COUNTRY);
  if (g_strcmp0 (kind, "office") != 0)
    address->label = g_strdup (crm_field_get_choice_label (&crm_address.fields[CRM_ADDRESS_KIND], kind));
  g_ptr_array_add (card->addresses, address);
}

static gboolean
read_addresses (CrmCardPerson  *card,
                CrmDb          *db,
                gint64          id,
                GError        **error)
{
  g_autoptr (GPtrArray) addresses = crm_sql_read_children (db, &crm_address, id, error);

  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    add_address (card, g_ptr_array_index (addresses, i));
  if (card->addresses->len > 1)
    ((CrmCardAddress *) g_ptr_array_index (card->addresses, 0))->is_preferred = TRUE;
  return addresses != NULL;
}

/* What was kept of cards */

static char *
dup_part (GStrv parts,
          guint index)
{
  return index < g_strv_length (parts) && *parts[index] != '\0' ? g_strdup (parts[index]) : NULL;
}

/* Of the name what has no field. */
static void
take_name (CrmCardPerson          *card,
           const CrmVcardProperty *property)
{
  g_auto (GStrv) parts = crm_vcard_property_dup_parts (property);

  if (card->is_firm || card->additional != NULL || card->suffix != NULL)
    return;
  card->additional = dup_part (parts, 2);
  card->suffix = dup_part (parts, 4);
}

/* That at a firm, however it is spelled; NULL: there is none */
static CrmCardJob *
find_job (const CrmCardPerson *card,
          const char          *firm)
{
  guint64 key = crm_known_firm_key (firm);

  for (guint i = 0; i < card->jobs->len; i++)
    {
      CrmCardJob *job = g_ptr_array_index (card->jobs, i);

      if (job->firm != NULL && crm_known_firm_key (job->firm) == key)
        return job;
    }
  return NULL;
}

/* The units of a firm where the person works, or its name in another language. */
static void
take_firm (CrmCardPerson          *card,
           const CrmVcardProperty *property)
{
  g_auto (GStrv) parts = crm_vcard_property_dup_parts (property);
  const char *altid = crm_vcard_property_get_param (property, "ALTID");
  CrmCardJob *job = find_job (card, altid != NULL ? altid : parts[0]);

  if (job == NULL)
    return;
  if (altid != NULL)
    {
      g_free (job->altid);
      job->altid = g_strdup (altid);
      crm_vcard_add_copy (card->rest, property);
    }
  else if (job->units[0] == NULL)
    {
      g_strfreev (job->units);
      job->units = g_strdupv (parts + 1);
    }
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const CrmVcardProperty *x = *(CrmVcardProperty * const *) a, *y = *(CrmVcardProperty * const *) b;
  int order = g_ascii_strcasecmp (x->name, y->name);

  if (order == 0)
    order = strcmp (x->value, y->value);
  return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

/* Beside a firm they would be taken for what the person is there, which is known to be something else, or nothing. */
static gboolean
is_misleading (const CrmCardPerson    *card,
               const CrmVcardProperty *property)
{
  const CrmCardJob *main_job = crm_card_person_get_job (card);
  g_autofree char *text = NULL;

  if (card->is_firm || main_job->firm == NULL || (!crm_vcard_property_is (property, "TITLE") && !crm_vcard_property_is (property, "ROLE")))
    return FALSE;
  for (guint i = 0; i < card->jobs->len; i++)
    if (((const CrmCardJob *) g_ptr_array_index (card->jobs, i))->title == NULL)
      return TRUE;
  text = crm_vcard_property_dup_text (property);
  return crm_vcard_property_is (property, "ROLE") && g_strcmp0 (text, main_job->title) == 0;
}

/* It would be taken for the language, or is it. */
static gboolean
is_language (const CrmCardPerson    *card,
             const CrmVcardProperty *property)
{
  g_autofree char *word = g_ascii_strdown (property->value, (gssize) strcspn (property->value, "-_"));

  if (card->is_firm || !crm_vcard_property_is (property, "LANG"))
    return FALSE;
  return card->language == NULL ? crm_field_find_choice (&crm_person.fields[CRM_PERSON_LANGUAGE], word) != NULL
                                : strcmp (card->language, word) == 0;
}

/* It would be taken for the picture that the record no longer has. */
static gboolean
is_old_picture (const CrmCardPerson    *card,
                const CrmVcardProperty *property,
                gboolean                has_picture)
{
  return property->bytes != NULL && !has_picture &&
         (crm_vcard_property_is (property, "PHOTO") || (card->is_firm && crm_vcard_property_is (property, "LOGO"))) &&
         crm_card_picture_check (property->bytes) == CRM_CARD_PICTURE_FITS;
}

/* By name and value, so that the order does not tell by which cards it came together. */
static void
take_kept (CrmCardPerson   *card,
           const CrmValues *values,
           guint            field,
           gboolean         has_picture)
{
  g_autoptr (CrmCardExtra) extra = crm_card_extra_new (crm_values_get_text (values, field));
  g_autoptr (CrmVcard) kept = crm_card_extra_to_vcard (extra);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < crm_vcard_get_n_properties (kept); i++)
    g_ptr_array_add (sorted, crm_vcard_get_property (kept, i));
  g_ptr_array_sort (sorted, compare_names);
  for (guint i = 0; i < sorted->len; i++)
    {
      const CrmVcardProperty *property = g_ptr_array_index (sorted, i);

      if (crm_vcard_property_is (property, "N"))
        take_name (card, property);
      else if (crm_vcard_property_is (property, "ORG"))
        take_firm (card, property);
      else if (is_misleading (card, property) || is_language (card, property) || is_old_picture (card, property, has_picture))
        continue;
      else if (!crm_vcard_property_is (property, "UID"))
        crm_vcard_add_copy (card->rest, property);
      else if (card->uid == NULL)
        card->uid = crm_vcard_property_dup_text (property);
    }
  if (card->uid == NULL)
    card->uid = crm_known_make_uid (crm_values_get_id (values));
}

/* Where a person works */

static void
set_main_job (CrmCardPerson *card,
              const char    *firm,
              const char    *role)
{
  CrmCardJob *job = crm_card_person_get_job (card);

  job->firm = g_strdup (firm);
  job->title = g_strdup (role);
}

/* Who has left is no longer to be found there. */
static gboolean
is_further_job (const CrmCardPerson *card,
                const CrmValues     *position)
{
  const char *firm = crm_values_get_text (position, CRM_POSITION_CLIENT);

  return firm != NULL && g_strcmp0 (crm_values_get_text (position, CRM_POSITION_KIND), "current") == 0 && find_job (card, firm) == NULL;
}

/* All, the main one first; or just the one that is asked for. */
static gboolean
read_jobs (CrmCardPerson          *card,
           CrmDb                  *db,
           const CrmValues        *person,
           const CrmCardPosition  *position,
           GError                **error)
{
  g_autoptr (GPtrArray) positions = NULL;

  if (position != NULL)
    {
      set_main_job (card, position->firm, position->role);
      return TRUE;
    }
  set_main_job (card, crm_values_get_text (person, CRM_PERSON_FIRM), crm_values_get_text (person, CRM_PERSON_ROLE));
  if (crm_card_person_get_job (card)->firm == NULL)
    return TRUE;
  positions = crm_sql_read_children (db, &crm_position, crm_values_get_id (person), error);
  for (guint i = 0; positions != NULL && i < positions->len && card->jobs->len < CRM_CARD_MAX_JOBS; i++)
    {
      const CrmValues *other = g_ptr_array_index (positions, i);

      if (is_further_job (card, other))
        g_ptr_array_add (card->jobs, crm_card_job_new (crm_values_get_text (other, CRM_POSITION_CLIENT),
                                                       crm_values_get_text (other, CRM_POSITION_ROLE)));
    }
  return positions != NULL;
}

/* Records */

CrmVcard *
crm_card_record_read_person (CrmDb                  *db,
                             const CrmValues        *person,
                             const CrmCardPosition  *position,
                             CrmVcardVersion         version,
                             GError                **error)
{
  g_autoptr (CrmCardPerson) card = crm_card_person_new (NULL);
  g_autoptr (CrmCardPicture) picture = crm_card_picture_read (crm_db_get_path (db), crm_values_get_text (person, CRM_PERSON_PHOTO));
  const char *language = crm_values_get_text (person, CRM_PERSON_LANGUAGE);

  card->name = dup_text (person, CRM_PERSON_NAME);
  card->given = dup_text (person, CRM_PERSON_GIVEN);
  card->family = dup_text (person, CRM_PERSON_FAMILY);
  card->prefix = dup_text (person, CRM_PERSON_TITLE);
  card->birthday = dup_text (person, CRM_PERSON_BIRTHDAY);
  card->notes = dup_text (person, CRM_PERSON_NOTES);
  card->language = g_strcmp0 (language, "other") == 0 ? NULL : g_strdup (language);
  if (!read_jobs (card, db, person, position, error) || !read_points (card, db, &crm_import_person, crm_values_get_id (person), error))
    return NULL;
  if (picture != NULL)
    {
      card->photo = g_bytes_ref (picture->bytes);
      card->photo_type = g_strdup (picture->media_type);
    }
  take_kept (card, person, CRM_PERSON_EXTRA, picture != NULL);
  return crm_card_person_to_vcard (card, version);
}

static void
take_single (GStrv      *list,
             const char *text)
{
  const char * const single[] = { text, NULL };

  if (text == NULL)
    return;
  g_strfreev (*list);
  *list = g_strdupv ((GStrv) single);
}

CrmVcard *
crm_card_record_read_client (CrmDb            *db,
                             const CrmValues  *client,
                             CrmVcardVersion   version,
                             GError          **error)
{
  g_autoptr (CrmCardPerson) card = crm_card_person_new (NULL);
  g_autoptr (CrmCardPicture) picture = crm_card_picture_read (crm_db_get_path (db), crm_values_get_text (client, CRM_CLIENT_LOGO));
  const char *tags = crm_values_get_text (client, CRM_CLIENT_TAGS);

  card->is_firm = TRUE;
  card->name = dup_text (client, CRM_CLIENT_NAME);
  crm_card_person_get_job (card)->firm = dup_text (client, CRM_CLIENT_NAME);
  card->notes = dup_text (client, CRM_CLIENT_NOTES);
  take_single (&card->urls, crm_values_get_text (client, CRM_CLIENT_WEB));
  if (tags != NULL)
    {
      g_strfreev (card->categories);
      card->categories = g_strsplit (tags, ", ", -1);
    }
  if (!read_points (card, db, &crm_import_client, crm_values_get_id (client), error) ||
      !read_addresses (card, db, crm_values_get_id (client), error))
    return NULL;
  if (picture != NULL)
    crm_vcard_add_bytes (card->rest, NULL, "LOGO", picture->bytes, picture->media_type);
  take_kept (card, client, CRM_CLIENT_EXTRA, picture != NULL);
  return crm_card_person_to_vcard (card, version);
}
