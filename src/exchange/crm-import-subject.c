/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-subject.h"

#include "crm-client.h"
#include "crm-contact-point.h"
#include "crm-person.h"

/* What a card is known by stands among what is kept of it: see CrmCardExtra. */
#define UIDS_SQL(table) \
  "SELECT t.id, substr (line.value, 5) FROM " table " t, json_each (t.extra, '$.vcard') line" \
  " WHERE t.deleted IS NULL AND t.extra IS NOT NULL AND json_valid (t.extra) AND line.value LIKE 'UID:%' ORDER BY t.id"

const CrmImportSubject crm_import_client = {
  .entity = &crm_client,
  .points = &crm_contact_point,
  .name = CRM_CLIENT_NAME,
  .notes = CRM_CLIENT_NOTES,
  .extra = CRM_CLIENT_EXTRA,
  .place = CRM_CLIENT_CITY,
  .given = -1,
  .number = CRM_CLIENT_TAX_NUMBER,
  .tags = CRM_CLIENT_TAGS,
  .picture = CRM_CLIENT_LOGO,
  .through = { CRM_CLIENT_PHONE, CRM_CLIENT_MOBILE, CRM_CLIENT_FAX, CRM_CLIENT_EMAIL, -1 },
  .all_sql = "SELECT id, name, city, tax_number, NULL FROM client WHERE deleted IS NULL ORDER BY id",
  .points_sql = "SELECT client, kind, value FROM contact_point WHERE kind <> 'chat' ORDER BY id",
  .uids_sql = UIDS_SQL ("client"),
};

const CrmImportSubject crm_import_person = {
  .entity = &crm_person,
  .points = &crm_person_point,
  .name = CRM_PERSON_NAME,
  .notes = CRM_PERSON_NOTES,
  .extra = CRM_PERSON_EXTRA,
  .place = CRM_PERSON_FIRM,
  .given = CRM_PERSON_GIVEN,
  .number = -1,
  .tags = -1,
  .picture = CRM_PERSON_PHOTO,
  .through = { CRM_PERSON_PHONE, CRM_PERSON_MOBILE, -1, CRM_PERSON_EMAIL, -1 },
  .all_sql = "SELECT id, name, NULL, NULL, given FROM person WHERE deleted IS NULL ORDER BY id",
  .places_sql = "SELECT person.id, person.name, client.name FROM person JOIN position ON position.person = person.id"
                " JOIN client ON client.id = position.client WHERE person.deleted IS NULL ORDER BY person.id",
  .points_sql = "SELECT person, kind, value FROM person_point WHERE kind <> 'chat' ORDER BY id",
  .uids_sql = UIDS_SQL ("person"),
};

const char *
crm_point_kind_get_name (CrmPointKind kind)
{
  g_return_val_if_fail (kind < CRM_N_POINT_KINDS, NULL);

  return crm_contact_point.fields[CRM_CONTACT_POINT_KIND].choices[kind].name;
}

const char *
crm_point_kind_get_label (CrmPointKind kind)
{
  g_return_val_if_fail (kind < CRM_N_POINT_KINDS, NULL);

  return crm_field_get_choice_label (&crm_contact_point.fields[CRM_CONTACT_POINT_KIND], crm_point_kind_get_name (kind));
}

CrmPointKind
crm_point_kind_find (const char *name)
{
  CrmPointKind kind = 0;

  while (kind < CRM_N_POINT_KINDS && g_strcmp0 (name, crm_point_kind_get_name (kind)) != 0)
    kind++;
  return kind;
}
