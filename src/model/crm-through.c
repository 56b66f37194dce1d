/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-through.h"

#include <string.h>

#include "crm-fold.h"
#include "crm-search-text.h"
#include "crm-sql.h"
#include "crm-tag.h"
#include "crm-writer-private.h"

/* How well a main child stands for a field at least, see rate() */
#define MAIN_RATE 3

static inline guint64
bit (guint field)
{
  return G_GUINT64_CONSTANT (1) << field;
}

/* The kind a child gets that is made for the field: the first of those it is seen through. */
static char *
get_kind (const CrmThrough *through)
{
  return through->kind == NULL ? NULL : g_strndup (through->kind, strcspn (through->kind, ";"));
}

static gboolean
same_child (const CrmThrough *a,
            const CrmThrough *b)
{
  gsize length;

  if (a == b)
    return TRUE;
  if (strcmp (a->entity, b->entity) != 0)
    return FALSE;
  if (a->kind == NULL || b->kind == NULL)
    return a->kind == b->kind;
  length = strcspn (a->kind, ";");
  return length == strcspn (b->kind, ";") && strncmp (a->kind, b->kind, length) == 0;
}

/* The fields present in @values from @first on that one child holds, as that child's values. */
static CrmValues *
collect_child (const CrmValues *values,
               guint            first,
               guint64         *taken)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  const CrmThrough *through = entity->fields[first].through;
  const CrmEntity *child = crm_entity_find (through->entity);
  CrmValues *collected = crm_values_new (child, 0);
  g_autofree char *kind = get_kind (through);

  for (guint i = first; i < entity->n_fields; i++)
    {
      const CrmThrough *other = entity->fields[i].through;
      guint field;

      if (other == NULL || !crm_values_has (values, i) || !same_child (through, other))
        continue;
      *taken |= bit (i);
      field = (guint) crm_entity_find_field (child, other->field);
      if (child->fields[field].kind == CRM_KIND_REFERENCE && !crm_values_is_null (values, i))
        crm_values_set_reference (collected, field, 0, crm_values_get_text (values, i));
      else
        crm_values_set_text (collected, field, crm_values_get_text (values, i));
    }
  if (kind != NULL)
    crm_values_set_text (collected, (guint) crm_entity_find_field (child, "kind"), kind);
  return collected;
}

static gboolean
says_nothing (const CrmValues *child)
{
  const CrmEntity *entity = crm_values_get_entity (child);

  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & CRM_FIELD_SEARCH) && !crm_values_is_null (child, i))
      return FALSE;
  return TRUE;
}

static void
make_main (CrmValues *child,
           gint64     parent)
{
  const CrmEntity *entity = crm_values_get_entity (child);

  crm_values_set_reference (child, crm_entity_get_parent_field (entity), parent, NULL);
  crm_values_set_integer (child, (guint) crm_entity_find_field (entity, "main"), TRUE);
  entity->rules->before_save (child, NULL);
}

/* Tags */

static gint64
find_tagging (CrmWriter *writer,
              gint64     client,
              gint64     tag,
              GError   **error)
{
  CrmDb *db = crm_writer_get_db (writer);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT id FROM client_tag WHERE client = ? AND +tag = ?", error);
  gboolean row;

  if (stmt == NULL)
    return -1;
  crm_stmt_bind_integer (stmt, 1, client);
  crm_stmt_bind_integer (stmt, 2, tag);
  if (!crm_db_step (db, stmt, &row, error))
    return -1;
  return row ? sqlite3_column_int64 (stmt, 0) : 0;
}

gboolean
crm_writer_add_tag (CrmWriter   *self,
                    gint64       client,
                    const char  *name,
                    GError     **error)
{
  gint64 tag = crm_writer_find_named (self, &crm_tag, name, TRUE, error);
  gint64 tagging = tag == 0 ? -1 : find_tagging (self, client, tag, error);
  g_autoptr (CrmValues) values = NULL;

  if (tagging != 0)
    return tagging > 0;
  values = crm_values_new (&crm_client_tag, 0);
  crm_values_set_reference (values, CRM_CLIENT_TAG_CLIENT, client, NULL);
  crm_values_set_reference (values, CRM_CLIENT_TAG_TAG, tag, NULL);
  return crm_writer_insert (self, values, error) != 0;
}

gboolean
crm_writer_remove_tag (CrmWriter   *self,
                       gint64       client,
                       const char  *name,
                       GError     **error)
{
  GError *failure = NULL;
  gint64 tag = crm_writer_find_named (self, &crm_tag, name, FALSE, &failure);
  gint64 tagging;

  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (tag == 0)
    return TRUE;
  tagging = find_tagging (self, client, tag, error);
  return tagging == 0 || (tagging > 0 && crm_writer_delete (self, &crm_client_tag, tagging, error));
}

static gboolean
set_tags (CrmWriter   *writer,
          gint64       client,
          const char  *names,
          GError     **error)
{
  g_auto (GStrv) wanted = g_strsplit (names == NULL ? "" : names, ", ", -1);
  g_autoptr (GPtrArray) taggings = crm_sql_read_children (crm_writer_get_db (writer), &crm_client_tag, client, error);
  g_autoptr (GHashTable) folded = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (taggings == NULL)
    return FALSE;
  for (guint i = 0; wanted[i] != NULL; i++)
    g_hash_table_add (folded, crm_fold (wanted[i]));
  for (guint i = 0; i < taggings->len; i++)
    {
      CrmValues *tagging = g_ptr_array_index (taggings, i);
      g_autofree char *name = crm_fold (crm_values_get_text (tagging, CRM_CLIENT_TAG_TAG));

      if (!g_hash_table_contains (folded, name) &&
          !crm_writer_delete (writer, &crm_client_tag, crm_values_get_id (tagging), error))
        return FALSE;
    }
  for (guint i = 0; wanted[i] != NULL; i++)
    if (!crm_writer_add_tag (writer, client, wanted[i], error))
      return FALSE;
  return TRUE;
}

/* New records */

/* The names of tags as the tags have them: "vip" is "VIP" where that is known. */
static gboolean
canonise_tags (CrmWriter  *writer,
               CrmValues  *values,
               guint       field,
               GError    **error)
{
  g_auto (GStrv) names = g_strsplit (crm_values_get_text (values, field), ", ", -1);
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *title = NULL;

      if (crm_writer_resolve_named (writer, &crm_tag, names[i], TRUE, &title, error) == 0)
        return FALSE;
      g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "", title);
    }
  crm_values_set_text (values, field, joined->str);
  return TRUE;
}

/* A child of the second kind of those a field is seen through stands in for the first. */
static void
stand_in (CrmValues *values,
          guint      field)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  const CrmThrough *through = entity->fields[field].through;
  const char *others = through->kind == NULL ? NULL : strchr (through->kind, ';');

  for (guint i = 0; others != NULL && i < entity->n_fields; i++)
    {
      const CrmThrough *other = entity->fields[i].through;

      if (i != field && other != NULL && g_strcmp0 (other->kind, others + 1) == 0 && !crm_values_is_null (values, i))
        crm_values_set_text (values, field, crm_values_get_text (values, i));
    }
}

/* How well a row stands for a field, as the order of make_derive_query() has it; 0: not at all. */
static int
rate (const CrmThrough *through,
      const char       *kind,
      gboolean          main)
{
  gsize length = kind == NULL ? 0 : strlen (kind);
  const char *at;

  if (through->kind == NULL)
    return main ? MAIN_RATE : 1;
  at = length == 0 ? NULL : strstr (through->kind, kind);
  if (at == NULL || (at[length] != '\0' && at[length] != ';') || (at > through->kind && at[-1] != ';'))
    return 0;
  return (main ? MAIN_RATE : 1) + (at == through->kind ? 1 : 0);
}

/* What a field will show of the children given, if one of them stands for it by @enough. */
static void
show_child (CrmValues *values,
            guint      field,
            GPtrArray *children,
            int        enough)
{
  const CrmThrough *through = crm_values_get_entity (values)->fields[field].through;

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      const CrmValues *child = g_ptr_array_index (children, i);
      const CrmEntity *entity = crm_values_get_entity (child);
      int kind = crm_entity_find_field (entity, "kind");
      int main = crm_entity_find_field (entity, "main");
      int rated;

      if (strcmp (entity->name, through->entity) != 0 || kind < 0 || main < 0)
        continue;
      rated = rate (through, crm_values_get_text (child, (guint) kind), crm_values_get_integer (child, (guint) main) != 0);
      if (rated < enough)
        continue;
      crm_values_set_text (values, field, crm_values_get_text (child, (guint) crm_entity_find_field (entity, through->field)));
      enough = rated + 1;
    }
}

gboolean
crm_through_prepare (CrmWriter  *writer,
                     CrmValues  *values,
                     GPtrArray  *children,
                     guint64    *own,
                     GError    **error)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  *own = 0;
  for (guint i = 0; i < entity->n_fields; i++)
    {
      if (entity->fields[i].through == NULL)
        continue;
      if (crm_values_is_null (values, i))
        {
          show_child (values, i, children, MAIN_RATE);
          if (crm_values_is_null (values, i))
            stand_in (values, i);
          if (crm_values_is_null (values, i))
            show_child (values, i, children, 1);
          continue;
        }
      *own |= bit (i);
      if (entity->fields[i].kind == CRM_KIND_TAGS && !canonise_tags (writer, values, i, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
insert_tags (CrmWriter   *writer,
             gint64       client,
             const char  *names,
             GString     *text,
             GError     **error)
{
  g_auto (GStrv) tags = g_strsplit (names, ", ", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      g_autoptr (CrmValues) tagging = crm_values_new (&crm_client_tag, 0);
      const char *title = NULL;
      gint64 tag = crm_writer_resolve_named (writer, &crm_tag, tags[i], TRUE, &title, error);

      if (tag == 0)
        return FALSE;
      crm_values_set_reference (tagging, CRM_CLIENT_TAG_CLIENT, client, NULL);
      crm_values_set_reference (tagging, CRM_CLIENT_TAG_TAG, tag, title);
      if (!crm_writer_insert_row (writer, tagging, error))
        return FALSE;
      crm_search_text_add (tagging, text);
    }
  return TRUE;
}

static gboolean
refers_elsewhere (const CrmEntity *child)
{
  for (guint i = 0; i < child->n_fields; i++)
    if (child->fields[i].kind == CRM_KIND_REFERENCE && i != crm_entity_get_parent_field (child))
      return TRUE;
  return FALSE;
}

static gboolean
insert_child (CrmWriter        *writer,
              const CrmValues  *values,
              guint             field,
              guint64          *taken,
              GString          *text,
              GError          **error)
{
  g_autoptr (CrmValues) child = NULL;

  if (crm_values_get_entity (values)->fields[field].kind == CRM_KIND_TAGS)
    return insert_tags (writer, crm_values_get_id (values), crm_values_get_text (values, field), text, error);
  child = collect_child (values, field, taken);
  make_main (child, crm_values_get_id (values));
  /* What it refers to is looked up by name, and may not be there. */
  if (refers_elsewhere (crm_values_get_entity (child)))
    return crm_writer_insert (writer, child, error) != 0;
  if (!crm_writer_insert_row (writer, child, error))
    return FALSE;
  crm_search_text_add (child, text);
  return TRUE;
}

static gboolean
insert_given (CrmWriter        *writer,
              const CrmValues  *values,
              CrmValues        *child,
              GString          *text,
              GError          **error)
{
  guint parent = crm_entity_get_parent_field (crm_values_get_entity (child));

  crm_values_set_reference (child, parent, crm_values_get_id (values), NULL);
  if (!crm_writer_check_child (writer, child, error) || !crm_writer_insert_row (writer, child, error))
    return FALSE;
  crm_search_text_add (child, text);
  return TRUE;
}

gboolean
crm_through_insert (CrmWriter        *writer,
                    const CrmValues  *values,
                    GPtrArray        *children,
                    guint64           own,
                    GString          *text,
                    GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  guint64 taken = 0;

  /* In the order in which crm_search_text_build() comes upon them. */
  for (guint c = 0; entity->children != NULL && entity->children[c] != NULL; c++)
    {
      for (guint i = 0; i < entity->n_fields; i++)
        if ((own & bit (i)) != 0 && (taken & bit (i)) == 0 && strcmp (entity->fields[i].through->entity, entity->children[c]) == 0 &&
            !insert_child (writer, values, i, &taken, text, error))
          return FALSE;
      for (guint i = 0; children != NULL && i < children->len; i++)
        if (strcmp (crm_values_get_entity (g_ptr_array_index (children, i))->name, entity->children[c]) == 0 &&
            !insert_given (writer, values, g_ptr_array_index (children, i), text, error))
          return FALSE;
    }
  return TRUE;
}

/* Changed records */

static CrmValues *
find_main (CrmWriter       *writer,
           const CrmEntity *child,
           const char      *kind,
           gint64           parent,
           GError         **error)
{
  g_autoptr (GPtrArray) children = crm_sql_read_children (crm_writer_get_db (writer), child, parent, error);
  int kind_field = crm_entity_find_field (child, "kind");

  for (guint i = 0; children != NULL && i < children->len; i++)
    {
      CrmValues *values = g_ptr_array_index (children, i);

      if (kind == NULL || g_strcmp0 (kind, crm_values_get_text (values, (guint) kind_field)) == 0)
        return crm_values_ref (values);
    }
  return NULL;
}

static gboolean
save_child (CrmWriter   *writer,
            gint64       parent,
            CrmValues   *child,
            const char  *kind,
            GError     **error)
{
  const CrmEntity *entity = crm_values_get_entity (child);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrmValues) existing = find_main (writer, entity, kind, parent, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (existing == NULL)
    {
      if (says_nothing (child))
        return TRUE;
      make_main (child, parent);
      return crm_writer_insert (writer, child, error) != 0;
    }
  crm_values_set_id (child, crm_values_get_id (existing));
  crm_values_merge (existing, child);
  if (says_nothing (existing))
    return crm_writer_delete (writer, entity, crm_values_get_id (existing), error);
  return crm_writer_update (writer, child, error);
}

gboolean
crm_through_update (CrmWriter  *writer,
                    CrmValues  *changes,
                    GError    **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  gint64 id = crm_values_get_id (changes);
  guint64 taken = 0;

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CrmField *field = &entity->fields[i];
      g_autofree char *kind = NULL;
      g_autoptr (CrmValues) child = NULL;

      if (field->through == NULL || !crm_values_has (changes, i) || (taken & bit (i)))
        continue;
      taken |= bit (i);
      if (field->kind == CRM_KIND_TAGS)
        {
          if (!set_tags (writer, id, crm_values_get_text (changes, i), error))
            return FALSE;
          continue;
        }
      kind = get_kind (field->through);
      child = collect_child (changes, i, &taken);
      if (!save_child (writer, id, child, kind, error))
        return FALSE;
    }
  for (guint i = 0; i < entity->n_fields; i++)
    if (taken & bit (i))
      crm_values_unset (changes, i);
  return TRUE;
}

/* What the parent shows */

/* What of the child is seen: of a reference the name of what it refers to. */
static char *
make_column (const CrmThrough *through,
             const CrmEntity  *child)
{
  const CrmField *field = crm_entity_get_field (child, through->field);
  const CrmEntity *refers = field->kind == CRM_KIND_REFERENCE ? crm_entity_find (field->refers) : NULL;

  return refers == NULL ? g_strdup (field->name)
                        : g_strdup_printf ("(SELECT %s FROM %s WHERE id = %s.%s)", refers->title, refers->name, child->name, field->name);
}

char *
crm_through_make_query (const CrmThrough *through,
                        const char       *parent)
{
  const CrmEntity *child = crm_entity_find (through->entity);
  g_autofree char *column = make_column (through, child);
  g_autoptr (GString) kinds = g_string_new (NULL);
  g_autofree char *first = get_kind (through);
  g_auto (GStrv) all = NULL;

  if (through->kind == NULL)
    return g_strdup_printf ("SELECT %s FROM %s WHERE %s = %s ORDER BY main DESC, id LIMIT 1", column, child->name,
                            child->parent, parent);
  all = g_strsplit (through->kind, ";", -1);
  for (guint i = 0; all[i] != NULL; i++)
    g_string_append_printf (kinds, "%s'%s'", i > 0 ? ", " : "", all[i]);
  return g_strdup_printf ("SELECT %s FROM %s WHERE %s = %s AND kind IN (%s) ORDER BY main DESC, kind <> '%s', id LIMIT 1",
                          column, child->name, child->parent, parent, kinds->str, first);
}

static const char *
get_derive_query (const CrmField *field)
{
  static GMutex mutex;
  static GHashTable *queries;
  char *query;

  if (field->derived != NULL)
    return field->derived;
  g_mutex_lock (&mutex);
  if (queries == NULL)
    queries = g_hash_table_new (NULL, NULL);
  query = g_hash_table_lookup (queries, field);
  if (query == NULL)
    {
      query = crm_through_make_query (field->through, "?");
      g_hash_table_insert (queries, (gpointer) field, query);
    }
  g_mutex_unlock (&mutex);
  return query;
}

static gboolean
derive_field (CrmDb      *db,
              CrmValues  *changes,
              guint       field,
              GError    **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, get_derive_query (&entity->fields[field]), error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, crm_values_get_id (changes));
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  if (!row || sqlite3_column_type (stmt, 0) == SQLITE_NULL)
    crm_values_set_null (changes, field);
  else if (crm_field_is_integer (&entity->fields[field]))
    crm_values_set_integer (changes, field, sqlite3_column_int64 (stmt, 0));
  else
    crm_values_set_text (changes, field, (const char *) sqlite3_column_text (stmt, 0));
  return TRUE;
}

static gboolean
is_derived (const CrmField *field)
{
  return (field->through != NULL || field->derived != NULL) && !(field->flags & CRM_FIELD_VIRTUAL);
}

gboolean
crm_through_derive (CrmWriter        *writer,
                    const CrmEntity  *entity,
                    gint64            id,
                    GError          **error)
{
  CrmDb *db = crm_writer_get_db (writer);
  g_autoptr (GError) failure = NULL;
  g_autoptr (CrmValues) current = crm_sql_read (db, entity, id, &failure);
  g_autoptr (CrmValues) changes = crm_values_new (entity, id);

  if (current == NULL && failure == NULL)
    return TRUE;
  for (guint i = 0; i < entity->n_fields && failure == NULL; i++)
    {
      if (!is_derived (&entity->fields[i]))
        continue;
      if (derive_field (db, changes, i, &failure) && crm_values_equal_field (changes, current, i))
        crm_values_unset (changes, i);
    }
  if (failure == NULL)
    return crm_sql_update (db, crm_writer_get_collator (writer), changes, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
is_seen_in (const CrmField  *field,
            const CrmEntity *child)
{
  return (field->flags & CRM_FIELD_VIRTUAL) && strcmp (field->through->entity, child->name) == 0;
}

static gboolean
holds_fields (const CrmEntity *entity,
              const CrmEntity *child)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (is_seen_in (&entity->fields[i], child))
      return TRUE;
  return FALSE;
}

/* The fields without a column that are seen through @child, one column each behind what decides which child is the main one. */
static char *
make_load_query (const CrmEntity *entity,
                 const CrmEntity *child)
{
  GString *sql = g_string_new ("SELECT id, main, kind");

  for (guint i = 0; i < entity->n_fields; i++)
    if (is_seen_in (&entity->fields[i], child))
      g_string_append_printf (sql, ", %s", entity->fields[i].through->field);
  g_string_append_printf (sql, " FROM %s WHERE %s = ?", child->name, child->parent);
  return g_string_free (sql, FALSE);
}

static const char *
get_load_query (const CrmEntity *entity,
                const CrmEntity *child)
{
  static GMutex mutex;
  static GHashTable *queries; /* a child has one parent */
  char *query;

  g_mutex_lock (&mutex);
  if (queries == NULL)
    queries = g_hash_table_new (NULL, NULL);
  query = g_hash_table_lookup (queries, child);
  if (query == NULL)
    {
      query = make_load_query (entity, child);
      g_hash_table_insert (queries, (gpointer) child, query);
    }
  g_mutex_unlock (&mutex);
  return query;
}

typedef struct {
  int    rate;
  gint64 id;
} Best;

static void
take_row (CrmValues       *values,
          const CrmEntity *child,
          CrmStmt         *stmt,
          Best            *best)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  gint64 id = sqlite3_column_int64 (stmt, 0);
  gboolean main = sqlite3_column_int (stmt, 1) != 0;
  const char *kind = (const char *) sqlite3_column_text (stmt, 2);
  int column = 3;

  for (guint i = 0; i < entity->n_fields; i++)
    if (is_seen_in (&entity->fields[i], child))
      {
        int rated = rate (entity->fields[i].through, kind, main);

        if (rated > best[i].rate || (rated > 0 && rated == best[i].rate && id < best[i].id))
          {
            best[i] = (Best) { rated, id };
            crm_values_set_text (values, i, (const char *) sqlite3_column_text (stmt, column));
          }
        column++;
      }
}

static gboolean
load_from (CrmDb            *db,
           CrmValues        *values,
           const CrmEntity  *child,
           Best             *best,
           GError          **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, get_load_query (crm_values_get_entity (values), child), error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, crm_values_get_id (values));
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return TRUE;
      take_row (values, child, stmt, best);
    }
  return FALSE;
}

gboolean
crm_through_load (CrmDb      *db,
                  CrmValues  *values,
                  GError    **error)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  Best best[CRM_MAX_FIELDS] = { 0 };

  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i].flags & CRM_FIELD_VIRTUAL)
      crm_values_set_null (values, i);
  for (guint i = 0; entity->children != NULL && entity->children[i] != NULL; i++)
    {
      const CrmEntity *child = crm_entity_find (entity->children[i]);

      if (holds_fields (entity, child) && !load_from (db, values, child, best, error))
        return FALSE;
    }
  return TRUE;
}
