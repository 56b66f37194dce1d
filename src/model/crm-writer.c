/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-writer.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"
#include "crm-fold.h"
#include "crm-id.h"
#include "crm-reference.h"
#include "crm-search-text.h"
#include "crm-sql.h"
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
  GHashTable  *named;   /* entity → (folded title → Named), made when first asked for */
};

typedef struct {
  const CrmEntity *entity;
  gint64           id;
  gboolean         derive;
  gboolean         fresh; /* new, with the right text already; only its words are not in the index */
} Touched;

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

static void
writer_free (CrmWriter *self)
{
  if (self->expected >= BULK_RECORDS && crm_db_execute (self->db, USUAL_CACHE, NULL))
    sqlite3_db_release_memory (crm_db_get_handle (self->db));
  g_free (self->label);
  g_array_unref (self->touched);
  g_hash_table_unref (self->named);
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
  self->named = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
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
  static const char * const kinds[] = { "do", "undo", "redo" };
  CrmStmt *stmt = crm_db_prepare (self->db,
                                  "INSERT INTO step (label, at, who, kind, target, state, first, last)"
                                  " VALUES (?, ?, ?, ?, nullif (?, 0), 'done', ?, ?)", error);
  const char *who = g_get_real_name ();

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, self->label);
  crm_stmt_bind_integer (stmt, 2, crm_time_now ());
  crm_stmt_bind_text (stmt, 3, g_strcmp0 (who, "Unknown") == 0 ? g_get_user_name () : who);
  crm_stmt_bind_text (stmt, 4, kinds[self->kind]);
  crm_stmt_bind_integer (stmt, 5, self->target);
  crm_stmt_bind_integer (stmt, 6, self->first);
  crm_stmt_bind_integer (stmt, 7, last);
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

/* Titles of records that are found by name */

static GHashTable *
load_names (CrmWriter        *self,
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
          g_hash_table_insert (self->named, (gpointer) entity, g_hash_table_ref (names));
          return g_steal_pointer (&names);
        }
      add_named (names, sqlite3_column_int64 (stmt, 0), (const char *) sqlite3_column_text (stmt, 1));
    }
  return NULL;
}

static Named *
look_up (CrmWriter        *self,
         const CrmEntity  *entity,
         const char       *name,
         GError          **error)
{
  g_autofree char *folded = crm_fold (name);
  GHashTable *names = g_hash_table_lookup (self->named, entity);
  g_autoptr (GHashTable) loaded = NULL;

  if (names == NULL)
    names = loaded = load_names (self, entity, error);
  return names == NULL ? NULL : g_hash_table_lookup (names, folded);
}

gint64
crm_writer_resolve_named (CrmWriter        *self,
                          const CrmEntity  *entity,
                          const char       *name,
                          gboolean          create,
                          const char      **title,
                          GError          **error)
{
  g_autoptr (GError) failure = NULL;
  Named *named = look_up (self, entity, name, &failure);

  if (named == NULL && failure == NULL && create)
    {
      g_autoptr (CrmValues) values = crm_values_new (entity, 0);

      crm_values_set_text (values, crm_entity_get_title_field (entity), name);
      if (crm_writer_insert (self, values, &failure) != 0)
        named = look_up (self, entity, name, &failure);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  if (named != NULL && title != NULL)
    *title = named->title;
  return named == NULL ? 0 : named->id;
}

gint64
crm_writer_find_named (CrmWriter        *self,
                       const CrmEntity  *entity,
                       const char       *name,
                       gboolean          create,
                       GError          **error)
{
  return crm_writer_resolve_named (self, entity, name, create, NULL, error);
}

/* Titles may have changed: they are read anew when next asked for. */
static void
forget_names (CrmWriter       *self,
              const CrmValues *changes)
{
  const CrmEntity *entity = crm_values_get_entity (changes);

  if (crm_entity_is_root (entity) && crm_values_has (changes, crm_entity_get_title_field (entity)))
    g_hash_table_remove (self->named, entity);
}

static void
remember_name (CrmWriter       *self,
               const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  GHashTable *names = g_hash_table_lookup (self->named, entity);

  if (names != NULL)
    add_named (names, crm_values_get_id (values), crm_values_get_text (values, crm_entity_get_title_field (entity)));
}

static gboolean
check_unique (CrmWriter       *self,
              const CrmValues *changes,
              GError         **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  guint title = crm_entity_get_title_field (entity);
  const char *name;
  GError *failure = NULL;
  gint64 other;

  if (!entity->unique || !crm_values_has (changes, title))
    return TRUE;
  name = crm_values_get_text (changes, title);
  other = crm_writer_find_named (self, entity, name, FALSE, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (other == 0 || other == crm_values_get_id (changes))
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: the name “%s” is taken already."), _(entity->label), name);
  return FALSE;
}

/* What is refused */

static void
set_missing (GError **error,
             gint64   id)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no record with the id %s."), number);
}

/* A reference by name gets its id. */
static gboolean
resolve_reference (CrmWriter  *self,
                   CrmValues  *changes,
                   guint       index,
                   GError    **error)
{
  const CrmField *field = &crm_values_get_entity (changes)->fields[index];
  const CrmEntity *refers = crm_entity_find (field->refers);
  const char *name = crm_values_get_text (changes, index);
  GError *failure = NULL;
  gint64 id = crm_writer_find_named (self, refers, name, refers->unique, &failure);

  if (id != 0)
    crm_values_set_reference (changes, index, id, NULL);
  else if (failure != NULL)
    g_propagate_error (error, failure);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: “%s” does not exist."), crm_field_get_label (field), name);
  return id != 0;
}

/* The database would say so only at the end of the step, and not of which field. What stands already may stay, though it went to the trash since. */
static gboolean
check_reference (CrmWriter        *self,
                 const CrmValues  *changes,
                 const CrmValues  *current,
                 guint             index,
                 GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  gint64 target = crm_values_get_integer (changes, index);
  const char *name = NULL;

  if (current != NULL && crm_values_get_integer (current, index) == target)
    return TRUE;
  if (crm_entity_is_root (entity))
    name = crm_values_get_text (changes, crm_entity_get_title_field (entity));
  return crm_reference_check (self->db, entity, index, crm_values_get_id (changes), name, target, error);
}

static gboolean
check_references (CrmWriter        *self,
                  CrmValues        *changes,
                  const CrmValues  *current,
                  GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      gboolean by_name = crm_values_get_integer (changes, i) == 0 && crm_values_get_text (changes, i) != NULL;

      if (entity->fields[i].kind != CRM_KIND_REFERENCE || crm_values_is_null (changes, i))
        continue;
      if (by_name && !resolve_reference (self, changes, i, error))
        return FALSE;
      /* What was found by its name stands there; only one of the same table may lead back here. */
      if ((!by_name || strcmp (entity->fields[i].refers, entity->name) == 0) && !check_reference (self, changes, current, i, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_required (const CrmValues *changes,
                gboolean         is_new,
                GError         **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);

  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & CRM_FIELD_REQUIRED) && (is_new || crm_values_has (changes, i)) &&
        crm_values_is_null (changes, i))
      {
        g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: %s"), crm_field_get_label (&entity->fields[i]),
                     _("It cannot be empty."));
        return FALSE;
      }
  return TRUE;
}

/* Values that did not pass crm_values_parse() are held to the same rules. */
static gboolean
check_kinds (const CrmValues *changes,
             GError         **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  g_autoptr (CrmValues) parsed = crm_values_new (entity, 0);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const char *text = crm_values_get_text (changes, i);

      if (text != NULL && entity->fields[i].kind != CRM_KIND_REFERENCE && !crm_values_is_plain (changes, i) &&
          !crm_values_parse (parsed, i, text, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check (CrmWriter       *self,
       CrmValues       *changes,
       const CrmValues *current,
       GError         **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);

  if (entity->rules != NULL && entity->rules->before_save != NULL)
    entity->rules->before_save (changes, current);
  return check_required (changes, current == NULL, error) && check_kinds (changes, error) &&
         check_references (self, changes, current, error) && check_unique (self, changes, error) &&
         (entity->rules == NULL || entity->rules->validate == NULL || entity->rules->validate (changes, current, error));
}

/* What was said is a proof: it is added to. Only of whom it was may change: two records may be one person. */
static gboolean
check_append_only (const CrmValues *changes,
                   GError         **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);

  for (guint i = 0; entity->append_only && i < entity->n_fields; i++)
    if (i != crm_entity_get_parent_field (entity) && crm_values_has (changes, i))
      {
        g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: it is neither changed nor deleted. Add what holds now."),
                     _(entity->label));
        return FALSE;
      }
  return TRUE;
}

/* Its parent has just been made. */
gboolean
crm_writer_check_child (CrmWriter *self,
                        CrmValues *values,
                        GError   **error)
{
  return check (self, values, NULL, error);
}

/* Writing */

static void
stamp (CrmValues *values,
       gboolean   is_new)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  int created = crm_entity_find_field (entity, "created");
  int modified = crm_entity_find_field (entity, "modified");

  if (modified < 0)
    return;
  crm_values_set_integer (values, (guint) modified, crm_time_now ());
  if (is_new)
    crm_values_set_integer (values, (guint) created, crm_values_get_integer (values, (guint) modified));
}

/* What the record refers to shows something of it. */
static void
touch_followed (CrmWriter       *self,
                const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & CRM_FIELD_FOLLOWED) && crm_values_get_integer (values, i) != 0)
      crm_writer_touch (self, crm_entity_find (entity->fields[i].refers), crm_values_get_integer (values, i), TRUE);
}

static void
touch_root (CrmWriter       *self,
            const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  const CrmEntity *root = entity;
  gint64 id = crm_values_get_id (values);

  if (!crm_entity_is_root (entity))
    {
      guint parent = crm_entity_get_parent_field (entity);

      root = crm_entity_find (entity->fields[parent].refers);
      id = crm_values_get_integer (values, parent);
    }
  crm_writer_touch (self, root, id, root != entity);
  touch_followed (self, values);
}

/* A base drawn at random may, once in a very long while, meet ids that exist. */
gboolean
crm_writer_insert_row (CrmWriter *self,
                       CrmValues *values,
                       GError   **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean drawn = crm_values_get_id (values) == 0;

  if (drawn)
    crm_values_set_id (values, crm_id_new ());
  if (crm_sql_insert (self->db, self->collator, values, &failure))
    return TRUE;
  if (drawn && sqlite3_extended_errcode (crm_db_get_handle (self->db)) == SQLITE_CONSTRAINT_PRIMARYKEY)
    {
      crm_id_redraw ();
      crm_values_set_id (values, crm_id_new ());
      return crm_sql_insert (self->db, self->collator, values, error);
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* A record of its own comes with its children and its text, so that nothing of it has to be read again. */
static gboolean
insert_root (CrmWriter *self,
             CrmValues *values,
             GPtrArray *children,
             GError   **error)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  g_autoptr (GString) text = g_string_sized_new (128);
  Touched touched = { .entity = entity, .fresh = TRUE };
  guint64 own;

  if (!crm_through_prepare (self, values, children, &own, error) || !crm_writer_insert_row (self, values, error))
    return FALSE;
  crm_search_text_add (values, text);
  touched.id = crm_values_get_id (values);
  if (!crm_through_insert (self, values, children, own, text, error) ||
      !crm_search_text_insert (self->db, entity, touched.id, text->str, error))
    return FALSE;
  g_array_append_val (self->touched, touched);
  touch_followed (self, values);
  remember_name (self, values);
  return TRUE;
}

static gboolean
insert_child (CrmWriter *self,
              CrmValues *values,
              GError   **error)
{
  if (!crm_writer_insert_row (self, values, error))
    return FALSE;
  touch_root (self, values);
  return TRUE;
}

gint64
crm_writer_insert_with (CrmWriter        *self,
                        const CrmValues  *given,
                        GPtrArray        *children,
                        GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (given);
  g_autoptr (CrmValues) values = crm_values_copy (given);

  g_return_val_if_fail (children == NULL || crm_entity_is_root (entity), 0);

  if (!check (self, values, NULL, error))
    return 0;
  stamp (values, TRUE);
  if (!(crm_entity_is_root (entity) ? insert_root (self, values, children, error) : insert_child (self, values, error)))
    return 0;
  if (entity->rules != NULL && entity->rules->after_insert != NULL &&
      !entity->rules->after_insert (self, crm_values_get_id (values), error))
    return 0;
  return crm_values_get_id (values);
}

gint64
crm_writer_insert (CrmWriter        *self,
                   const CrmValues  *values,
                   GError          **error)
{
  return crm_writer_insert_with (self, values, NULL, error);
}

static gboolean
drop_unchanged (CrmValues       *changes,
                const CrmValues *current)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  gboolean any = FALSE;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      if (!crm_values_has (changes, i))
        continue;
      if (crm_values_equal_field (changes, current, i))
        crm_values_unset (changes, i);
      else
        any = TRUE;
    }
  return any;
}

static CrmValues *
read_existing (CrmWriter        *self,
               const CrmEntity  *entity,
               gint64            id,
               GError          **error)
{
  g_autoptr (GError) failure = NULL;
  CrmValues *values = crm_sql_read (self->db, entity, id, &failure);

  if (values == NULL && failure == NULL)
    set_missing (error, id);
  else if (values == NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return values;
}

CrmValues *
crm_writer_read (CrmWriter        *self,
                 const CrmEntity  *entity,
                 gint64            id,
                 GError          **error)
{
  return read_existing (self, entity, id, error);
}

static gboolean
touch_parents (CrmWriter        *self,
               const CrmEntity  *child,
               guint             field,
               gint64            id,
               GError          **error)
{
  guint parent = crm_entity_get_parent_field (child);
  g_autoptr (GArray) ids = crm_sql_find_referring (self->db, child, field, id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (CrmValues) values = read_existing (self, child, g_array_index (ids, gint64, i), error);

      if (values == NULL)
        return FALSE;
      crm_writer_touch (self, crm_entity_find (child->fields[parent].refers), crm_values_get_integer (values, parent), TRUE);
    }
  return ids != NULL;
}

gboolean
crm_writer_touch_naming (CrmWriter        *self,
                         const CrmValues  *changes,
                         GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  const CrmEntity * const *all = crm_entity_get_all ();

  if (!crm_entity_is_root (entity) || !crm_values_has (changes, crm_entity_get_title_field (entity)))
    return TRUE;
  for (guint e = 0; all[e] != NULL; e++)
    for (guint f = 0; !crm_entity_is_root (all[e]) && f < all[e]->n_fields; f++)
      if (all[e]->fields[f].kind == CRM_KIND_REFERENCE && (all[e]->fields[f].flags & CRM_FIELD_SEARCH) &&
          strcmp (all[e]->fields[f].refers, entity->name) == 0 && !touch_parents (self, all[e], f, crm_values_get_id (changes), error))
        return FALSE;
  return TRUE;
}

gboolean
crm_writer_update (CrmWriter        *self,
                   const CrmValues  *given,
                   GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (given);
  g_autoptr (CrmValues) changes = crm_values_copy (given);
  g_autoptr (CrmValues) current = read_existing (self, entity, crm_values_get_id (given), error);

  if (current == NULL || !check (self, changes, current, error))
    return FALSE;
  if (!crm_through_update (self, changes, error))
    return FALSE;
  if (!drop_unchanged (changes, current))
    return TRUE;
  if (!check_append_only (changes, error))
    return FALSE;
  stamp (changes, FALSE);
  if (!crm_sql_update (self->db, self->collator, changes, error))
    return FALSE;
  touch_root (self, current);
  touch_followed (self, changes);
  forget_names (self, changes);
  if (!crm_writer_touch_naming (self, changes, error))
    return FALSE;
  return entity->rules == NULL || entity->rules->after_update == NULL ||
         entity->rules->after_update (self, crm_values_get_id (changes), error);
}

static gboolean
set_deleted (CrmWriter       *self,
             const CrmValues *current,
             gint64           when,
             GError         **error)
{
  const CrmEntity *entity = crm_values_get_entity (current);
  guint deleted = (guint) crm_entity_find_field (entity, "deleted");
  g_autoptr (CrmValues) changes = crm_values_new (entity, crm_values_get_id (current));

  if (crm_values_is_null (current, deleted) == (when == 0))
    return TRUE;
  if (when == 0)
    crm_values_set_null (changes, deleted);
  else
    crm_values_set_integer (changes, deleted, when);
  g_hash_table_remove (self->named, entity);
  touch_root (self, current);
  return crm_sql_update (self->db, self->collator, changes, error);
}

gboolean
crm_writer_delete (CrmWriter        *self,
                   const CrmEntity  *entity,
                   gint64            id,
                   GError          **error)
{
  g_autoptr (CrmValues) current = read_existing (self, entity, id, error);

  if (current == NULL || !check_append_only (current, error))
    return FALSE;
  if (entity->rules != NULL && entity->rules->before_delete != NULL && !entity->rules->before_delete (self, id, error))
    return FALSE;
  if (crm_entity_is_root (entity))
    return set_deleted (self, current, crm_time_now (), error);
  touch_root (self, current);
  return crm_sql_delete (self->db, entity, id, error);
}

gboolean
crm_writer_restore (CrmWriter        *self,
                    const CrmEntity  *entity,
                    gint64            id,
                    GError          **error)
{
  g_autoptr (CrmValues) current = read_existing (self, entity, id, error);

  g_return_val_if_fail (crm_entity_is_root (entity), FALSE);

  return current != NULL && check_unique (self, current, error) && set_deleted (self, current, 0, error);
}

/* What refers to a record that is about to go for good goes along if it cannot be without, and else refers to nothing. */
static gboolean
loosen_reference (CrmWriter       *self,
                  const CrmEntity *entity,
                  guint            field,
                  gint64           referring,
                  GError         **error)
{
  g_autoptr (CrmValues) changes = NULL;

  if (entity->fields[field].flags & CRM_FIELD_OWNER)
    return crm_writer_purge (self, entity, referring, error);
  if (entity->fields[field].flags & CRM_FIELD_REQUIRED)
    return crm_writer_delete (self, entity, referring, error);
  changes = crm_values_new (entity, referring);
  crm_values_set_null (changes, field);
  return crm_sql_update (self->db, self->collator, changes, error);
}

static gboolean
refers_to (const CrmEntity *entity,
           guint            field,
           const CrmEntity *referred)
{
  const CrmField *f = &entity->fields[field];
  gboolean is_parent = entity->parent != NULL && field == crm_entity_get_parent_field (entity);

  return f->kind == CRM_KIND_REFERENCE && g_strcmp0 (f->refers, referred->name) == 0 && !is_parent;
}

static gboolean
loosen_references (CrmWriter       *self,
                   const CrmEntity *entity,
                   gint64           id,
                   GError         **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();

  for (guint e = 0; all[e] != NULL; e++)
    for (guint f = 0; f < all[e]->n_fields; f++)
      {
        g_autoptr (GArray) ids = NULL;

        if (!refers_to (all[e], f, entity))
          continue;
        ids = crm_sql_find_referring (self->db, all[e], f, id, error);
        for (guint i = 0; ids != NULL && i < ids->len; i++)
          if (!loosen_reference (self, all[e], f, g_array_index (ids, gint64, i), error))
            return FALSE;
        if (ids == NULL)
          return FALSE;
      }
  return TRUE;
}

gboolean
crm_writer_purge (CrmWriter        *self,
                  const CrmEntity  *entity,
                  gint64            id,
                  GError          **error)
{
  g_autoptr (CrmValues) current = read_existing (self, entity, id, error);

  if (current == NULL || !loosen_references (self, entity, id, error))
    return FALSE;
  for (guint i = 0; entity->children != NULL && entity->children[i] != NULL; i++)
    {
      const CrmEntity *child = crm_entity_find (entity->children[i]);
      g_autoptr (GArray) ids = crm_sql_find_referring (self->db, child, crm_entity_get_parent_field (child), id, error);

      for (guint c = 0; ids != NULL && c < ids->len; c++)
        if (!crm_sql_delete (self->db, child, g_array_index (ids, gint64, c), error))
          return FALSE;
      if (ids == NULL)
        return FALSE;
    }
  g_hash_table_remove (self->named, entity);
  touch_root (self, current);
  return crm_sql_delete (self->db, entity, id, error);
}

GArray *
crm_writer_find_referring (CrmWriter        *self,
                           const CrmEntity  *entity,
                           guint             field,
                           gint64            id,
                           GError          **error)
{
  return crm_sql_find_referring (self->db, entity, field, id, error);
}
