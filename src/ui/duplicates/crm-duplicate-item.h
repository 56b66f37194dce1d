/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicates.h"

G_BEGIN_DECLS

/** CrmDuplicateItem: a pair of records that may be the same, as a row of a list. */
#define CRM_TYPE_DUPLICATE_ITEM (crm_duplicate_item_get_type ())
G_DECLARE_FINAL_TYPE (CrmDuplicateItem, crm_duplicate_item, CRM, DUPLICATE_ITEM, GObject)

CrmDuplicateItem   *crm_duplicate_item_new      (const CrmDuplicate *pair);
/** (transfer none) */
const CrmDuplicate *crm_duplicate_item_get_pair (CrmDuplicateItem *self);

G_END_DECLS
