/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-change.h"

#include <json-glib/json-glib.h>

#include "crm-entity.h"
#include "crm-image.h"

/* More rows than this in a commit are not listed: whoever follows reads anew. */
#define MAX_LISTED 2000

struct _CrmChangeSet {
  GArray *changes; /* of CrmChange; NULL: sweeping */
};

CrmChangeSet *
crm_change_set_new (GArray *changes)
{
  CrmChangeSet *self = g_new (CrmChangeSet, 1);

  *self = (CrmChangeSet) { changes };
  return self;
}

void
crm_change_set_free (CrmChangeSet *self)
{
  g_clear_pointer (&self->changes, g_array_unref);
  g_free (self);
}

gboolean
crm_change_set_is_sweeping (const CrmChangeSet *self)
{
  return self->changes == NULL;
}

const CrmChange *
crm_change_set_get (const CrmChangeSet *self,
                    guint              *n)
{
  *n = self->changes == NULL ? 0 : self->changes->len;
  return self->changes == NULL ? NULL : (const CrmChange *) (gpointer) self->changes->data;
}

gboolean
crm_change_set_touches (const CrmChangeSet *self,
                        const CrmEntity    *entity,
                        gint64              id)
{
  for (guint i = 0; self->changes != NULL && i < self->changes->len; i++)
    {
      const CrmChange *change = &g_array_index (self->changes, CrmChange, i);

      if ((change->entity == entity && change->id == id) || change->root == id)
        return TRUE;
    }
  return self->changes == NULL;
}

gboolean
crm_change_set_touches_entity (const CrmChangeSet *self,
                               const CrmEntity    *entity)
{
  for (guint i = 0; self->changes != NULL && i < self->changes->len; i++)
    if (g_array_index (self->changes, CrmChange, i).entity == entity)
      return TRUE;
  return self->changes == NULL;
}

static gboolean
read_change (CrmDb    *db,
             CrmStmt  *stmt,
             GArray   *changes,
             GError  **error)
{
  CrmChange change = {
    .entity = crm_entity_find_number (sqlite3_column_int (stmt, 0)),
    .id = sqlite3_column_int64 (stmt, 1),
    .root = sqlite3_column_int64 (stmt, 2),
    .op = (CrmChangeOp) sqlite3_column_int (stmt, 3),
  };
  g_autoptr (CrmValues) image = NULL;

  if (change.entity == NULL)
    return TRUE;
  if (sqlite3_column_type (stmt, 4) != SQLITE_NULL)
    {
      image = crm_image_parse (db, change.entity, change.id, (const char *) sqlite3_column_text (stmt, 4), error);
      if (image == NULL)
        return FALSE;
      for (guint i = 0; i < change.entity->n_fields; i++)
        if (crm_values_has (image, i))
          change.fields |= G_GUINT64_CONSTANT (1) << i;
    }
  g_array_append_val (changes, change);
  return TRUE;
}

CrmChangeSet *
crm_change_set_read (CrmDb    *db,
                     gint64    since,
                     gint64   *newest,
                     GError  **error)
{
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (CrmChange));
  g_autoptr (CrmStmt) stmt = NULL;
  gboolean row;

  if (!crm_db_get_integer (db, "SELECT max (id) FROM history", 0, newest, error) || *newest <= since)
    return NULL;
  if (*newest - since > MAX_LISTED)
    return crm_change_set_new (NULL);
  stmt = crm_db_prepare (db, "SELECT entity, record, root, op, before FROM history WHERE id > ? AND id <= ? ORDER BY id", error);
  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, since);
  crm_stmt_bind_integer (stmt, 2, *newest);
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return crm_change_set_new (g_steal_pointer (&changes));
      if (!read_change (db, stmt, changes, error))
        return NULL;
    }
  return NULL;
}
