/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-merge-plan.h"
#include "crm-writer.h"

G_BEGIN_DECLS

/**
 * crm_merge_run: a CrmStepFunc that makes two records one, exactly as crm_merge_plan_make() says, and names the step.
 * All children move; what is there once (phones, addresses, tags) and said by both stays once. Whatever refers to the other one,
 * of any entity, trash and saved views included, refers to the kept one. The other one is removed: an undo brings it back with all that was its.
 * @request: a CrmMergeRequest
 * Errors: as of crm_merge_plan_make(), and those of saving
 */
gboolean crm_merge_run (CrmWriter *writer, gpointer request, GCancellable *cancellable, GError **error);

G_END_DECLS
