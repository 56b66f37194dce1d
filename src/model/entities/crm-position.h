/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of a position, which is a person's work at a client: index into crm_position.fields. */
typedef enum {
  CRM_POSITION_PERSON,
  CRM_POSITION_CLIENT,
  CRM_POSITION_KIND,
  CRM_POSITION_ROLE,
  CRM_POSITION_BUYING_ROLE,
  CRM_POSITION_SINCE,
  CRM_POSITION_UNTIL,
  CRM_POSITION_CONTACT, /* whom the client is talked to through */
  CRM_POSITION_MAIN,
  CRM_POSITION_EXTRA,
} CrmPositionField;

G_END_DECLS
