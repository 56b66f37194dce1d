/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmCollator: order of names in one language, by ICU. A sort key is bytes that memcmp() orders
 * (Turkish: c < ç, g < ğ, ı < i, o < ö, s < ş, u < ü). One collator belongs to one thread at a time.
 */
typedef struct _CrmCollator CrmCollator;

/** @locale: "tr", "de_DE.UTF-8" …; %NULL: LC_ALL, LC_COLLATE or LANG of the environment. Never fails: unknown → root order. */
CrmCollator *crm_collator_new       (const char *locale);
void         crm_collator_free      (CrmCollator *self);

/**
 * The order the keys are made for and the ICU version, "tr 72.1"; stored beside the keys, which are rebuilt when it differs.
 * Languages without an order of their own, English and German among them, are "root".
 */
const char  *crm_collator_get_name  (CrmCollator *self);

/**
 * crm_collator_key:
 * @length: bytes of @text or -1
 * @size: (out): bytes of the key
 * Returns: (transfer none): the key, valid until the next call on @self; %NULL and 0 for %NULL text
 */
const guint8 *crm_collator_key      (CrmCollator *self, const char *text, gssize length, gsize *size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCollator, crm_collator_free)

G_END_DECLS
