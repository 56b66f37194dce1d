/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmConsentPopover: asks what a person said of being contacted by one channel for one purpose, when, how, and what they were shown.
 * What was filled in stays until another cell is asked for or it is saved.
 *
 * Signal "saved" (CrmValues *consent): to be written; not about whom.
 */
#define CRM_TYPE_CONSENT_POPOVER (crm_consent_popover_get_type ())
G_DECLARE_FINAL_TYPE (CrmConsentPopover, crm_consent_popover, CRM, CONSENT_POPOVER, GtkPopover)

GtkWidget *crm_consent_popover_new (CrmStore *store);
/** @channel, @purpose: choices of the entity; @state: in force, NULL: unknown. To be called before it pops up. */
void       crm_consent_popover_ask (CrmConsentPopover *self, const CrmChoice *channel, const CrmChoice *purpose, const char *state);
/** What was filled in is of no use any more. */
void       crm_consent_popover_clear (CrmConsentPopover *self);

G_END_DECLS
