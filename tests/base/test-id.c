/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-id.h"

#define ID_MAX ((G_GINT64_CONSTANT (1) << 53) - 1)

static gpointer
draw_many (gpointer data)
{
  GArray *ids = data;

  for (guint i = 0; i < ids->len; i++)
    g_array_index (ids, gint64, i) = crm_id_new ();

  return NULL;
}

static void
test_unique_across_threads (void)
{
  enum { N_THREADS = 4, N_IDS = 20000 };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  GThread *threads[N_THREADS];
  GArray *ids[N_THREADS];

  for (int i = 0; i < N_THREADS; i++)
    {
      ids[i] = g_array_set_size (g_array_new (FALSE, TRUE, sizeof (gint64)), N_IDS);
      threads[i] = g_thread_new ("ids", draw_many, ids[i]);
    }

  for (int i = 0; i < N_THREADS; i++)
    {
      g_thread_join (threads[i]);
      for (guint j = 0; j < ids[i]->len; j++)
        {
          gint64 *id = &g_array_index (ids[i], gint64, j);

          g_assert_cmpint (*id, >=, 1);
          g_assert_cmpint (*id, <=, ID_MAX);
          g_assert_true (g_hash_table_add (seen, id));
        }
    }

  for (int i = 0; i < N_THREADS; i++)
    g_array_unref (ids[i]);
}

static void
test_ascending_until_redrawn (void)
{
  gint64 one = crm_id_new ();
  gint64 other = crm_id_new ();

  g_assert_cmpint (other, ==, one + 1);

  crm_id_redraw ();
  g_assert_cmpint (crm_id_new (), !=, other + 1);
}

static void
test_parse (void)
{
  static const char * const refused[] = {
    "", "0", "-1", "+1", " 1", "1 ", "01", "1.0", "0x10", "1e3", "abc", "9007199254740992", "99999999999999999999",
  };
  gint64 id = 0;

  g_assert_true (crm_id_parse ("1", &id));
  g_assert_cmpint (id, ==, 1);
  g_assert_true (crm_id_parse ("9007199254740991", &id));
  g_assert_cmpint (id, ==, ID_MAX);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      id = 7;
      g_assert_false (crm_id_parse (refused[i], &id));
      g_assert_cmpint (id, ==, 7);
    }
  g_assert_false (crm_id_parse (NULL, &id));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/id/unique-across-threads", test_unique_across_threads);
  g_test_add_func ("/id/ascending-until-redrawn", test_ascending_until_redrawn);
  g_test_add_func ("/id/parse", test_parse);

  return g_test_run ();
}
