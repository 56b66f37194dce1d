/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-undo.h"

#include <glib/gi18n-lib.h>

#include "crm-change.h"
#include "crm-error.h"
#include "crm-image.h"
#include "crm-sql.h"
#include "crm-writer-private.h"

/* Rows that a step inserted one after another are taken out together, so many at most. */
#define MAX_TOGETHER 20000
/* From this many of an entity on its ids are tried as a range. */
#define MIN_RANGE 200

/* Back over the history of a step */
typedef struct {
  CrmWriter *writer;
  GArray   **inserted; /* of gint64: ids to be deleted, one array for each entity; none is there twice */
  guint      n_inserted;
} Walk;

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
delete_each (CrmDb            *db,
             const CrmEntity  *entity,
             GArray           *ids,
             GError          **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!crm_sql_delete (db, entity, g_array_index (ids, gint64, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
delete_range (CrmWriter        *writer,
              const CrmEntity  *entity,
              gint64            first,
              gint64            last,
              GError          **error)
{
  return crm_history_delete_range (crm_writer_get_db (writer), crm_sql_get_history_table (entity), first, last, error) &&
         (!crm_entity_is_root (entity) || crm_writer_forget (writer, entity, first, last, error));
}

/* Ids are counted up, so what was inserted in a row mostly has the range of its ids for itself. */
static gboolean
delete_all (CrmWriter        *writer,
            const CrmEntity  *entity,
            GArray           *ids,
            GError          **error)
{
  CrmDb *db = crm_writer_get_db (writer);
  gint64 first = G_MAXINT64, last = 0, n;

  if (ids->len < MIN_RANGE)
    return delete_each (db, entity, ids, error);
  for (guint i = 0; i < ids->len; i++)
    {
      first = MIN (first, g_array_index (ids, gint64, i));
      last = MAX (last, g_array_index (ids, gint64, i));
    }
  n = crm_sql_count_range (db, entity, first, last, error);
  if (n < 0)
    return FALSE;
  return n == ids->len ? delete_range (writer, entity, first, last, error) : delete_each (db, entity, ids, error);
}

/* Children before their parents */
static gboolean
delete_inserted (Walk    *walk,
                 GError **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();

  for (guint i = g_strv_length ((GStrv) all); walk->n_inserted > 0 && i > 0; i--)
    {
      if (!delete_all (walk->writer, all[i - 1], walk->inserted[i - 1], error))
        return FALSE;
      g_array_set_size (walk->inserted[i - 1], 0);
    }
  walk->n_inserted = 0;
  return TRUE;
}

static gboolean
take_inserted (Walk             *walk,
               const CrmEntity  *entity,
               gint64            id,
               GError          **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  guint i = 0;

  while (all[i] != entity)
    i++;
  g_array_append_val (walk->inserted[i], id);
  walk->n_inserted++;
  return walk->n_inserted < MAX_TOGETHER || delete_inserted (walk, error);
}

static gboolean
put_image_back (Walk             *walk,
                const CrmEntity  *entity,
                gint64            id,
                CrmChangeOp       op,
                const char       *before,
                GError          **error)
{
  CrmDb *db = crm_writer_get_db (walk->writer);
  CrmCollator *collator = crm_writer_get_collator (walk->writer);
  g_autoptr (CrmValues) image = NULL;

  if (!delete_inserted (walk, error))
    return FALSE;
  image = crm_image_parse (db, entity, id, before == NULL ? "" : before, error);
  if (image == NULL)
    return FALSE;
  if (op == CRM_CHANGE_DELETED)
    return crm_sql_insert (db, collator, image, error);
  return crm_sql_update (db, collator, image, error) && crm_writer_touch_naming (walk->writer, image, error);
}

static gboolean
put_row_back (Walk     *walk,
              CrmStmt  *stmt,
              GError  **error)
{
  const CrmEntity *entity = crm_entity_find_number (sqlite3_column_int (stmt, 0));
  gint64 id = sqlite3_column_int64 (stmt, 1);
  CrmChangeOp op = (CrmChangeOp) sqlite3_column_int (stmt, 3);

  if (entity == NULL)
    return TRUE;
  touch_root (walk->writer, entity, sqlite3_column_int64 (stmt, 2));
  return op == CRM_CHANGE_INSERTED
             ? take_inserted (walk, entity, id, error)
             : put_image_back (walk, entity, id, op, (const char *) sqlite3_column_text (stmt, 4), error);
}

static gboolean
put_range_back (Walk    *walk,
                gint64   first,
                gint64   last,
                GError **error)
{
  CrmDb *db = crm_writer_get_db (walk->writer);
  g_autoptr (CrmStmt) stmt =
    crm_db_prepare (db, "SELECT entity, record, root, op, before FROM history WHERE id BETWEEN ? AND ? ORDER BY id DESC", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, first);
  crm_stmt_bind_integer (stmt, 2, last);
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return delete_inserted (walk, error);
      if (!put_row_back (walk, stmt, error))
        return FALSE;
    }
  return FALSE;
}

static gboolean
go_back (CrmWriter *writer,
         gint64     first,
         gint64     last,
         GError   **error)
{
  guint n = g_strv_length ((GStrv) crm_entity_get_all ());
  Walk walk = { writer, g_new (GArray *, n), 0 };
  gboolean ok;

  for (guint i = 0; i < n; i++)
    walk.inserted[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  ok = put_range_back (&walk, first, last, error);
  for (guint i = 0; i < n; i++)
    g_array_unref (walk.inserted[i]);
  g_free (walk.inserted);
  return ok;
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
  if (failure == NULL && go_back (writer, first, last, &failure))
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
