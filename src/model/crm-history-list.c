/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-history-list.h"

#include "crm-change.h"
#include "crm-image.h"
#include "crm-sql.h"

void
crm_history_entry_free (CrmHistoryEntry *entry)
{
  g_free (entry->label);
  g_free (entry->kind);
  g_free (entry->who);
  g_free (entry->before);
  g_free (entry->after);
  g_free (entry);
}

void
crm_step_entry_free (CrmStepEntry *entry)
{
  g_free (entry->label);
  g_free (entry->kind);
  g_free (entry->state);
  g_free (entry->who);
  g_free (entry);
}

static char *
dup_column (CrmStmt *stmt,
            int      column)
{
  return g_strdup ((const char *) sqlite3_column_text (stmt, column));
}

/* History gives what was before a change. What came after it is what was before the next one, or what is now: kept in @later while going back. */
typedef struct {
  CrmDb      *db;
  GHashTable *later;   /* record id → CrmValues: the row as it was just after the change being looked at */
  GPtrArray  *entries;
} Walk;

static CrmHistoryEntry *
add_entry (Walk            *walk,
           CrmStmt         *stmt,
           const CrmEntity *entity,
           int              field)
{
  CrmHistoryEntry *entry = g_new0 (CrmHistoryEntry, 1);

  entry->entity = entity;
  entry->record = sqlite3_column_int64 (stmt, 1);
  entry->op = sqlite3_column_int (stmt, 2);
  entry->step = sqlite3_column_int64 (stmt, 4);
  entry->label = dup_column (stmt, 5);
  entry->kind = dup_column (stmt, 6);
  entry->at = sqlite3_column_int64 (stmt, 7);
  entry->who = dup_column (stmt, 8);
  entry->field = field;
  g_ptr_array_add (walk->entries, entry);
  return entry;
}

static gboolean
is_told (const CrmField *field)
{
  static const char * const silent[] = { "created", "modified", "extra", NULL };

  return !g_strv_contains (silent, field->name);
}

/* A reference in an image is a bare id. */
static char *
format (Walk            *walk,
        const CrmValues *values,
        guint            field)
{
  const CrmField *f = &crm_values_get_entity (values)->fields[field];
  const CrmEntity *refers = f->kind == CRM_KIND_REFERENCE ? crm_entity_find (f->refers) : NULL;
  g_autoptr (CrmValues) record = NULL;

  if (refers == NULL || crm_values_is_null (values, field) || crm_values_get_text (values, field) != NULL)
    return crm_values_format (values, field);
  record = crm_sql_read (walk->db, refers, crm_values_get_integer (values, field), NULL);
  return record == NULL ? NULL : g_strdup (crm_values_get_text (record, crm_entity_get_title_field (refers)));
}

static void
tell_update (Walk            *walk,
             CrmStmt         *stmt,
             const CrmValues *before,
             const CrmValues *after)
{
  const CrmEntity *entity = crm_values_get_entity (before);

  for (guint i = 0; i < entity->n_fields; i++)
    if (crm_values_has (before, i) && is_told (&entity->fields[i]))
      {
        CrmHistoryEntry *entry = add_entry (walk, stmt, entity, (int) i);

        entry->before = format (walk, before, i);
        entry->after = after == NULL ? NULL : format (walk, after, i);
      }
}

static void
tell_whole (Walk            *walk,
            CrmStmt         *stmt,
            const CrmEntity *entity,
            const CrmValues *row)
{
  CrmHistoryEntry *entry = add_entry (walk, stmt, entity, -1);
  char *title = row == NULL ? NULL : format (walk, row, crm_entity_get_title_field (entity));

  if (entry->op == CRM_CHANGE_INSERTED)
    entry->after = title;
  else
    entry->before = title;
}

static CrmValues *
get_later (Walk            *walk,
           const CrmEntity *entity,
           gint64           id)
{
  CrmValues *row = g_hash_table_lookup (walk->later, &id);

  if (row == NULL && !g_hash_table_contains (walk->later, &id))
    {
      row = crm_sql_read (walk->db, entity, id, NULL);
      if (row != NULL)
        g_hash_table_insert (walk->later, g_memdup2 (&id, sizeof id), row);
    }
  return row;
}

static gboolean
tell_row (Walk     *walk,
          CrmStmt  *stmt,
          GError  **error)
{
  const CrmEntity *entity = crm_entity_find_number (sqlite3_column_int (stmt, 0));
  gint64 id = sqlite3_column_int64 (stmt, 1);
  CrmChangeOp op = (CrmChangeOp) sqlite3_column_int (stmt, 2);
  const char *json = (const char *) sqlite3_column_text (stmt, 3);
  g_autoptr (CrmValues) image = NULL;
  CrmValues *later;

  if (entity == NULL)
    return TRUE;
  image = json == NULL ? NULL : crm_image_parse (walk->db, entity, id, json, error);
  if (json != NULL && image == NULL)
    return FALSE;
  later = get_later (walk, entity, id);
  if (op == CRM_CHANGE_UPDATED && image != NULL)
    {
      tell_update (walk, stmt, image, later);
      if (later != NULL)
        crm_values_merge (later, image);
    }
  else
    {
      tell_whole (walk, stmt, entity, op == CRM_CHANGE_DELETED ? image : later);
      if (image != NULL)
        g_hash_table_replace (walk->later, g_memdup2 (&id, sizeof id), g_steal_pointer (&image));
    }
  return TRUE;
}

static const char history_query[] =
  "SELECT h.entity, h.record, h.op, h.before, s.id, s.label, s.kind, s.at, s.who"
  " FROM history h JOIN step s ON s.id ="
  "  (SELECT id FROM step WHERE first <= h.id AND last >= h.id ORDER BY first DESC LIMIT 1)"
  " WHERE h.root = ? ORDER BY h.id DESC";

GPtrArray *
crm_history_read_record (CrmDb   *db,
                         gint64   id,
                         guint    limit,
                         GError **error)
{
  g_autoptr (GHashTable) later = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) crm_values_unref);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_history_entry_free);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, history_query, error);
  Walk walk = { db, later, entries };
  gboolean row;

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, id);
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row || (limit > 0 && entries->len >= limit))
        return g_steal_pointer (&entries);
      if (!tell_row (&walk, stmt, error))
        return NULL;
    }
  return NULL;
}

GPtrArray *
crm_history_read_steps (CrmDb   *db,
                        guint    limit,
                        GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_step_entry_free);
  g_autoptr (CrmStmt) stmt =
    crm_db_prepare (db, "SELECT id, label, kind, state, who, at, last - first + 1 FROM step ORDER BY id DESC LIMIT ?", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, limit == 0 ? -1 : (gint64) limit);
  while (crm_db_step (db, stmt, &row, error))
    {
      CrmStepEntry *entry;

      if (!row)
        return g_steal_pointer (&steps);
      entry = g_new (CrmStepEntry, 1);
      *entry = (CrmStepEntry) {
        .id = sqlite3_column_int64 (stmt, 0),
        .label = dup_column (stmt, 1),
        .kind = dup_column (stmt, 2),
        .state = dup_column (stmt, 3),
        .who = dup_column (stmt, 4),
        .at = sqlite3_column_int64 (stmt, 5),
        .changes = sqlite3_column_int64 (stmt, 6),
      };
      g_ptr_array_add (steps, entry);
    }
  return NULL;
}
