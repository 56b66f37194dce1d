/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-erase-history.h"

#include <string.h>

#include "crm-erase.h"
#include "crm-fold.h"
#include "crm-person.h"

/* Who was merged into the person */

typedef struct {
  CrmDb    *db;
  GArray   *people;
  CrmNeedles *names;
} People;

static gboolean
is_known (const People *self,
          gint64        id)
{
  for (guint i = 0; i < self->people->len; i++)
    if (g_array_index (self->people, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* Names and e-mail addresses that history has of a person */
static gboolean
add_former_names (People   *self,
                  gint64    person,
                  GError  **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db, "SELECT entity, before FROM history WHERE root = ? AND before IS NOT NULL", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, person);
  while (crm_db_step (self->db, stmt, &row, error))
    {
      g_autoptr (JsonNode) node = NULL;
      gboolean is_point = row && sqlite3_column_int (stmt, 0) == crm_person_point.number;
      const char *text;

      if (!row)
        return TRUE;
      if (!is_point && sqlite3_column_int (stmt, 0) != crm_person.number)
        continue;
      node = crm_erase_parse (self->db, (const char *) sqlite3_column_text (stmt, 1), error);
      if (node == NULL)
        return FALSE;
      text = json_object_get_string_member_with_default (json_node_get_object (node), is_point ? "value" : "name", NULL);
      if (text != NULL && (!is_point || strchr (text, '@') != NULL))
        crm_needles_add (self->names, text);
    }
  return FALSE;
}

/* An image of a row that went has all that was not NULL. */
static gboolean
in_trash (JsonObject *image)
{
  return json_object_has_member (image, "deleted");
}

/* People who went in a step that changed the person were merged: others go from the trash. */
static gboolean
add_merged (People   *self,
            gint64    person,
            GError  **error)
{
  g_autoptr (CrmStmt) stmt =
    crm_db_prepare (self->db,
                    "SELECT DISTINCT h.record, h.before FROM history h JOIN (SELECT DISTINCT s.first, s.last, s.kind FROM history k JOIN step s"
                    "  ON s.id = (SELECT id FROM step WHERE first <= k.id AND last >= k.id ORDER BY first DESC LIMIT 1) WHERE k.root = ?1) t"
                    " ON h.id BETWEEN t.first AND t.last AND t.kind <> 'undo'"
                    " WHERE h.entity = ?2 AND h.op = 3 AND h.before IS NOT NULL AND h.record <> ?1"
                    " AND NOT EXISTS (SELECT 1 FROM person WHERE id = h.record)", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, person);
  crm_stmt_bind_integer (stmt, 2, crm_person.number);
  while (crm_db_step (self->db, stmt, &row, error))
    {
      g_autoptr (JsonNode) node = NULL;
      gint64 id = row ? sqlite3_column_int64 (stmt, 0) : 0;

      if (!row)
        return TRUE;
      node = crm_erase_parse (self->db, (const char *) sqlite3_column_text (stmt, 1), error);
      if (node == NULL)
        return FALSE;
      if (!is_known (self, id) && !in_trash (json_node_get_object (node)))
        g_array_append_val (self->people, id);
    }
  return FALSE;
}

/* Two who were alike to the letter leave no trace of each other when they are merged. */
static gboolean
add_alike (People   *self,
           GError  **error)
{
  g_autoptr (CrmStmt) stmt =
    crm_db_prepare (self->db, "SELECT record, before FROM history h WHERE entity = ? AND op = 3 AND before IS NOT NULL"
                              " AND NOT EXISTS (SELECT 1 FROM person WHERE id = h.record)", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, crm_person.number);
  while (crm_db_step (self->db, stmt, &row, error))
    {
      g_autoptr (JsonNode) node = row ? crm_erase_parse (self->db, (const char *) sqlite3_column_text (stmt, 1), error) : NULL;
      gint64 id = row ? sqlite3_column_int64 (stmt, 0) : 0;
      g_autofree char *folded = NULL;

      if (!row)
        return TRUE;
      if (node == NULL)
        return FALSE;
      folded = crm_fold (json_object_get_string_member_with_default (json_node_get_object (node), "name", NULL));
      if (!is_known (self, id) && !in_trash (json_node_get_object (node)) &&
          g_ptr_array_find_with_equal_func (crm_needles_get (self->names), folded, g_str_equal, NULL))
        g_array_append_val (self->people, id);
    }
  return FALSE;
}

GArray *
crm_erase_find_people (CrmDb     *db,
                       gint64     person,
                       CrmNeedles  *names,
                       GError   **error)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (gint64));
  People self = { db, people, names };

  g_array_append_val (people, person);
  if (!add_alike (&self, error))
    return NULL;
  for (guint i = 0; i < people->len; i++)
    {
      gint64 id = g_array_index (people, gint64, i);

      if (!add_former_names (&self, id, error) || !add_merged (&self, id, error))
        return NULL;
    }
  return g_steal_pointer (&people);
}

/* Who was deleted otherwise left an image. */
GArray *
crm_erase_find_erased (CrmDb   *db,
                       GArray  *people,
                       GError **error)
{
  g_autoptr (GArray) erased = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (db != NULL && people != NULL, NULL);

  for (guint i = 0; i < people->len; i++)
    {
      g_autoptr (CrmStmt) stmt =
        crm_db_prepare (db, "SELECT 1 FROM history WHERE root = ?1 AND record = ?1 AND entity = ?2 AND op = 3 AND before IS NULL", error);
      gboolean row;

      if (stmt == NULL)
        return NULL;
      crm_stmt_bind_integer (stmt, 1, g_array_index (people, gint64, i));
      crm_stmt_bind_integer (stmt, 2, crm_person.number);
      if (!crm_db_step (db, stmt, &row, error))
        return NULL;
      if (row)
        g_array_append_val (erased, g_array_index (people, gint64, i));
    }
  return g_steal_pointer (&erased);
}
