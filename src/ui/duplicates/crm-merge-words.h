/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-merge-plan.h"

G_BEGIN_DECLS

/* Two records that become one, in words. */

/** crm_merge_words_dup_label: (transfer full): what the fields chosen together with @field are called: "City", "Address". @field: the first of them */
char *crm_merge_words_dup_label (const CrmEntity *entity, guint field);
/** crm_merge_words_show: (transfer full): what a record has in these fields; %NULL: nothing. */
char *crm_merge_words_show      (const CrmValues *values, guint field);
/** crm_merge_words_describe_moves: (transfer full): what comes with the record that goes: "3 phones and e-mails, 14 conversations"; %NULL: nothing. */
char *crm_merge_words_describe_moves (const CrmMergePlan *plan);

G_END_DECLS
