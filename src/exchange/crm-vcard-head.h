/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-vcard.h"

G_BEGIN_DECLS

/** CrmVcardEncoding: how the bytes of a value are written. */
typedef enum {
  CRM_VCARD_PLAIN,
  CRM_VCARD_QUOTED_PRINTABLE,
  CRM_VCARD_BASE64,
} CrmVcardEncoding;

/**
 * CrmVcardHead: what stands in front of a property's colon.
 * @is_complete: the colon was found, at offset @length
 * @is_valid: (after crm_vcard_head_finish()) it is a head; what follows is valid until the next reset
 * @params: (element-type CrmVcardParam): as in #CrmVcardProperty
 * @charset: (nullable)
 *
 * A value inside the reader, used again for every property.
 */
typedef struct {
  gsize             length;
  gboolean          is_complete;
  CrmVcardEncoding  encoding;
  const char       *charset;
  gboolean          is_valid;
  const char       *group;
  const char       *name;
  GArray           *params;

  /*< private >*/
  gsize             scanned;
  gboolean          in_quotes;
  gboolean          has_pref;
  gboolean          is_preferred;
  GString          *copy;
} CrmVcardHead;

void     crm_vcard_head_init      (CrmVcardHead    *self);
void     crm_vcard_head_clear     (CrmVcardHead    *self);
/** crm_vcard_head_reset: begins a new one. */
void     crm_vcard_head_reset     (CrmVcardHead    *self);
/** crm_vcard_head_scan: looks for the colon in what was added to @text since the last time; knows encoding and set as soon as it is found. */
void     crm_vcard_head_scan      (CrmVcardHead    *self,
                                   const char      *text,
                                   gsize            length);
/** crm_vcard_head_finish: all of the property is in @text. @version: of its card */
void     crm_vcard_head_finish    (CrmVcardHead    *self,
                                   const char      *text,
                                   gsize            length,
                                   CrmVcardVersion  version);
/** crm_vcard_head_is_likely: does @text begin like a property? */
gboolean crm_vcard_head_is_likely (const char      *text,
                                   gsize            length);

G_END_DECLS
