/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-only-one.h"

#include "crm-sql.h"

static guint
get_mark (const CrmEntity *entity)
{
  return (guint) crm_entity_find_field (entity, entity->only_one->mark);
}

static GArray *
read_ids (CrmDb      *db,
          const char *sql,
          gint64      id,
          GError    **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, id);
  return crm_db_get_integers (db, stmt, error);
}

/* Those that have the mark beside the record, if it has the mark and counts itself. */
static GArray *
find_others (CrmDb            *db,
             const CrmEntity  *entity,
             gint64            id,
             GError          **error)
{
  const CrmOnlyOne *one = entity->only_one;
  g_autofree char *sql = g_strdup_printf ("WITH marked AS NOT MATERIALIZED (SELECT id, %1$s AS owner FROM %2$s WHERE %3$s AND %4$s)"
                                          " SELECT other.id FROM marked own JOIN marked other ON other.owner = own.owner AND other.id <> own.id"
                                          " WHERE own.id = ? ORDER BY other.id", one->owner, entity->name, one->mark, one->among);

  return read_ids (db, sql, id, error);
}

static gboolean
take_mark (CrmWriter        *writer,
           const CrmEntity  *entity,
           gint64            id,
           GError          **error)
{
  g_autoptr (CrmValues) changes = crm_values_new (entity, id);

  crm_values_set_integer (changes, get_mark (entity), FALSE);
  return crm_writer_update (writer, changes, error);
}

gboolean
crm_only_one_keep (CrmWriter        *writer,
                   const CrmEntity  *entity,
                   gint64            id,
                   gboolean          is_given,
                   GError          **error)
{
  g_autoptr (GArray) others = NULL;

  if (entity->only_one == NULL)
    return TRUE;
  others = find_others (crm_writer_get_db (writer), entity, id, error);
  if (others == NULL)
    return FALSE;
  if (!is_given)
    return others->len == 0 || take_mark (writer, entity, id, error);
  for (guint i = 0; i < others->len; i++)
    if (!take_mark (writer, entity, g_array_index (others, gint64, i), error))
      return FALSE;
  return TRUE;
}

gboolean
crm_only_one_restore (CrmWriter        *writer,
                      const CrmEntity  *root,
                      gint64            id,
                      GError          **error)
{
  for (guint c = 0; root->children != NULL && root->children[c] != NULL; c++)
    {
      const CrmEntity *child = crm_entity_find (root->children[c]);
      g_autoptr (GArray) ids = NULL;

      if (child->only_one == NULL)
        continue;
      ids = crm_writer_find_referring (writer, child, crm_entity_get_parent_field (child), id, error);
      for (guint i = 0; ids != NULL && i < ids->len; i++)
        if (!crm_only_one_keep (writer, child, g_array_index (ids, gint64, i), FALSE, error))
          return FALSE;
      if (ids == NULL)
        return FALSE;
    }
  return crm_only_one_keep (writer, root, id, FALSE, error);
}

gboolean
crm_only_one_find (CrmDb            *db,
                   const CrmEntity  *entity,
                   gint64            owner,
                   gint64           *id,
                   GError          **error)
{
  const CrmOnlyOne *one = entity->only_one;
  g_autofree char *sql = NULL;
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (one != NULL, FALSE);

  sql = g_strdup_printf ("SELECT id FROM %s WHERE %s = ? AND %s AND %s ORDER BY id LIMIT 1", entity->name, one->owner, one->mark, one->among);
  ids = read_ids (db, sql, owner, error);
  *id = ids == NULL || ids->len == 0 ? 0 : g_array_index (ids, gint64, 0);
  return ids != NULL;
}
