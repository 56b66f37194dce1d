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

static void
append_delete_trigger (GString               *sql,
                       const CrmHistoryTable *t)
{
  g_autofree char *names = g_strjoinv (",", (GStrv) t->columns);

  g_string_append_printf (sql,
                          "CREATE TEMP TRIGGER %s_deleted AFTER DELETE ON main.%s BEGIN"
                          " INSERT OR FAIL INTO history (entity, record, root, op, before)"
                          " VALUES (%d, old.id, old.%s, 3, image ('%s'", t->table, t->table, t->number, get_root (t), names);
  append_columns (sql, t, "old");
  g_string_append (sql, ")); END;\n");
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
