/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-card-person.h"

G_BEGIN_DECLS

/* Within exchange: the words by which cards and records call numbers and addresses. */

/** crm_card_words_get_place: how a label calls a place, for people; %NULL: anywhere. */
const char   *crm_card_words_get_place         (CrmCardPlace place);
/** crm_card_words_find_place: the place that a label is no more than a word for, in any language spoken here. */
CrmCardPlace  crm_card_words_find_place        (const char *label);
/** crm_card_words_find_address_kind: (transfer none): the kind of address that a label means; of any other "office". @label: (nullable) */
const char   *crm_card_words_find_address_kind (const char *label);

G_END_DECLS
