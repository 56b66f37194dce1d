/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-check.h"

#include "crm-error.h"

#include <string.h>

typedef gboolean (*Check) (const char *text, GError **error);

static void
assert_right (Check       check,
              const char *text)
{
  g_autoptr (GError) error = NULL;

  if (!check (text, &error))
    g_error ("“%s” was refused: %s", text, error->message);
  g_assert_no_error (error);
}

static void
assert_wrong (Check       check,
              const char *text)
{
  g_autoptr (GError) error = NULL;

  if (check (text, &error))
    g_error ("“%s” was accepted", text);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
assert_message (Check       check,
                const char *text,
                const char *part)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (check (text, &error));
  g_assert_nonnull (strstr (error->message, part));
}

/* The rule as the Revenue Administration words it, in steps, unlike the code that is tested. */
static int
check_digit_of_vkn (const char *first_nine)
{
  int total = 0;

  for (int place = 1; place <= 9; place++)
    {
      int value = (first_nine[place - 1] - '0' + 10 - place) % 10;

      if (value != 9)
        {
          for (int doubled = 0; doubled < 10 - place; doubled++)
            value *= 2;
          value %= 9;
        }
      total += value;
    }

  return total % 10 == 0 ? 0 : 10 - total % 10;
}

static void
test_vkn (void)
{
  char text[11] = "";

  for (int round = 0; round < 2000; round++)
    {
      int expected;

      for (int i = 0; i < 9; i++)
        text[i] = (char) ('0' + g_test_rand_int_range (0, 10));
      expected = check_digit_of_vkn (text);

      for (int digit = 0; digit < 10; digit++)
        {
          text[9] = (char) ('0' + digit);
          g_assert_true (crm_check_vkn (text, NULL) == (digit == expected));
          g_assert_true (crm_check_tax_number (text, NULL) == (digit == expected));
        }
    }

  assert_right (crm_check_vkn, NULL);
  assert_right (crm_check_vkn, "");
  assert_wrong (crm_check_vkn, "123456789");
  assert_wrong (crm_check_vkn, "12345678901");
  assert_wrong (crm_check_vkn, "12345x7890");
  assert_wrong (crm_check_vkn, "123456789\xff");
  assert_message (crm_check_vkn, "123456789", "this one has 9");
}

/* The two check digits in another form of the rule: both sums are brought to a multiple of ten. */
static gboolean
tckn_holds (const char *text)
{
  int sum = 0, weighted = 0;

  for (int i = 0; i < 10; i++)
    sum += text[i] - '0';
  for (int i = 0; i < 9; i++)
    weighted += (text[i] - '0') * (i % 2 == 0 ? 7 : 9);

  return text[0] != '0' && weighted % 10 == text[9] - '0' && sum % 10 == text[10] - '0';
}

static void
test_tckn (void)
{
  char text[12] = "";

  for (int round = 0; round < 500; round++)
    {
      int n_valid = 0;

      text[0] = (char) ('0' + g_test_rand_int_range (1, 10));
      for (int i = 1; i < 9; i++)
        text[i] = (char) ('0' + g_test_rand_int_range (0, 10));

      for (int check = 0; check < 100; check++)
        {
          gboolean right;

          text[9] = (char) ('0' + check / 10);
          text[10] = (char) ('0' + check % 10);
          right = crm_check_tckn (text, NULL);
          n_valid += right;
          g_assert_true (right == tckn_holds (text));
          g_assert_true (crm_check_tax_number (text, NULL) == right);
        }
      g_assert_cmpint (n_valid, ==, 1);
    }

  assert_right (crm_check_tckn, NULL);
  assert_right (crm_check_tckn, "10000000146");
  assert_right (crm_check_tckn, "100 000 001 46");
  assert_wrong (crm_check_tckn, "10000000147");
  assert_wrong (crm_check_tckn, "1000000014");
  assert_wrong (crm_check_tckn, "1000000014a");
  assert_message (crm_check_tckn, "01000000146", "begin with 0");
}

static void
test_tax_number (void)
{
  assert_right (crm_check_tax_number, NULL);
  assert_right (crm_check_tax_number, "DE123456789");
  assert_right (crm_check_tax_number, "ATU 12345678");
  assert_right (crm_check_tax_number, "10000000146");
  assert_wrong (crm_check_tax_number, "123");
  assert_wrong (crm_check_tax_number, "123456789012");
  assert_wrong (crm_check_tax_number, "12-34567890");
  assert_wrong (crm_check_tax_number, "DE\xff");
  assert_wrong (crm_check_tax_number, " ");
}

static void
test_email (void)
{
  static const char * const right[] = {
    NULL, "", "ada@example.com", "ada.lovelace+crm@mail.example.co.uk", "o'brien@example.com", "şule@örnek.example",
    "a@b.co", "x_y-z@sub-domain.example.com", "1@example.com",
  };
  static const char * const wrong[] = {
    "ada", "ada@", "@example.com", "ada@example", "ada@@example.com", "ada@b@example.com", "ada @example.com",
    "ada@example.com ", "Ada <ada@example.com>", "ada@.example.com", "ada@example..com", "ada@example.com.",
    ".ada@example.com", "ada.@example.com", "a..b@example.com", "ada@-example.com", "ada@example.com,bob@example.com",
    "mailto:ada@example.com", "ada@exam/ple.com", "ada\xff@example.com", "ada@example.com\n", "ada\xc2\xa0@example.com",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    assert_right (crm_check_email, right[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_wrong (crm_check_email, wrong[i]);
}

static void
test_phone (void)
{
  static const char * const right[] = {
    NULL, "", "112", "+90 212 555 01 42", "0 (212) 555-01-42", "0212.555.01.42", "212/5550142",
    "0212 555 01 42 dahili 17",
    "0212 555 01 42 x17", "0212 555 01 42 ext. 17", "0800 FLOWERS", "1-800-ACME", "0212\xc2\xa0" "555–01–42",
  };
  static const char * const wrong[] = {
    "12", "+", "phone", "tel 02125550142", "0212 555 01 42;17", "0212 555 01 42 ç", "ada@example.com", "0212\xff" "555",
    "0212 555 01 42 \xf0\x9f\x93\x9e",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    assert_right (crm_check_phone, right[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_wrong (crm_check_phone, wrong[i]);
}

static void
test_url (void)
{
  static const char * const right[] = {
    NULL, "", "example.com", "www.example.com", "http://example.com", "HTTPS://example.com/path?query=a:b#part",
    "example.com:8080/x", "https://örnek.example", "192.0.2.1", "example.com/?to=http://example.org", "example.com?x",
  };
  static const char * const wrong[] = {
    "localhost", "http://", "http://localhost/", "ftp://example.com", "javascript:alert(1)", "mailto:ada@example.com",
    "exam ple.com", "example.com ", "https://ada@example.com", "example.com:port", "example.com:99999", "example.com:",
    "http:///example.com", ".com", "example.", "https://-example.com", "example\xff.com",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    assert_right (crm_check_url, right[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    assert_wrong (crm_check_url, wrong[i]);
}

static void
test_random_bytes (void)
{
  static const Check checks[] = {
    crm_check_vkn, crm_check_tckn, crm_check_tax_number, crm_check_email, crm_check_phone, crm_check_url,
  };
  static const char pieces[] = "0123456789@.:/-+ a\xc3\xa7\xff";

  for (int round = 0; round < 20000; round++)
    {
      char text[33];
      int length = g_test_rand_int_range (0, sizeof text);

      for (int i = 0; i < length; i++)
        text[i] = pieces[g_test_rand_int_range (0, sizeof pieces - 1)];
      text[length] = '\0';

      for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_true (checks[i] (text, &error) == (error == NULL));
        }
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/check/vkn", test_vkn);
  g_test_add_func ("/check/tckn", test_tckn);
  g_test_add_func ("/check/tax-number", test_tax_number);
  g_test_add_func ("/check/email", test_email);
  g_test_add_func ("/check/phone", test_phone);
  g_test_add_func ("/check/url", test_url);
  g_test_add_func ("/check/random-bytes", test_random_bytes);

  return g_test_run ();
}
