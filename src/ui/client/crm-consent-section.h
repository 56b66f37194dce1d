/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmConsentSection: what a person said of being contacted: channels × purposes with what is in force, and on request all that was ever said.
 * A click says something new; nothing is ever changed or taken away. Follows the commits.
 */
#define CRM_TYPE_CONSENT_SECTION (crm_consent_section_get_type ())
G_DECLARE_FINAL_TYPE (CrmConsentSection, crm_consent_section, CRM, CONSENT_SECTION, AdwPreferencesGroup)

/** @call, @mail: buttons that are to tell that the person wants no marketing by them; they live as long as the section. */
GtkWidget *crm_consent_section_new  (CrmStore *store, GtkWidget *call, GtkWidget *mail);
/** @person: 0: none */
void       crm_consent_section_open (CrmConsentSection *self, gint64 person);

G_END_DECLS
