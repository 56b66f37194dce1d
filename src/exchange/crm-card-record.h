/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-values.h"
#include "crm-vcard.h"

G_BEGIN_DECLS

/* Within exchange: the cards of records. What a card is made of comes back to the same record when it is imported. */

/** CrmCardPosition: the firm that the card of a person names. */
typedef struct {
  const char *firm;
  const char *role; /* may be NULL */
} CrmCardPosition;

/**
 * crm_card_record_read_person: (transfer full): the card of a person.
 * @position: (nullable): the only one to be in it; %NULL: all, the main one first
 * @version: as of crm_card_person_to_vcard()
 */
CrmVcard *crm_card_record_read_person (CrmDb *db, const CrmValues *person, const CrmCardPosition *position, CrmVcardVersion version,
                                       GError **error);
/** crm_card_record_read_client: (transfer full): the card of a firm, without its people. */
CrmVcard *crm_card_record_read_client (CrmDb *db, const CrmValues *client, CrmVcardVersion version, GError **error);

G_END_DECLS
