/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-id-set.h"

static void
test_empty (void)
{
  g_autoptr (CrmIdSet) set = crm_id_set_new ();

  g_assert_cmpuint (crm_id_set_get_size (set), ==, 0);
  g_assert_false (crm_id_set_has (set, 0));
  g_assert_false (crm_id_set_has (set, 7));
  g_assert_false (crm_id_set_remove (set, 7));
}

static void
test_add_twice (void)
{
  g_autoptr (CrmIdSet) set = crm_id_set_new ();

  g_assert_true (crm_id_set_add (set, 7));
  g_assert_false (crm_id_set_add (set, 7));
  g_assert_cmpuint (crm_id_set_get_size (set), ==, 1);
  g_assert_true (crm_id_set_remove (set, 7));
  g_assert_false (crm_id_set_has (set, 7));
}

/* Against GHashTable, with ids close together and far apart: what is removed must not take its neighbours along */
static void
test_random (void)
{
  g_autoptr (CrmIdSet) set = crm_id_set_new ();
  g_autoptr (GHashTable) model = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) all = NULL;
  const gint64 base = G_GINT64_CONSTANT (4503599627370496);

  for (guint i = 0; i < 50000; i++)
    {
      gint64 id = g_test_rand_bit () ? base + g_test_rand_int_range (0, 500) : 1 + (gint64) g_test_rand_int_range (0, 400) * 65536;

      if (g_test_rand_bit ())
        g_assert_cmpint (crm_id_set_add (set, id), ==, g_hash_table_add (model, g_memdup2 (&id, sizeof id)));
      else
        g_assert_cmpint (crm_id_set_remove (set, id), ==, g_hash_table_remove (model, &id));
      g_assert_cmpuint (crm_id_set_get_size (set), ==, g_hash_table_size (model));
    }

  all = crm_id_set_to_array (set);
  g_assert_cmpuint (all->len, ==, g_hash_table_size (model));
  for (guint i = 0; i < all->len; i++)
    {
      g_assert_true (g_hash_table_contains (model, &g_array_index (all, gint64, i)));
      g_assert_true (crm_id_set_has (set, g_array_index (all, gint64, i)));
    }
}

static void
test_clear (void)
{
  g_autoptr (CrmIdSet) set = crm_id_set_new ();

  for (gint64 id = 1; id <= 100000; id++)
    crm_id_set_add (set, id);
  g_assert_cmpuint (crm_id_set_get_size (set), ==, 100000);
  crm_id_set_clear (set);
  g_assert_cmpuint (crm_id_set_get_size (set), ==, 0);
  g_assert_false (crm_id_set_has (set, 5));
  g_assert_true (crm_id_set_add (set, 5));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list/id-set/empty", test_empty);
  g_test_add_func ("/list/id-set/add-twice", test_add_twice);
  g_test_add_func ("/list/id-set/random", test_random);
  g_test_add_func ("/list/id-set/clear", test_clear);
  return g_test_run ();
}
