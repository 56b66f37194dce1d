/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-merge-plan.h"
#include "crm-writer.h"

G_BEGIN_DECLS

/** crm_merge_views: saved views that filter by the record that goes, by its id or name, filter by the one that stays. Within the step. */
gboolean crm_merge_views (CrmWriter *writer, const CrmMergePlan *plan, GError **error);

G_END_DECLS
