/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import-row.h"
#include "crm-vcard.h"

G_BEGIN_DECLS

/* Within exchange: what a card says of a person, or of a firm. */

/**
 * crm_card_row_read: takes the place of the row read before. What no field takes is kept as a line of the card.
 * Returns: %FALSE and %CRM_ERROR_INVALID: why the card is rejected, in a sentence
 */
gboolean crm_card_row_read (CrmImportRow *self, const CrmVcard *card, GError **error);

G_END_DECLS
