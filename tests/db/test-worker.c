/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-db.h"
#include "crm-error.h"
#include "crm-schema.h"
#include "crm-test.h"
#include "crm-worker.h"

#define ENDLESS "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max (i) FROM n"

static CrmWorker *
start (CrmTest *test)
{
  g_autoptr (GError) error = NULL;
  CrmDb *db;

  crm_schema_create (test->database, &error);
  g_assert_no_error (error);
  db = crm_db_open (test->database, CRM_DB_WRITE, &error);
  g_assert_no_error (error);
  return crm_worker_new ("test", db);
}

/* A door that holds the worker up, so that jobs queue behind it. */
typedef struct {
  GMutex   mutex;
  GCond    cond;
  gboolean reached;
  gboolean open;
} Door;

static gpointer
wait_at_door (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Door *door = data;

  g_mutex_lock (&door->mutex);
  door->reached = TRUE;
  g_cond_broadcast (&door->cond);
  while (!door->open)
    g_cond_wait (&door->cond, &door->mutex);
  g_mutex_unlock (&door->mutex);
  return NULL;
}

static void
hold_up (CrmWorker *worker,
         Door      *door)
{
  g_mutex_init (&door->mutex);
  g_cond_init (&door->cond);
  crm_worker_run_async (worker, FALSE, wait_at_door, door, NULL, NULL, NULL, NULL, NULL);
  g_mutex_lock (&door->mutex);
  while (!door->reached)
    g_cond_wait (&door->cond, &door->mutex);
  g_mutex_unlock (&door->mutex);
}

static void
open_door (Door *door)
{
  g_mutex_lock (&door->mutex);
  door->open = TRUE;
  g_cond_broadcast (&door->cond);
  g_mutex_unlock (&door->mutex);
}

/* What came back. */
typedef struct {
  GString *results;
  guint    n_open;
  GThread *thread;
} Log;

static void
log_result (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Log *seen = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = crm_worker_run_finish (NULL, result, &error);

  g_assert_true (g_thread_self () == seen->thread);
  if (error != NULL)
    g_string_append (seen->results, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "cancelled " : "error ");
  else
    g_string_append_printf (seen->results, "%s ", text);
  seen->n_open--;
}

static void
wait_for_all (Log *seen)
{
  while (seen->n_open > 0)
    g_main_context_iteration (NULL, TRUE);
}

static gpointer
copy_text (CrmDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return g_strdup (data);
}

static void
run_text (CrmWorker    *worker,
          gboolean      urgent,
          const char   *text,
          GCancellable *cancellable,
          Log          *seen)
{
  seen->n_open++;
  crm_worker_run_async (worker, urgent, copy_text, g_strdup (text), g_free, g_free, cancellable, log_result, seen);
}

static void
test_order (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmWorker) worker = start (test);
  Log seen = { g_string_new (NULL), 0, g_thread_self () };
  Door door = { 0 };

  hold_up (worker, &door);
  run_text (worker, FALSE, "a", NULL, &seen);
  run_text (worker, FALSE, "b", NULL, &seen);
  run_text (worker, TRUE, "urgent1", NULL, &seen);
  run_text (worker, FALSE, "c", NULL, &seen);
  run_text (worker, TRUE, "urgent2", NULL, &seen);
  open_door (&door);
  wait_for_all (&seen);
  g_assert_cmpstr (seen.results->str, ==, "urgent1 urgent2 a b c ");
  g_string_free (seen.results, TRUE);
}

static void
test_cancel_before (CrmTest       *test,
                    gconstpointer  data)
{
  g_autoptr (CrmWorker) worker = start (test);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Log seen = { g_string_new (NULL), 0, g_thread_self () };
  Door door = { 0 };

  hold_up (worker, &door);
  run_text (worker, FALSE, "a", cancellable, &seen);
  run_text (worker, FALSE, "b", NULL, &seen);
  g_cancellable_cancel (cancellable);
  open_door (&door);
  wait_for_all (&seen);
  g_assert_cmpstr (seen.results->str, ==, "cancelled b ");
  g_string_free (seen.results, TRUE);
}

static gpointer
run_endless (CrmDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  g_idle_add_once ((GSourceOnceFunc) g_cancellable_cancel, cancellable);
  crm_db_execute (db, ENDLESS, error);
  return NULL;
}

static void
test_cancel_running (CrmTest       *test,
                     gconstpointer  data)
{
  g_autoptr (CrmWorker) worker = start (test);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Log seen = { g_string_new (NULL), 1, g_thread_self () };

  crm_worker_run_async (worker, FALSE, run_endless, NULL, NULL, NULL, cancellable, log_result, &seen);
  run_text (worker, FALSE, "next", NULL, &seen);
  wait_for_all (&seen);
  g_assert_cmpstr (seen.results->str, ==, "cancelled next ");
  g_string_free (seen.results, TRUE);
}

static gpointer
cancel_too_late (CrmDb         *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  g_cancellable_cancel (cancellable);
  return g_strdup ("done");
}

static void
test_cancel_too_late (CrmTest       *test,
                      gconstpointer  data)
{
  g_autoptr (CrmWorker) worker = start (test);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Log seen = { g_string_new (NULL), 1, g_thread_self () };

  crm_worker_run_async (worker, FALSE, cancel_too_late, NULL, NULL, g_free, cancellable, log_result, &seen);
  wait_for_all (&seen);
  g_assert_cmpstr (seen.results->str, ==, "done ");
  g_string_free (seen.results, TRUE);
}

static gpointer
fail (CrmDb         *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  crm_db_execute (db, "INSERT INTO nowhere VALUES (1)", error);
  return NULL;
}

static gpointer
return_nothing (CrmDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_assert_true (*(GThread **) data != g_thread_self ());
  return NULL;
}

static void
test_waiting (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmWorker) worker = start (test);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  GThread *thread = g_thread_self ();

  g_assert_null (crm_worker_run (worker, fail, NULL, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_null (crm_worker_run (worker, return_nothing, &thread, NULL, &error));
  g_assert_no_error (error);
  text = crm_worker_run (worker, copy_text, (gpointer) "text", NULL, &error);
  g_assert_cmpstr (text, ==, "text");
}

static int n_freed;

static void
count_freed (gpointer data)
{
  g_atomic_int_inc (&n_freed);
  g_free (data);
}

static void
test_stop (CrmTest       *test,
           gconstpointer  data)
{
  CrmWorker *worker = start (test);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  Log seen = { g_string_new (NULL), 4, g_thread_self () };
  Door door = { 0 };
  g_autofree char *names = NULL;

  hold_up (worker, &door);
  g_cancellable_cancel (cancelled);
  for (guint i = 0; i < 4; i++)
    crm_worker_run_async (worker, FALSE, copy_text, g_strdup ("x"), count_freed, g_free, i == 2 ? cancelled : NULL, log_result,
                          &seen);
  open_door (&door);
  g_object_unref (worker);
  /* All ran, their data is gone, the database is closed; only the callbacks are still to come. */
  g_assert_cmpint (g_atomic_int_get (&n_freed), ==, 4);
  names = crm_test_list (test->folder);
  g_assert_cmpstr (names, ==, "crm.db\n");
  g_assert_cmpuint (seen.n_open, ==, 4);
  wait_for_all (&seen);
  g_assert_cmpstr (seen.results->str, ==, "x x cancelled x ");
  g_string_free (seen.results, TRUE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/db/worker/order", test_order);
  crm_test_add ("/db/worker/cancel-before", test_cancel_before);
  crm_test_add ("/db/worker/cancel-running", test_cancel_running);
  crm_test_add ("/db/worker/cancel-too-late", test_cancel_too_late);
  crm_test_add ("/db/worker/waiting", test_waiting);
  crm_test_add ("/db/worker/stop", test_stop);
  return g_test_run ();
}
