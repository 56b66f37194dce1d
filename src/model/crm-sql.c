/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-sql.h"

/* The constant statements of an entity, made once. */
typedef struct {
  char *read;
  char *children;
  char *all;
  char *insert;
  char *delete;
  char *count;
  CrmHistoryTable history;
} Statements;

static gboolean
has_column (const CrmField *field)
{
  return !(field->flags & CRM_FIELD_VIRTUAL);
}

/* id, the columns in the order of the fields, then the names that references stand for. */
static void
append_select (GString         *sql,
               const CrmEntity *entity)
{
  g_string_append (sql, "SELECT id");
  for (guint i = 0; i < entity->n_fields; i++)
    if (has_column (&entity->fields[i]))
      g_string_append_printf (sql, ", %s", entity->fields[i].name);
  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i].kind == CRM_KIND_REFERENCE)
      {
        const CrmEntity *refers = crm_entity_find (entity->fields[i].refers);

        g_string_append_printf (sql, ", (SELECT r.%s FROM %s r WHERE r.id = t.%s)", refers->title, refers->name,
                                entity->fields[i].name);
      }
  g_string_append_printf (sql, " FROM %s t", entity->name);
}

static char *
make_insert (const CrmEntity *entity)
{
  g_autoptr (GString) columns = g_string_new ("id");
  g_autoptr (GString) marks = g_string_new ("?");

  for (guint i = 0; i < entity->n_fields; i++)
    if (has_column (&entity->fields[i]))
      {
        g_string_append_printf (columns, ", %s", entity->fields[i].name);
        g_string_append (marks, ", ?");
        if (entity->fields[i].flags & CRM_FIELD_SORTED)
          {
            g_string_append_printf (columns, ", %s_key", entity->fields[i].name);
            g_string_append (marks, ", ?");
          }
      }
  return g_strdup_printf ("INSERT OR FAIL INTO %s (%s) VALUES (%s)", entity->name, columns->str, marks->str);
}

static const char *
get_name_order (const CrmEntity *entity)
{
  const CrmField *title = crm_entity_get_field (entity, entity->title);

  return title->flags & CRM_FIELD_SORTED ? "_key" : "";
}

static CrmHistoryTable
make_history_table (const CrmEntity *entity)
{
  const char **columns = g_new0 (const char *, entity->n_fields + 1);
  guint n = 0;

  for (guint i = 0; i < entity->n_fields; i++)
    if (has_column (&entity->fields[i]))
      columns[n++] = entity->fields[i].name;
  return (CrmHistoryTable) { entity->number, entity->name, entity->parent, columns };
}

static Statements *
make_statements (const CrmEntity *entity)
{
  Statements *s = g_new0 (Statements, 1);
  g_autoptr (GString) select = g_string_new (NULL);

  append_select (select, entity);
  s->read = g_strconcat (select->str, " WHERE id = ?", NULL);
  if (entity->parent != NULL)
    s->children = g_strdup_printf ("%s WHERE %s = ? ORDER BY %s id", select->str, entity->parent,
                                   crm_entity_find_field (entity, "main") >= 0 ? "main DESC," : "");
  if (crm_entity_is_root (entity))
    s->all = g_strdup_printf ("%s WHERE deleted IS NULL ORDER BY %s%s, id", select->str, entity->title, get_name_order (entity));
  s->insert = make_insert (entity);
  s->delete = g_strdup_printf ("DELETE FROM %s WHERE id = ?", entity->name);
  s->count = g_strdup_printf ("SELECT count (*) FROM %s WHERE id BETWEEN ? AND ?", entity->name);
  s->history = make_history_table (entity);
  return s;
}

static const Statements *
get_statements (const CrmEntity *entity)
{
  static GMutex mutex;
  static GHashTable *made;
  Statements *s;

  g_mutex_lock (&mutex);
  if (made == NULL)
    made = g_hash_table_new (NULL, NULL);
  s = g_hash_table_lookup (made, entity);
  if (s == NULL)
    {
      s = make_statements (entity);
      g_hash_table_insert (made, (gpointer) entity, s);
    }
  g_mutex_unlock (&mutex);
  return s;
}

static void
load_column (CrmValues *values,
             guint      field,
             CrmStmt   *stmt,
             int        column)
{
  if (sqlite3_column_type (stmt, column) == SQLITE_NULL)
    crm_values_set_null (values, field);
  else if (crm_field_is_integer (&crm_values_get_entity (values)->fields[field]))
    crm_values_set_integer (values, field, sqlite3_column_int64 (stmt, column));
  else
    crm_values_set_text (values, field, (const char *) sqlite3_column_text (stmt, column));
}

static CrmValues *
load_row (const CrmEntity *entity,
          CrmStmt         *stmt)
{
  CrmValues *values = crm_values_new (entity, sqlite3_column_int64 (stmt, 0));
  int column = 1;

  for (guint i = 0; i < entity->n_fields; i++)
    if (has_column (&entity->fields[i]))
      load_column (values, i, stmt, column++);
  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i].kind == CRM_KIND_REFERENCE)
      {
        if (!crm_values_is_null (values, i))
          crm_values_set_reference (values, i, crm_values_get_integer (values, i), (const char *) sqlite3_column_text (stmt, column));
        column++;
      }
  return values;
}

static CrmValues *
read_one (CrmDb            *db,
          CrmStmt          *stmt,
          const CrmEntity  *entity,
          gint64            id,
          GError          **error)
{
  CrmValues *values = NULL;
  gboolean row;

  crm_stmt_bind_integer (stmt, 1, id);
  if (crm_db_step (db, stmt, &row, error) && row)
    values = load_row (entity, stmt);
  sqlite3_reset (stmt);
  return values;
}

CrmValues *
crm_sql_read (CrmDb            *db,
              const CrmEntity  *entity,
              gint64            id,
              GError          **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, get_statements (entity)->read, error);

  return stmt == NULL ? NULL : read_one (db, stmt, entity, id, error);
}

static void
unref_values (gpointer values)
{
  if (values != NULL)
    crm_values_unref (values);
}

GPtrArray *
crm_sql_read_many (CrmDb            *db,
                   const CrmEntity  *entity,
                   const gint64     *ids,
                   guint             n_ids,
                   GError          **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, get_statements (entity)->read, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_full (n_ids, unref_values);
  GError *failure = NULL;

  if (stmt == NULL)
    return NULL;
  for (guint i = 0; i < n_ids && failure == NULL; i++)
    g_ptr_array_add (found, read_one (db, stmt, entity, ids[i], &failure));
  if (failure == NULL)
    return g_steal_pointer (&found);
  g_propagate_error (error, failure);
  return NULL;
}

static GPtrArray *
read_rows (CrmDb            *db,
           const CrmEntity  *entity,
           const char       *sql,
           gint64            parameter,
           GError          **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (unref_values);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  if (parameter != 0)
    crm_stmt_bind_integer (stmt, 1, parameter);
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&found);
      g_ptr_array_add (found, load_row (entity, stmt));
    }
  return NULL;
}

GPtrArray *
crm_sql_read_children (CrmDb            *db,
                       const CrmEntity  *child,
                       gint64            parent,
                       GError          **error)
{
  g_return_val_if_fail (child->parent != NULL, NULL);

  return read_rows (db, child, get_statements (child)->children, parent, error);
}

GPtrArray *
crm_sql_read_all (CrmDb            *db,
                  const CrmEntity  *entity,
                  GError          **error)
{
  g_return_val_if_fail (crm_entity_is_root (entity), NULL);

  return read_rows (db, entity, get_statements (entity)->all, 0, error);
}

GArray *
crm_sql_find_referring (CrmDb            *db,
                        const CrmEntity  *entity,
                        guint             field,
                        gint64            id,
                        GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE %s = ?", entity->name, entity->fields[field].name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, id);
  return crm_db_get_integers (db, stmt, error);
}

const CrmEntity *
crm_sql_find_entity (CrmDb   *db,
                     gint64   id,
                     GError **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();

  for (guint i = 0; all[i] != NULL; i++)
    {
      g_autoptr (CrmStmt) stmt = crm_db_prepare (db, get_statements (all[i])->read, error);
      gboolean row = FALSE;

      if (stmt == NULL)
        return NULL;
      crm_stmt_bind_integer (stmt, 1, id);
      if (!crm_db_step (db, stmt, &row, error))
        return NULL;
      if (row)
        return all[i];
    }
  return NULL;
}

static void
bind_field (CrmStmt         *stmt,
            int             *parameter,
            CrmCollator     *collator,
            const CrmValues *values,
            guint            field)
{
  const CrmField *f = &crm_values_get_entity (values)->fields[field];
  const char *text = crm_values_get_text (values, field);

  /* A statement comes without bindings: NULL is there. */
  if (crm_values_is_null (values, field))
    ;
  else if (crm_field_is_integer (f))
    sqlite3_bind_int64 (stmt, *parameter, crm_values_get_integer (values, field));
  else
    sqlite3_bind_text (stmt, *parameter, text, -1, SQLITE_STATIC);
  (*parameter)++;
  if (f->flags & CRM_FIELD_SORTED)
    {
      gsize size;
      const guint8 *key = crm_collator_key (collator, text, -1, &size);

      if (key != NULL)
        crm_stmt_bind_blob (stmt, *parameter, key, size);
      (*parameter)++;
    }
}

gboolean
crm_sql_insert (CrmDb            *db,
                CrmCollator      *collator,
                const CrmValues  *values,
                GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  CrmStmt *stmt = crm_db_prepare (db, get_statements (entity)->insert, error);
  int parameter = 1;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, parameter++, crm_values_get_id (values));
  for (guint i = 0; i < entity->n_fields; i++)
    if (has_column (&entity->fields[i]))
      bind_field (stmt, &parameter, collator, values, i);
  return crm_db_finish (db, stmt, error);
}

static char *
make_update (const CrmEntity *entity,
             const CrmValues *changes)
{
  g_autoptr (GString) sql = g_string_new (NULL);

  for (guint i = 0; i < entity->n_fields; i++)
    if (has_column (&entity->fields[i]) && crm_values_has (changes, i))
      {
        g_string_append_printf (sql, "%s%s = ?", sql->len > 0 ? ", " : "", entity->fields[i].name);
        if (entity->fields[i].flags & CRM_FIELD_SORTED)
          g_string_append_printf (sql, ", %s_key = ?", entity->fields[i].name);
      }
  return sql->len == 0 ? NULL : g_strdup_printf ("UPDATE OR FAIL %s SET %s WHERE id = ?", entity->name, sql->str);
}

gboolean
crm_sql_update (CrmDb            *db,
                CrmCollator      *collator,
                const CrmValues  *changes,
                GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  g_autofree char *sql = make_update (entity, changes);
  CrmStmt *stmt = sql == NULL ? NULL : crm_db_prepare (db, sql, error);
  int parameter = 1;

  if (stmt == NULL)
    return sql == NULL;
  for (guint i = 0; i < entity->n_fields; i++)
    if (has_column (&entity->fields[i]) && crm_values_has (changes, i))
      bind_field (stmt, &parameter, collator, changes, i);
  sqlite3_bind_int64 (stmt, parameter, crm_values_get_id (changes));
  return crm_db_finish (db, stmt, error);
}

gboolean
crm_sql_delete (CrmDb            *db,
                const CrmEntity  *entity,
                gint64            id,
                GError          **error)
{
  CrmStmt *stmt = crm_db_prepare (db, get_statements (entity)->delete, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, id);
  return crm_db_finish (db, stmt, error);
}

gint64
crm_sql_count_range (CrmDb            *db,
                     const CrmEntity  *entity,
                     gint64            first,
                     gint64            last,
                     GError          **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, get_statements (entity)->count, error);
  gboolean row;

  if (stmt == NULL)
    return -1;
  crm_stmt_bind_integer (stmt, 1, first);
  crm_stmt_bind_integer (stmt, 2, last);
  return crm_db_step (db, stmt, &row, error) ? sqlite3_column_int64 (stmt, 0) : -1;
}

const CrmHistoryTable *
crm_sql_get_history_table (const CrmEntity *entity)
{
  return &get_statements (entity)->history;
}

static gboolean
rebuild_keys_of (CrmDb            *db,
                 CrmCollator      *collator,
                 const CrmEntity  *entity,
                 const char       *column,
                 GError          **error)
{
  g_autofree char *select = g_strdup_printf ("SELECT id, %s FROM %s WHERE %s IS NOT NULL", column, entity->name, column);
  g_autofree char *update = g_strdup_printf ("UPDATE %s SET %s_key = ? WHERE id = ?", entity->name, column);
  g_autoptr (CrmStmt) read = crm_db_prepare (db, select, error);
  gboolean row;

  if (read == NULL)
    return FALSE;
  while (crm_db_step (db, read, &row, error))
    {
      CrmStmt *write;
      const guint8 *key;
      gsize size;

      if (!row)
        return TRUE;
      write = crm_db_prepare (db, update, error);
      if (write == NULL)
        return FALSE;
      key = crm_collator_key (collator, (const char *) sqlite3_column_text (read, 1), -1, &size);
      crm_stmt_bind_blob (write, 1, key, size);
      crm_stmt_bind_integer (write, 2, sqlite3_column_int64 (read, 0));
      if (!crm_db_finish (db, write, error))
        return FALSE;
    }
  return FALSE;
}

gboolean
crm_sql_rebuild_keys (CrmDb        *db,
                      CrmCollator  *collator,
                      GError      **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();

  for (guint i = 0; all[i] != NULL; i++)
    for (guint f = 0; f < all[i]->n_fields; f++)
      if ((all[i]->fields[f].flags & CRM_FIELD_SORTED) && !rebuild_keys_of (db, collator, all[i], all[i]->fields[f].name, error))
        return FALSE;
  return TRUE;
}
