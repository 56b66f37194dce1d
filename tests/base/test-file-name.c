/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-file-name.h"

#include <string.h>

static void
assert_clean (const char *name,
              const char *expected)
{
  g_autofree char *clean = crm_file_name_clean (name);

  g_assert_cmpstr (clean, ==, expected);
}

static void
test_clean (void)
{
  assert_clean ("Teklif – Ağaoğlu (son).pdf", "Teklif – Ağaoğlu (son).pdf");
  assert_clean ("../../x", "x");
  assert_clean ("/etc/passwd", "passwd");
  assert_clean ("C:\\Windows\\system32\\a.dll", "a.dll");
  assert_clean ("..", "Unnamed");
  assert_clean ("a/..", "Unnamed");
  assert_clean ("a/", "Unnamed");
  assert_clean (" . ", "Unnamed");
  assert_clean ("", "Unnamed");
  assert_clean (NULL, "Unnamed");
  assert_clean ("two\nlines\t\x1b[31m.txt", "twolines[31m.txt");
  /* Read from the right to the left, "exe.jpg" */
  assert_clean ("photo\u202egpj.exe", "photogpj.exe");
  assert_clean ("\u2066a\u2069\u200f\ufeff.pdf", "a.pdf");
  assert_clean ("caf\xe9.txt", "caf\ufffd.txt");
}

static void
test_length (void)
{
  g_autoptr (GString) longest = g_string_new (NULL);
  g_autofree char *clean = NULL, *dotted = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append (longest, "ğ");
  g_string_append (longest, ".docx");
  clean = crm_file_name_clean (longest->str);
  g_assert_cmpuint (strlen (clean), <=, 200);
  g_assert_cmpuint (strlen (clean), >, 190);
  g_assert_true (g_utf8_validate (clean, -1, NULL));
  g_assert_true (g_str_has_suffix (clean, "ğ….docx"));

  g_string_assign (longest, "a.");
  for (guint i = 0; i < 5000; i++)
    g_string_append_c (longest, 'x');
  dotted = crm_file_name_clean (longest->str);
  g_assert_cmpuint (strlen (dotted), <=, 200);
}

static void
test_risky (void)
{
  static const char * const risky[] = { "a.exe", "A.EXE", "teklif.pdf.desktop", "liste.xlsm", "mektup.docm", "a.html", "a.jar", "a.sh", "a.vbs", "a.url" };
  static const char * const plain[] = { "a.pdf", "a.docx", "a.xlsx", "a.jpg", "a", "exe", "a.exe.txt", "a.eml", "a.zip" };
  static const char mail[] = "From: a@example.com\n\n<html>";

  for (guint i = 0; i < G_N_ELEMENTS (risky); i++)
    g_assert_true (crm_file_name_is_risky (risky[i], NULL, 0));
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    g_assert_false (crm_file_name_is_risky (plain[i], "%PDF-1.7", 8));
  g_assert_true (crm_file_name_is_risky ("photo.jpg", "\177ELF\2\1", 6));
  g_assert_true (crm_file_name_is_risky ("photo.jpg", "MZ\220", 3));
  g_assert_true (crm_file_name_is_risky (NULL, "#!/bin/sh", 9));
  g_assert_true (crm_file_name_is_risky ("a.txt", "\xef\xbb\xbf\n[Desktop Entry]\nExec=x", 26));
  g_assert_true (crm_file_name_is_risky ("a.txt", " <!DOCTYPE HTML>", 16));
  g_assert_true (crm_file_name_is_risky ("a.docx", "PK\3\4\0\0word/vbaProject.bin", 25));
  g_assert_false (crm_file_name_is_risky ("a.eml", mail, sizeof mail));
  g_assert_false (crm_file_name_is_risky ("a.txt", "", 0));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-name/clean", test_clean);
  g_test_add_func ("/file-name/length", test_length);
  g_test_add_func ("/file-name/risky", test_risky);
  return g_test_run ();
}
