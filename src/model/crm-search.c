/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-search.h"

#include <string.h>

#include "crm-collator.h"
#include "crm-entity.h"
#include "crm-log-search.h"
#include "crm-search-text.h"
#include "crm-terms.h"
#include "crm-text-scan.h"

/* The better ones first. */
typedef enum {
  RANK_TITLE,  /* the title begins with the text */
  RANK_PREFIX,
  RANK_INSIDE,
  N_RANKS,
} Rank;

/*
 * @text: of each word one
 * @key: (nullable): what its title is sorted by; read when its rank is reached
 */
typedef struct {
  gint64   id;
  guint    entity; /* its place among all */
  char    *text;
  GBytes  *key;
} Hit;

typedef struct {
  CrmDb     *db;
  CrmTerms  *terms;
  GPtrArray *hits[N_RANKS];
  GString   *text;
  GString   *distinct;
} Search;

static void
hit_free (gpointer data)
{
  Hit *hit = data;

  g_free (hit->text);
  g_clear_pointer (&hit->key, g_bytes_unref);
  g_free (hit);
}

static void
search_init (Search     *self,
             CrmDb      *db,
             const char *text)
{
  *self = (Search) { db, crm_terms_parse (text), { NULL }, g_string_new (NULL), g_string_new (NULL) };
  for (guint i = 0; i < N_RANKS; i++)
    self->hits[i] = g_ptr_array_new_with_free_func (hit_free);
}

static void
search_clear (Search *self)
{
  crm_terms_free (self->terms);
  for (guint i = 0; i < N_RANKS; i++)
    g_ptr_array_unref (self->hits[i]);
  g_string_free (self->text, TRUE);
  g_string_free (self->distinct, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* Finding */

static guint
find_entity (int number)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  guint i = 0;

  while (all[i] != NULL && all[i]->number != number)
    i++;
  return i;
}

static void
add_hit (Search   *self,
         CrmStmt  *row,
         gboolean  prefix)
{
  Hit *hit = g_new0 (Hit, 1);
  gsize length = (gsize) sqlite3_column_bytes (row, 2);
  const char *distinct = crm_search_text_distinct ((const char *) sqlite3_column_text (row, 2), &length, self->distinct);
  Rank rank = RANK_INSIDE;

  hit->id = sqlite3_column_int64 (row, 0);
  hit->entity = find_entity (sqlite3_column_int (row, 1));
  hit->text = g_strndup (distinct, length);
  if (prefix)
    rank = g_str_has_prefix (hit->text, self->terms->folded) ? RANK_TITLE : RANK_PREFIX;
  g_ptr_array_add (self->hits[rank], hit);
}

/* Looks at a record whatever the full-text index says of it. */
static void
look_at (Search  *self,
         CrmStmt *row)
{
  const CrmTerm *rarest = crm_terms_get_rarest (self->terms);
  gsize length = (gsize) sqlite3_column_bytes (row, 2);
  const char *text;

  g_string_set_size (self->text, 0);
  g_string_append_len (self->text, (const char *) sqlite3_column_text (row, 2), (gssize) length);
  g_string_set_size (self->text, length + CRM_TEXT_SLACK);
  text = self->text->str;
  if (rarest != NULL && crm_terms_are_words (self->terms) && crm_text_find (text, text + length, rarest->needle, rarest->length) == NULL)
    return;
  if (crm_terms_match_prefix (self->terms, text, length))
    add_hit (self, row, TRUE);
  else if (rarest != NULL && crm_terms_match_inside (self->terms, NULL, text, length))
    add_hit (self, row, FALSE);
}

static void
forget_hits (Search *self)
{
  for (guint i = 0; i < N_RANKS; i++)
    g_ptr_array_set_size (self->hits[i], 0);
}

static gboolean
find_all (Search  *self,
          GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db, "SELECT id, entity, text FROM search", error);
  gboolean row = stmt != NULL;

  forget_hits (self);
  while (row)
    {
      if (!crm_db_step (self->db, stmt, &row, error))
        return FALSE;
      if (row)
        look_at (self, stmt);
    }
  return stmt != NULL;
}

static gboolean
find_by_words (Search  *self,
               GError **error)
{
  g_autofree char *expression = crm_terms_to_fts (self->terms);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db,
                                             "SELECT s.id, s.entity, s.text FROM search_word CROSS JOIN search s ON s.id = search_word.rowid"
                                             " WHERE search_word MATCH ?", error);
  gboolean row = stmt != NULL;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, expression);
  while (row)
    {
      if (!crm_db_step (self->db, stmt, &row, error))
        return FALSE;
      if (row)
        add_hit (self, stmt, TRUE);
    }
  return TRUE;
}

/* A single letter is found at the beginning of words alone. */
static gboolean
find (Search  *self,
      guint    limit,
      GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (limit == 0 && crm_terms_get_rarest (self->terms) != NULL)
    return find_all (self, error);
  if (!find_by_words (self, &failure))
    {
      /* Letters that are younger than SQLite's tables part words for its tokenizer, which it refuses in an index without places. */
      if (!g_str_is_ascii (self->terms->folded) && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return find_all (self, error);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (crm_terms_get_rarest (self->terms) == NULL || self->hits[RANK_TITLE]->len + self->hits[RANK_PREFIX]->len >= limit)
    return TRUE;
  return find_all (self, error);
}

/* Order: of each entity that of titles; the entities merged by their texts */

static GBytes *
read_key (CrmStmt     *stmt,
          gboolean     keyed,
          CrmCollator *collator)
{
  const void *value = sqlite3_column_blob (stmt, 0);
  gsize size = (gsize) sqlite3_column_bytes (stmt, 0);

  if (sqlite3_column_type (stmt, 0) == SQLITE_NULL)
    return NULL;
  if (!keyed)
    value = crm_collator_key (collator, value, (gssize) size, &size);
  return g_bytes_new (value, size);
}

static gboolean
read_keys (CrmDb            *db,
           const CrmEntity  *entity,
           GPtrArray        *hits,
           GError          **error)
{
  const CrmField *title = &entity->fields[crm_entity_get_title_field (entity)];
  gboolean keyed = (title->flags & CRM_FIELD_SORTED) != 0;
  g_autofree char *sql = g_strdup_printf ("SELECT %s%s FROM %s WHERE id = ?", title->name, keyed ? "_key" : "", entity->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  g_autoptr (CrmCollator) collator = keyed ? NULL : crm_collator_new (NULL);

  for (guint i = 0; stmt != NULL && i < hits->len; i++)
    {
      Hit *hit = g_ptr_array_index (hits, i);
      gboolean row;

      crm_stmt_bind_integer (stmt, 1, hit->id);
      if (!crm_db_step (db, stmt, &row, error))
        return FALSE;
      hit->key = row ? read_key (stmt, keyed, collator) : NULL;
      sqlite3_reset (stmt);
    }
  return stmt != NULL;
}

static int
compare_hits (gconstpointer a,
              gconstpointer b)
{
  const Hit *x = *(const Hit * const *) a, *y = *(const Hit * const *) b;
  int order = x->key != NULL && y->key != NULL ? g_bytes_compare (x->key, y->key) : (x->key == NULL) - (y->key == NULL);

  return order != 0 ? order : (x->id > y->id) - (x->id < y->id);
}

/* (element-type GPtrArray): the hits of one rank by entity, each in order. */
static GPtrArray *
part_rank (Search   *self,
           Rank      rank,
           GError  **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; all[i] != NULL; i++)
    g_ptr_array_add (parts, g_ptr_array_new ());
  for (guint i = 0; i < self->hits[rank]->len; i++)
    {
      Hit *hit = g_ptr_array_index (self->hits[rank], i);

      if (hit->entity < parts->len)
        g_ptr_array_add (g_ptr_array_index (parts, hit->entity), hit);
    }
  for (guint i = 0; i < parts->len; i++)
    {
      GPtrArray *hits = g_ptr_array_index (parts, i);

      if (hits->len > 0 && !read_keys (self->db, all[i], hits, error))
        return NULL;
      g_ptr_array_sort (hits, compare_hits);
    }
  return g_steal_pointer (&parts);
}

static void
merge (GPtrArray *parts,
       guint      limit,
       GArray    *ids)
{
  g_autofree guint *next = g_new0 (guint, parts->len);

  while (limit == 0 || ids->len < limit)
    {
      const Hit *head = NULL;
      guint from = 0;

      for (guint i = 0; i < parts->len; i++)
        {
          const GPtrArray *hits = g_ptr_array_index (parts, i);
          const Hit *hit = next[i] < hits->len ? g_ptr_array_index (hits, next[i]) : NULL;

          if (hit != NULL && (head == NULL || strcmp (hit->text, head->text) < 0))
            {
              head = hit;
              from = i;
            }
        }
      if (head == NULL)
        return;
      g_array_append_val (ids, head->id);
      next[from]++;
    }
}

gboolean
crm_search_once (CrmDb       *db,
                 const char  *text,
                 guint        limit,
                 GArray      *ids,
                 GError     **error)
{
  g_auto (Search) self;

  search_init (&self, db, text);
  g_array_set_size (ids, 0);
  if (self.terms->n_terms == 0)
    return TRUE;
  if (!find (&self, limit, error))
    return FALSE;
  for (Rank rank = 0; rank < N_RANKS && (limit == 0 || ids->len < limit); rank++)
    {
      g_autoptr (GPtrArray) parts = part_rank (&self, rank, error);

      if (parts == NULL)
        return FALSE;
      merge (parts, limit, ids);
    }
  return crm_log_search_append (db, self.terms, limit, TRUE, ids, error);
}
