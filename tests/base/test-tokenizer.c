/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-fold.h"

#include <sqlite3.h>
#include <string.h>

/* Scripts whose letters stand fast: beyond them GLib's and SQLite's Unicode may be of different years. */
static const gunichar ranges[][2] = {
  { 0x0001, 0x058F }, /* Latin, Greek, Cyrillic, Armenian */
  { 0x05D0, 0x05EA }, /* Hebrew */
  { 0x0620, 0x064A }, /* Arabic */
  { 0x0904, 0x0939 }, /* Devanagari */
  { 0x0E01, 0x0E3A }, /* Thai */
  { 0x1E00, 0x1FFE }, /* more Latin and Greek */
  { 0x2000, 0x214F }, /* punctuation, superscripts, currencies, letterlike signs */
  { 0x3041, 0x30FF }, /* Kana */
  { 0x4E00, 0x5000 }, /* some Han */
  { 0xAC00, 0xAE00 }, /* some Hangul */
  { 0xFB00, 0xFB06 }, /* ligatures */
  { 0xFF01, 0xFFDC }, /* full-width forms */
};

static void
run (sqlite3    *db,
     const char *sql)
{
  g_assert_cmpint (sqlite3_exec (db, sql, NULL, NULL, NULL), ==, SQLITE_OK);
}

static void
insert_range (sqlite3_stmt  *insert,
              const gunichar range[2],
              GPtrArray     *folded)
{
  for (gunichar c = range[0]; c <= range[1]; c++)
    {
      g_autofree char *text = NULL;
      char utf8[7];

      utf8[g_unichar_to_utf8 (c, utf8)] = '\0';
      text = g_strconcat ("a", utf8, "b ", utf8, NULL);
      g_ptr_array_add (folded, crm_fold (text));
      sqlite3_bind_int64 (insert, 1, folded->len);
      sqlite3_bind_text (insert, 2, g_ptr_array_index (folded, folded->len - 1), -1, SQLITE_STATIC);
      g_assert_cmpint (sqlite3_step (insert), ==, SQLITE_DONE);
      sqlite3_reset (insert);
    }
}

/* A row is found only if SQLite's tokenizer parts the folded text where the folded query is parted. */
static void
test_words_are_tokens (void)
{
  g_autoptr (GPtrArray) folded = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) tokens = g_ptr_array_new_with_free_func (g_free);
  sqlite3 *db;
  sqlite3_stmt *statement;

  g_assert_cmpint (sqlite3_open (":memory:", &db), ==, SQLITE_OK);
  run (db, "CREATE VIRTUAL TABLE texts USING fts5 (text, tokenize = \"unicode61 remove_diacritics 0\")");
  run (db, "CREATE VIRTUAL TABLE tokens USING fts5vocab (texts, 'instance')");

  run (db, "BEGIN");
  sqlite3_prepare_v2 (db, "INSERT INTO texts (rowid, text) VALUES (?, ?)", -1, &statement, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    insert_range (statement, ranges[i], folded);
  sqlite3_finalize (statement);
  run (db, "COMMIT");

  sqlite3_prepare_v2 (db, "SELECT doc, term FROM tokens ORDER BY doc, offset", -1, &statement, NULL);
  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      guint row = (guint) sqlite3_column_int64 (statement, 0);
      const char *term = (const char *) sqlite3_column_text (statement, 1);

      if (row > tokens->len)
        g_ptr_array_add (tokens, g_strdup (term));
      else
        {
          char *joined = g_strconcat (g_ptr_array_index (tokens, row - 1), " ", term, NULL);

          g_free (g_ptr_array_index (tokens, row - 1));
          g_ptr_array_index (tokens, row - 1) = joined;
        }
      g_assert_cmpuint (row, ==, tokens->len);
    }
  sqlite3_finalize (statement);

  g_assert_cmpuint (tokens->len, ==, folded->len);
  for (guint i = 0; i < folded->len; i++)
    g_assert_cmpstr (g_ptr_array_index (tokens, i), ==, g_ptr_array_index (folded, i));

  sqlite3_close (db);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tokenizer/words-are-tokens", test_words_are_tokens);

  return g_test_run ();
}
