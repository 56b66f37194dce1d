/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "../support/corpora.h"
#include "crm-csv-format.h"
#include "crm-csv-reader.h"
#include "crm-error.h"

static void
detect (const void    *data,
        gsize          length,
        CrmCsvIsKnown  is_known,
        CrmCsvFormat  *format)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;

  g_assert_true (crm_csv_format_detect_bytes (format, CRM_CSV_DETECT_ALL, bytes, is_known, &error));
  g_assert_no_error (error);
}

static void
detect_text (const char   *text,
             CrmCsvFormat *format)
{
  detect (text, strlen (text), NULL, format);
}

/* @text in another encoding */
static void
detect_encoded (const char   *text,
                const char   *charset,
                CrmCsvFormat *format)
{
  gsize length;
  g_autoptr (GError) error = NULL;
  g_autofree char *encoded = g_convert (text, -1, charset, "UTF-8", NULL, &length, &error);

  g_assert_no_error (error);
  detect (encoded, length, NULL, format);
}

static void
assert_refused (const void *data,
                gsize       length,
                const char *reason)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  CrmCsvFormat format = { .delimiter = '!' };

  g_test_message ("refused as: %s", reason);
  g_assert_false (crm_csv_format_detect_bytes (&format, CRM_CSV_DETECT_ALL, bytes, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, reason));
  g_assert_cmpint (format.delimiter, ==, '!');
}

static void
test_encoding (void)
{
  static const struct {
    const char     *text;
    const char     *charset;
    CrmCsvEncoding  encoding;
    gboolean        bom;
  } cases[] = {
    { "Name,City\nAyla,Bursa\n", "UTF-8", CRM_CSV_UTF_8, FALSE },
    { "Ad,Şehir\nAyşe,Ağrı\n", "UTF-8", CRM_CSV_UTF_8, FALSE },
    { "\xEF\xBB\xBF" "Ad,Şehir\nAyşe,Ağrı\n", "UTF-8", CRM_CSV_UTF_8, TRUE },
    { "Ad,Şehir\nAyşe,Ağrı\n", "UTF-16LE", CRM_CSV_UTF_16LE, FALSE },
    { "Ad,Şehir\nAyşe,Ağrı\n", "UTF-16BE", CRM_CSV_UTF_16BE, FALSE },
    { "\xEF\xBB\xBF" "Ad,Şehir\nAyşe,Ağrı\n", "UTF-16LE", CRM_CSV_UTF_16LE, TRUE },
    { "\xEF\xBB\xBF" "Ad,Şehir\nAyşe,Ağrı\n", "UTF-16BE", CRM_CSV_UTF_16BE, TRUE },
    { "Ad,Şehir\nAyşe,Ağrı\n", "WINDOWS-1254", CRM_CSV_WINDOWS_1254, FALSE },
    { "FİRMA;İL\nIŞIK İNŞAAT;İZMİR\n", "WINDOWS-1254", CRM_CSV_WINDOWS_1254, FALSE },
    { "Ad;İl\nJosé García;İzmir\nAyşe Yıldız;Ağrı\n", "WINDOWS-1254", CRM_CSV_WINDOWS_1254, FALSE },
    { "Nafn;Staður\nÞórður Guðmundsson;Reykjavík\nSigríður Jónsdóttir;Akureyri\n", "WINDOWS-1252", CRM_CSV_WINDOWS_1252, FALSE },
    { "Name;Ort\nJürgen Groß;Köln\n„Müller & Söhne“;Zürich\n", "WINDOWS-1252", CRM_CSV_WINDOWS_1252, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CrmCsvFormat format = { 0 };

      detect_encoded (cases[i].text, cases[i].charset, &format);
      g_test_message ("%s: %s", cases[i].charset, cases[i].text);
      g_assert_cmpint (format.encoding, ==, cases[i].encoding);
      g_assert_cmpint (format.bom, ==, cases[i].bom);
      g_assert_true (format.has_header);
    }
}

/* One damaged byte does not turn the letters of all other rows into nonsense. */
static void
test_mostly_utf_8 (void)
{
  CrmCsvFormat format = { 0 };

  detect_text ("Ad,Şehir\nAyşe,Ağrı\nM\xFCjde,Iğdır\n", &format);
  g_assert_cmpint (format.encoding, ==, CRM_CSV_UTF_8);
}

/* The only letter beyond ASCII stands behind the piece that is looked at first. */
static void
test_late_letters (void)
{
  g_autoptr (GString) text = g_string_new ("name,city\n");
  CrmCsvFormat format = { 0 };

  while (text->len < 300 * 1024)
    g_string_append (text, "Somebody,Bursa\n");
  g_string_append (text, "Ay\xFE" "e,A\xF0r\xFD\n");
  while (text->len < 600 * 1024)
    g_string_append (text, "Somebody,Bursa\n");
  detect_text (text->str, &format);
  g_assert_cmpint (format.encoding, ==, CRM_CSV_WINDOWS_1254);
}

/* The piece that is looked at ends within a letter. */
static void
test_cut_letter (void)
{
  for (guint shift = 0; shift < 4; shift++)
    {
      g_autoptr (GString) text = g_string_new ("ad,şehir\n");
      CrmCsvFormat format = { 0 };

      g_string_append_printf (text, "%.*s", (int) shift, "xxxx");
      while (text->len < 300 * 1024)
        g_string_append (text, "𝒜çş,ğüı\n");
      detect_text (text->str, &format);
      g_assert_cmpint (format.encoding, ==, CRM_CSV_UTF_8);
    }
}

static void
test_delimiter (void)
{
  static const struct {
    const char *text;
    char        delimiter;
  } cases[] = {
    { "a,b,c\n1,2,3\n", ',' },
    { "a;b;c\n1;2;3\n", ';' },
    { "a\tb\tc\n1\t2\t3\n", '\t' },
    { "a|b|c\n1|2|3\n", '|' },
    { "a\n1\n2\n", ',' },
    /* decimal commas; more commas than semicolons; commas in every row but the header */
    { "Ürün;Fiyat\nKablo;1,50\nPriz;2,75\n", ';' },
    { "Ürün;Koordinat\nKablo;41,01,28,97\nPriz;39,93,32,85\n", ';' },
    { "Ad;Tutar;Oran\nAyla;1.234,56;0,18\nBora;12,00;0,08\nCan;7;1\n", ';' },
    /* delimiters inside quotation marks, and a line break */
    { "name,note\n\"a;b;c\",\"d;e\nf;g\"\n\"h;i;j\",k\n", ',' },
    /* one row of another length, something regular in one column */
    { "name,tags,city\na,x|y,b\nc,x|y,d,e\nf,x|y,g\n", ',' },
    { "# exported, by somebody, today\nid;name\n1;a\n2;b\n", ';' },
    { "a b\tc, d\ne f\tg, h\n", '\t' },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CrmCsvFormat format = { 0 };

      detect_text (cases[i].text, &format);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (format.delimiter, ==, cases[i].delimiter);
    }
}

static gboolean
is_known (const char *folded_name)
{
  return strcmp (folded_name, "name") == 0 || strcmp (folded_name, "2024") == 0;
}

static void
test_header (void)
{
  /* row 0: no header */
  static const struct {
    const char *text;
    guint       row;
    guint       begins;
  } cases[] = {
    { "Name,City\nAyla,Bursa\n", 1, 1 },
    { "Name,City\n", 1, 1 },
    { "\n\nName,City\nAyla,Bursa\n", 3, 3 },
    { "1,,3\n4,5,6\n", 0, 1 },
    { "1,english\n2,türkçe\n", 0, 1 },
    { "Ayla Demir,ayla@example.com,+90 212 555 01 42\nBora Kaya,bora@example.com,+90 212 555 01 43\n", 0, 1 },
    { "Ayla Demir,Bursa\nBora Kaya,İzmir\nCan Kurt,Bursa\n", 0, 1 },
    { "ad,doğum\nAyla,23.11.1980\nBora,1.2.1975\n", 1, 1 },
    { "id,,age\n1101,John,30\n1102,,31\n", 1, 1 },
    { "E-mail 1 - Value,Phone 1 - Type\nayla@example.com,Work\n", 1, 1 },
    { "id,name,,name\n1,english\n", 1, 1 },
    /* above the header: remarks, a title, a title with empty cells behind, a cell of two lines */
    { "# by hand, 2024\n# again\nid,name,city\n1,a,b\n2,c,d\n", 3, 3 },
    { "Price list\n\nid,name,city\n1,a,b\n2,c,d\n", 3, 3 },
    { "Price list,,,\nid,name,city,street\n1,a,b,c\n2,c,d,e\n", 2, 2 },
    { "\"Price\nlist\"\nid,name,city\n1,a,b\n2,c,d\n", 3, 3 },
    { "#,Name,City\n1,a,b\n2,c,d\n", 1, 1 },
    /* a sparse first row of data is not thrown away */
    { "Ayla,,,\n1,2,3,4\n5,6,7,8\n", 0, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      CrmCsvFormat format = { 0 };

      detect_text (cases[i].text, &format);
      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (format.has_header, ==, cases[i].row > 0);
      g_assert_cmpint (format.header_row, ==, cases[i].begins);
    }
}

static void
test_known_names (void)
{
  const char *text = "2024,NAME\n2024,Ayla\n2023,Bora\n";
  CrmCsvFormat format = { 0 };

  detect (text, strlen (text), NULL, &format);
  g_assert_false (format.has_header);
  detect (text, strlen (text), is_known, &format);
  g_assert_true (format.has_header);
}

static void
test_choice_is_kept (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("a;b,c\n\xFE;2,3\n", 12);
  CrmCsvFormat format = { .encoding = CRM_CSV_WINDOWS_1252, .delimiter = ',' };

  g_assert_true (crm_csv_format_detect_bytes (&format, CRM_CSV_DETECT_HEADER, bytes, NULL, NULL));
  g_assert_cmpint (format.encoding, ==, CRM_CSV_WINDOWS_1252);
  g_assert_cmpint (format.delimiter, ==, ',');
  g_assert_true (crm_csv_format_detect_bytes (&format, CRM_CSV_DETECT_DELIMITER, bytes, NULL, NULL));
  g_assert_cmpint (format.encoding, ==, CRM_CSV_WINDOWS_1252);
  g_assert_cmpint (format.delimiter, ==, ';');
  g_assert_true (crm_csv_format_detect_bytes (&format, CRM_CSV_DETECT_ALL, bytes, NULL, NULL));
  g_assert_cmpint (format.encoding, ==, CRM_CSV_WINDOWS_1254);
}

static void
test_refused (void)
{
  guint8 noise[4096];
  g_autofree char *russian = g_convert ("имя;город\nАнна;Москва\n", -1, "WINDOWS-1251", "UTF-8", NULL, NULL, NULL);

  for (guint i = 0; i < sizeof noise; i++)
    noise[i] = g_test_rand_int () & 0xFF;
  assert_refused ("", 0, "empty");
  assert_refused ("\xEF\xBB\xBF", 3, "empty");
  assert_refused ("\xFF\xFE", 2, "empty");
  assert_refused (" \r\n\r\n\t\n", 7, "empty");
  assert_refused (";;;\n;;;\n", 8, "empty");
  assert_refused (noise, sizeof noise, "not text");
  assert_refused ("name,city\nA\0yla,Bursa\n", 22, "not text");
  assert_refused ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, "not text");
  assert_refused ("\1\2\3\4a,b\n\5\6", 10, "not text");
  assert_refused ("PK\3\4\24\0\6\0", 8, "spreadsheet");
  assert_refused ("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, "spreadsheet");
  assert_refused (russian, strlen (russian), "encoding");
}

static void
test_no_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("crm-XXXXXX", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.csv", NULL);
  g_autoptr (GError) error = NULL;
  CrmCsvFormat format = { 0 };

  g_assert_false (crm_csv_format_detect (&format, CRM_CSV_DETECT_ALL, missing, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_assert_false (crm_csv_format_detect (&format, CRM_CSV_DETECT_ALL, folder, NULL, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE);
  g_rmdir (folder);
}

/* Turkish Windows as it is: semicolons, Windows-1254, CRLF, decimal commas; made from the provinces, which are UTF-8. */
static void
test_turkish_excel (void)
{
  g_autofree char *path = corpora_path ("csv/canaktepe__Turkey-Geographical-Data/iller.csv");
  g_autoptr (GString) text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (CrmCsvReader) reader = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *utf_8 = NULL;
  char *encoded;
  gsize length;
  CrmCsvFormat format = { 0 };
  CrmCsvRow row;

  if (path == NULL)
    return;
  g_assert_true (g_file_get_contents (path, &utf_8, NULL, NULL));
  lines = g_strsplit (utf_8, "\r\n", -1);
  text = g_string_new ("Plaka;İl;Tutar;Tarih\r\n");
  for (guint i = 1; lines[i] != NULL && lines[i][0] != '\0'; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i], ",", -1);

      g_string_append_printf (text, "%s;%s;1.%03u,50;23.11.2026\r\n", cells[1], cells[2], i);
    }
  encoded = g_convert (text->str, text->len, "WINDOWS-1254", "UTF-8", NULL, &length, NULL);
  bytes = g_bytes_new_take (encoded, length);
  g_assert_true (crm_csv_format_detect_bytes (&format, CRM_CSV_DETECT_ALL, bytes, NULL, NULL));
  g_assert_cmpint (format.encoding, ==, CRM_CSV_WINDOWS_1254);
  g_assert_cmpint (format.delimiter, ==, ';');
  g_assert_true (format.has_header);

  reader = crm_csv_reader_new_for_bytes (bytes, &format);
  for (guint i = 0; i < 82; i++)
    {
      g_assert_true (crm_csv_reader_next (reader, &row, NULL));
      g_assert_null (row.problem);
      g_assert_cmpint (row.n_cells, ==, 4);
      if (i == 1)
        g_assert_cmpstr (row.cells[1], ==, "İstanbul");
    }
  g_assert_false (crm_csv_reader_next (reader, &row, NULL));
}

int
main (int argc, char *argv[])
{
  /* The reasons for a refusal are compared in English. */
  g_setenv ("LANGUAGE", "C", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv-format/encoding", test_encoding);
  g_test_add_func ("/csv-format/mostly-utf-8", test_mostly_utf_8);
  g_test_add_func ("/csv-format/late-letters", test_late_letters);
  g_test_add_func ("/csv-format/cut-letter", test_cut_letter);
  g_test_add_func ("/csv-format/delimiter", test_delimiter);
  g_test_add_func ("/csv-format/header", test_header);
  g_test_add_func ("/csv-format/known-names", test_known_names);
  g_test_add_func ("/csv-format/choice-is-kept", test_choice_is_kept);
  g_test_add_func ("/csv-format/refused", test_refused);
  g_test_add_func ("/csv-format/no-file", test_no_file);
  g_test_add_func ("/csv-format/turkish-excel", test_turkish_excel);
  return g_test_run ();
}
