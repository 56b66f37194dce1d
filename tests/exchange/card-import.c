/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "card-import.h"

#include "crm-export.h"
#include "crm-index.h"
#include "thorough-import.h"

CrmImportOptions *
card_make_options (CrmTest    *test,
                   const char *text)
{
  g_autofree char *path = crm_test_get_path (test, "cards.vcf");
  const char * const paths[] = { path, NULL };

  crm_test_write (path, text, -1);
  return crm_import_options_new_for_cards (paths);
}

/* @lines: properties of one card */
char *
card_make (const char *lines)
{
  return g_strdup_printf ("BEGIN:VCARD\nVERSION:4.0\n%sEND:VCARD\n", lines);
}

void
card_import_all (CrmTest    *test,
                 CrmStore   *store,
                 const char *text,
                 const char *expected)
{
  g_autoptr (CrmImportOptions) options = card_make_options (test, text);
  g_autofree char *result = thorough_import (test, store, options);

  g_assert_cmpstr (result, ==, expected);
}

void
card_import (CrmTest    *test,
             CrmStore   *store,
             const char *lines,
             const char *expected)
{
  g_autofree char *card = card_make (lines);

  card_import_all (test, store, card, expected);
}

void
card_assert_query (CrmTest    *test,
                   const char *sql,
                   const char *expected)
{
  g_autofree char *rows = g_strchomp (crm_test_query (test->database, sql));

  g_assert_cmpstr (rows, ==, expected);
}

/* Export */

typedef struct {
  CrmStore        *store;
  const CrmEntity *entity;
  CrmVcardVersion  version;
  const char      *path;
} Job;

static gpointer
run_export (CrmDb         *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Job *job = data;
  g_autoptr (CrmQuery) query = crm_query_new (job->entity);
  g_autoptr (CrmIdList) ids = crm_index_query (crm_store_get_index (job->store), db, query, FALSE, error);
  const CrmExport export = { job->entity, ids, job->path, job->version };
  guint n;

  return ids != NULL && crm_export_run (&export, db, &n, cancellable, error) ? job : NULL;
}

char *
card_export (CrmStore        *store,
             const CrmEntity *entity,
             CrmVcardVersion  version,
             const char      *path)
{
  Job job = { store, entity, version, path };
  g_autoptr (GError) error = NULL;
  char *text;

  crm_store_read (store, run_export, &job, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

void
card_assert_round_trip (CrmTest         *test,
                        CrmStore        *store,
                        const CrmEntity *entity,
                        CrmVcardVersion  version)
{
  g_autofree char *path = crm_test_get_path (test, "export.vcf");
  g_autofree char *text = card_export (store, entity, version, path);
  const char * const paths[] = { path, NULL };
  g_autoptr (CrmImportOptions) options = crm_import_options_new_for_cards (paths);
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmImportResult) planned = thorough_plan (test, options, &error);
  CrmTest other = { NULL };
  g_autoptr (CrmStore) elsewhere = NULL;
  g_autoptr (CrmImportResult) done = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  if (planned->n_new + planned->n_changed + planned->n_rejected > 0)
    g_error ("known: %s\n%s", thorough_describe (planned), text);
  crm_test_set_up (&other, NULL);
  elsewhere = crm_test_open_store (&other);
  done = thorough_run (elsewhere, options, 0);
  again = card_export (elsewhere, entity, version, path);
  g_assert_cmpstr (again, ==, text);
  crm_store_close (elsewhere);
  crm_test_tear_down (&other, NULL);
}
