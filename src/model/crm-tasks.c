/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-tasks.h"

#include "crm-sql.h"
#include "crm-task.h"

GPtrArray *
crm_tasks_read_open (CrmDb   *db,
                     guint    owner,
                     gint64   record,
                     GError **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (db != NULL, NULL);
  g_return_val_if_fail (owner == CRM_TASK_CLIENT || owner == CRM_TASK_PERSON, NULL);

  stmt = crm_db_prepare (db,
                         owner == CRM_TASK_CLIENT
                             ? "SELECT id FROM task WHERE client = ? AND done IS NULL AND deleted IS NULL"
                               " ORDER BY next DESC, due IS NULL, due, time IS NULL, time, id"
                             : "SELECT id FROM task WHERE person = ? AND done IS NULL AND deleted IS NULL"
                               " ORDER BY next DESC, due IS NULL, due, time IS NULL, time, id",
                         error);
  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, record);
  ids = crm_db_get_integers (db, stmt, error);
  return ids != NULL ? crm_sql_read_many (db, &crm_task, (const gint64 *) (gpointer) ids->data, ids->len, error) : NULL;
}

static char **
read_texts (CrmDb      *db,
            const char *sql,
            guint       limit,
            GError    **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  gboolean row;

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, limit);
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return g_strv_builder_end (texts);
      g_strv_builder_add (texts, (const char *) sqlite3_column_text (stmt, 0));
    }
  return NULL;
}

char **
crm_tasks_read_names (CrmDb   *db,
                      guint    limit,
                      GError **error)
{
  g_return_val_if_fail (db != NULL, NULL);

  return read_texts (db,
                     "SELECT name FROM (SELECT id, name FROM task WHERE deleted IS NULL ORDER BY id DESC LIMIT 500) GROUP BY name"
                     " HAVING count (*) > 1 ORDER BY count (*) DESC, max (id) DESC LIMIT ?",
                     limit, error);
}
