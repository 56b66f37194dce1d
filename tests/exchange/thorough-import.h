/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"
#include "crm-test-store.h"

G_BEGIN_DECLS

/* What tests of imports share. Errors fail the test, but for those that are asked for. */

/** For crm_test_dump(): the line of steps itself. NULL-terminated. */
extern const char * const thorough_log_tables[];

/** thorough_plan: (transfer full): the dry run. */
CrmImportResult *thorough_plan     (CrmTest *test, const CrmImportOptions *options, GError **error);
/** thorough_run: (transfer full): the import. @expected: new and changed ones of the plan */
CrmImportResult *thorough_run      (CrmStore *store, const CrmImportOptions *options, guint expected);
/** thorough_describe: (transfer full): the texts of a report that are worth comparing, on one line: "3 new, 0 changed, …; rejected 4: why". */
char            *thorough_describe (const CrmImportResult *result);
/**
 * thorough_import: (transfer full): plans, imports, checks that both agree, that a second import has nothing to do and that all can be undone
 * and done again; describes what was done.
 */
char            *thorough_import   (CrmTest *test, CrmStore *store, const CrmImportOptions *options);

G_END_DECLS
