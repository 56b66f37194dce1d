/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-vcard.h"

G_BEGIN_DECLS

/**
 * CrmVcardWriter: writes a file of vCards (RFC 6350 or 2426, UTF-8) that appears under its name only when it is complete. One thread at a
 * time, not the main thread: it waits for the disk. The file is for its owner's eyes only (mode 0600).
 */
typedef struct _CrmVcardWriter CrmVcardWriter;

/**
 * crm_vcard_writer_new:
 * @path: the file to write; one that is there stays as it is until crm_vcard_writer_finish()
 * @version: %CRM_VCARD_4_0 or %CRM_VCARD_3_0
 *
 * Returns: (transfer full): the writer; %NULL and %CRM_ERROR_UNREADABLE, %CRM_ERROR_FULL or %CRM_ERROR_IO if the folder cannot be written to
 */
CrmVcardWriter *crm_vcard_writer_new    (const char       *path,
                                         CrmVcardVersion   version,
                                         GError          **error);

/** crm_vcard_writer_free: throws away what was written unless it was finished. */
void            crm_vcard_writer_free   (CrmVcardWriter   *self);

/**
 * crm_vcard_writer_add:
 * @card: of any version
 *
 * Returns: %FALSE and %CRM_ERROR_FULL or %CRM_ERROR_IO if it could not be written; the writer is then only good for freeing
 */
gboolean        crm_vcard_writer_add    (CrmVcardWriter   *self,
                                         const CrmVcard   *card,
                                         GError          **error);

/**
 * crm_vcard_writer_finish: brings the file to the disk and gives it its name, at once and whole.
 * Returns: %FALSE with an error as above; a file of that name is then as it was
 */
gboolean        crm_vcard_writer_finish (CrmVcardWriter   *self,
                                         GError          **error);

/**
 * crm_vcard_append_card: the text of one card, for an output that is no file. @version: %CRM_VCARD_4_0 or %CRM_VCARD_3_0
 *
 * Version 3.0 has no quotation marks and line breaks in parameters; there others stand in their place.
 */
void            crm_vcard_append_card   (GString          *into,
                                         const CrmVcard   *card,
                                         CrmVcardVersion   version);

/** crm_vcard_append_line: a property in one line of version 4.0, however long, without its end. */
void            crm_vcard_append_line   (GString                *into,
                                         const CrmVcardProperty *property);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmVcardWriter, crm_vcard_writer_free)

G_END_DECLS
