/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-home.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"
#include "crm-sql.h"

/* A document of a conversation with a client: no chain is longer. */
#define MOST_STEPS 4

/* (nullable): the record of the entity of that name which @values refer to. */
static gboolean
follow (const CrmValues *values,
        const char      *refers,
        CrmHome         *home)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i].kind == CRM_KIND_REFERENCE && g_str_equal (entity->fields[i].refers, refers) &&
        crm_values_get_integer (values, i) != 0)
      {
        home->entity = crm_entity_find (refers);
        home->id = crm_values_get_integer (values, i);
        return TRUE;
      }
  return FALSE;
}

/* A conversation with nobody but people. */
static gboolean
find_participant (CrmDb    *db,
                  CrmHome  *home,
                  GError  **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT person FROM participant WHERE interaction = ? AND person IS NOT NULL ORDER BY id LIMIT 1", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, home->id);
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  if (row)
    {
      home->entity = &crm_person;
      home->id = sqlite3_column_int64 (stmt, 0);
    }
  return TRUE;
}

/* One step towards the card; @home stays if it is there. */
static gboolean
step (CrmDb    *db,
      CrmHome  *home,
      GError  **error)
{
  g_autoptr (CrmValues) values = NULL;
  const CrmEntity *entity = home->entity;

  if (entity == &crm_client || entity == &crm_person)
    return TRUE;
  values = crm_sql_read (db, entity, home->id, error);
  if (values == NULL)
    return FALSE;
  if (!crm_entity_is_root (entity))
    return follow (values, entity->fields[crm_entity_get_parent_field (entity)].refers, home);
  if (follow (values, "client", home) || follow (values, "person", home) || follow (values, "interaction", home))
    return TRUE;
  return entity != &crm_interaction || find_participant (db, home, error);
}

gboolean
crm_home_find (CrmDb    *db,
               gint64    id,
               CrmHome  *home,
               GError  **error)
{
  g_autoptr (GError) failure = NULL;

  home->entity = home->guest = crm_sql_find_entity (db, id, &failure);
  home->id = id;
  if (home->entity == NULL && failure == NULL)
    g_set_error_literal (&failure, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("This record is gone."));
  for (guint i = 0; i < MOST_STEPS && failure == NULL; i++)
    {
      const gint64 before = home->id;

      if (!step (db, home, &failure) || home->id == before)
        break;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}
