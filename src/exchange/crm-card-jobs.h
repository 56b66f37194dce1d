/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-vcard.h"

G_BEGIN_DECLS

/** The most jobs that are read of a card or written into one; further ones stay with the card. */
#define CRM_CARD_MAX_JOBS 20

/**
 * CrmCardJob: where somebody works, as a card says it by ORG, TITLE and ROLE. Texts are trimmed, %NULL if empty, and not checked.
 * @firm, @units: ORG and its units below the firm
 * @altid: (nullable): what ties ORG to the same in other languages, which are among the properties that nothing holds
 */
typedef struct {
  char  *firm;
  GStrv  units;
  char  *title;
  char  *role;
  char  *altid;
} CrmCardJob;

/**
 * crm_card_jobs_new: (transfer full) (element-type CrmCardJob): those in a card, in its order; at least one, which may be empty.
 *
 * What stands in one group belongs together; a TITLE of no such group goes with the ORG before it, or behind it if that has one. The same firm in another language
 * (ALTID) is no further job.
 *
 * @max: of jobs
 * @held: (element-type CrmVcardProperty): gets the properties they are made of
 */
GPtrArray  *crm_card_jobs_new  (const CrmVcard *card, guint max, GHashTable *held);
/** crm_card_job_new: (transfer full): without units. */
CrmCardJob *crm_card_job_new   (const char *firm, const char *title);
/** Frees it. */
void        crm_card_job_free  (CrmCardJob *self);

/** crm_card_find_original: (transfer none) (nullable): the first property of the name and ALTID of @property; %NULL if it has none, or is that. */
const CrmVcardProperty *crm_card_find_original (const CrmVcard *card, const CrmVcardProperty *property);

G_END_DECLS
