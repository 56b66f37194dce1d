/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of a person: index into crm_person.fields. */
typedef enum {
  CRM_PERSON_NAME,
  CRM_PERSON_GIVEN,
  CRM_PERSON_FAMILY,
  CRM_PERSON_SALUTATION,
  CRM_PERSON_TITLE,
  CRM_PERSON_FIRM,      /* of the main position */
  CRM_PERSON_ROLE,
  CRM_PERSON_PHONE,
  CRM_PERSON_MOBILE,
  CRM_PERSON_EMAIL,
  CRM_PERSON_BIRTHDAY,
  CRM_PERSON_LANGUAGE,
  CRM_PERSON_COURTESIES,
  CRM_PERSON_NOTES,
  CRM_PERSON_MAY_CONTACT, /* the channels allowed for marketing */
  CRM_PERSON_PHOTO,       /* the hash of a document */
  CRM_PERSON_EXTRA,
  CRM_PERSON_CREATED,
  CRM_PERSON_MODIFIED,
  CRM_PERSON_DELETED,
} CrmPersonField;

G_END_DECLS
