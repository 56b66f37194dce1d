/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of a consent: index into crm_consent.fields. */
typedef enum {
  CRM_CONSENT_PERSON,
  CRM_CONSENT_CHANNEL,
  CRM_CONSENT_PURPOSE,
  CRM_CONSENT_STATE,
  CRM_CONSENT_AT,
  CRM_CONSENT_HOW,
  CRM_CONSENT_WORDING, /* what the person was shown or read */
  CRM_CONSENT_EXTRA,
} CrmConsentField;

/** The ways in which a person may be contacted; ended by a NULL name. */
extern const CrmChoice crm_consent_channels[];

G_END_DECLS
