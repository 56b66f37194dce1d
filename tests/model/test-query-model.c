/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <string.h>

#include "crm-client.h"
#include "crm-query-model.h"
#include "crm-segment.h"
#include "crm-sql.h"
#include "crm-test-store.h"

#define N_CLIENTS 1200
#define N_ROUNDS 150
#define TIMEOUT_S 20

/*
 * What GTK does with a model, as far as it matters: it keeps rows of some positions, follows items_changed() and expects that
 * the positions it was not told of are as they were.
 *
 * @rows: of CrmRow or NULL, by position
 * @ids: what was shown of them when the row last said that it changed
 */
typedef struct {
  CrmQueryModel *model;
  GPtrArray     *rows;
  GArray        *shown;
  guint          n_resets;    /* times that rows beside the tail were reported */
  guint          largest;     /* most rows reported at once to a list that had no more than a screenful */
  guint          n_refreshed;
  gboolean       is_new;
} Mirror;

static void
on_row_changed (CrmRow *row,
                Mirror *mirror)
{
  guint position = crm_row_get_position (row);

  if (position < mirror->shown->len)
    g_array_index (mirror->shown, gint64, position) = crm_row_get_id (row);
}

static void
drop_row (Mirror *mirror,
          guint   position)
{
  CrmRow *row = g_ptr_array_index (mirror->rows, position);

  if (row == NULL)
    return;
  g_signal_handlers_disconnect_by_func (row, on_row_changed, mirror);
  g_object_unref (row);
  mirror->rows->pdata[position] = NULL;
}

static void
take_row (Mirror *mirror,
          guint   position)
{
  CrmRow *row = g_list_model_get_item (G_LIST_MODEL (mirror->model), position);

  g_assert_nonnull (row);
  g_assert_cmpuint (crm_row_get_position (row), ==, position);
  mirror->rows->pdata[position] = row;
  g_array_index (mirror->shown, gint64, position) = crm_row_get_id (row);
  g_signal_connect (row, "changed", G_CALLBACK (on_row_changed), mirror);
}

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Mirror     *mirror)
{
  guint before = mirror->rows->len;

  g_assert_cmpuint (position + removed, <=, before);
  if (position + removed != before)
    mirror->n_resets++;
  if (before < 240)
    mirror->largest = MAX (mirror->largest, added);
  for (guint i = position; i < before; i++)
    drop_row (mirror, i);
  g_ptr_array_set_size (mirror->rows, (int) (before - removed + added));
  g_array_set_size (mirror->shown, before - removed + added);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, mirror->rows->len);
  for (guint i = position; i < MIN (mirror->rows->len, 205); i++)
    take_row (mirror, i);
}

static void
on_refreshed (CrmQueryModel *model,
              gboolean       is_new,
              Mirror        *mirror)
{
  mirror->n_refreshed++;
  mirror->is_new = is_new;
}

static Mirror *
mirror_new (CrmStore       *store,
            const CrmQuery *query)
{
  Mirror *mirror = g_new0 (Mirror, 1);

  mirror->model = crm_query_model_new (store, query);
  mirror->rows = g_ptr_array_new ();
  mirror->shown = g_array_new (FALSE, TRUE, sizeof (gint64));
  g_signal_connect (mirror->model, "items-changed", G_CALLBACK (on_items_changed), mirror);
  g_signal_connect (mirror->model, "refreshed", G_CALLBACK (on_refreshed), mirror);
  return mirror;
}

static void
mirror_free (Mirror *mirror)
{
  for (guint i = 0; i < mirror->rows->len; i++)
    drop_row (mirror, i);
  g_signal_handlers_disconnect_by_data (mirror->model, mirror);
  g_object_unref (mirror->model);
  g_ptr_array_unref (mirror->rows);
  g_array_unref (mirror->shown);
  g_free (mirror);
}

static gboolean
has_all_values (Mirror *mirror)
{
  for (guint i = 0; i < mirror->rows->len; i++)
    if (mirror->rows->pdata[i] != NULL && crm_row_get_values (mirror->rows->pdata[i]) == NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_settled (Mirror *mirror)
{
  CrmIdList *ids = crm_query_model_get_ids (mirror->model);
  gboolean busy;

  g_object_get (mirror->model, "busy", &busy, NULL);
  return !busy && ids != NULL && mirror->rows->len == crm_id_list_get_length (ids) && has_all_values (mirror);
}

static void
settle (Mirror *mirror)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_S * G_USEC_PER_SEC;

  do
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, FALSE);
    }
  while (!is_settled (mirror));
}

/* Waits until the model has taken in what was committed. */
static void
settle_refreshed (Mirror *mirror,
                  guint   n_refreshed)
{
  gint64 end = g_get_monotonic_time () + TIMEOUT_S * G_USEC_PER_SEC;

  while (mirror->n_refreshed == n_refreshed || !is_settled (mirror))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

typedef struct {
  CrmStore       *store;
  const CrmQuery *query;
} Job;

static gpointer
run_query (CrmDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Job *job = data;
  g_autoptr (CrmIndex) index = crm_index_new ();

  /* An index of its own, so that the one the model uses is not judged by itself. */
  return crm_index_query (index, db, job->query, FALSE, error);
}

static gpointer
run_read (CrmDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return crm_sql_read (db, &crm_client, *(gint64 *) data, error);
}

static void
assert_current (Mirror   *mirror,
                CrmStore *store)
{
  g_autoptr (GError) error = NULL;
  Job job = { store, crm_query_model_get_query (mirror->model) };
  g_autoptr (CrmIdList) expected = crm_store_read (store, run_query, &job, &error);
  guint n_hits;

  g_assert_no_error (error);
  g_object_get (mirror->model, "n-hits", &n_hits, NULL);
  g_assert_cmpuint (n_hits, ==, crm_id_list_get_length (expected));
  g_assert_cmpuint (mirror->rows->len, ==, n_hits);
  g_assert_cmpuint (mirror->n_resets, ==, 0);
  g_assert_cmpuint (mirror->largest, <=, 40);
  for (guint i = 0; i < mirror->rows->len; i++)
    {
      CrmRow *row = mirror->rows->pdata[i];
      gint64 id = crm_id_list_get (expected, i);

      g_assert_cmpint (crm_query_model_get_id (mirror->model, i), ==, id);
      if (row == NULL)
        continue;
      g_assert_cmpint (crm_row_get_id (row), ==, id);
      g_assert_cmpint (g_array_index (mirror->shown, gint64, i), ==, id);
      if (i % 40 == 0)
        {
          g_autoptr (CrmValues) values = crm_store_read (store, run_read, &id, &error);

          g_assert_no_error (error);
          for (guint f = 0; f < crm_client.n_fields; f++)
            g_assert_true (crm_values_equal_field (values, crm_row_get_values (row), f));
        }
    }
}

static gboolean
fill (CrmWriter     *writer,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  static const char * const cities[] = { "İstanbul", "Ankara", "İzmir", "Van", "Çorum" };
  guint n = GPOINTER_TO_UINT (data);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (CrmValues) values = crm_values_new (&crm_client, 0);

      crm_values_take_text (values, CRM_CLIENT_NAME, g_strdup_printf ("Firma %c%c %u", 'A' + i * 7 % 26, 'a' + i * 3 % 26, i));
      crm_values_set_text (values, CRM_CLIENT_CITY, cities[i % G_N_ELEMENTS (cities)]);
      if (i % 3 == 0)
        crm_values_set_reference (values, CRM_CLIENT_SEGMENT, 0, i % 2 == 0 ? "Zincir" : "Bakkal");
      if (crm_writer_insert (writer, values, error) == 0)
        return FALSE;
    }
  return TRUE;
}

static CrmStore *
open_store (CrmTest *test,
            guint    n_clients)
{
  g_autoptr (GError) error = NULL;
  CrmStore *store = crm_store_open (test->database, TRUE, &error);

  g_assert_no_error (error);
  crm_store_step (store, "Fill", fill, GUINT_TO_POINTER (n_clients), NULL, &error);
  g_assert_no_error (error);
  crm_store_watch (store);
  return store;
}

static void
close_store (CrmStore *store)
{
  crm_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (store);
}

static void
test_queries (CrmTest       *test,
              gconstpointer  data)
{
  CrmStore *store = open_store (test, N_CLIENTS);
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);
  Mirror *mirror = mirror_new (store, query);

  settle (mirror);
  g_assert_true (mirror->is_new);
  assert_current (mirror, store);

  crm_query_set_text (query, "firma c");
  crm_query_model_set_query (mirror->model, query);
  g_assert_cmpuint (mirror->rows->len, ==, N_CLIENTS); /* never emptied in between */
  settle (mirror);
  assert_current (mirror, store);
  g_assert_cmpstr (crm_row_get_words (mirror->rows->pdata[0])[1], ==, "c");

  crm_query_set_text (query, "xyz");
  crm_query_model_set_query (mirror->model, query);
  settle (mirror);
  g_assert_cmpuint (mirror->rows->len, ==, 0);

  crm_query_set_text (query, NULL);
  query->sort = CRM_CLIENT_CITY;
  query->descending = TRUE;
  crm_query_add_filter (query, CRM_CLIENT_CITY, CRM_FILTER_IS_NOT, (const char *[]) { "van", NULL });
  crm_query_model_set_query (mirror->model, query);
  settle (mirror);
  assert_current (mirror, store);
  g_assert_cmpint (crm_query_model_find (mirror->model, crm_query_model_get_id (mirror->model, 77)), ==, 77);
  g_assert_cmpint (crm_query_model_get_id (mirror->model, N_CLIENTS), ==, 0);

  mirror_free (mirror);
  close_store (store);
}

/* One frame's worth of rows first, the rest later. */
static void
test_grows (CrmTest       *test,
            gconstpointer  data)
{
  CrmStore *store = open_store (test, N_CLIENTS);
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);
  Mirror *mirror = mirror_new (store, query);

  while (mirror->rows->len == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (mirror->rows->len, ==, 40);
  /* All that shows is there with the first answer. */
  g_assert_true (has_all_values (mirror));
  crm_query_model_reveal (mirror->model, 39);
  g_assert_cmpuint (mirror->rows->len, ==, 40);
  settle (mirror);
  g_assert_cmpuint (mirror->rows->len, ==, N_CLIENTS);

  crm_query_set_text (query, "1199");
  crm_query_model_set_query (mirror->model, query);
  settle (mirror);
  crm_query_set_text (query, "firma");
  crm_query_model_set_query (mirror->model, query);
  while (mirror->rows->len == 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (mirror->rows->len, ==, 40);
  mirror->largest = 0;
  crm_query_model_reveal (mirror->model, 500);
  g_assert_cmpuint (mirror->rows->len, ==, N_CLIENTS);
  mirror->largest = 0;
  settle (mirror);
  assert_current (mirror, store);

  mirror_free (mirror);
  close_store (store);
}

/* Of queries that follow each other faster than they are answered, the last one counts. */
static void
test_superseded (CrmTest       *test,
                 gconstpointer  data)
{
  CrmStore *store = open_store (test, N_CLIENTS);
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);
  Mirror *mirror = mirror_new (store, query);

  settle (mirror);
  mirror->n_refreshed = 0;
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *text = g_strdup_printf ("firma %u", i);

      crm_query_set_text (query, text);
      crm_query_model_set_query (mirror->model, query);
      if (i % 7 == 0)
        g_main_context_iteration (NULL, FALSE);
    }
  settle (mirror);
  assert_current (mirror, store);
  g_assert_cmpuint (mirror->n_refreshed, <, 20);

  mirror_free (mirror);
  close_store (store);
}

static gboolean
rename_segment (CrmWriter     *writer,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  gint64 id = crm_writer_find_named (writer, &crm_segment, "Zincir", FALSE, error);
  g_autoptr (CrmValues) values = crm_values_new (&crm_segment, id);

  crm_values_set_text (values, CRM_SEGMENT_NAME, "Aktar");
  return crm_writer_update (writer, values, error);
}

static void
test_follows (CrmTest       *test,
              gconstpointer  data)
{
  CrmStore *store = open_store (test, 100);
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);
  g_autoptr (CrmValues) changes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmIdList) before = NULL;
  Mirror *mirror = mirror_new (store, query);
  gint64 id;

  settle (mirror);
  id = crm_query_model_get_id (mirror->model, 50);
  before = crm_id_list_ref (crm_query_model_get_ids (mirror->model));
  mirror->n_refreshed = 0;

  /* Values alone: the ids are as they were, so nothing is reported but the row. */
  changes = crm_values_new (&crm_client, id);
  crm_values_set_text (changes, CRM_CLIENT_OWNER, "Deniz");
  g_assert_cmpint (crm_store_save (store, changes, &error), ==, id);
  while (g_strcmp0 (crm_values_get_text (crm_row_get_values (mirror->rows->pdata[50]), CRM_CLIENT_OWNER), "Deniz") != 0)
    g_main_context_iteration (NULL, TRUE);
  settle (mirror);
  g_assert_cmpuint (mirror->n_refreshed, ==, 0);
  assert_current (mirror, store);

  /* The place in the list */
  crm_values_set_text (changes, CRM_CLIENT_NAME, "AAA");
  crm_store_save (store, changes, &error);
  g_assert_no_error (error);
  settle_refreshed (mirror, 0);
  g_assert_false (mirror->is_new);
  g_assert_cmpint (crm_query_model_find (mirror->model, id), ==, 0);
  assert_current (mirror, store);

  /* What rows refer to */
  crm_store_step (store, "Rename", rename_segment, NULL, NULL, &error);
  g_assert_no_error (error);
  do
    g_main_context_iteration (NULL, TRUE);
  while (!is_settled (mirror) || strstr (crm_store_get_undo_label (store), "Rename") == NULL);
  assert_current (mirror, store);

  /* A sweeping change */
  crm_store_step (store, "Fill", fill, GUINT_TO_POINTER (3000), NULL, &error);
  g_assert_no_error (error);
  settle_refreshed (mirror, mirror->n_refreshed);
  assert_current (mirror, store);
  g_assert_cmpuint (crm_id_list_get_length (before), ==, 100);

  mirror_free (mirror);
  close_store (store);
}

static gboolean
insert_two (CrmWriter     *writer,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  static const char * const names[] = { "İa", "Iz" };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (CrmValues) values = crm_values_new (&crm_client, 0);

      crm_values_set_text (values, CRM_CLIENT_NAME, names[i]);
      if (crm_writer_insert (writer, values, error) == 0)
        return FALSE;
    }
  return TRUE;
}

/* The user's language is another one than that of the base: names change places, though no record changes. */
static void
test_reordered (CrmTest       *test,
                gconstpointer  data)
{
  CrmStore *store = open_store (test, 0);
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);
  g_autoptr (GError) error = NULL;
  Mirror *mirror;

  crm_store_step (store, "Insert", insert_two, NULL, NULL, &error);
  g_assert_no_error (error);
  mirror = mirror_new (store, query);
  settle (mirror);
  g_assert_cmpstr (crm_values_get_text (crm_row_get_values (mirror->rows->pdata[0]), CRM_CLIENT_NAME), ==, "İa");
  mirror->n_refreshed = 0;
  g_setenv ("LC_ALL", "tr_TR.UTF-8", TRUE);
  crm_store_tidy_async (store, NULL, NULL);
  settle_refreshed (mirror, 0);
  g_assert_cmpstr (crm_values_get_text (crm_row_get_values (mirror->rows->pdata[0]), CRM_CLIENT_NAME), ==, "Iz");
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  mirror_free (mirror);
  close_store (store);
}

/* Rows outlive the model and each other. */
static void
test_lifetimes (CrmTest       *test,
                gconstpointer  data)
{
  CrmStore *store = open_store (test, 60);
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);
  Mirror *mirror = mirror_new (store, query);
  g_autoptr (CrmRow) kept = NULL;

  settle (mirror);
  kept = g_list_model_get_item (G_LIST_MODEL (mirror->model), 59);
  g_assert_true (kept == mirror->rows->pdata[59]);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (mirror->model), 60));
  crm_query_set_text (query, "firma a");
  crm_query_model_set_query (mirror->model, query);
  settle (mirror);
  g_assert_cmpint (crm_row_get_id (kept), ==, 0);
  g_assert_null (crm_row_get_values (kept));
  crm_query_set_text (query, NULL);
  crm_query_model_set_query (mirror->model, query);
  settle (mirror);
  g_assert_true (kept == mirror->rows->pdata[59]);
  g_assert_cmpint (crm_row_get_id (kept), !=, 0);
  mirror_free (mirror);
  g_assert_cmpuint (crm_row_get_position (kept), ==, 59);
  close_store (store);
}

static void
test_closed (CrmTest       *test,
             gconstpointer  data)
{
  CrmStore *store = open_store (test, 60);
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);
  Mirror *mirror = mirror_new (store, query);
  g_autofree char *failure = NULL;

  settle (mirror);
  crm_query_set_text (query, "firma");
  crm_query_model_set_query (mirror->model, query);
  crm_store_close (store);
  crm_query_set_text (query, "firm");
  crm_query_model_set_query (mirror->model, query);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_get (mirror->model, "failure", &failure, NULL);
  g_assert_null (failure);
  g_assert_cmpuint (mirror->rows->len, ==, 60);
  mirror_free (mirror);
  close_store (store);
}

static gboolean
edit_some (CrmWriter     *writer,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Mirror *mirror = data;
  guint n = crm_id_list_get_length (crm_query_model_get_ids (mirror->model));

  for (guint i = 0; i < 3 && n > 0; i++)
    {
      gint64 id = crm_query_model_get_id (mirror->model, g_test_rand_int_range (0, (gint32) n));
      g_autoptr (CrmValues) values = crm_values_new (&crm_client, g_test_rand_int_range (0, 4) == 0 ? 0 : id);

      if (g_test_rand_int_range (0, 4) == 0)
        {
          crm_writer_delete (writer, &crm_client, id, NULL);
          continue;
        }
      crm_values_take_text (values, CRM_CLIENT_NAME, g_strdup_printf ("Firma %c %d", g_test_rand_int_range ('A', 'Z'), g_test_rand_int ()));
      if (crm_values_get_id (values) == 0)
        crm_writer_insert (writer, values, error);
      else
        crm_writer_update (writer, values, NULL);
    }
  return *error == NULL;
}

/* Queries and edits in any order, with no time to settle between some of them. */
static void
test_random (CrmTest       *test,
             gconstpointer  data)
{
  static const char * const texts[] = { NULL, "firma", "a", "b", "fir 1", "istan", "ma 1", "firma 99", "nothing" };
  CrmStore *store = open_store (test, N_CLIENTS);
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);
  Mirror *mirror = mirror_new (store, query);
  g_autoptr (GError) error = NULL;

  settle (mirror);
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      guint n_refreshed = mirror->n_refreshed;

      if (g_test_rand_bit ())
        {
          crm_query_set_text (query, texts[g_test_rand_int_range (0, G_N_ELEMENTS (texts))]);
          query->descending = g_test_rand_bit ();
          query->sort = g_test_rand_bit () ? CRM_CLIENT_CITY : CRM_CLIENT_NAME;
          crm_query_model_set_query (mirror->model, query);
        }
      else if (g_test_rand_int_range (0, 4) == 0)
        g_free (crm_store_undo (store, g_test_rand_bit (), NULL));
      else
        crm_store_step (store, "Edit", edit_some, mirror, NULL, &error);
      g_assert_no_error (error);
      if (g_test_rand_bit ())
        g_main_context_iteration (NULL, FALSE);
      if (i % 10 == 0)
        {
          /* A last change, so that there is something to wait for. */
          g_autoptr (CrmValues) values = crm_values_new (&crm_client, 0);
          gint64 id;

          crm_query_set_text (query, NULL);
          crm_query_model_set_query (mirror->model, query);
          settle (mirror);
          n_refreshed = mirror->n_refreshed;
          crm_values_take_text (values, CRM_CLIENT_NAME, g_strdup_printf ("Firma Son %u", i));
          id = crm_store_save (store, values, &error);
          g_assert_no_error (error);
          settle_refreshed (mirror, n_refreshed);
          while (crm_query_model_find (mirror->model, id) < 0)
            g_main_context_iteration (NULL, TRUE);
          settle (mirror);
          assert_current (mirror, store);
        }
    }
  mirror_free (mirror);
  close_store (store);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);

  crm_test_add ("/query-model/queries", test_queries);
  crm_test_add ("/query-model/grows", test_grows);
  crm_test_add ("/query-model/superseded", test_superseded);
  crm_test_add ("/query-model/follows", test_follows);
  crm_test_add ("/query-model/reordered", test_reordered);
  crm_test_add ("/query-model/lifetimes", test_lifetimes);
  crm_test_add ("/query-model/closed", test_closed);
  crm_test_add ("/query-model/random", test_random);

  return g_test_run ();
}
