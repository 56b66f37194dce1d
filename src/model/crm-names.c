/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-names.h"

#include "crm-fold.h"

struct _CrmNames {
  CrmDb      *db;
  GHashTable *entities; /* CrmEntity → (folded title → Named) */
};

typedef struct {
  GArray *ids;   /* of gint64, the oldest first */
  char   *title; /* of the oldest */
} Named;

static void
named_free (Named *named)
{
  g_array_unref (named->ids);
  g_free (named->title);
  g_free (named);
}

static void
add_named (GHashTable *names,
           gint64      id,
           const char *title)
{
  g_autofree char *folded = crm_fold (title);
  Named *named = g_hash_table_lookup (names, folded);

  if (named == NULL)
    {
      named = g_new (Named, 1);
      *named = (Named) { g_array_sized_new (FALSE, FALSE, sizeof (gint64), 1), g_strdup (title) };
      g_hash_table_insert (names, g_steal_pointer (&folded), named);
    }
  g_array_append_val (named->ids, id);
}

CrmNames *
crm_names_new (CrmDb *db)
{
  CrmNames *self = g_new0 (CrmNames, 1);

  self->db = db;
  self->entities = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  return self;
}

void
crm_names_free (CrmNames *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entities);
  g_free (self);
}

static GHashTable *
load (CrmNames         *self,
      const CrmEntity  *entity,
      GError          **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) named_free);
  g_autofree char *sql = g_strdup_printf ("SELECT id, %s FROM %s WHERE deleted IS NULL ORDER BY id", entity->title, entity->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db, sql, error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  while (crm_db_step (self->db, stmt, &row, error))
    {
      if (!row)
        {
          g_hash_table_insert (self->entities, (gpointer) entity, g_hash_table_ref (names));
          return g_steal_pointer (&names);
        }
      if (sqlite3_column_type (stmt, 1) != SQLITE_NULL)
        add_named (names, sqlite3_column_int64 (stmt, 0), (const char *) sqlite3_column_text (stmt, 1));
    }
  return NULL;
}

/* @found: (out) (transfer none): %NULL: none */
static gboolean
look_up (CrmNames         *self,
         const CrmEntity  *entity,
         const char       *name,
         const Named     **found,
         GError          **error)
{
  g_autofree char *folded = crm_fold (name);
  GHashTable *names = g_hash_table_lookup (self->entities, entity);
  g_autoptr (GHashTable) loaded = NULL;

  if (names == NULL)
    names = loaded = load (self, entity, error);
  *found = names == NULL ? NULL : g_hash_table_lookup (names, folded);
  return names != NULL;
}

gboolean
crm_names_find (CrmNames         *self,
                const CrmEntity  *entity,
                const char       *name,
                gint64           *id,
                const char      **title,
                GError          **error)
{
  const Named *named;

  if (!look_up (self, entity, name, &named, error))
    return FALSE;
  *id = named == NULL ? 0 : g_array_index (named->ids, gint64, 0);
  if (title != NULL)
    *title = named == NULL ? NULL : named->title;
  return TRUE;
}

GArray *
crm_names_find_all (CrmNames         *self,
                    const CrmEntity  *entity,
                    const char       *name,
                    GError          **error)
{
  const Named *named;

  if (!look_up (self, entity, name, &named, error))
    return NULL;
  return named == NULL ? g_array_new (FALSE, FALSE, sizeof (gint64)) : g_array_ref (named->ids);
}

void
crm_names_add (CrmNames        *self,
               const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  GHashTable *names = g_hash_table_lookup (self->entities, entity);
  const char *title = crm_values_get_text (values, crm_entity_get_title_field (entity));

  if (names != NULL && title != NULL)
    add_named (names, crm_values_get_id (values), title);
}

void
crm_names_forget (CrmNames        *self,
                  const CrmEntity *entity)
{
  g_hash_table_remove (self->entities, entity);
}
