/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-undo.h"

#include <glib/gi18n-lib.h>

#include "crm-change.h"
#include "crm-error.h"
#include "crm-image.h"
#include "crm-sql.h"
#include "crm-writer-private.h"

char *
crm_undo_find (CrmDb     *db,
               gboolean   redo,
               gint64    *step,
               GError   **error)
{
  g_autoptr (CrmStmt) stmt =
    crm_db_prepare (db,
                    redo ? "SELECT id, label FROM step WHERE state = 'undone' AND kind = 'do' ORDER BY id LIMIT 1"
                         : "SELECT id, label FROM step WHERE state = 'done' AND kind = 'do' ORDER BY id DESC LIMIT 1", error);
  gboolean row;

  if (stmt == NULL || !crm_db_step (db, stmt, &row, error) || !row)
    return NULL;
  if (step != NULL)
    *step = sqlite3_column_int64 (stmt, 0);
  return g_strdup ((const char *) sqlite3_column_text (stmt, 1));
}

/* The history rows to go back over: those of the step, or of the undo that took it back. */
static gboolean
find_range (CrmDb     *db,
            gint64     step,
            gboolean   redo,
            gint64    *first,
            gint64    *last,
            GError   **error)
{
  g_autoptr (CrmStmt) stmt =
    crm_db_prepare (db,
                    redo ? "SELECT first, last FROM step WHERE kind = 'undo' AND target = ? ORDER BY id DESC LIMIT 1"
                         : "SELECT first, last FROM step WHERE id = ?", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, step);
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  *first = row ? sqlite3_column_int64 (stmt, 0) : 1;
  *last = row ? sqlite3_column_int64 (stmt, 1) : 0;
  return TRUE;
}

static void
touch_root (CrmWriter       *writer,
            const CrmEntity *entity,
            gint64           root)
{
  if (!crm_entity_is_root (entity))
    entity = crm_entity_find (entity->fields[crm_entity_get_parent_field (entity)].refers);
  crm_writer_touch (writer, entity, root, FALSE);
}

static gboolean
put_back (CrmWriter       *writer,
          const CrmEntity *entity,
          gint64           id,
          CrmChangeOp      op,
          const char      *before,
          GError         **error)
{
  CrmDb *db = crm_writer_get_db (writer);
  CrmCollator *collator = crm_writer_get_collator (writer);
  g_autoptr (CrmValues) image = before == NULL ? NULL : crm_image_parse (entity, id, before, error);

  if (op == CRM_CHANGE_INSERTED)
    return crm_sql_delete (db, entity, id, error);
  if (image == NULL)
    return FALSE;
  return op == CRM_CHANGE_DELETED ? crm_sql_insert (db, collator, image, error) : crm_sql_update (db, collator, image, error);
}

static gboolean
put_range_back (CrmWriter *writer,
                gint64     first,
                gint64     last,
                GError   **error)
{
  CrmDb *db = crm_writer_get_db (writer);
  g_autoptr (CrmStmt) stmt =
    crm_db_prepare (db, "SELECT entity, record, root, op, before FROM history WHERE id BETWEEN ? AND ? ORDER BY id DESC", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, first);
  crm_stmt_bind_integer (stmt, 2, last);
  while (crm_db_step (db, stmt, &row, error))
    {
      const CrmEntity *entity;

      if (!row)
        return TRUE;
      entity = crm_entity_find_number (sqlite3_column_int (stmt, 0));
      if (entity == NULL)
        continue;
      touch_root (writer, entity, sqlite3_column_int64 (stmt, 2));
      if (!put_back (writer, entity, sqlite3_column_int64 (stmt, 1), (CrmChangeOp) sqlite3_column_int (stmt, 3),
                     (const char *) sqlite3_column_text (stmt, 4), error))
        return FALSE;
    }
  return FALSE;
}

static char *
get_step_label (gboolean    redo,
                const char *label)
{
  return redo ? g_strdup_printf (_("Redo: %s"), label) : g_strdup_printf (_("Undo: %s"), label);
}

char *
crm_undo_run (CrmDb        *db,
              CrmCollator  *collator,
              gboolean      redo,
              GError      **error)
{
  CrmWriter *writer = crm_writer_begin (db, collator, "", error);
  g_autoptr (GError) failure = NULL;
  g_autofree char *label = NULL;
  g_autofree char *step_label = NULL;
  gint64 step, first = 1, last = 0;

  if (writer == NULL)
    return NULL;
  label = crm_undo_find (db, redo, &step, &failure);
  if (label == NULL && failure == NULL)
    g_set_error_literal (&failure, CRM_ERROR, CRM_ERROR_NOT_FOUND,
                         redo ? _("There is nothing to do again.") : _("There is nothing to undo."));
  if (failure == NULL && find_range (db, step, redo, &first, &last, &failure))
    crm_writer_expect (writer, (guint) MAX (last - first + 1, 0));
  if (failure == NULL && put_range_back (writer, first, last, &failure))
    {
      step_label = get_step_label (redo, label);
      crm_writer_set_label (writer, step_label);
      crm_writer_set_kind (writer, redo ? CRM_STEP_REDO : CRM_STEP_UNDO, step);
      return crm_writer_commit (writer, error) ? g_steal_pointer (&label) : NULL;
    }
  crm_writer_rollback (writer);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
