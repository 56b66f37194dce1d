/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-known.h"
#include "crm-values.h"

G_BEGIN_DECLS

/**
 * CrmRowKeys: what the client that a row means can be found by. Within exchange.
 * @by_kind: but for phones and e-mails, of which a row can have several; 0: it has none
 * @place: the city of a client, folded and hashed; 0: the row names none
 * @plain: its name without legal form, as another may have it as %CRM_KEY_NAME
 * @places: (element-type guint64): further ones of kind %CRM_KEY_NAME_CITY: of a person of several firms
 * @all: (element-type guint64): all keys, those of phones and e-mails too, the surest first
 */
typedef struct {
  guint64  by_kind[CRM_N_KEYS];
  guint32  place;
  guint64  plain;
  GArray  *places;
  GArray  *all;
} CrmRowKeys;

/** No keys yet. */
void     crm_row_keys_init  (CrmRowKeys *self);
/** Frees what it holds. */
void     crm_row_keys_clear (CrmRowKeys *self);
/** crm_row_keys_read: those of a row take the place of the ones before. @points: (element-type CrmImportPoint); @uid: (nullable). Any thread. */
void     crm_row_keys_read  (CrmRowKeys *self, const CrmImportSubject *subject, const CrmValues *values, const GArray *points, const char *uid);
/** crm_row_keys_add_place: one more firm of the person. */
void     crm_row_keys_add_place (CrmRowKeys *self, const CrmImportSubject *subject, const CrmValues *values, const char *place);
/** crm_row_keys_name: is the row's name the client's, but for the legal form? "Ak Gıda" and "Ak Gıda A.Ş." */
gboolean crm_row_keys_name  (const CrmRowKeys *self, const CrmKnown *known, guint32 client);

G_END_DECLS
