/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-merge-plan.h"

G_BEGIN_DECLS

/* What becomes of the children of two records that become one: a part of the plan. */

/** crm_merge_children_read: those of both; what ties one of the two to the other is dropped. */
gboolean crm_merge_children_read   (CrmMergePlan *plan, CrmDb *db, GError **error);
/** crm_merge_children_settle: which of them are dropped, which are the main ones, after the sides that were chosen. */
void     crm_merge_children_settle (CrmMergePlan *plan);
/** crm_merge_children_show: fills the result's fields that are seen through a child. */
void     crm_merge_children_show   (CrmMergePlan *plan);

G_END_DECLS
