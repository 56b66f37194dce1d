/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-writer.h"

#include "crm-search-text.h"
#include "crm-through.h"
#include "crm-time.h"
#include "crm-writer-private.h"

/* From this many records on, the index of words is made anew once instead of word by word. */
#define BULK_RECORDS 2000
/* A bulk change goes back and forth in many indexes at once: it gets room for them while it lasts. */
#define BULK_CACHE "PRAGMA cache_size = -65536"
#define USUAL_CACHE "PRAGMA cache_size = -4000"

struct _CrmWriter {
  CrmDb       *db;
  CrmCollator *collator;
  char        *label;
  CrmStepKind  kind;
  gint64       target;
  gint64       first; /* history row */
  guint        expected;
  gboolean     is_bulk[CRM_N_SEARCH_TABLES]; /* the index of words is made anew at the end */
  gboolean     decided; /* whether it is */
  GArray      *touched; /* of Touched */
  CrmNames    *names;
};

typedef struct {
  const CrmEntity *entity;
  gint64           id;
  gboolean         derive;
  gboolean         fresh; /* new, with the right text already; only its words are not in the index */
} Touched;

static void
writer_free (CrmWriter *self)
{
  if (self->expected >= BULK_RECORDS && crm_db_execute (self->db, USUAL_CACHE, NULL))
    sqlite3_db_release_memory (crm_db_get_handle (self->db));
  g_free (self->label);
  g_array_unref (self->touched);
  crm_names_free (self->names);
  g_free (self);
}

CrmWriter *
crm_writer_begin (CrmDb        *db,
                  CrmCollator  *collator,
                  const char   *label,
                  GError      **error)
{
  CrmWriter *self;

  if (!crm_db_execute (db, "BEGIN IMMEDIATE", error))
    return NULL;
  self = g_new0 (CrmWriter, 1);
  self->db = db;
  self->collator = collator;
  self->label = g_strdup (label);
  self->touched = g_array_new (FALSE, FALSE, sizeof (Touched));
  self->names = crm_names_new (db);
  if (crm_db_get_integer (db, "SELECT max (id) FROM history", 0, &self->first, error))
    {
      self->first++;
      return self;
    }
  crm_writer_rollback (self);
  return NULL;
}

void
crm_writer_rollback (CrmWriter *self)
{
  crm_db_set_cancellable (self->db, NULL);
  if (!sqlite3_get_autocommit (crm_db_get_handle (self->db)))
    crm_db_execute (self->db, "ROLLBACK", NULL);
  writer_free (self);
}

void
crm_writer_set_kind (CrmWriter   *self,
                     CrmStepKind  kind,
                     gint64       target)
{
  self->kind = kind;
  self->target = target;
}

CrmStepKind
crm_writer_get_kind (CrmWriter *self)
{
  return self->kind;
}

void
crm_writer_touch (CrmWriter       *self,
                  const CrmEntity *root,
                  gint64           id,
                  gboolean         derive)
{
  Touched touched = { root, id, derive, FALSE };
  const Touched *last = self->touched->len == 0 ? NULL : &g_array_index (self->touched, Touched, self->touched->len - 1);

  /* A record's rows follow upon each other. */
  if (last == NULL || last->id != id || last->derive != derive || last->fresh)
    g_array_append_val (self->touched, touched);
}

void
crm_writer_touch_new (CrmWriter       *self,
                      const CrmEntity *root,
                      gint64           id)
{
  Touched touched = { root, id, FALSE, TRUE };

  g_array_append_val (self->touched, touched);
}

CrmDb *
crm_writer_get_db (CrmWriter *self)
{
  return self->db;
}

CrmCollator *
crm_writer_get_collator (CrmWriter *self)
{
  return self->collator;
}

CrmNames *
crm_writer_get_names (CrmWriter *self)
{
  return self->names;
}

void
crm_writer_expect (CrmWriter *self,
                   guint      records)
{
  self->expected = records;
  if (records >= BULK_RECORDS)
    crm_db_execute (self->db, BULK_CACHE, NULL);
}

void
crm_writer_set_label (CrmWriter  *self,
                      const char *label)
{
  g_free (self->label);
  self->label = g_strdup (label);
}

/* Ends of steps */

static int
compare_touched (gconstpointer a,
                 gconstpointer b)
{
  const Touched *x = a, *y = b;

  if (x->id != y->id)
    return (x->id > y->id) - (x->id < y->id);
  return x->fresh != y->fresh ? y->fresh - x->fresh : y->derive - x->derive;
}

/* How many search rows of a table the step touches. Of a log nothing is announced. */
static guint
count_touched (CrmWriter      *self,
               CrmSearchTable  table)
{
  guint n = 0;

  for (guint i = 0; i < self->touched->len; i++)
    n += crm_search_text_get_table (g_array_index (self->touched, Touched, i).entity) == table;
  return table == CRM_SEARCH_RECORDS ? MAX (n, self->expected) : n;
}

/* Once: the words of what went by then have been deleted one by one, or not at all. */
static gboolean
decide_bulk (CrmWriter  *self,
             GError    **error)
{
  for (CrmSearchTable table = 0; table < CRM_N_SEARCH_TABLES && !self->decided; table++)
    {
      guint touched = count_touched (self, table);
      gint64 all;

      if (touched < BULK_RECORDS)
        continue;
      if (!crm_db_get_integer (self->db, crm_search_text_get_statements (table)->count, 0, &all, error))
        return FALSE;
      self->is_bulk[table] = touched > all / 4;
    }
  self->decided = TRUE;
  return TRUE;
}

static gboolean
is_bulk (CrmWriter       *self,
         const CrmEntity *entity)
{
  return self->is_bulk[crm_search_text_get_table (entity)];
}

static gboolean
rebuild_words (CrmWriter  *self,
               GError    **error)
{
  for (CrmSearchTable table = 0; table < CRM_N_SEARCH_TABLES; table++)
    if (self->is_bulk[table] && !crm_search_text_rebuild (self->db, table, error))
      return FALSE;
  return TRUE;
}

gboolean
crm_writer_forget (CrmWriter        *self,
                   const CrmEntity  *root,
                   gint64            first,
                   gint64            last,
                   GError          **error)
{
  guint n = 0;

  if (!decide_bulk (self, error) || !crm_search_text_delete_range (self->db, root, first, last, !is_bulk (self, root), error))
    return FALSE;
  for (guint i = 0; i < self->touched->len; i++)
    {
      const Touched *touched = &g_array_index (self->touched, Touched, i);

      if (touched->entity != root || touched->id < first || touched->id > last)
        g_array_index (self->touched, Touched, n++) = *touched;
    }
  g_array_set_size (self->touched, n);
  return TRUE;
}

static gboolean
follow_one (CrmWriter     *self,
            const Touched *touched,
            GError       **error)
{
  if (touched->fresh)
    return is_bulk (self, touched->entity) || crm_search_text_index (self->db, touched->entity, touched->id, error);
  return (!touched->derive || crm_through_derive (self, touched->entity, touched->id, error)) &&
         crm_search_text_update (self->db, touched->entity, touched->id, !is_bulk (self, touched->entity), error);
}

static gboolean
follow_touched (CrmWriter *self,
                GError   **error)
{
  const Touched *last = NULL;

  /* Sorted: ids ascend in the tables; of several touches of a record the fresh one comes first, then one with derive. */
  g_array_sort (self->touched, compare_touched);
  if (!decide_bulk (self, error))
    return FALSE;
  for (guint i = 0; i < self->touched->len; i++)
    {
      const Touched *touched = &g_array_index (self->touched, Touched, i);

      if (last != NULL && last->id == touched->id && last->fresh == touched->fresh)
        continue;
      last = touched;
      if (!follow_one (self, touched, error))
        return FALSE;
    }
  return rebuild_words (self, error);
}

gboolean
crm_writer_follow (CrmWriter  *self,
                   GError    **error)
{
  gboolean ok = follow_touched (self, error);

  g_array_set_size (self->touched, 0);
  memset (self->is_bulk, 0, sizeof self->is_bulk);
  return ok;
}

gint64
crm_writer_get_first (CrmWriter *self)
{
  return self->first;
}

static gboolean
run_for_target (CrmWriter   *self,
                const char  *sql,
                GError     **error)
{
  CrmStmt *stmt = crm_db_prepare (self->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, self->target);
  return crm_db_finish (self->db, stmt, error);
}

static gboolean
mark_steps (CrmWriter *self,
            GError   **error)
{
  switch (self->kind)
    {
    case CRM_STEP_UNDO:
      return run_for_target (self, "UPDATE step SET state = 'undone' WHERE id = ?", error);
    case CRM_STEP_REDO:
      return run_for_target (self, "UPDATE step SET state = 'done' WHERE id = ?", error);
    default:
      /* Something new was done: what had been undone cannot be done again. */
      return crm_db_execute (self->db, "UPDATE step SET state = 'dropped' WHERE state = 'undone' AND kind = 'do'", error);
    }
}

static gboolean
write_step (CrmWriter *self,
            gint64     last,
            GError   **error)
{
  static const char * const kinds[] = { "do", "undo", "redo", "do" };
  CrmStmt *stmt = crm_db_prepare (self->db,
                                  "INSERT INTO step (label, at, who, kind, target, state, first, last)"
                                  " VALUES (?, ?, ?, ?, nullif (?, 0), ?, ?, ?)", error);
  const char *who = g_get_real_name ();

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, self->label);
  crm_stmt_bind_integer (stmt, 2, crm_time_now ());
  crm_stmt_bind_text (stmt, 3, g_strcmp0 (who, "Unknown") == 0 ? g_get_user_name () : who);
  crm_stmt_bind_text (stmt, 4, kinds[self->kind]);
  crm_stmt_bind_integer (stmt, 5, self->target);
  crm_stmt_bind_text (stmt, 6, self->kind == CRM_STEP_FINAL ? "dropped" : "done");
  crm_stmt_bind_integer (stmt, 7, self->first);
  crm_stmt_bind_integer (stmt, 8, last);
  return crm_db_finish (self->db, stmt, error);
}

gboolean
crm_writer_commit (CrmWriter *self,
                   GError   **error)
{
  gint64 last;
  gboolean ok = follow_touched (self, error) && crm_db_get_integer (self->db, "SELECT max (id) FROM history", 0, &last, error);

  if (ok && (last >= self->first || self->kind != CRM_STEP_DO))
    ok = mark_steps (self, error) && write_step (self, last, error);
  ok = ok && crm_db_execute (self->db, "COMMIT", error);
  if (ok)
    writer_free (self);
  else
    crm_writer_rollback (self);
  return ok;
}
