/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-client.h"
#include "crm-history-list.h"
#include "crm-test-store.h"

/*
 * Steps that inserted so many records that undo takes them out by ranges of ids. What it does with few: test-store.c, and with anything in any
 * order: ../exchange/test-random.c
 */

#define MANY 300
#define FIRST_ID 1000
#define GAP 10

/* Everything but the line of steps itself */
static const char * const log_tables[] = { "step", "history", "setting", NULL };

static gboolean
insert_many (CrmWriter     *writer,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  gboolean gaps = GPOINTER_TO_INT (data);

  for (guint i = 0; i < MANY; i++)
    {
      g_autoptr (CrmValues) values = crm_values_new (&crm_client, gaps ? FIRST_ID + i * GAP : 0);
      g_autofree char *name = g_strdup_printf ("Çağ %u Tekstil", i);

      crm_values_set_text (values, CRM_CLIENT_NAME, name);
      crm_values_set_text (values, CRM_CLIENT_CITY, i % 2 ? "Bursa" : "İzmir");
      crm_values_set_text (values, CRM_CLIENT_PHONE, "0224 555 10 10");
      /* So many tags that they go by their range, too */
      crm_values_set_text (values, CRM_CLIENT_TAGS, name);
      if (crm_writer_insert (writer, values, error) == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_between (CrmWriter     *writer,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_client, FIRST_ID + GAP * MANY / 2 + 1);

  crm_values_set_text (values, CRM_CLIENT_NAME, "Ömür Boya");
  crm_values_set_text (values, CRM_CLIENT_PHONE, "0224 555 20 20");
  return crm_writer_insert (writer, values, error) != 0;
}

static void
step (CrmStore    *store,
      CrmStepFunc  func,
      gboolean     gaps)
{
  g_autoptr (GError) error = NULL;

  crm_store_step (store, "Many", func, GINT_TO_POINTER (gaps), NULL, &error);
  g_assert_no_error (error);
}

static void
assert_dump (CrmTest    *test,
             CrmStore   *store,
             const char *expected)
{
  g_autofree char *found = crm_test_dump (test->database, log_tables);

  g_assert_cmpstr (found, ==, expected);
  crm_test_assert_search (store);
}

/* Back and forth twice: what is put back has to be such that it can be taken out again. */
static void
test_range (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *before = NULL, *after = NULL;

  step (store, insert_between, FALSE);
  before = crm_test_dump (test->database, log_tables);
  step (store, insert_many, FALSE);
  after = crm_test_dump (test->database, log_tables);
  for (guint i = 0; i < 2; i++)
    {
      crm_test_undo (store, FALSE);
      assert_dump (test, store, before);
      crm_test_undo (store, TRUE);
      assert_dump (test, store, after);
    }
}

/* A record of another step has an id in the midst of theirs. */
static void
test_other_in_range (CrmTest       *test,
                     gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *before = NULL, *after = NULL;

  step (store, insert_between, FALSE);
  before = crm_test_dump (test->database, log_tables);
  step (store, insert_many, TRUE);
  after = crm_test_dump (test->database, log_tables);
  crm_test_undo (store, FALSE);
  assert_dump (test, store, before);
  crm_test_undo (store, TRUE);
  assert_dump (test, store, after);
}

static gpointer
read_history (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return crm_history_read_record (db, FIRST_ID + GAP, 0, error);
}

/* "undo 3 Çağ 1 Tekstil", newest first */
static char *
tell_history (CrmStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = crm_store_read (store, read_history, NULL, &error);
  GString *told = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      const CrmHistoryEntry *entry = g_ptr_array_index (entries, i);

      if (entry->entity == &crm_client)
        g_string_append_printf (told, "%s %d %s\n", entry->kind, entry->op, entry->before != NULL ? entry->before : entry->after);
    }
  return g_string_free (told, FALSE);
}

static void
test_history (CrmTest       *test,
              gconstpointer  data)
{
  g_autoptr (CrmStore) store = crm_test_open_store (test);
  g_autofree char *undone = NULL, *deleted = NULL;

  step (store, insert_many, TRUE);
  crm_test_undo (store, FALSE);
  undone = tell_history (store);
  g_assert_cmpstr (undone, ==, "undo 3 Çağ 1 Tekstil\ndo 1 Çağ 1 Tekstil\n");

  /* Whatever is deleted after it leaves its trace again. */
  crm_test_undo (store, TRUE);
  step (store, insert_between, FALSE);
  crm_test_undo (store, FALSE);
  deleted = crm_test_query (test->database, "SELECT op, before ->> 'name' FROM history WHERE entity = 1 ORDER BY id DESC LIMIT 2");
  g_assert_cmpstr (deleted, ==, "3|Ömür Boya\n1|NULL\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/model/undo/range", test_range);
  crm_test_add ("/model/undo/other-in-range", test_other_in_range);
  crm_test_add ("/model/undo/history", test_history);
  return g_test_run ();
}
