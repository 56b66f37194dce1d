/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-consent.h"

#include <glib/gi18n-lib.h>

#include "crm-time.h"

const CrmChoice crm_consent_channels[] = {
  { "call", N_("Phone") },
  { "sms", N_("SMS") },
  { "email", N_("E-mail") },
  { "post", N_("Letter") },
  { NULL }
};

static const CrmChoice purposes[] = {
  { "marketing", N_("Marketing") },
  { "information", N_("Product information") },
  { "survey", N_("Survey") },
  { NULL }
};

static const CrmChoice states[] = {
  { "given", N_("Given") },
  { "refused", N_("Refused") },
  { "withdrawn", N_("Withdrawn") },
  { NULL }
};

static const CrmField fields[] = {
  [CRM_CONSENT_PERSON] = { "person", N_("Person"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_REQUIRED | CRM_FIELD_SYSTEM, .refers = "person" },
  [CRM_CONSENT_CHANNEL] = { "channel", N_("Channel"), NULL, CRM_KIND_CHOICE, CRM_FIELD_REQUIRED | CRM_FIELD_PERSONAL, crm_consent_channels },
  [CRM_CONSENT_PURPOSE] = { "purpose", N_("Purpose"), NULL, CRM_KIND_CHOICE, CRM_FIELD_REQUIRED | CRM_FIELD_PERSONAL, purposes },
  [CRM_CONSENT_STATE] = { "state", N_("Consent"), NULL, CRM_KIND_CHOICE, CRM_FIELD_REQUIRED | CRM_FIELD_PERSONAL, states },
  [CRM_CONSENT_AT] = { "at", N_("When"), NULL, CRM_KIND_DATETIME, CRM_FIELD_REQUIRED | CRM_FIELD_PERSONAL },
  [CRM_CONSENT_HOW] = { "how", N_("How"), NULL, CRM_KIND_TEXT, CRM_FIELD_PERSONAL },
  [CRM_CONSENT_WORDING] = { "wording", N_("Text shown"), NULL, CRM_KIND_NOTE, CRM_FIELD_PERSONAL },
  [CRM_CONSENT_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
};

static void
before_save (CrmValues       *changes,
             const CrmValues *current)
{
  if (current == NULL && crm_values_is_null (changes, CRM_CONSENT_PURPOSE))
    crm_values_set_text (changes, CRM_CONSENT_PURPOSE, "marketing");
  if (current == NULL && crm_values_is_null (changes, CRM_CONSENT_AT))
    crm_values_set_integer (changes, CRM_CONSENT_AT, crm_time_now ());
}

static const CrmRules rules = { .before_save = before_save };

const CrmEntity crm_consent = {
  .number = 11,
  .name = "consent",
  .type_name = "CrmConsent",
  .label = N_("Consent"),
  .plural = N_("Consents"),
  .icon = "crm-person-symbolic",
  .title = "channel",
  .parent = "person",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .rules = &rules,
  .append_only = TRUE,
};
