/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of a contact point, of a client or a person: index into crm_contact_point.fields and crm_person_point.fields. */
typedef enum {
  CRM_CONTACT_POINT_OWNER, /* "client" or "person" */
  CRM_CONTACT_POINT_KIND,
  CRM_CONTACT_POINT_VALUE,
  CRM_CONTACT_POINT_LABEL,
  CRM_CONTACT_POINT_MAIN,
  CRM_CONTACT_POINT_EXTRA,
} CrmContactPointField;

/** Is it a number to dial: of kind phone, mobile or fax? */
gboolean crm_contact_point_is_number (const CrmValues *values);

G_END_DECLS
