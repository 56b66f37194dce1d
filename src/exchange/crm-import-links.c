/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-links.h"

#include "crm-client.h"

struct _CrmImportLinks {
  const CrmKnown *known;
  GHashTable     *fields; /* field → (node → node), each a gint64 */
};

gboolean
crm_import_links_is_link (guint field)
{
  return g_strcmp0 (crm_client.fields[field].refers, crm_client.name) == 0;
}

/* A client that was in the base already by its id; one that a row made below zero, since a plan gives it no id. */
static gint64
get_node (const CrmImportLinks *self,
          guint32               client)
{
  return crm_known_is_new (self->known, client) ? -1 - (gint64) client : crm_known_get_id (self->known, client);
}

static void
add_link (GHashTable *links,
          gint64      from,
          gint64      to)
{
  g_hash_table_replace (links, g_memdup2 (&from, sizeof from), g_memdup2 (&to, sizeof to));
}

static gboolean
load_field (CrmImportLinks  *self,
            CrmDb           *db,
            guint            field,
            GError         **error)
{
  const char *name = crm_client.fields[field].name;
  g_autofree char *sql = g_strdup_printf ("SELECT id, %s FROM client WHERE %s IS NOT NULL", name, name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  GHashTable *links = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  gboolean row = stmt != NULL;

  g_hash_table_insert (self->fields, GUINT_TO_POINTER (field), links);
  while (row)
    {
      if (!crm_db_step (db, stmt, &row, error))
        return FALSE;
      if (row)
        add_link (links, sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1));
    }
  return stmt != NULL;
}

CrmImportLinks *
crm_import_links_new (CrmDb             *db,
                      const CrmMapping  *mapping,
                      const CrmKnown    *known,
                      GError           **error)
{
  g_autoptr (CrmImportLinks) self = g_new0 (CrmImportLinks, 1);

  self->known = known;
  self->fields = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  for (guint i = 0; mapping != NULL && i < crm_client.n_fields; i++)
    {
      guint n;

      crm_mapping_get_columns (mapping, (int) i, &n);
      if (n > 0 && crm_import_links_is_link (i) && !load_field (self, db, i, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

void
crm_import_links_free (CrmImportLinks *self)
{
  g_hash_table_unref (self->fields);
  g_free (self);
}

gboolean
crm_import_links_leads (const CrmImportLinks *self,
                        guint                 field,
                        guint32               from,
                        guint32               to)
{
  GHashTable *links = g_hash_table_lookup (self->fields, GUINT_TO_POINTER (field));
  gint64 at = get_node (self, from);
  gint64 wanted = get_node (self, to);
  const gint64 *next;

  /* A circle that is there already ends as well: no way is longer than there are links. */
  for (guint i = 0; links != NULL && i <= g_hash_table_size (links); i++)
    {
      if (at == wanted)
        return TRUE;
      next = g_hash_table_lookup (links, &at);
      if (next == NULL)
        return FALSE;
      at = *next;
    }
  return FALSE;
}

void
crm_import_links_set (CrmImportLinks *self,
                      guint           field,
                      guint32         client,
                      guint32         target)
{
  GHashTable *links = g_hash_table_lookup (self->fields, GUINT_TO_POINTER (field));

  if (links != NULL)
    add_link (links, get_node (self, client), get_node (self, target));
}
