/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-vcard.h"

G_BEGIN_DECLS

/* What the vCard sources share among each other. */

/** CrmVcardForm: what the value of a property is made of. */
typedef enum {
  CRM_VCARD_OTHER,     /* not known here, an address or a date: kept as written */
  CRM_VCARD_TEXT,
  CRM_VCARD_PARTS,     /* parted by semicolons, each perhaps a list */
  CRM_VCARD_UNITS,     /* parted by semicolons, commas are text */
  CRM_VCARD_LIST,      /* parted by commas */
  CRM_VCARD_BINARY,    /* a picture, sound or key, or its address */
} CrmVcardForm;

/** crm_vcard_lookup: (transfer none): the form of the property of that name, and its @canonical name; %NULL for a name that is not known here. */
CrmVcardForm crm_vcard_lookup       (const char       *name,
                                     const char      **canonical);

/** crm_vcard_set_version, crm_vcard_set_line: for the reader. */
void         crm_vcard_set_version  (CrmVcard         *self,
                                     CrmVcardVersion   version);
void         crm_vcard_set_line     (CrmVcard         *self,
                                     guint64           line);
/** crm_vcard_get_size: about how much memory it takes, in bytes. */
gsize        crm_vcard_get_size     (const CrmVcard   *self);
/** crm_vcard_set_value: @length: -1: up to the end. */
void         crm_vcard_set_value    (CrmVcard         *self,
                                     CrmVcardProperty *property,
                                     const char       *value,
                                     gssize            length);
void         crm_vcard_set_bytes    (CrmVcard         *self,
                                     CrmVcardProperty *property,
                                     GBytes           *bytes,
                                     const char       *media_type);
/** crm_vcard_remove_param: removes the parameter at @index. */
void         crm_vcard_remove_param (CrmVcardProperty *property,
                                     guint             index);

/** crm_vcard_append_escaped: @text with its escapes. */
void         crm_vcard_append_escaped (GString *into, const char *text, gssize length);

/**
 * crm_vcard_append_normal: a value as a file has it, in the escapes of version 4.0. What is normal stays as it is.
 * @value: UTF-8, may hold line breaks
 */
void         crm_vcard_append_normal (GString         *into,
                                      CrmVcardForm     form,
                                      CrmVcardVersion  version,
                                      const char      *value);

/** crm_vcard_is_base64: is there nothing in it that does not belong into base64? */
gboolean     crm_vcard_is_base64     (const char *text, gsize length);

/** crm_vcard_decode_base64: (transfer full): @whole: (out): %FALSE if there was something that does not belong into base64. */
GBytes      *crm_vcard_decode_base64 (const char *text, gsize length, gboolean *whole);

/** crm_vcard_decode_qp: decodes quoted-printable in place. */
void         crm_vcard_decode_qp     (GString *text);

/** crm_vcard_replace_nuls: by question marks. Returns: %TRUE if there were any */
gboolean     crm_vcard_replace_nuls (GString *text);

/** crm_vcard_is_charset: is @name one of the character sets that cards come in? */
gboolean     crm_vcard_is_charset    (const char *name);

/**
 * crm_vcard_decode_charset: makes UTF-8 of @text in place.
 * @text: without NULs
 * @charset: see crm_vcard_is_charset()
 * Returns: %FALSE if some of it is no text in that set; there is U+FFFD in its place then
 */
gboolean     crm_vcard_decode_charset (GString *text, const char *charset);

G_END_DECLS
