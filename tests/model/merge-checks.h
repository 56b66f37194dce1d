/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-merge-plan.h"
#include "crm-test-store.h"

/* What the tests of merges have in common. */

/** All but these tables are as they were after an undo. NULL-terminated. */
extern const char * const merge_log_tables[];

/** The preview. */
CrmMergePlan *merge_plan      (CrmStore *store, CrmMergeRequest *request, GError **error);
/** A record as it stands, with the fields seen through. */
CrmValues    *merge_read      (CrmStore *store, const CrmEntity *entity, gint64 id);
/** Merges, and looks whether all is as the preview said; %FALSE: it was refused, as its preview was. */
gboolean      merge_run       (CrmTest *test, CrmStore *store, CrmMergeRequest *request);
/** (transfer full): the rows that a statement gives. */
char         *merge_query     (CrmTest *test, const char *format, ...) G_GNUC_PRINTF (2, 3);
/** (transfer full) */
char         *merge_name_id   (gint64 id);
/** (transfer full): the query of a view that filters clients by what they belong to and by tags. */
char         *merge_make_view (const char * const *parents, const char * const *tags);
