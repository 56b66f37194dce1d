/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-history.h"

/* All that is put into these scripts are names of our own tables and columns. */

static const char *
get_root (const CrmHistoryTable *t)
{
  return t->parent == NULL ? "id" : t->parent;
}

static void
append_insert_trigger (GString               *sql,
                       const CrmHistoryTable *t)
{
  g_string_append_printf (sql,
                          "CREATE TEMP TRIGGER %s_inserted AFTER INSERT ON main.%s BEGIN"
                          " INSERT OR FAIL INTO history (entity, record, root, op) VALUES (%d, new.id, new.%s, 1);"
                          " END;\n", t->table, t->table, t->number, get_root (t));
}

/* ", old.name, old.kind" */
static void
append_columns (GString               *sql,
                const CrmHistoryTable *t,
                const char            *row)
{
  for (guint i = 0; t->columns[i] != NULL; i++)
    g_string_append_printf (sql, ", %s.%s", row, t->columns[i]);
}

static void
append_update_trigger (GString               *sql,
                       const CrmHistoryTable *t)
{
  g_autofree char *names = g_strjoinv (",", (GStrv) t->columns);

  g_string_append_printf (sql,
                          "CREATE TEMP TRIGGER %s_updated AFTER UPDATE ON main.%s BEGIN"
                          " INSERT OR FAIL INTO history (entity, record, root, op, before)"
                          " SELECT %d, old.id, old.%s, 2, changed FROM (SELECT image_changed ('%s'", t->table, t->table, t->number,
                          get_root (t), names);
  append_columns (sql, t, "old");
  append_columns (sql, t, "new");
  g_string_append (sql, ") AS changed) WHERE changed IS NOT NULL; END;\n");
}

/* What history keeps of a row that goes: its entity, record, root, op, before */
static void
append_deleted (GString               *sql,
                const CrmHistoryTable *t)
{
  g_autofree char *names = g_strjoinv (",", (GStrv) t->columns);

  g_string_append_printf (sql, "%d, old.id, old.%s, 3, image ('%s'", t->number, get_root (t), names);
  append_columns (sql, t, "old");
  g_string_append_c (sql, ')');
}

static void
append_delete_trigger (GString               *sql,
                       const CrmHistoryTable *t)
{
  g_string_append_printf (sql,
                          "CREATE TEMP TRIGGER %s_deleted AFTER DELETE ON main.%s BEGIN"
                          " INSERT OR FAIL INTO history (entity, record, root, op, before) VALUES (", t->table, t->table);
  append_deleted (sql, t);
  g_string_append (sql, "); END;\n");
}

gboolean
crm_history_install (CrmDb                  *db,
                     const CrmHistoryTable  *tables,
                     guint                   n_tables,
                     GError                **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < n_tables; i++)
    {
      append_insert_trigger (sql, &tables[i]);
      append_update_trigger (sql, &tables[i]);
      append_delete_trigger (sql, &tables[i]);
    }
  return crm_db_execute (db, sql->str, error);
}

static gboolean
run_for_range (CrmDb       *db,
               const char  *sql,
               gint64       first,
               gint64       last,
               GError     **error)
{
  CrmStmt *stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, first);
  crm_stmt_bind_integer (stmt, 2, last);
  return crm_db_finish (db, stmt, error);
}

gboolean
crm_history_delete_range (CrmDb                  *db,
                          const CrmHistoryTable  *table,
                          gint64                  first,
                          gint64                  last,
                          GError                **error)
{
  g_autoptr (GString) keep = g_string_new ("INSERT INTO history (entity, record, root, op, before) SELECT ");
  g_autoptr (GString) watch = g_string_new (NULL);
  g_autofree char *delete = g_strdup_printf ("DELETE FROM %s WHERE id BETWEEN ? AND ?", table->table);
  g_autofree char *unwatch = g_strdup_printf ("DROP TRIGGER temp.%s_deleted", table->table);

  g_return_val_if_fail (!sqlite3_get_autocommit (crm_db_get_handle (db)), FALSE);

  append_deleted (keep, table);
  g_string_append_printf (keep, " FROM main.%s old WHERE id BETWEEN ? AND ? ORDER BY id DESC", table->table);
  append_delete_trigger (watch, table);
  /* A rollback brings the trigger back, too. */
  return run_for_range (db, keep->str, first, last, error) && crm_db_execute (db, unwatch, error) &&
         run_for_range (db, delete, first, last, error) && crm_db_execute (db, watch->str, error);
}
