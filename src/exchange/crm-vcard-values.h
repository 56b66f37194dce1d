/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-vcard-private.h"
#include "crm-vcard-unfolder.h"

G_BEGIN_DECLS

/**
 * CrmVcardValues: what stands behind a property's colon, as CrmVcardProperty has it: free of quoted-printable, base64 and character sets. A set
 * that is not named is found when all of the card was read. A value inside the reader.
 */
typedef struct {
  /*< private >*/
  GPtrArray              **problems;
  const CrmVcardUnfolder  *source;    /* of the value */
  GString                 *value;
  GString                 *normal;
  GArray                  *undecoded;
  char                    *charset;   /* named last in the file, other than UTF-8 */
} CrmVcardValues;

/** crm_vcard_values_init: @problems: (inout): see crm_vcard_problems_add() */
void     crm_vcard_values_init     (CrmVcardValues *self, GPtrArray **problems);
/** Frees what it holds. */
void     crm_vcard_values_clear    (CrmVcardValues *self);
/** crm_vcard_values_take: the value of the property that @source read last. %FALSE: it is left out. */
gboolean crm_vcard_values_take     (CrmVcardValues *self, const CrmVcardUnfolder *source, CrmVcardForm form);
/** crm_vcard_values_set: the value taken becomes that of @property, which has its parameters. */
void     crm_vcard_values_set      (CrmVcardValues *self, CrmVcard *card, CrmVcardProperty *property, CrmVcardForm form);
/** crm_vcard_values_finish: all of @card, and of those within, was set. @is_unicode: the whole file is */
void     crm_vcard_values_finish   (CrmVcardValues *self, const CrmVcard *card, gboolean is_unicode);
/** crm_vcard_values_get_size: of those that are still in bytes. */
gsize    crm_vcard_values_get_size (const CrmVcardValues *self);
/** crm_vcard_values_is_last_undecoded: is @property, which was set last, still in bytes? */
gboolean crm_vcard_values_is_last_undecoded (const CrmVcardValues *self, const CrmVcardProperty *property);

G_END_DECLS
