/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "thorough-import.h"

#include <string.h>

/* Everything but the line of steps itself */
const char * const thorough_log_tables[] = { "step", "history", "setting", NULL };

CrmImportResult *
thorough_plan (CrmTest                 *test,
               const CrmImportOptions  *options,
               GError                 **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrmDb) db = crm_db_open (test->database, CRM_DB_READ, &failure);

  g_assert_no_error (failure);
  return crm_import_plan (db, options, NULL, NULL, NULL, error);
}

CrmImportResult *
thorough_run (CrmStore               *store,
              const CrmImportOptions *options,
              guint                   expected)
{
  CrmImportRun args = { .options = options, .expected = expected };
  g_autoptr (GError) error = NULL;

  crm_store_step (store, "Import", crm_import_run, &args, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (args.result);
  return args.result;
}

char *
thorough_describe (const CrmImportResult *result)
{
  g_autofree char *summary = crm_import_result_get_summary (result);
  g_autoptr (GString) text = g_string_new (summary);

  for (guint i = 0; i < result->changed->len; i++)
    {
      const CrmImportChange *change = &g_array_index (result->changed, CrmImportChange, i);

      g_string_append_printf (text, "; %d", (int) change->line);
      for (guint d = 0; d < change->differences->len; d++)
        {
          const CrmImportDifference *difference = &g_array_index (change->differences, CrmImportDifference, d);

          g_string_append_printf (text, " %s: %s → %s", difference->label, difference->before == NULL ? "–" : difference->before,
                                  difference->after);
        }
    }
  for (guint i = 0; i < result->rejected->len; i++)
    {
      const CrmImportMessage *message = &g_array_index (result->rejected, CrmImportMessage, i);

      g_string_append_printf (text, "; rejected %d: %s", (int) message->line, message->text);
    }
  for (guint i = 0; i < result->warnings->len; i++)
    {
      const CrmImportMessage *message = &g_array_index (result->warnings, CrmImportMessage, i);

      g_string_append_printf (text, "; warning %d: %s", (int) message->line, message->text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* But for the names of clients referred to, which an earlier row may have changed meanwhile. */
static void
assert_same_result (const CrmImportResult *a,
                    const CrmImportResult *b)
{
  g_autofree char *first = crm_import_result_get_summary (a);
  g_autofree char *second = crm_import_result_get_summary (b);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (a->n_warnings, ==, b->n_warnings);
  for (guint i = 0; i < a->changed->len; i++)
    {
      const CrmImportChange *x = &g_array_index (a->changed, CrmImportChange, i), *y = &g_array_index (b->changed, CrmImportChange, i);

      g_assert_cmpint (x->line, ==, y->line);
      if (x->differences->len != y->differences->len)
        g_error ("planned: %s\ndone: %s", thorough_describe (a), thorough_describe (b));
    }
  for (guint i = 0; i < a->rejected->len; i++)
    g_assert_cmpint (g_array_index (a->rejected, CrmImportMessage, i).line, ==, g_array_index (b->rejected, CrmImportMessage, i).line);
}

static gboolean
has_unclear (const CrmImportResult *result)
{
  for (guint i = 0; i < result->rejected->len; i++)
    if (strstr (g_array_index (result->rejected, CrmImportMessage, i).text, "Several ") != NULL)
      return TRUE;
  return FALSE;
}

char *
thorough_import (CrmTest                *test,
                 CrmStore               *store,
                 const CrmImportOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = crm_test_dump (test->database, thorough_log_tables);
  g_autoptr (CrmImportResult) planned = thorough_plan (test, options, &error);
  g_autofree char *untouched = crm_test_dump (test->database, thorough_log_tables);
  g_autoptr (CrmImportResult) done = NULL;
  g_autoptr (CrmImportResult) again = NULL;
  g_autofree char *after = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (before, ==, untouched);
  done = thorough_run (store, options, (guint) (planned->n_new + planned->n_changed));
  assert_same_result (planned, done);
  after = crm_test_dump (test->database, thorough_log_tables);
  crm_test_assert_search (store);
  /* A row of which it was unclear whom it means may be clear by what later rows said. */
  if (options->match != CRM_MATCH_NONE && !has_unclear (done))
    {
      again = thorough_plan (test, options, &error);
      g_assert_no_error (error);
      if (again->n_new + again->n_changed > 0)
        g_error ("first: %s\nagain: %s", thorough_describe (done), thorough_describe (again));
    }
  if (done->n_new + done->n_changed > 0)
    {
      g_autofree char *undone = NULL;
      g_autofree char *redone = NULL;

      crm_test_undo (store, FALSE);
      undone = crm_test_dump (test->database, thorough_log_tables);
      g_assert_cmpstr (undone, ==, before);
      crm_test_undo (store, TRUE);
      redone = crm_test_dump (test->database, thorough_log_tables);
      g_assert_cmpstr (redone, ==, after);
    }
  return thorough_describe (done);
}
