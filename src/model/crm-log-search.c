/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-log-search.h"

#include "crm-search-text.h"
#include "crm-text-scan.h"

/* From so many hits on it is quicker to look at the newest conversations than to put all hits in order. */
#define MANY_HITS 4000
/* Texts of so many conversations are read in some milliseconds. */
#define QUICK_ROWS 20000

#define BY_TIME " ORDER BY i.at DESC, i.id DESC"

typedef struct {
  CrmDb          *db;
  const CrmTerms *terms;
  guint           limit;
  GArray         *ids;
  GHashTable     *found; /* of those ids */
  GString        *text;
} Search;

static gboolean
is_full (const Search *self)
{
  return self->limit != 0 && g_hash_table_size (self->found) >= self->limit;
}

static void
add (Search *self,
     gint64  id)
{
  gint64 *key;

  if (is_full (self) || g_hash_table_contains (self->found, &id))
    return;
  key = g_new (gint64, 1);
  *key = id;
  g_hash_table_add (self->found, key);
  g_array_append_val (self->ids, id);
}

/* Terms are looked for in texts with room behind them. */
static gboolean
matches (Search  *self,
         CrmStmt *row,
         gboolean inside)
{
  gsize length = (gsize) sqlite3_column_bytes (row, 1);

  g_string_set_size (self->text, 0);
  g_string_append_len (self->text, (const char *) sqlite3_column_text (row, 1), (gssize) length);
  g_string_set_size (self->text, length + CRM_TEXT_SLACK);
  return inside ? crm_terms_match_inside (self->terms, NULL, self->text->str, length)
                : crm_terms_match_prefix (self->terms, self->text->str, length);
}

static gboolean
look_at_all (Search  *self,
             gboolean inside,
             GError **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db, "SELECT i.id, s.text FROM interaction i JOIN log_search s ON s.id = i.id" BY_TIME, error);
  gboolean row = stmt != NULL;

  while (row && !is_full (self))
    {
      if (!crm_db_step (self->db, stmt, &row, error))
        return FALSE;
      if (row && matches (self, stmt, inside))
        add (self, sqlite3_column_int64 (stmt, 0));
    }
  return stmt != NULL;
}

/* Does the full-text index know more than MANY_HITS? */
static gboolean
count_hits (Search      *self,
            const char  *expression,
            gboolean    *many,
            GError     **error)
{
  CrmStmt *stmt = crm_db_prepare (self->db, "SELECT count (*) FROM (SELECT 1 FROM log_word WHERE log_word MATCH ? LIMIT ?)", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, expression);
  crm_stmt_bind_integer (stmt, 2, MANY_HITS);
  if (!crm_db_step (self->db, stmt, &row, error))
    return FALSE;
  *many = sqlite3_column_int (stmt, 0) == MANY_HITS;
  sqlite3_reset (stmt);
  return TRUE;
}

static gboolean
find_by_words (Search      *self,
               const char  *expression,
               GError     **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (self->db,
                                             "SELECT i.id FROM log_word CROSS JOIN interaction i ON i.id = log_word.rowid"
                                             " WHERE log_word MATCH ?" BY_TIME, error);
  gboolean row = stmt != NULL;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, expression);
  while (row && !is_full (self))
    {
      if (!crm_db_step (self->db, stmt, &row, error))
        return FALSE;
      if (row)
        add (self, sqlite3_column_int64 (stmt, 0));
    }
  return TRUE;
}

static gboolean
find_prefix (Search  *self,
             GError **error)
{
  g_autofree char *expression = crm_terms_to_fts (self->terms);
  g_autoptr (GError) failure = NULL;
  gboolean many;

  if (!count_hits (self, expression, &many, &failure))
    {
      /* As in crm_search_once(): letters younger than SQLite's tables are refused. */
      if (!g_str_is_ascii (self->terms->folded) && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return look_at_all (self, FALSE, error);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return many ? look_at_all (self, FALSE, error) : find_by_words (self, expression, error);
}

gboolean
crm_log_search (CrmDb           *db,
                const CrmTerms  *terms,
                guint            limit,
                gboolean         inside,
                GArray          *ids,
                GError         **error)
{
  Search self = { db, terms, limit, ids, g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL), g_string_new (NULL) };
  gboolean ok = terms->n_terms == 0 || find_prefix (&self, error);

  if (ok && inside && !is_full (&self) && crm_terms_get_rarest (terms) != NULL)
    ok = look_at_all (&self, TRUE, error);
  g_hash_table_unref (self.found);
  g_string_free (self.text, TRUE);
  return ok;
}

gboolean
crm_log_search_append (CrmDb           *db,
                       const CrmTerms  *terms,
                       guint            limit,
                       gboolean         inside,
                       GArray          *ids,
                       GError         **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint room = limit == 0 ? 0 : MAX (limit - MIN (ids->len, limit), limit / 4);

  if (limit != 0 && room == 0)
    return TRUE;
  if (!crm_log_search (db, terms, room, inside, found, error))
    return FALSE;
  if (limit != 0 && ids->len + found->len > limit)
    g_array_set_size (ids, limit - found->len);
  g_array_append_vals (ids, found->data, found->len);
  return TRUE;
}

gboolean
crm_log_search_is_quick (CrmDb     *db,
                         gboolean  *is_quick,
                         GError   **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT 1 FROM log_search LIMIT 1 OFFSET ?", error);
  gboolean more;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, QUICK_ROWS);
  if (!crm_db_step (db, stmt, &more, error))
    return FALSE;
  *is_quick = !more;
  return TRUE;
}
