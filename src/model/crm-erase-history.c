/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-erase-history.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "crm-change.h"
#include "crm-error.h"
#include "crm-person.h"

/* A label has so much of a title. */
#define LONGEST_TITLE 100
#define LEAST_TEXT 3

/* A row of history that is to be written anew. */
typedef struct {
  gint64   id;
  char    *before;
  gboolean neutral; /* as if it had never been */
} Rewrite;

typedef struct {
  CrmDb          *db;
  GArray         *people;
  const CrmNeedles *names;
  GHashTable     *kept;
  GHashTable     *chosen;
  gint64          first;
  GHashTable     *gone;     /* keys of rows that go */
  GHashTable     *emptied;  /* keys of rows that stay without what they told */
  GHashTable     *texts;    /* what they told */
  GHashTable     *followed; /* ids of records that show something of them */
  GArray         *touched;  /* of gint64: history rows, ascending */
  GArray         *rewrites; /* of Rewrite */
} Redaction;

/* A row of history as it is read */
typedef struct {
  gint64           id;
  const CrmEntity *entity;
  gint64           record;
  gint64           root;
  CrmChangeOp      op;
  const char      *before; /* NULL: nothing */
} Row;

static char *
make_key (const CrmEntity *entity,
          gint64           id)
{
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, entity->name, id);
}

static gboolean
has_key (GHashTable      *set,
         const CrmEntity *entity,
         gint64           id)
{
  g_autofree char *key = make_key (entity, id);

  return g_hash_table_contains (set, key);
}

static gboolean
is_person (const Redaction *self,
           gint64           id)
{
  for (guint i = 0; i < self->people->len; i++)
    if (g_array_index (self->people, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* Walking over history */

typedef gboolean (*RowFunc) (Redaction *self, const Row *row, GError **error);

static gboolean
walk (Redaction  *self,
      RowFunc     func,
      GError    **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db, "SELECT id, entity, record, root, op, before FROM history ORDER BY id", error);
  gboolean has_row;

  if (stmt == NULL)
    return FALSE;
  while (crm_db_step (self->db, stmt, &has_row, error))
    {
      Row row;

      if (!has_row)
        return TRUE;
      row.id = sqlite3_column_int64 (stmt, 0);
      row.entity = crm_entity_find_number (sqlite3_column_int (stmt, 1));
      row.record = sqlite3_column_int64 (stmt, 2);
      row.root = sqlite3_column_int64 (stmt, 3);
      row.op = (CrmChangeOp) sqlite3_column_int (stmt, 4);
      row.before = (const char *) sqlite3_column_text (stmt, 5);
      if (row.entity != NULL && !func (self, &row, error))
        return FALSE;
    }
  return FALSE;
}

JsonNode *
crm_erase_parse (CrmDb       *db,
                 const char  *before,
                 GError     **error)
{
  JsonNode *node = json_from_string (before, NULL);

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return node;
  g_clear_pointer (&node, json_node_unref);
  g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("The database “%s” is damaged: its history of changes is unreadable."), crm_db_get_name (db));
  return NULL;
}

static const char *
get_text (JsonObject *image,
          const char *name)
{
  JsonNode *node = json_object_get_member (image, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

static gint64
get_id (JsonObject *image,
        const char *name)
{
  JsonNode *node = json_object_get_member (image, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64 ? json_node_get_int (node) : 0;
}

/* Looking before parsing: most rows are of others. */
static gboolean
may_refer (const Redaction *self,
           const Row       *row)
{
  for (guint i = 0; row->before != NULL && i < self->people->len; i++)
    {
      g_autofree char *digits = g_strdup_printf (":%" G_GINT64_FORMAT, g_array_index (self->people, gint64, i));

      if (strstr (row->before, digits) != NULL)
        return TRUE;
    }
  return FALSE;
}

/* First: what history alone knows of the person */

static void
remember_text (Redaction  *self,
               const char *text)
{
  if (text != NULL && g_utf8_strlen (text, -1) >= LEAST_TEXT)
    g_hash_table_add (self->texts, g_strdup (text));
}

static void
remember_image (Redaction       *self,
                const CrmEntity *entity,
                JsonObject      *image)
{
  for (guint f = 0; f < entity->n_fields; f++)
    {
      const CrmField *field = &entity->fields[f];

      if (crm_person_row_tells (field))
        remember_text (self, get_text (image, field->name));
      if ((field->flags & CRM_FIELD_FOLLOWED) && get_id (image, field->name) != 0)
        g_hash_table_add (self->followed, g_memdup2 (&(gint64) { get_id (image, field->name) }, sizeof (gint64)));
    }
}

static void
remember_values (Redaction       *self,
                 const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  for (guint f = 0; f < entity->n_fields; f++)
    {
      if (crm_person_row_tells (&entity->fields[f]))
        remember_text (self, crm_values_get_text (values, f));
      if ((entity->fields[f].flags & CRM_FIELD_FOLLOWED) && crm_values_get_integer (values, f) != 0)
        g_hash_table_add (self->followed, g_memdup2 (&(gint64) { crm_values_get_integer (values, f) }, sizeof (gint64)));
    }
}

static void
remember_rows (Redaction *self,
               GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const CrmPersonRow *row = rows->pdata[i];
      const CrmEntity *entity = crm_values_get_entity (row->values);

      if (row->kind == CRM_PERSON_ROW_SHARED)
        continue;
      remember_values (self, row->values);
      g_hash_table_add (row->kind == CRM_PERSON_ROW_OWN ? self->gone : self->emptied, make_key (entity, crm_values_get_id (row->values)));
    }
}

static gboolean
exists (Redaction        *self,
        const CrmEntity  *entity,
        gint64            id,
        gboolean         *found,
        GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE id = ?", entity->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, id);
  return crm_db_step (self->db, stmt, found, error);
}

/* A row that is there no more and was of the person: what it belonged to tells of them as well if that is there no more either. */
static gboolean
take_lost (Redaction       *self,
           const Row       *row,
           JsonObject      *image,
           const CrmField  *field,
           GError         **error)
{
  const CrmField *parent = crm_entity_is_root (row->entity) ? NULL : &row->entity->fields[crm_entity_get_parent_field (row->entity)];
  gboolean found = FALSE;
  gint64 id;

  g_hash_table_add ((field->flags & (CRM_FIELD_OWNER | CRM_FIELD_REQUIRED)) ? self->gone : self->emptied, make_key (row->entity, row->record));
  remember_image (self, row->entity, image);
  if (parent == NULL || parent == field)
    return TRUE;
  id = get_id (image, parent->name);
  if (id == 0 || !exists (self, crm_entity_find (parent->refers), id, &found, error))
    return id == 0;
  if (!found)
    g_hash_table_add (self->emptied, make_key (crm_entity_find (parent->refers), id));
  return TRUE;
}

static gboolean
take_if_lost (Redaction   *self,
              const Row   *row,
              JsonObject  *image,
              GError     **error)
{
  gboolean found;

  for (guint f = 0; f < row->entity->n_fields; f++)
    {
      const CrmField *field = &row->entity->fields[f];

      if (!crm_person_row_is_reference (field) || !is_person (self, get_id (image, field->name)))
        continue;
      if (!exists (self, row->entity, row->record, &found, error))
        return FALSE;
      if (!found && !take_lost (self, row, image, field, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
look_at (Redaction  *self,
         const Row  *row,
         GError    **error)
{
  gboolean is_own = is_person (self, row->root) || has_key (self->emptied, row->entity, row->record) || has_key (self->gone, row->entity, row->record);
  g_autoptr (JsonNode) node = NULL;

  if (row->before == NULL || (!is_own && !may_refer (self, row)))
    return TRUE;
  node = crm_erase_parse (self->db, row->before, error);
  if (node == NULL)
    return FALSE;
  if (is_own)
    remember_image (self, row->entity, json_node_get_object (node));
  return take_if_lost (self, row, json_node_get_object (node), error);
}

/* Second: rewriting */

static void
add_rewrite (Redaction *self,
             const Row *row,
             char      *before,
             gboolean   neutral)
{
  Rewrite rewrite = { row->id, before, neutral };

  g_array_append_val (self->rewrites, rewrite);
}

static gboolean
empty_members (const CrmEntity *entity,
               JsonObject      *image)
{
  gboolean any = FALSE;

  for (guint f = 0; f < entity->n_fields; f++)
    {
      const CrmField *field = &entity->fields[f];

      if (!crm_person_row_tells (field) || !json_object_has_member (image, field->name) || json_object_get_null_member (image, field->name))
        continue;
      if (field->flags & CRM_FIELD_REQUIRED)
        json_object_set_string_member (image, field->name, CRM_ERASED);
      else
        json_object_set_null_member (image, field->name);
      any = TRUE;
    }
  return any;
}

/* What referred to the person refers to nobody. @lost: (out): it could not be without */
static gboolean
loosen_members (const Redaction *self,
                const CrmEntity *entity,
                JsonObject      *image,
                gboolean        *lost)
{
  gboolean any = FALSE;

  *lost = FALSE;
  for (guint f = 0; f < entity->n_fields; f++)
    {
      const CrmField *field = &entity->fields[f];

      if (!crm_person_row_is_reference (field) || !is_person (self, get_id (image, field->name)))
        continue;
      *lost |= (field->flags & CRM_FIELD_REQUIRED) != 0;
      json_object_set_null_member (image, field->name);
      any = TRUE;
    }
  return any;
}

/* What a client shows of a task that was emptied */
static gboolean
empty_derived (const Redaction *self,
               const CrmEntity *entity,
               JsonObject      *image)
{
  gboolean any = FALSE;

  for (guint f = 0; f < entity->n_fields; f++)
    {
      const char *text = entity->fields[f].derived != NULL ? get_text (image, entity->fields[f].name) : NULL;

      if (text == NULL || !g_hash_table_contains (self->texts, text))
        continue;
      json_object_set_string_member (image, entity->fields[f].name, CRM_ERASED);
      any = TRUE;
    }
  return any;
}

/* As in the text of today: what stays there stays here, and a single word is a name only where somebody said so. */
static gboolean
is_replaced (const Redaction *self,
             const Row       *row,
             guint            field,
             const char      *text)
{
  g_autofree char *key = crm_mention_make_key (row->entity, row->record, field);

  return !g_hash_table_contains (self->kept, key) && (crm_needles_is_sure (self->names, text) || g_hash_table_contains (self->chosen, key));
}

static gboolean
replace_names (const Redaction *self,
               const Row       *row,
               JsonObject      *image)
{
  gboolean any = FALSE;

  for (guint f = 0; f < row->entity->n_fields; f++)
    {
      const char *name = row->entity->fields[f].name, *text = get_text (image, name);
      g_autofree char *replaced = text != NULL && is_replaced (self, row, f, text) ? crm_needles_replace (self->names, text) : NULL;

      if (replaced == NULL)
        continue;
      json_object_set_string_member (image, name, replaced);
      any = TRUE;
    }
  return any;
}

/* What was attached to a conversation that is emptied goes, also where history alone knows of it. */
static gboolean
was_attached (const Redaction *self,
              const Row       *row,
              JsonObject      *image)
{
  for (guint f = 0; f < row->entity->n_fields; f++)
    {
      const CrmField *field = &row->entity->fields[f];
      gint64 id = (field->flags & CRM_FIELD_OWNER) ? get_id (image, field->name) : 0;

      if (id != 0 && row->op == CRM_CHANGE_DELETED && has_key (self->emptied, crm_entity_find (field->refers), id))
        return TRUE;
    }
  return FALSE;
}

static gboolean
rewrite_image (Redaction   *self,
               const Row   *row,
               GError     **error)
{
  gboolean is_emptied = has_key (self->emptied, row->entity, row->record), is_named = crm_needles_may_occur (self->names, row->before);
  gboolean is_followed = g_hash_table_contains (self->followed, &row->record), any = FALSE, lost = FALSE;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *image;

  if (!is_emptied && !is_named && !is_followed && !may_refer (self, row) && !(row->op == CRM_CHANGE_DELETED && row->entity->parent == NULL))
    return TRUE;
  node = crm_erase_parse (self->db, row->before, error);
  if (node == NULL)
    return FALSE;
  image = json_node_get_object (node);
  if (is_emptied)
    any |= empty_members (row->entity, image);
  any |= loosen_members (self, row->entity, image, &lost);
  if (is_emptied || lost || any)
    g_array_append_val (self->touched, row->id);
  if (lost || was_attached (self, row, image))
    {
      add_rewrite (self, row, NULL, row->id < self->first);
      return TRUE;
    }
  if (is_followed)
    any |= empty_derived (self, row->entity, image);
  if (is_named)
    any |= replace_names (self, row, image);
  if (any)
    add_rewrite (self, row, json_to_string (node, FALSE), FALSE);
  return TRUE;
}

/* Rows of this step stay as they are but for their images: by them others learn what went. */
static gboolean
rewrite (Redaction  *self,
         const Row  *row,
         GError    **error)
{
  if (is_person (self, row->root) || has_key (self->gone, row->entity, row->record))
    {
      g_array_append_val (self->touched, row->id);
      add_rewrite (self, row, NULL, row->id < self->first);
      return TRUE;
    }
  if (row->before != NULL)
    return rewrite_image (self, row, error);
  if (has_key (self->emptied, row->entity, row->record))
    g_array_append_val (self->touched, row->id);
  return TRUE;
}

static gboolean
write_one (Redaction      *self,
           const Rewrite  *rewritten,
           GError        **error)
{
  CrmStmt *stmt = crm_db_prepare (self->db,
                                  rewritten->neutral ? "UPDATE history SET entity = 0, record = 0, root = 0, before = ?1 WHERE id = ?2"
                                                     : "UPDATE history SET before = ?1 WHERE id = ?2", error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, rewritten->before);
  crm_stmt_bind_integer (stmt, 2, rewritten->id);
  return crm_db_finish (self->db, stmt, error);
}

static gboolean
write_all (Redaction  *self,
           GError    **error)
{
  for (guint i = 0; i < self->rewrites->len; i++)
    if (!write_one (self, &g_array_index (self->rewrites, Rewrite, i), error))
      return FALSE;
  return TRUE;
}

/* Third: the steps */

static gboolean
has_text (Redaction  *self,
          const char *label)
{
  GHashTableIter iter;
  gpointer text;

  g_hash_table_iter_init (&iter, self->texts);
  while (g_hash_table_iter_next (&iter, &text, NULL))
    {
      g_autofree char *cut = g_utf8_strlen (text, -1) > LONGEST_TITLE ? g_utf8_substring (text, 0, LONGEST_TITLE) : NULL;

      if (strstr (label, cut != NULL ? cut : text) != NULL)
        return TRUE;
    }
  return FALSE;
}

static guint
count_touched (const Redaction *self,
               gint64           first,
               gint64           last)
{
  guint n = 0, low = 0, high = self->touched->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->touched, gint64, middle) < first)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < self->touched->len && g_array_index (self->touched, gint64, low) <= last; low++)
    n++;
  return n;
}

typedef struct {
  gint64 id;
  char  *label;
} Relabel;

static gboolean
relabel (Redaction      *self,
         const Relabel  *step,
         GError        **error)
{
  CrmStmt *stmt = crm_db_prepare (self->db, "UPDATE step SET label = ? WHERE id = ?", error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, step->label);
  crm_stmt_bind_integer (stmt, 2, step->id);
  return crm_db_finish (self->db, stmt, error);
}

/* (transfer full) (nullable): the label that a step gets; NULL: it keeps its own. */
static char *
make_label (Redaction  *self,
            const char *label,
            gint64      first,
            gint64      last)
{
  guint touched = count_touched (self, first, last);

  if (touched > 0 && (touched == last - first + 1 || has_text (self, label)))
    return g_strdup (_("Change of erased data"));
  return crm_needles_is_sure (self->names, label) ? crm_needles_replace (self->names, label) : NULL;
}

static void
clear_relabel (gpointer step)
{
  g_free (((Relabel *) step)->label);
}

static gboolean
relabel_steps (Redaction  *self,
               GError    **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db, "SELECT id, label, first, last FROM step", error);
  g_autoptr (GArray) steps = g_array_new (FALSE, FALSE, sizeof (Relabel));
  gboolean row = TRUE;

  g_array_set_clear_func (steps, clear_relabel);
  if (stmt == NULL)
    return FALSE;
  while (row)
    {
      Relabel step;

      if (!crm_db_step (self->db, stmt, &row, error))
        return FALSE;
      step.id = row ? sqlite3_column_int64 (stmt, 0) : 0;
      step.label = row ? make_label (self, (const char *) sqlite3_column_text (stmt, 1), sqlite3_column_int64 (stmt, 2),
                                     sqlite3_column_int64 (stmt, 3)) : NULL;
      if (step.label != NULL)
        g_array_append_val (steps, step);
    }
  for (guint i = 0; i < steps->len; i++)
    if (!relabel (self, &g_array_index (steps, Relabel, i), error))
      return FALSE;
  /* A step of which nothing is left cannot be taken back. */
  return crm_db_execute (self->db,
                         "UPDATE step SET state = 'dropped' WHERE state = 'done' AND kind = 'do' AND first <= last"
                         " AND EXISTS (SELECT 1 FROM history WHERE id BETWEEN first AND last AND entity = 0)"
                         " AND NOT EXISTS (SELECT 1 FROM history WHERE id BETWEEN first AND last AND entity <> 0)", error);
}

static void
clear_rewrite (gpointer rewritten)
{
  g_free (((Rewrite *) rewritten)->before);
}

gboolean
crm_erase_history (CrmDb           *db,
                   GArray          *people,
                   GPtrArray       *rows,
                   const CrmNeedles  *names,
                   GHashTable      *kept,
                   GHashTable      *chosen,
                   gint64           first,
                   GError         **error)
{
  g_autoptr (GHashTable) gone = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) emptied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) followed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) touched = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) rewrites = g_array_new (FALSE, FALSE, sizeof (Rewrite));
  Redaction self = { db, people, names, kept, chosen, first, gone, emptied, texts, followed, touched, rewrites };

  g_array_set_clear_func (rewrites, clear_rewrite);
  remember_rows (&self, rows);
  return walk (&self, look_at, error) && walk (&self, rewrite, error) && write_all (&self, error) && relabel_steps (&self, error);
}

void
crm_erase_empty (CrmValues       *changes,
                 const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  for (guint f = 0; f < entity->n_fields; f++)
    {
      const CrmField *field = &entity->fields[f];

      if (crm_person_row_is_reference (field))
        crm_values_set_null (changes, f);
      else if (crm_person_row_tells (field) && !crm_values_is_null (values, f) && (field->flags & CRM_FIELD_REQUIRED))
        crm_values_set_text (changes, f, CRM_ERASED);
      else if (crm_person_row_tells (field))
        crm_values_set_null (changes, f);
    }
}
