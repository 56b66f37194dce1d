/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-search-text.h"

#include <string.h>

#include "crm-fold.h"
#include "crm-sql.h"

#define DISTINCT_WORDS 32

void
crm_search_text_add (const CrmValues *values,
                     GString         *into)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  if (entity->rules != NULL && entity->rules->add_search_text != NULL)
    {
      entity->rules->add_search_text (values, into);
      return;
    }
  for (guint i = 0; i < entity->n_fields; i++)
    {
      const CrmField *field = &entity->fields[i];
      const char *text = crm_values_get_text (values, i);

      /* What is seen through comes with the children themselves. */
      if (!(field->flags & CRM_FIELD_SEARCH) || field->through != NULL || text == NULL)
        continue;
      crm_fold_append (into, text, -1);
      if (strcmp (field->name, "tax_number") == 0 && strchr (text, ' ') != NULL)
        crm_fold_digits_append (into, text);
    }
}

typedef struct {
  const char *text;
  gsize       length;
} Word;

static gboolean
has_word (const Word *words,
          guint       n_words,
          const char *text,
          gsize       length)
{
  for (guint i = 0; i < n_words; i++)
    if (words[i].length == length && memcmp (words[i].text, text, length) == 0)
      return TRUE;
  return FALSE;
}

/*
 * A word that a record has twice, as firms have in name and e-mail address, is found once: the memory is spared. Those of a long text
 * are compared with its first words only. @looks has a bit for each look that a word has: most look like no other.
 */
const char *
crm_search_text_distinct (const char *text,
                          gsize      *length,
                          GString    *distinct)
{
  Word words[DISTINCT_WORDS];
  const char *end = text + *length;
  const char *kept = text; /* from here on not copied yet */
  guint64 looks = 0;
  guint n_words = 0;

  g_string_truncate (distinct, 0);
  for (const char *word = text, *next; word < end; word = next)
    {
      const char *space = memchr (word, ' ', (gsize) (end - word));
      gsize size = (gsize) ((space != NULL ? space : end) - word);
      guint64 look = G_GUINT64_CONSTANT (1) << (((guchar) word[0] + 7 * (guchar) word[size / 2] + 13 * size) % 64);

      next = space != NULL ? space + 1 : end;
      if ((looks & look) != 0 && has_word (words, n_words, word, size))
        {
          g_string_append_len (distinct, kept, word - kept);
          kept = next;
        }
      else if (n_words < DISTINCT_WORDS)
        {
          looks |= look;
          words[n_words++] = (Word) { word, size };
        }
    }
  if (kept == text)
    return text;
  g_string_append_len (distinct, kept, end - kept);
  *length = distinct->len - (distinct->len > 0 && distinct->str[distinct->len - 1] == ' ');
  return distinct->str;
}

/* What stands in either of the two indexes is asked for by the same statements. */
#define STATEMENTS(rows, words) { \
  .count = "SELECT count (*) FROM " rows, \
  .read = "SELECT text FROM " rows " WHERE id = ?", \
  .read_all = "SELECT id, text FROM " rows " WHERE entity = ? ORDER BY id", \
  .find = "SELECT rowid FROM " words " WHERE " words " MATCH ?", \
  .store = "INSERT INTO " rows " (id, entity, text) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET text = excluded.text", \
  .remove = "DELETE FROM " rows " WHERE id = ?", \
  .remove_range = "DELETE FROM " rows " WHERE id BETWEEN ? AND ? AND entity = ?", \
  .add_words = "INSERT INTO " words " (rowid, text) VALUES (?, ?)", \
  .add_row_words = "INSERT INTO " words " (rowid, text) SELECT id, text FROM " rows " WHERE id = ?", \
  .remove_words = "INSERT INTO " words " (" words ", rowid, text) VALUES ('delete', ?, ?)", \
  .remove_range_words = "INSERT INTO " words " (" words ", rowid, text)" \
                        " SELECT 'delete', id, text FROM " rows " WHERE id BETWEEN ? AND ? AND entity = ?", \
  .rebuild = "INSERT INTO " words " (" words ") VALUES ('rebuild')", \
  .check = "INSERT INTO " words " (" words ", rank) VALUES ('integrity-check', 1)", \
}

static const CrmSearchStatements statements[] = {
  [CRM_SEARCH_RECORDS] = STATEMENTS ("search", "search_word"),
  [CRM_SEARCH_LOG] = STATEMENTS ("log_search", "log_word"),
};

CrmSearchTable
crm_search_text_get_table (const CrmEntity *entity)
{
  return entity->is_log ? CRM_SEARCH_LOG : CRM_SEARCH_RECORDS;
}

const CrmSearchStatements *
crm_search_text_get_statements (CrmSearchTable table)
{
  return &statements[table];
}

static const CrmSearchStatements *
get_statements (const CrmEntity *entity)
{
  return &statements[crm_search_text_get_table (entity)];
}

char *
crm_search_text_build (CrmDb            *db,
                       const CrmEntity  *entity,
                       gint64            id,
                       GError          **error)
{
  g_autoptr (CrmValues) values = crm_sql_read (db, entity, id, error);
  g_autoptr (GString) text = NULL;

  if (values == NULL || !crm_values_is_null (values, (guint) crm_entity_find_field (entity, "deleted")))
    return NULL;
  text = g_string_sized_new (128);
  crm_search_text_add (values, text);
  for (guint i = 0; entity->children != NULL && entity->children[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) children = crm_sql_read_children (db, crm_entity_find (entity->children[i]), id, error);

      if (children == NULL)
        return NULL;
      for (guint c = 0; c < children->len; c++)
        crm_search_text_add (g_ptr_array_index (children, c), text);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
run_word (CrmDb       *db,
          const char  *sql,
          gint64       id,
          const char  *text,
          GError     **error)
{
  CrmStmt *stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, id);
  crm_stmt_bind_text (stmt, 2, text);
  return crm_db_finish (db, stmt, error);
}

static gboolean
store_row (CrmDb           *db,
           const CrmEntity *entity,
           gint64           id,
           const char      *text,
           GError         **error)
{
  CrmStmt *stmt;

  if (text == NULL)
    {
      stmt = crm_db_prepare (db, get_statements (entity)->remove, error);
      if (stmt == NULL)
        return FALSE;
      crm_stmt_bind_integer (stmt, 1, id);
      return crm_db_finish (db, stmt, error);
    }
  stmt = crm_db_prepare (db, get_statements (entity)->store, error);
  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, id);
  crm_stmt_bind_integer (stmt, 2, entity->number);
  crm_stmt_bind_text (stmt, 3, text);
  return crm_db_finish (db, stmt, error);
}

static gboolean
read_row (CrmDb            *db,
          const CrmEntity  *entity,
          gint64            id,
          char            **text,
          GError          **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, get_statements (entity)->read, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, id);
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  *text = row ? g_strdup ((const char *) sqlite3_column_text (stmt, 0)) : NULL;
  return TRUE;
}

gboolean
crm_search_text_update (CrmDb            *db,
                        const CrmEntity  *entity,
                        gint64            id,
                        gboolean          index,
                        GError          **error)
{
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;
  GError *failure = NULL;

  new = crm_search_text_build (db, entity, id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (!read_row (db, entity, id, &old, error))
    return FALSE;
  if (g_strcmp0 (old, new) == 0)
    return TRUE;
  if (index && old != NULL &&
      !run_word (db, get_statements (entity)->remove_words, id, old, error))
    return FALSE;
  if (!store_row (db, entity, id, new, error))
    return FALSE;
  return !index || new == NULL || run_word (db, get_statements (entity)->add_words, id, new, error);
}

gboolean
crm_search_text_insert (CrmDb            *db,
                        const CrmEntity  *entity,
                        gint64            id,
                        const char       *text,
                        GError          **error)
{
  return store_row (db, entity, id, text, error);
}

gboolean
crm_search_text_index (CrmDb            *db,
                       const CrmEntity  *entity,
                       gint64            id,
                       GError          **error)
{
  CrmStmt *stmt = crm_db_prepare (db, get_statements (entity)->add_row_words, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, id);
  return crm_db_finish (db, stmt, error);
}

static gboolean
run_for_range (CrmDb            *db,
               const char       *sql,
               const CrmEntity  *entity,
               gint64            first,
               gint64            last,
               GError          **error)
{
  CrmStmt *stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, first);
  crm_stmt_bind_integer (stmt, 2, last);
  crm_stmt_bind_integer (stmt, 3, entity->number);
  return crm_db_finish (db, stmt, error);
}

gboolean
crm_search_text_delete_range (CrmDb            *db,
                              const CrmEntity  *entity,
                              gint64            first,
                              gint64            last,
                              gboolean          index,
                              GError          **error)
{
  const CrmSearchStatements *of = get_statements (entity);

  return (!index || run_for_range (db, of->remove_range_words, entity, first, last, error)) &&
         run_for_range (db, of->remove_range, entity, first, last, error);
}

gboolean
crm_search_text_rebuild (CrmDb           *db,
                         CrmSearchTable   table,
                         GError         **error)
{
  return crm_db_execute (db, statements[table].rebuild, error);
}

static gboolean
check_record (CrmDb           *db,
              const CrmEntity *entity,
              gint64           id,
              guint           *n_wrong,
              GError         **error)
{
  g_autofree char *stored = NULL;
  g_autofree char *built = NULL;
  GError *failure = NULL;

  built = crm_search_text_build (db, entity, id, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (!read_row (db, entity, id, &stored, error))
    return FALSE;
  *n_wrong += g_strcmp0 (stored, built) != 0;
  return TRUE;
}

static gboolean
check_entity (CrmDb           *db,
              const CrmEntity *entity,
              guint           *n_wrong,
              GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s", entity->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return TRUE;
      if (!check_record (db, entity, sqlite3_column_int64 (stmt, 0), n_wrong, error))
        return FALSE;
    }
  return FALSE;
}

/* FTS5 answers its integrity check with SQLITE_CORRUPT_VTAB: not the file is damaged, but the index is out of step. */
static gboolean
words_are_in_step (CrmDb          *db,
                   CrmSearchTable  table)
{
  return crm_db_execute (db, statements[table].check, NULL);
}

static gboolean
check_table (CrmDb           *db,
             CrmSearchTable   table,
             guint           *n_wrong,
             GError         **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  g_autoptr (GString) orphans = g_string_new (statements[table].count);
  const char *conjunction = " WHERE";
  gint64 n_orphans;

  for (guint i = 0; all[i] != NULL; i++)
    if (crm_entity_is_root (all[i]) && crm_search_text_get_table (all[i]) == table)
      {
        if (!check_entity (db, all[i], n_wrong, error))
          return FALSE;
        g_string_append_printf (orphans, "%s id NOT IN (SELECT id FROM %s WHERE deleted IS NULL)", conjunction, all[i]->name);
        conjunction = " AND";
      }
  if (!crm_db_get_integer (db, orphans->str, 0, &n_orphans, error))
    return FALSE;
  *n_wrong += (guint) n_orphans;
  if (*n_wrong == 0 && !words_are_in_step (db, table))
    *n_wrong = 1;
  return TRUE;
}

gboolean
crm_search_text_check (CrmDb   *db,
                       guint   *n_wrong,
                       GError **error)
{
  *n_wrong = 0;
  for (CrmSearchTable table = 0; table < CRM_N_SEARCH_TABLES; table++)
    if (!check_table (db, table, n_wrong, error))
      return FALSE;
  return TRUE;
}
