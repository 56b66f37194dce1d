/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-names.h"

#include "crm-fold.h"

struct _CrmNames {
  CrmDb      *db;
  GHashTable *entities; /* CrmEntity → (folded title → Named) */
};

typedef struct {
  gint64 id;
  char  *title;
} Named;

static void
named_free (Named *named)
{
  g_free (named->title);
  g_free (named);
}

static void
add_named (GHashTable *names,
           gint64      id,
           const char *title)
{
  Named *named = g_new (Named, 1);

  *named = (Named) { id, g_strdup (title) };
  g_hash_table_replace (names, crm_fold (title), named);
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
  g_autofree char *sql = g_strdup_printf ("SELECT id, %s FROM %s WHERE deleted IS NULL ORDER BY id DESC", entity->title, entity->name);
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

gboolean
crm_names_find (CrmNames         *self,
                const CrmEntity  *entity,
                const char       *name,
                gint64           *id,
                const char      **title,
                GError          **error)
{
  g_autofree char *folded = crm_fold (name);
  GHashTable *names = g_hash_table_lookup (self->entities, entity);
  g_autoptr (GHashTable) loaded = NULL;
  const Named *named;

  if (names == NULL)
    names = loaded = load (self, entity, error);
  if (names == NULL)
    return FALSE;
  named = g_hash_table_lookup (names, folded);
  *id = named == NULL ? 0 : named->id;
  if (title != NULL)
    *title = named == NULL ? NULL : named->title;
  return TRUE;
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
