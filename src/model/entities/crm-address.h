/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of an address: index into crm_address.fields. */
typedef enum {
  CRM_ADDRESS_CLIENT,
  CRM_ADDRESS_KIND,
  CRM_ADDRESS_STREET,
  CRM_ADDRESS_DISTRICT,
  CRM_ADDRESS_CITY,
  CRM_ADDRESS_REGION,
  CRM_ADDRESS_POSTCODE,
  CRM_ADDRESS_COUNTRY,
  CRM_ADDRESS_MAIN,
  CRM_ADDRESS_EXTRA,
} CrmAddressField;

G_END_DECLS
