/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What tests of files and databases share. Everything fails the test instead of returning an error.
 * SQL goes past the program's own code, by SQLite alone, so that this code is not judged by itself.
 */

/** A fixture: a new folder, removed with all that is in it behind the test. */
typedef struct {
  char *folder;
  char *database; /* a path in the folder; nothing is there yet */
} CrmTest;

typedef void (*CrmTestFunc) (CrmTest *test, gconstpointer data);

void      crm_test_set_up        (CrmTest *test, gconstpointer data);
void      crm_test_tear_down     (CrmTest *test, gconstpointer data);

/** crm_test_add: adds a test of a folder of its own. */
void      crm_test_add           (const char *name, CrmTestFunc func);

/** crm_test_add_apart: the same, in a process of its own, which may change what all of a process share (limits, user, umask, signals). */
void      crm_test_add_apart     (const char *name, CrmTestFunc func);

/** crm_test_rounds: of @n random rounds those that are run: all, or with CRM_TEST_BRIEF (under a sanitizer) a fifth. */
guint     crm_test_rounds        (guint n);

/** crm_test_become_nobody: gives up root's rights, for which no file is unreadable; the test's folder goes along. For tests apart. */
void      crm_test_become_nobody (CrmTest *test);

/** crm_test_limit_files: no file may grow beyond @bytes, as on a full disk, with the signal ignored as the program does; -1: no limit. For tests apart. */
void      crm_test_limit_files   (gint64 bytes);

/** crm_test_get_path: (transfer full): of @name in the test's folder. */
char     *crm_test_get_path      (CrmTest *test, const char *name);

/** crm_test_list: (transfer full): the sorted names in @folder, each with a newline behind it. */
char     *crm_test_list          (const char *folder);

/** crm_test_get_mode: permission bits. */
guint     crm_test_get_mode      (const char *path);

/** crm_test_read: (transfer full): the bytes of a file. */
GBytes   *crm_test_read          (const char *path);
void      crm_test_write         (const char *path, const void *data, gssize size);

/** crm_test_run_sql: runs statements; the file is made if missing. */
void      crm_test_run_sql       (const char *path, const char *sql);
/** crm_test_query: (transfer full): rows as lines, their columns parted by "|", NULL as "NULL". */
char     *crm_test_query         (const char *path, const char *sql);

/**
 * crm_test_dump: (transfer full): all rows of all tables as sorted lines "table|column=value|…", values as SQL has them; not the
 * inner tables of the search index. Equal for databases that hold the same.
 * @but: (nullable): %NULL-terminated names of tables to leave out
 */
char     *crm_test_dump          (const char *path, const char * const *but);

/** crm_test_get: (transfer full): the same without the last newline: a single value, or rows to be compared. */
char     *crm_test_get           (CrmTest *test, const char *sql);

/** crm_test_assert_sql: the rows of a query of the fixture's database, as of crm_test_get(). */
#define crm_test_assert_sql(test, sql, expected) \
  G_STMT_START { \
    g_autofree char *crm_rows = crm_test_get (test, sql); \
    g_assert_cmpstr (crm_rows, ==, expected); \
  } G_STMT_END

#define crm_test_assert_contains(text, part) \
  G_STMT_START { \
    const char *crm_text = (text), *crm_part = (part); \
    if (crm_text == NULL || strstr (crm_text, crm_part) == NULL) \
      g_assertion_message (G_LOG_DOMAIN, __FILE__, __LINE__, G_STRFUNC, g_strdup_printf ("“%s” is not in “%s”", crm_part, crm_text)); \
  } G_STMT_END

G_END_DECLS
