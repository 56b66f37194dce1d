/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "bench-rows.h"

#include <glib/gstdio.h>

#include "bench.h"
#include "crm-schema.h"

void
bench_execute (CrmDb      *db,
               const char *script)
{
  GError *error = NULL;

  crm_db_execute (db, script, &error);
  bench_check (error);
}

char *
bench_make_base (const char *name)
{
  char *path = bench_get_path (name);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *shared = g_strconcat (path, "-shm", NULL);
  GError *error = NULL;

  g_remove (path);
  g_remove (log);
  g_remove (shared);
  crm_schema_create (path, &error);
  bench_check (error);
  return path;
}

static BenchRows *
load_rows (CrmDb      *db,
           const char *table)
{
  GError *error = NULL;
  g_autofree char *select = g_strdup_printf ("SELECT * FROM %s ORDER BY id", table);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, select, &error);
  g_autoptr (GString) marks = g_string_new (NULL);
  BenchRows *rows = g_new0 (BenchRows, 1);
  gboolean row;

  bench_check (error);
  rows->table = table;
  rows->n_columns = sqlite3_column_count (stmt);
  rows->values = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);
  for (int i = 0; i < rows->n_columns; i++)
    g_string_append (marks, i == 0 ? "?" : ", ?");
  rows->sql = g_strdup_printf ("INSERT INTO %s VALUES (%s)", table, marks->str);
  while (crm_db_step (db, stmt, &row, &error) && row)
    for (int i = 0; i < rows->n_columns; i++)
      g_ptr_array_add (rows->values, sqlite3_value_dup (sqlite3_column_value (stmt, i)));
  bench_check (error);
  return rows;
}

static void
rows_free (gpointer data)
{
  BenchRows *rows = data;

  g_free (rows->sql);
  g_ptr_array_unref (rows->values);
  g_free (rows);
}

GPtrArray *
bench_load_rows (const char         *path,
                 const char * const *tables)
{
  GError *error = NULL;
  g_autoptr (CrmDb) db = crm_db_open (path, CRM_DB_READ, &error);
  GPtrArray *all = g_ptr_array_new_with_free_func (rows_free);

  bench_check (error);
  for (guint i = 0; tables[i] != NULL; i++)
    g_ptr_array_add (all, load_rows (db, tables[i]));
  return all;
}

static void
insert_rows (CrmDb      *db,
             const BenchRows *rows)
{
  GError *error = NULL;
  CrmStmt *stmt = crm_db_prepare (db, rows->sql, &error);

  bench_check (error);
  for (guint i = 0; i < rows->values->len; i += (guint) rows->n_columns)
    {
      for (int c = 0; c < rows->n_columns; c++)
        sqlite3_bind_value (stmt, c + 1, g_ptr_array_index (rows->values, i + (guint) c));
      if (sqlite3_step (stmt) != SQLITE_DONE)
        g_error ("%s", sqlite3_errmsg (crm_db_get_handle (db)));
      sqlite3_reset (stmt);
    }
  crm_stmt_release (stmt);
}

void
bench_insert_rows (CrmDb     *db,
                   GPtrArray *all)
{
  bench_execute (db, "BEGIN IMMEDIATE");
  for (guint i = 0; i < all->len; i++)
    insert_rows (db, g_ptr_array_index (all, i));
  bench_execute (db, "INSERT INTO search_word (search_word) VALUES ('rebuild'); COMMIT");
}
