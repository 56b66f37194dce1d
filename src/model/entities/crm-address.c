/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-address.h"

#include <glib/gi18n-lib.h>

static const CrmChoice kinds[] = {
  { "office", N_("Office") }, { "delivery", N_("Delivery") }, { "invoice", N_("Invoice") }, { NULL }
};

static const CrmField fields[] = {
  [CRM_ADDRESS_CLIENT] = { "client", N_("Client"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_REQUIRED | CRM_FIELD_SYSTEM, .refers = "client" },
  [CRM_ADDRESS_KIND] = { "kind", N_("Kind"), NULL, CRM_KIND_CHOICE, CRM_FIELD_REQUIRED, kinds },
  [CRM_ADDRESS_STREET] = { "street", N_("Street"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL },
  [CRM_ADDRESS_DISTRICT] = { "district", N_("District"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL },
  [CRM_ADDRESS_CITY] = { "city", N_("City"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH },
  [CRM_ADDRESS_REGION] = { "region", N_("State or region"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH },
  [CRM_ADDRESS_POSTCODE] = { "postcode", N_("Postcode"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL },
  [CRM_ADDRESS_COUNTRY] = { "country", N_("Country"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH },
  [CRM_ADDRESS_MAIN] = { "main", N_("Main address"), NULL, CRM_KIND_BOOL, CRM_FIELD_NONE },
  [CRM_ADDRESS_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
};

static void
before_save (CrmValues       *changes,
             const CrmValues *current)
{
  if (current == NULL && crm_values_is_null (changes, CRM_ADDRESS_KIND))
    crm_values_set_text (changes, CRM_ADDRESS_KIND, "office");
  if (current == NULL && crm_values_is_null (changes, CRM_ADDRESS_MAIN))
    crm_values_set_integer (changes, CRM_ADDRESS_MAIN, FALSE);
}

static const CrmRules rules = { .before_save = before_save };

const CrmEntity crm_address = {
  .number = 2,
  .name = "address",
  .type_name = "CrmAddress",
  .label = N_("Address"),
  .plural = N_("Addresses"),
  .icon = "crm-address-symbolic",
  .title = "street",
  .parent = "client",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .rules = &rules,
};
