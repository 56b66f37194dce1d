/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "crm-csv-reader.h"
#include "crm-csv-writer.h"
#include "crm-error.h"

typedef struct {
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("crm-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "export.csv", NULL);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static char *
written (Fixture            *fixture,
         const char * const *cells,
         CrmCsvWriterFlags   flags)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmCsvWriter) writer = crm_csv_writer_new (fixture->path, ';', flags, &error);
  char *text;

  g_assert_no_error (error);
  g_assert_true (crm_csv_writer_add_row (writer, cells, g_strv_length ((GStrv) cells), &error));
  g_assert_true (crm_csv_writer_finish (writer, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  return text;
}

static void
test_grammar (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const cells[] = { "a", "", "b;c", "d,e", "say \"x\"", "1\n2", " f", "g\t", NULL };
  static const char * const empty[] = { "", NULL };
  g_autofree char *plain = written (fixture, cells, CRM_CSV_WRITER_DEFAULT);
  g_autofree char *marked = written (fixture, cells + 7, CRM_CSV_WRITER_BOM);
  g_autofree char *one = written (fixture, empty, CRM_CSV_WRITER_DEFAULT);

  g_assert_cmpstr (plain, ==, "a;;\"b;c\";d,e;\"say \"\"x\"\"\";\"1\n2\";\" f\";\"g\t\"\r\n");
  g_assert_cmpstr (marked, ==, "\xEF\xBB\xBF\"g\t\"\r\n");
  g_assert_cmpstr (one, ==, "\"\"\r\n");
}

static void
test_formulas (Fixture       *fixture,
               gconstpointer  data)
{
  static const char * const dangerous[] = {
    "=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", " =1+1", "\xC2\xA0=1+1",
    "＝1+1", "＋1+1", "－1+1", "＠SUM(1)", "=", "+", "-", "- called", "+x", "'=1+1", "''=1+1", "\xEF\xBB\xBF=1+1", "\n=1+1",
  };
  static const char * const harmless[] = {
    "+90 212 555 01 42", "+90 (212) 555-01.42/3", "+902125550142", "-5", "-1.234,56", "+5", "+1,234.56", "a=b", "'90s", "'", "", "x@example.com", "1-2",
    "'+90 212 555 01 42",
  };

  for (guint i = 0; i < G_N_ELEMENTS (dangerous); i++)
    {
      const char * const cells[] = { dangerous[i], NULL };
      g_autofree char *escaped = written (fixture, cells, CRM_CSV_WRITER_DEFAULT);
      g_autofree char *exact = written (fixture, cells, CRM_CSV_WRITER_EXACT);
      g_autofree char *expected = g_strconcat ("'", dangerous[i], NULL);

      g_test_message ("%s", dangerous[i]);
      g_assert_nonnull (strstr (escaped, expected));
      g_assert_null (strstr (exact, expected));
      g_assert_cmpstr (crm_csv_unescape_formula (expected), ==, dangerous[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      const char * const cells[] = { harmless[i], "end", NULL };
      g_autofree char *text = written (fixture, cells, CRM_CSV_WRITER_DEFAULT);
      g_autofree char *expected = g_strconcat (harmless[i], ";end\r\n", NULL);

      g_assert_cmpstr (text, ==, expected);
      g_assert_cmpstr (crm_csv_unescape_formula (harmless[i]), ==, harmless[i]);
    }
}

/* What is there stays until the new file is complete, and nothing else is left behind. */
static void
test_all_or_nothing (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char * const cells[] = { "new", NULL };
  g_autoptr (CrmCsvWriter) writer = NULL;
  g_autofree char *text = NULL;
  GStatBuf info;

  g_assert_true (g_file_set_contents (fixture->path, "old", -1, NULL));
  writer = crm_csv_writer_new (fixture->path, ',', CRM_CSV_WRITER_DEFAULT, NULL);
  for (guint i = 0; i < 50000; i++)
    g_assert_true (crm_csv_writer_add_row (writer, cells, 1, NULL));
  g_clear_pointer (&writer, crm_csv_writer_free);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_true (g_file_get_contents (fixture->path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");

  g_free (written (fixture, cells, CRM_CSV_WRITER_DEFAULT));
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

static void
test_no_folder (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "missing", "export.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (crm_csv_writer_new (path, ',', CRM_CSV_WRITER_DEFAULT, &error));
  g_assert_error (error, CRM_ERROR, CRM_ERROR_UNREADABLE);
}

/* A limit on the size of files stands for the full disk. */
static void
test_full_disk (Fixture       *fixture,
                gconstpointer  data)
{
  static const char * const cells[] = { "some text", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmCsvWriter) writer = crm_csv_writer_new (fixture->path, ',', CRM_CSV_WRITER_DEFAULT, &error);
  struct rlimit before, limit;
  gboolean done = TRUE;

  g_assert_no_error (error);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 100 * 1000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  for (guint i = 0; done && i < 100 * 1000; i++)
    done = crm_csv_writer_add_row (writer, cells, 1, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_false (done);
  g_assert_error (error, CRM_ERROR, CRM_ERROR_FULL);
  g_clear_pointer (&writer, crm_csv_writer_free);
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

/* Of every length, with what the grammar and the encodings have that is special; letters that all encodings share unless @any. */
static char *
random_cell (gboolean any)
{
  static const char * const pieces[] = {
    "a", "B", "7", " ", "\t", ",", ";", "|", "\"", "\"\"", "\n", "\r", "\r\n", "'", "=", "+", "-", "@", "ü", "Ö", "ç", "é", "€", "…",
    "ş", "İ", "ı", "Ğ", "中", "𝒜", "\xEF\xBF\xBD", "＝", "\xE2\x80\x8B", "\1",
  };
  guint n_pieces = any ? G_N_ELEMENTS (pieces) : 24;
  GString *cell = g_string_new (NULL);

  for (guint i = g_test_rand_int_range (0, 12); i > 0; i--)
    g_string_append (cell, pieces[g_test_rand_int_range (0, n_pieces)]);
  return g_string_free (cell, FALSE);
}

/* Rows with a filled cell: others are passed over. */
static GPtrArray *
random_rows (gboolean any)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  for (guint i = g_test_rand_int_range (1, 40); i > 0; i--)
    {
      g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

      for (guint j = g_test_rand_int_range (0, 6); j > 0; j--)
        {
          g_autofree char *cell = random_cell (any);

          g_strv_builder_add (builder, cell);
        }
      g_strv_builder_add (builder, "filled");
      g_ptr_array_add (rows, g_strv_builder_end (builder));
    }
  return rows;
}

static GBytes *
write_rows (Fixture            *fixture,
            GPtrArray          *rows,
            const CrmCsvFormat *format,
            CrmCsvWriterFlags   flags)
{
  g_autoptr (CrmCsvWriter) writer = crm_csv_writer_new (fixture->path, format->delimiter, flags, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  char *encoded;
  gsize length;

  for (guint i = 0; i < rows->len; i++)
    {
      const char * const *cells = rows->pdata[i];

      g_assert_true (crm_csv_writer_add_row (writer, cells, g_strv_length ((GStrv) cells), &error));
    }
  g_assert_true (crm_csv_writer_finish (writer, &error));
  g_assert_true (g_file_get_contents (fixture->path, &text, &length, NULL));
  encoded = g_convert (text, length, crm_csv_encoding_get_charset (format->encoding), "UTF-8", NULL, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (encoded, length);
}

static void
assert_same_rows (GBytes             *bytes,
                  GPtrArray          *rows,
                  const CrmCsvFormat *format,
                  gboolean            exact)
{
  g_autoptr (CrmCsvReader) reader = crm_csv_reader_new_for_bytes (bytes, format);
  CrmCsvRow row;

  for (guint i = 0; i < rows->len; i++)
    {
      GStrv cells = rows->pdata[i];

      g_assert_true (crm_csv_reader_next (reader, &row, NULL));
      g_assert_null (row.problem);
      g_assert_cmpuint (row.n_cells, ==, g_strv_length (cells));
      for (guint j = 0; j < row.n_cells; j++)
        g_assert_cmpstr (exact ? row.cells[j] : crm_csv_unescape_formula (row.cells[j]), ==, cells[j]);
    }
  g_assert_false (crm_csv_reader_next (reader, &row, NULL));
}

static void
test_round_trip (Fixture       *fixture,
                 gconstpointer  data)
{
  for (guint i = 0; i < 40; i++)
    for (const char *delimiter = CRM_CSV_DELIMITERS; *delimiter != '\0'; delimiter++)
      for (CrmCsvEncoding encoding = CRM_CSV_UTF_8; encoding < CRM_CSV_N_ENCODINGS; encoding++)
        {
          CrmCsvFormat format = { .encoding = encoding, .delimiter = *delimiter };
          gboolean exact = g_test_rand_bit ();
          gboolean unicode = encoding <= CRM_CSV_UTF_16BE;
          CrmCsvWriterFlags flags = (exact ? CRM_CSV_WRITER_EXACT : 0) | (unicode && g_test_rand_bit () ? CRM_CSV_WRITER_BOM : 0);
          g_autoptr (GPtrArray) rows = random_rows (unicode);
          g_autoptr (GBytes) bytes = write_rows (fixture, rows, &format, flags);

          assert_same_rows (bytes, rows, &format, exact);
        }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/csv-writer/grammar", test_grammar);
  ADD ("/csv-writer/formulas", test_formulas);
  ADD ("/csv-writer/all-or-nothing", test_all_or_nothing);
  ADD ("/csv-writer/no-folder", test_no_folder);
  ADD ("/csv-writer/full-disk", test_full_disk);
  ADD ("/csv-writer/round-trip", test_round_trip);
#undef ADD
  return g_test_run ();
}
