/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"
#include "crm-test.h"

G_BEGIN_DECLS

/* What tests of the store and of what stands upon it share. Main thread; everything fails the test instead of returning an error. */

/** crm_test_open_store: (transfer full): of the fixture's database, which is made if it is missing. */
CrmStore *crm_test_open_store    (CrmTest *test);

/** crm_test_save: saves fields given as pairs of name and text, as people write them, with %NULL behind; @id 0: a new record. Returns its id. */
gint64    crm_test_save          (CrmStore *store, const CrmEntity *entity, gint64 id, const char *field, ...) G_GNUC_NULL_TERMINATED;

/** crm_test_undo: undoes or redoes one step; there has to be one. */
void      crm_test_undo          (CrmStore *store, gboolean redo);

/** crm_test_assert_search: search finds what the records say, and nothing else. */
void      crm_test_assert_search (CrmStore *store);

G_END_DECLS
