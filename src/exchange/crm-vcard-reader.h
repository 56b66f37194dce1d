/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-vcard-problems.h"
#include "crm-vcard.h"

G_BEGIN_DECLS

/**
 * CrmVcardReader: reads a file of vCards (2.1, 3.0, 4.0, without version) card by card, in bounded memory whatever is in it. Belongs
 * to one thread at a time.
 *
 * Values come as UTF-8 in the escapes of version 4.0, free of folding, quoted-printable, base64 and character sets. Bytes that are
 * in no set named in the file are taken for one that fits them. A card within a card becomes the text of its AGENT.
 *
 * Damage is confined to its place: what is left out or cut is reported as a problem, and reading goes on behind.
 */
typedef struct _CrmVcardReader CrmVcardReader;

/**
 * crm_vcard_reader_new:
 * @path: a regular file
 *
 * Returns: (transfer full): the reader; %NULL and %CRM_ERROR_UNREADABLE if the file cannot be opened
 */
CrmVcardReader *crm_vcard_reader_new           (const char      *path,
                                                GError         **error);
/** crm_vcard_reader_new_for_bytes: (transfer full): the same for a file that is in memory. */
CrmVcardReader *crm_vcard_reader_new_for_bytes (GBytes          *bytes);
void            crm_vcard_reader_free          (CrmVcardReader  *self);

/**
 * crm_vcard_reader_next:
 *
 * Returns: (transfer full) (nullable): the next card; %NULL at the end of the file, or with %CRM_ERROR_IO if it cannot be read on
 */
CrmVcard       *crm_vcard_reader_next          (CrmVcardReader  *self,
                                                GError         **error);

/**
 * crm_vcard_reader_steal_problems: (transfer full) (nullable) (element-type CrmVcardProblem): what was wrong in the card
 * that was read last and between it and the one before; at the end of the file, behind the last card. %NULL if nothing was.
 */
GPtrArray      *crm_vcard_reader_steal_problems (CrmVcardReader *self);

/** crm_vcard_reader_get_position: how many bytes of the file were read, for showing progress against crm_vcard_reader_get_size(). */
gint64          crm_vcard_reader_get_position  (CrmVcardReader  *self);
/** crm_vcard_reader_get_size: the size of the file in bytes when it was opened. */
gint64          crm_vcard_reader_get_size      (CrmVcardReader  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmVcardReader, crm_vcard_reader_free)

G_END_DECLS
