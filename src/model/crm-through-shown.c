/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-through-private.h"

#include <string.h>

#include "crm-sql.h"
#include "crm-writer-private.h"

/* What fields show of the children that they are seen through, and what is derived by SQL of the tables of fields. */

char *
crm_through_get_kind (const CrmThrough *through)
{
  return through->kind == NULL ? NULL : g_strndup (through->kind, strcspn (through->kind, ";"));
}

int
crm_through_rate (const CrmThrough *through,
                  const char       *kind,
                  gboolean          main)
{
  gsize length = kind == NULL ? 0 : strlen (kind);
  const char *at;

  if (through->kind == NULL)
    return main ? CRM_THROUGH_MAIN_RATE : 1;
  at = length == 0 ? NULL : strstr (through->kind, kind);
  if (at == NULL || (at[length] != '\0' && at[length] != ';') || (at > through->kind && at[-1] != ';'))
    return 0;
  return (main ? CRM_THROUGH_MAIN_RATE : 1) + (at == through->kind ? 1 : 0);
}

/* What of the child is seen: of a reference the name of what it refers to. */
static char *
make_column (const CrmThrough *through,
             const CrmEntity  *child)
{
  const CrmField *field = crm_entity_get_field (child, through->field);
  const CrmEntity *refers = field->kind == CRM_KIND_REFERENCE ? crm_entity_find (field->refers) : NULL;

  return refers == NULL ? g_strdup (field->name)
                        : g_strdup_printf ("(SELECT %s FROM %s WHERE id = %s.%s)", refers->title, refers->name, child->name, field->name);
}

char *
crm_through_make_query (const CrmThrough *through,
                        const char       *parent)
{
  const CrmEntity *child = crm_entity_find (through->entity);
  g_autofree char *column = make_column (through, child);
  g_autoptr (GString) kinds = g_string_new (NULL);
  g_autofree char *first = crm_through_get_kind (through);
  g_auto (GStrv) all = NULL;

  if (through->kind == NULL)
    return g_strdup_printf ("SELECT %s FROM %s WHERE %s = %s ORDER BY main DESC, id LIMIT 1", column, child->name,
                            child->parent, parent);
  all = g_strsplit (through->kind, ";", -1);
  for (guint i = 0; all[i] != NULL; i++)
    g_string_append_printf (kinds, "%s'%s'", i > 0 ? ", " : "", all[i]);
  return g_strdup_printf ("SELECT %s FROM %s WHERE %s = %s AND kind IN (%s) ORDER BY main DESC, kind <> '%s', id LIMIT 1",
                          column, child->name, child->parent, parent, kinds->str, first);
}

static const char *
get_derive_query (const CrmField *field)
{
  static GMutex mutex;
  static GHashTable *queries;
  char *query;

  if (field->derived != NULL)
    return field->derived;
  g_mutex_lock (&mutex);
  if (queries == NULL)
    queries = g_hash_table_new (NULL, NULL);
  query = g_hash_table_lookup (queries, field);
  if (query == NULL)
    {
      query = crm_through_make_query (field->through, "?");
      g_hash_table_insert (queries, (gpointer) field, query);
    }
  g_mutex_unlock (&mutex);
  return query;
}

static gboolean
derive_field (CrmDb      *db,
              CrmValues  *changes,
              guint       field,
              GError    **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, get_derive_query (&entity->fields[field]), error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, crm_values_get_id (changes));
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  if (!row || sqlite3_column_type (stmt, 0) == SQLITE_NULL)
    crm_values_set_null (changes, field);
  else if (crm_field_is_integer (&entity->fields[field]))
    crm_values_set_integer (changes, field, sqlite3_column_int64 (stmt, 0));
  else
    crm_values_set_text (changes, field, (const char *) sqlite3_column_text (stmt, 0));
  return TRUE;
}

static gboolean
is_derived (const CrmField *field)
{
  return (field->through != NULL || field->derived != NULL) && !(field->flags & CRM_FIELD_VIRTUAL);
}

gboolean
crm_through_derive (CrmWriter        *writer,
                    const CrmEntity  *entity,
                    gint64            id,
                    GError          **error)
{
  CrmDb *db = crm_writer_get_db (writer);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrmValues) current = crm_sql_read (db, entity, id, &failure);
  g_autoptr (CrmValues) changes = crm_values_new (entity, id);

  if (current == NULL && failure == NULL)
    return TRUE;
  for (guint i = 0; i < entity->n_fields && failure == NULL; i++)
    {
      if (!is_derived (&entity->fields[i]))
        continue;
      if (derive_field (db, changes, i, &failure) && crm_values_equal_field (changes, current, i))
        crm_values_unset (changes, i);
    }
  if (failure == NULL)
    return crm_sql_update (db, crm_writer_get_collator (writer), changes, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
is_seen_in (const CrmField  *field,
            const CrmEntity *child)
{
  return (field->flags & CRM_FIELD_VIRTUAL) && strcmp (field->through->entity, child->name) == 0;
}

static gboolean
holds_fields (const CrmEntity *entity,
              const CrmEntity *child)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (is_seen_in (&entity->fields[i], child))
      return TRUE;
  return FALSE;
}

/* The fields without a column that are seen through @child, one column each behind what decides which child is the main one. */
static char *
make_load_query (const CrmEntity *entity,
                 const CrmEntity *child)
{
  GString *sql = g_string_new ("SELECT id, main, kind");

  for (guint i = 0; i < entity->n_fields; i++)
    if (is_seen_in (&entity->fields[i], child))
      g_string_append_printf (sql, ", %s", entity->fields[i].through->field);
  g_string_append_printf (sql, " FROM %s WHERE %s = ?", child->name, child->parent);
  return g_string_free (sql, FALSE);
}

static const char *
get_load_query (const CrmEntity *entity,
                const CrmEntity *child)
{
  static GMutex mutex;
  static GHashTable *queries; /* a child has one parent */
  char *query;

  g_mutex_lock (&mutex);
  if (queries == NULL)
    queries = g_hash_table_new (NULL, NULL);
  query = g_hash_table_lookup (queries, child);
  if (query == NULL)
    {
      query = make_load_query (entity, child);
      g_hash_table_insert (queries, (gpointer) child, query);
    }
  g_mutex_unlock (&mutex);
  return query;
}

typedef struct {
  int    rate;
  gint64 id;
} Best;

static void
take_row (CrmValues       *values,
          const CrmEntity *child,
          CrmStmt         *stmt,
          Best            *best)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  gint64 id = sqlite3_column_int64 (stmt, 0);
  gboolean main = sqlite3_column_int (stmt, 1) != 0;
  const char *kind = (const char *) sqlite3_column_text (stmt, 2);
  int column = 3;

  for (guint i = 0; i < entity->n_fields; i++)
    if (is_seen_in (&entity->fields[i], child))
      {
        int rated = crm_through_rate (entity->fields[i].through, kind, main);

        if (rated > best[i].rate || (rated > 0 && rated == best[i].rate && id < best[i].id))
          {
            best[i] = (Best) { rated, id };
            crm_values_set_text (values, i, (const char *) sqlite3_column_text (stmt, column));
          }
        column++;
      }
}

static gboolean
load_from (CrmDb            *db,
           CrmValues        *values,
           const CrmEntity  *child,
           Best             *best,
           GError          **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, get_load_query (crm_values_get_entity (values), child), error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, crm_values_get_id (values));
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return TRUE;
      take_row (values, child, stmt, best);
    }
  return FALSE;
}

gboolean
crm_through_load (CrmDb      *db,
                  CrmValues  *values,
                  GError    **error)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  Best best[CRM_MAX_FIELDS] = { 0 };

  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i].flags & CRM_FIELD_VIRTUAL)
      crm_values_set_null (values, i);
  for (guint i = 0; entity->children != NULL && entity->children[i] != NULL; i++)
    {
      const CrmEntity *child = crm_entity_find (entity->children[i]);

      if (holds_fields (entity, child) && !load_from (db, values, child, best, error))
        return FALSE;
    }
  return TRUE;
}
