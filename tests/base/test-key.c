/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-key.h"

static void
test_tax_number (void)
{
  static const char * const pairs[][2] = {
    { "123 456 7890", "1234567890" }, { "NO 987 654 321 MVA", "no987654321mva" }, { "DE-129.273.398", "de129273398" }, { "", "" }, { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *key = crm_key_tax_number (pairs[i][0]);

      g_assert_cmpstr (key, ==, pairs[i][1]);
    }
}

static void
test_email (void)
{
  static const char * const pairs[][2] = {
    { "Siparis@KUZEY.example", "siparis@kuzey.example" }, { "ŞEF@Çınar.example", "şef@çınar.example" }, { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *key = crm_key_email (pairs[i][0]);

      g_assert_cmpstr (key, ==, pairs[i][1]);
    }
}

static void
test_domain (void)
{
  static const char * const pairs[][2] = {
    { "siparis@Kuzey.example", "kuzey.example" },
    { "a@b@kuzey.example", "kuzey.example" },
    { "https://www.kuzey.example/iletisim?a=b", "kuzey.example" },
    { "WWW.kuzey.example:8080", "kuzey.example" },
    { "kuzey.example", "kuzey.example" },
    { "biri@gmail.com", "" },
    { "biri@Hotmail.com.tr", "" },
    { "biri@mynet.com", "" },
    { "https://firma.blogspot.com/", "" },
    { "kuzey", "" },
    { "biri@", "" },
    { "", "" },
    { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *key = crm_key_domain (pairs[i][0]);

      g_assert_cmpstr (key, ==, pairs[i][1]);
    }
}

static void
test_hash (void)
{
  g_assert_cmpuint (crm_key_hash (1, "kuzey nakliyat", -1), ==, crm_key_hash (1, "kuzey nakliyat as", 14));
  g_assert_cmpuint (crm_key_hash (1, "kuzey", -1), !=, crm_key_hash (2, "kuzey", -1));
  g_assert_cmpuint (crm_key_hash (1, "kuzey", -1), !=, crm_key_hash (1, "guney", -1));
  g_assert_cmpuint (crm_key_hash (0, "", -1), !=, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/key/tax-number", test_tax_number);
  g_test_add_func ("/key/email", test_email);
  g_test_add_func ("/key/domain", test_domain);
  g_test_add_func ("/key/hash", test_hash);
  return g_test_run ();
}
