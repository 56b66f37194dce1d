/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-index.h"

#include <glib/gi18n-lib.h>

#include "crm-fold.h"
#include "crm-index-entity.h"
#include "crm-search-text.h"

/* A scan of so much text, that of a million and a half of records, takes some ten milliseconds: less than a frame. */
#define QUICK_SCAN_BYTES (96 * 1024 * 1024)

struct _CrmIndex {
  GHashTable  *entities; /* CrmEntity → CrmIndexEntity */
  CrmCollator *collator;
};

CrmIndex *
crm_index_new (void)
{
  CrmIndex *self = g_new0 (CrmIndex, 1);

  self->entities = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) crm_index_entity_free);
  self->collator = crm_collator_new (NULL);
  return self;
}

void
crm_index_free (CrmIndex *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->entities);
  crm_collator_free (self->collator);
  g_free (self);
}

CrmIndexEntity *
crm_index_load_entity (CrmIndex         *self,
                       CrmDb            *db,
                       const CrmEntity  *entity,
                       GError          **error)
{
  CrmIndexEntity *loaded = g_hash_table_lookup (self->entities, entity);

  if (loaded == NULL)
    {
      loaded = crm_index_entity_load (db, entity, self->collator, error);
      if (loaded != NULL)
        g_hash_table_insert (self->entities, (gpointer) entity, loaded);
    }
  return loaded;
}

static CrmOrder *
load_order (CrmIndex        *self,
            CrmDb           *db,
            CrmIndexEntity  *loaded,
            const CrmQuery  *query,
            GError         **error)
{
  const CrmField *field = &query->entity->fields[query->sort];
  CrmIndexEntity *referred = NULL;

  if (field->kind == CRM_KIND_REFERENCE)
    {
      referred = crm_index_load_entity (self, db, crm_entity_find (field->refers), error);
      if (referred == NULL)
        return NULL;
    }
  return crm_index_entity_load_order (loaded, db, query->sort, referred, error);
}

gboolean
crm_index_load (CrmIndex         *self,
                CrmDb            *db,
                const CrmEntity  *entity,
                GError          **error)
{
  CrmIndexEntity *loaded = crm_index_load_entity (self, db, entity, error);

  return loaded != NULL && crm_index_entity_load_texts (loaded, db, error) != NULL;
}

gboolean
crm_index_is_ready (CrmIndex       *self,
                    const CrmQuery *query)
{
  CrmIndexEntity *loaded = g_hash_table_lookup (self->entities, query->entity);

  return loaded != NULL && crm_index_entity_get_order (loaded, query->sort) != NULL;
}

gboolean
crm_index_scan_is_quick (CrmIndex        *self,
                         const CrmEntity *entity)
{
  CrmIndexEntity *loaded = g_hash_table_lookup (self->entities, entity);
  CrmTextScan *texts = loaded != NULL ? crm_index_entity_get_texts (loaded) : NULL;

  return texts != NULL && crm_text_scan_get_size (texts) <= QUICK_SCAN_BYTES;
}

gboolean
crm_index_apply (CrmIndex      *self,
                 CrmDb         *db,
                 CrmChangeSet  *changes,
                 GError       **error)
{
  g_autoptr (GCancellable) cancellable = NULL;
  GHashTableIter iter;
  gpointer loaded;
  gboolean ok = TRUE;

  if (crm_change_set_is_sweeping (changes))
    {
      g_hash_table_remove_all (self->entities);
      return TRUE;
    }
  /* Whatever the job at hand was cancelled for: to follow is short, to load anew is not. */
  g_set_object (&cancellable, crm_db_get_cancellable (db));
  crm_db_set_cancellable (db, NULL);
  g_hash_table_iter_init (&iter, self->entities);
  while (g_hash_table_iter_next (&iter, NULL, &loaded))
    {
      gboolean current;

      if (!crm_index_entity_apply (loaded, db, changes, self->entities, &current, ok ? error : NULL))
        ok = FALSE;
      if (!current)
        g_hash_table_iter_remove (&iter);
    }
  crm_db_set_cancellable (db, cancellable);
  return ok;
}

/*
 * Hits: what is being found, a bit per position in the list's order.
 * @passing: (nullable): what passes the filters, by ordinal
 */
typedef struct {
  const CrmIds   *ids;
  const CrmOrder *order;
  gboolean        descending;
  const guint64  *passing;
  guint           n_words;
  guint64        *prefix;
  guint64        *inside;
} Hits;

static inline gboolean
has_bit (const guint64 *bits,
         guint          at)
{
  return (bits[at / 64] >> (at % 64) & 1) != 0;
}

static inline void
hits_mark (const Hits *self,
           guint64    *bits,
           guint       ordinal)
{
  guint position = self->order->rank[ordinal];

  if (self->descending)
    position = crm_order_turn (self->order, position);
  if (self->passing == NULL || has_bit (self->passing, ordinal))
    bits[position / 64] |= G_GUINT64_CONSTANT (1) << (position % 64);
}

static void
hits_mark_all (const Hits    *self,
               guint64       *bits,
               const guint64 *ordinals)
{
  for (guint i = 0; i < self->n_words; i++)
    for (guint64 word = ordinals[i]; word != 0; word &= word - 1)
      hits_mark (self, bits, i * 64 + (guint) __builtin_ctzll (word));
}

static gboolean
fail_cancelled (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _("Cancelled."));
  return FALSE;
}

static guint
count_bits (const guint64 *bits,
            guint          n_words)
{
  guint n = 0;

  for (guint i = 0; i < n_words; i++)
    n += (guint) __builtin_popcountll (bits[i]);
  return n;
}

/* Reads off the ordinals in the order of their positions. */
static guint32 *
hits_read (const Hits    *self,
           const guint64 *bits,
           guint32       *into)
{
  for (guint i = 0; i < self->n_words; i++)
    for (guint64 word = bits[i]; word != 0; word &= word - 1)
      {
        guint position = i * 64 + (guint) __builtin_ctzll (word);

        *into++ = self->order->by_rank[self->descending ? crm_order_turn (self->order, position) : position];
      }
  return into;
}

static CrmIdList *
hits_to_list (const Hits *self,
              CrmIds     *ids,
              char      **words)
{
  guint n_prefix, n_inside;
  guint32 *ordinals;

  for (guint i = 0; i < self->n_words; i++)
    self->inside[i] &= ~self->prefix[i];
  n_prefix = count_bits (self->prefix, self->n_words);
  n_inside = count_bits (self->inside, self->n_words);
  ordinals = g_new (guint32, n_prefix + n_inside);
  hits_read (self, self->inside, hits_read (self, self->prefix, ordinals));
  return crm_id_list_new_hits (ids, ordinals, n_prefix + n_inside, n_prefix, words);
}

/* Hits come in ascending order of ids, those of other entities among them. */
static gboolean
find_by_words (const Hits      *hits,
               CrmIndexEntity  *loaded,
               CrmDb           *db,
               const CrmTerms  *terms,
               GError         **error)
{
  CrmSearchTable table = crm_search_text_get_table (crm_index_entity_get_entity (loaded));
  g_autofree char *expression = crm_terms_to_fts (terms);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, crm_search_text_get_statements (table)->find, error);
  CrmIdsCursor cursor = { 0 };
  int code;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, expression);
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    if (crm_ids_seek (hits->ids, &cursor, sqlite3_column_int64 (stmt, 0)))
      hits_mark (hits, hits->prefix, cursor.ordinal);
  return code == SQLITE_DONE || crm_db_fail (db, error);
}

/* Letters that are younger than SQLite's tables part words for its tokenizer, which it refuses in an index without places. */
static gboolean
is_refused (const CrmTerms *terms,
            const GError   *failure)
{
  return !g_str_is_ascii (terms->folded) && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A single letter has so many hits that reading the texts in memory is many times quicker than fetching them from the full-text index. */
static gboolean
is_scan_quicker (CrmIndexEntity *loaded,
                 const CrmTerms *terms)
{
  return crm_index_entity_is_small (loaded) || (crm_index_entity_get_texts (loaded) != NULL && crm_terms_get_rarest (terms) == NULL);
}

static gboolean
find_prefix (const Hits      *hits,
             CrmIndexEntity  *loaded,
             CrmDb           *db,
             const CrmTerms  *terms,
             GError         **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree guint64 *found = NULL;
  CrmTextScan *texts;

  if (!is_scan_quicker (loaded, terms))
    {
      if (find_by_words (hits, loaded, db, terms, &failure))
        return TRUE;
      if (!is_refused (terms, failure))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  texts = crm_index_entity_load_texts (loaded, db, error);
  if (texts == NULL)
    return FALSE;
  found = g_new0 (guint64, hits->n_words);
  if (!crm_text_scan_find_prefix (texts, terms, found, crm_db_get_cancellable (db)))
    return fail_cancelled (error);
  hits_mark_all (hits, hits->prefix, found);
  return TRUE;
}

/* @prefix: are hits at the beginning of words wanted as well? */
static gboolean
find_inside (const Hits      *hits,
             CrmIndexEntity  *loaded,
             CrmDb           *db,
             const CrmTerms  *terms,
             gboolean         prefix,
             GError         **error)
{
  g_autofree guint64 *found_inside = g_new0 (guint64, hits->n_words);
  g_autofree guint64 *found_prefix = prefix ? g_new0 (guint64, hits->n_words) : NULL;
  CrmTextScan *texts = crm_index_entity_load_texts (loaded, db, error);

  if (texts == NULL)
    return FALSE;
  if (!crm_text_scan_find_inside (texts, terms, found_inside, found_prefix, crm_db_get_cancellable (db)))
    return fail_cancelled (error);
  hits_mark_all (hits, hits->inside, found_inside);
  if (prefix)
    hits_mark_all (hits, hits->prefix, found_prefix);
  return TRUE;
}

static gboolean
find_hits (const Hits      *hits,
           CrmIndexEntity  *loaded,
           CrmDb           *db,
           const CrmTerms  *terms,
           gboolean         prefix_only,
           GError         **error)
{
  if (prefix_only || crm_terms_get_rarest (terms) == NULL)
    return find_prefix (hits, loaded, db, terms, error);
  /* A scan for words finds either kind of hit. */
  if (crm_terms_are_words (terms))
    return find_inside (hits, loaded, db, terms, TRUE, error);
  return find_prefix (hits, loaded, db, terms, error) && find_inside (hits, loaded, db, terms, FALSE, error);
}

static CrmIdList *
query_loaded (CrmIndexEntity  *loaded,
              CrmDb           *db,
              const CrmOrder  *order,
              const CrmQuery  *query,
              const CrmTerms  *terms,
              gboolean         prefix_only,
              GError         **error)
{
  CrmIds *ids = crm_index_entity_get_ids (loaded);
  guint n_words = ids->n / 64 + 1;
  g_autofree guint64 *prefix = NULL;
  g_autofree guint64 *inside = NULL;
  const guint64 *passing = NULL;
  Hits hits;

  if (query->filters->len > 0)
    {
      passing = crm_index_entity_load_filter (loaded, db, query, error);
      if (passing == NULL)
        return NULL;
    }
  prefix = g_new0 (guint64, n_words);
  inside = g_new0 (guint64, n_words);
  hits = (Hits) { ids, order, query->descending, passing, n_words, prefix, inside };
  if (terms->n_terms == 0)
    hits_mark_all (&hits, prefix, passing);
  else if (!find_hits (&hits, loaded, db, terms, prefix_only, error))
    return NULL;
  return hits_to_list (&hits, ids, terms->words);
}

/* Lists read straight from the tables */

/* The order SQL gives: that of the stored sort keys, without them of bytes. */
static char *
get_sql_order (const CrmQuery *query)
{
  const CrmEntity *entity = query->entity;
  guint title = crm_entity_get_title_field (entity);
  const char *direction = query->descending ? " DESC" : "";
  GString *order = g_string_new ("ORDER BY ");

  if (query->sort != title)
    {
      crm_query_append_column (order, entity, query->sort);
      g_string_append (order, " IS NULL, ");
      crm_query_append_column (order, entity, query->sort);
      g_string_append_printf (order, "%s%s, ", entity->fields[query->sort].flags & CRM_FIELD_SORTED ? "_key" : "", direction);
    }
  g_string_append_printf (order, "%s%s%s, id%s LIMIT ?", entity->fields[title].name,
                          entity->fields[title].flags & CRM_FIELD_SORTED ? "_key" : "", direction, direction);
  return g_string_free (order, FALSE);
}

static CrmStmt *
prepare_in_order (CrmDb           *db,
                  const CrmQuery  *query,
                  const char      *columns,
                  gint64           limit,
                  GError         **error)
{
  g_autofree char *order = get_sql_order (query);
  CrmStmt *stmt = crm_query_prepare (query, db, columns, order, error);

  if (stmt != NULL)
    crm_stmt_bind_integer (stmt, sqlite3_bind_parameter_count (stmt), limit);
  return stmt;
}

CrmIdList *
crm_index_first (CrmDb           *db,
                 const CrmQuery  *query,
                 guint            limit,
                 GError         **error)
{
  g_autoptr (CrmStmt) stmt = prepare_in_order (db, query, "id", limit, error);
  g_autofree gint64 *ids = g_new (gint64, limit);
  guint n = 0;
  gboolean row;

  while (stmt != NULL && crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return crm_id_list_new_plain (g_steal_pointer (&ids), n, NULL);
      ids[n++] = sqlite3_column_int64 (stmt, 0);
    }
  return NULL;
}

/* What is in the trash has no search row: its texts are folded as they are read. */
static char *
get_search_columns (const CrmEntity *entity)
{
  GString *columns = g_string_new ("id");

  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & CRM_FIELD_SEARCH) != 0)
      {
        g_string_append (columns, ", ");
        crm_query_append_column (columns, entity, i);
      }
  return g_string_free (columns, FALSE);
}

static void
fold_row (const CrmEntity *entity,
          CrmStmt         *stmt,
          GString         *into)
{
  int column = 1;

  g_string_truncate (into, 0);
  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & CRM_FIELD_SEARCH) != 0)
      {
        const char *text = (const char *) sqlite3_column_text (stmt, column++);

        if (entity->fields[i].kind == CRM_KIND_PHONE)
          crm_fold_digits_append (into, text);
        else
          crm_fold_append (into, text, -1);
      }
}

static CrmIdList *
query_trash (CrmDb           *db,
             const CrmQuery  *query,
             const CrmTerms  *terms,
             GError         **error)
{
  g_autofree char *columns = get_search_columns (query->entity);
  g_autoptr (CrmStmt) stmt = prepare_in_order (db, query, columns, -1, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean row;

  while (stmt != NULL && crm_db_step (db, stmt, &row, error))
    {
      gint64 id;

      if (!row)
        {
          guint n = ids->len;

          return crm_id_list_new_plain ((gint64 *) (gpointer) g_array_free (g_steal_pointer (&ids), FALSE), n, terms->words);
        }
      id = sqlite3_column_int64 (stmt, 0);
      fold_row (query->entity, stmt, text);
      g_string_set_size (text, text->len + CRM_TEXT_SLACK);
      if (crm_terms_match_inside (terms, NULL, text->str, text->len - CRM_TEXT_SLACK) ||
          crm_terms_match_prefix (terms, text->str, text->len - CRM_TEXT_SLACK))
        g_array_append_val (ids, id);
    }
  return NULL;
}

CrmIdList *
crm_index_query (CrmIndex        *self,
                 CrmDb           *db,
                 const CrmQuery  *query,
                 gboolean         prefix_only,
                 GError         **error)
{
  g_autoptr (CrmTerms) terms = crm_terms_parse (query->text);
  CrmIndexEntity *loaded;
  CrmOrder *order;

  if (query->trash)
    return query_trash (db, query, terms, error);
  loaded = crm_index_load_entity (self, db, query->entity, error);
  order = loaded != NULL ? load_order (self, db, loaded, query, error) : NULL;
  if (order == NULL)
    return NULL;
  if (terms->n_terms == 0 && query->filters->len == 0)
    return crm_id_list_new_all (crm_index_entity_get_ids (loaded), order, query->descending);
  return query_loaded (loaded, db, order, query, terms, prefix_only, error);
}
