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

/** crm_test_assert_refused: a field of a record (0: a new one, called "Deneme") cannot be saved so: %CRM_ERROR_INVALID. */
void      crm_test_assert_refused (CrmStore *store, const CrmEntity *entity, gint64 id, const char *field, const char *text);

/** crm_test_get_row: (transfer full): columns of a record's row, as of crm_test_get(). */
char     *crm_test_get_row       (CrmTest *test, const CrmEntity *entity, gint64 id, const char *columns);

/** crm_test_assert_row: what they are. */
#define crm_test_assert_row(test, entity, id, columns, expected) \
  G_STMT_START { \
    g_autofree char *crm_row = crm_test_get_row (test, entity, id, columns); \
    g_assert_cmpstr (crm_row, ==, expected); \
  } G_STMT_END

/** crm_test_undo: undoes or redoes one step; there has to be one. */
void      crm_test_undo          (CrmStore *store, gboolean redo);

/** crm_test_assert_search: search finds what the records say, and nothing else. */
void      crm_test_assert_search (CrmStore *store);

G_END_DECLS
