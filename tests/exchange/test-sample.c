/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <string.h>

#include "crm-check.h"
#include "crm-client.h"
#include "crm-fold.h"
#include "crm-sample.h"
#include "crm-sql.h"
#include "crm-test-store.h"

#define N_CLIENTS 5000
#define N_MANY 40000 /* where the lists of some countries do not suffice */

static CrmStore *
make (CrmTest *test,
      guint    clients)
{
  CrmStore *store = crm_test_open_store (test);
  CrmSampleRun run = { .clients = clients };
  g_autoptr (GError) error = NULL;

  crm_store_step (store, "Sample", crm_sample_run, &run, NULL, &error);
  g_assert_no_error (error);
  return store;
}

static gpointer
read_all (CrmDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return crm_sql_read_all (db, &crm_client, error);
}

/* Not the names of the same firms by chance: whatever they say, but their ids and times. */
static char *
describe (CrmTest *test)
{
  return crm_test_query (test->database,
                         "SELECT name, kind, grade, size, sector, owner, tags, phone, email, web, city, tax_office, tax_number, credit_limit, currency,"
                         " payment_days, source, notes FROM client ORDER BY name");
}

static void
test_deterministic (CrmTest       *test,
                    gconstpointer  data)
{
  CrmTest other = { 0 };
  CrmStore *store = make (test, 500);
  CrmStore *second = NULL;
  g_autofree char *first = describe (test), *again = NULL, *more = NULL;

  crm_test_set_up (&other, NULL);
  second = make (&other, 500);
  again = describe (&other);
  g_assert_cmpstr (again, ==, first);
  g_object_unref (second);

  /* A base that has clients gets others. */
  second = make (&other, 500);
  more = crm_test_query (other.database, "SELECT count (*), count (DISTINCT name), count (DISTINCT email) = count (email) FROM client");
  g_assert_cmpstr (g_strchomp (more), ==, "1000|1000|1");
  g_object_unref (second);
  g_object_unref (store);
  crm_test_tear_down (&other, NULL);
}

static void
assert_valid (const CrmValues *client)
{
  g_autoptr (CrmValues) parsed = crm_values_new (&crm_client, 0);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < crm_client.n_fields; i++)
    {
      g_autofree char *plain = crm_values_to_plain (client, i);

      if (plain != NULL && !(crm_client.fields[i].flags & CRM_FIELD_SYSTEM))
        crm_values_parse (parsed, i, plain, &error);
      g_assert_no_error (error);
    }
  crm_client.rules->validate (client, NULL, &error);
  g_assert_no_error (error);
  crm_check_vkn (crm_values_get_text (client, CRM_CLIENT_TAX_NUMBER), &error);
  g_assert_no_error (error);
}

/* The code of its country and as many digits as numbers there have. */
static void
assert_phone (const char *phone,
              const char *currency)
{
  static const struct {
    const char *code;
    const char *currency;
    guint       min;
    guint       max;
  } lands[] = {
    { "+90 ", "TRY", 10, 10 }, { "+49 ", "EUR", 7, 11 }, { "+34 ", "EUR", 9, 9 }, { "+33 ", "EUR", 9, 9 },   { "+44 ", "GBP", 10, 10 },
    { "+39 ", "EUR", 8, 11 },  { "+31 ", "EUR", 9, 9 },  { "+47 ", "NOK", 8, 8 }, { "+48 ", "PLN", 9, 9 }, { "+46 ", "SEK", 7, 9 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lands); i++)
    if (g_str_has_prefix (phone, lands[i].code))
      {
        guint n = 0;

        for (const char *p = phone + 4; *p != '\0'; p++)
          n += g_ascii_isdigit (*p);
        g_assert_cmpstr (currency, ==, lands[i].currency);
        g_assert_cmpuint (n, >=, lands[i].min);
        g_assert_cmpuint (n, <=, lands[i].max);
        return;
      }
  g_error ("%s is of no country", phone);
}

/* Turkish mobiles begin with 50, 53, 54 or 55. */
static void
assert_mobile (const char *phone)
{
  if (g_str_has_prefix (phone, "+90 5"))
    g_assert_nonnull (strchr ("0345", phone[strlen ("+90 5")]));
}

static void
test_valid (CrmTest       *test,
            gconstpointer  data)
{
  g_autoptr (CrmStore) store = make (test, N_CLIENTS);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clients = crm_store_read (store, read_all, NULL, &error);
  guint n_tax_numbers = 0;

  g_assert_no_error (error);
  g_assert_cmpuint (clients->len, ==, N_CLIENTS);
  for (guint i = 0; i < clients->len; i++)
    {
      const CrmValues *client = g_ptr_array_index (clients, i);
      const char *phone = crm_values_get_text (client, CRM_CLIENT_PHONE);

      assert_valid (client);
      n_tax_numbers += !crm_values_is_null (client, CRM_CLIENT_TAX_NUMBER);
      if (phone == NULL)
        continue;
      assert_phone (phone, crm_values_get_text (client, CRM_CLIENT_CURRENCY));
      assert_mobile (phone);
    }
  g_assert_cmpuint (n_tax_numbers, >, N_CLIENTS / 3);
}

/* Not even by their legal form alone do two firms differ. */
static void
test_distinct (CrmTest       *test,
               gconstpointer  data)
{
  g_autoptr (CrmStore) store = make (test, N_MANY);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clients = crm_store_read (store, read_all, NULL, &error);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *counts = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < clients->len; i++)
    {
      const char *name = crm_values_get_text (g_ptr_array_index (clients, i), CRM_CLIENT_NAME);

      if (!g_hash_table_add (names, crm_fold_name (name)))
        g_error ("“%s” is there twice", name);
    }
  counts = crm_test_query (test->database, "SELECT count (DISTINCT email) = count (email), count (DISTINCT tax_number) = count (tax_number) FROM client");
  g_assert_cmpstr (g_strchomp (counts), ==, "1|1");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  crm_test_add ("/sample/deterministic", test_deterministic);
  crm_test_add ("/sample/valid", test_valid);
  crm_test_add ("/sample/distinct", test_distinct);
  return g_test_run ();
}
