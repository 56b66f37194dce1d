/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-selection.h"

#include "crm-client.h"
#include "crm-test.h"

typedef struct {
  CrmStore      *store;
  CrmQueryModel *model;
  CrmSelection  *selection;
  gint64         ids[5];   /* Aybar, Bora, Cem, Deniz, Ekin */
  guint          refreshed;
  gint64         chosen;
} Fixture;

static void
on_refreshed (Fixture *fixture)
{
  fixture->refreshed++;
}

static void
on_chosen (Fixture *fixture,
           gint64   id)
{
  fixture->chosen = id;
}

static void
await_refresh (Fixture *fixture)
{
  guint before = fixture->refreshed;

  while (fixture->refreshed == before)
    g_main_context_iteration (NULL, TRUE);
}

static gint64
save (Fixture    *fixture,
      gint64      id,
      const char *name)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_client, id);
  g_autoptr (GError) error = NULL;

  crm_values_set_text (values, CRM_CLIENT_NAME, name);
  id = crm_store_save (fixture->store, values, &error);
  g_assert_no_error (error);
  return id;
}

static void
set_up (Fixture *fixture,
        CrmTest *test)
{
  static const char * const names[] = { "Aybar", "Bora", "Cem", "Deniz", "Ekin" };
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);
  g_autoptr (GError) error = NULL;

  fixture->store = crm_store_open (test->database, TRUE, &error);
  g_assert_no_error (error);
  crm_store_watch (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    fixture->ids[i] = save (fixture, 0, names[i]);
  fixture->model = crm_query_model_new (fixture->store, query);
  fixture->selection = crm_selection_new (fixture->model);
  g_signal_connect_swapped (fixture->model, "refreshed", G_CALLBACK (on_refreshed), fixture);
  g_signal_connect_swapped (fixture->selection, "chosen", G_CALLBACK (on_chosen), fixture);
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->selection)) < G_N_ELEMENTS (names))
    await_refresh (fixture);
}

static void
tear_down (Fixture *fixture)
{
  g_signal_handlers_disconnect_by_data (fixture->model, fixture);
  g_object_unref (fixture->selection);
  g_object_unref (fixture->model);
  crm_store_close (fixture->store);
  g_object_unref (fixture->store);
}

static GtkSelectionModel *
get_model (Fixture *fixture)
{
  return GTK_SELECTION_MODEL (fixture->selection);
}

static void
test_choosing (CrmTest       *test,
               gconstpointer  data)
{
  Fixture fixture = { 0 };

  set_up (&fixture, test);
  gtk_selection_model_select_item (get_model (&fixture), 1, TRUE);
  g_assert_cmpint (fixture.chosen, ==, fixture.ids[1]);
  g_assert_cmpint (crm_selection_get_single (fixture.selection), ==, fixture.ids[1]);

  fixture.chosen = 0;
  gtk_selection_model_select_item (get_model (&fixture), 3, FALSE);
  g_assert_cmpint (fixture.chosen, ==, 0);
  g_assert_cmpuint (crm_selection_get_size (fixture.selection), ==, 2);
  g_assert_cmpint (crm_selection_get_single (fixture.selection), ==, 0);
  crm_selection_set_single (fixture.selection, fixture.ids[4]);
  g_assert_cmpint (fixture.chosen, ==, 0);
  g_assert_true (gtk_selection_model_is_selected (get_model (&fixture), 4));
  g_assert_false (gtk_selection_model_is_selected (get_model (&fixture), 3));
  tear_down (&fixture);
}

static void
test_many (CrmTest       *test,
           gconstpointer  data)
{
  Fixture fixture = { 0 };
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GtkBitset) range = NULL;

  set_up (&fixture, test);
  gtk_selection_model_select_all (get_model (&fixture));
  g_assert_cmpuint (crm_selection_get_size (fixture.selection), ==, 5);
  gtk_selection_model_unselect_range (get_model (&fixture), 1, 2);
  ids = crm_selection_get_ids (fixture.selection);
  g_assert_cmpuint (ids->len, ==, 3);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, fixture.ids[0]);
  g_assert_cmpint (g_array_index (ids, gint64, 1), ==, fixture.ids[3]);
  range = gtk_selection_model_get_selection_in_range (get_model (&fixture), 1, 3);
  g_assert_cmpuint (gtk_bitset_get_size (range), ==, 1);
  g_assert_true (gtk_bitset_contains (range, 3));
  tear_down (&fixture);
}

/* The rows are rewritten in place: the record goes on being selected where it stands now */
static void
test_follows_the_record (CrmTest       *test,
                         gconstpointer  data)
{
  Fixture fixture = { 0 };

  set_up (&fixture, test);
  gtk_selection_model_select_item (get_model (&fixture), 1, TRUE);
  save (&fixture, fixture.ids[1], "Zeki");
  while (crm_query_model_find (fixture.model, fixture.ids[1]) != 4)
    await_refresh (&fixture);
  g_assert_false (gtk_selection_model_is_selected (get_model (&fixture), 1));
  g_assert_true (gtk_selection_model_is_selected (get_model (&fixture), 4));
  tear_down (&fixture);
}

static void
test_forgets_what_leaves (CrmTest       *test,
                          gconstpointer  data)
{
  Fixture fixture = { 0 };
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);

  set_up (&fixture, test);
  gtk_selection_model_select_range (get_model (&fixture), 0, 3, TRUE);
  crm_query_set_text (query, "cem");
  crm_query_model_set_query (fixture.model, query);
  await_refresh (&fixture);
  g_assert_cmpuint (crm_selection_get_size (fixture.selection), ==, 1);
  g_assert_cmpint (crm_selection_get_single (fixture.selection), ==, fixture.ids[2]);
  crm_query_set_text (query, "deniz");
  crm_query_model_set_query (fixture.model, query);
  await_refresh (&fixture);
  g_assert_cmpuint (crm_selection_get_size (fixture.selection), ==, 0);
  tear_down (&fixture);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/list/selection/choosing", test_choosing);
  crm_test_add ("/list/selection/many", test_many);
  crm_test_add ("/list/selection/follows-the-record", test_follows_the_record);
  crm_test_add ("/list/selection/forgets-what-leaves", test_forgets_what_leaves);
  return g_test_run ();
}
