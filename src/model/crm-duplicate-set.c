/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-duplicate-set.h"

#include <stdio.h>
#include <string.h>

#include "crm-fold.h"
#include "crm-key.h"

/* Shorter names say too little. */
#define SHORTEST_NAME 3
#define SEED_PLACE 100

/* Where an entity's records have what they are compared by. */
typedef struct {
  const CrmEntity *entity;
  gboolean         of_people;
  const char      *records;  /* id, name, city or firm, tax number, web address, what it belongs to, birthday */
  const char      *points;   /* owner, kind, value */
  const char      *distinct;
  const char      *one;      /* what it belongs to, by id; no row: it is not there */
} Source;

static const Source sources[] = {
  { &crm_client, FALSE, "SELECT id, name, city, tax_number, web, parent, NULL FROM client WHERE deleted IS NULL ORDER BY id",
    "SELECT client, kind, value FROM contact_point WHERE kind <> 'chat'", "SELECT client, other FROM distinct_client",
    "SELECT parent FROM client WHERE id = ? AND deleted IS NULL" },
  { &crm_person, TRUE, "SELECT id, name, firm, NULL, NULL, NULL, birthday FROM person WHERE deleted IS NULL ORDER BY id",
    "SELECT person, kind, value FROM person_point WHERE kind <> 'chat'", "SELECT person, other FROM distinct_person",
    "SELECT NULL FROM person WHERE id = ? AND deleted IS NULL" },
};

static const Source *
find_source (const CrmEntity *entity)
{
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i].entity == entity)
      return &sources[i];
  return NULL;
}

gboolean
crm_duplicate_set_can_read (const CrmEntity *entity)
{
  return find_source (entity) != NULL;
}

void
crm_duplicate_set_free (CrmDuplicateSet *self)
{
  g_array_unref (self->records);
  g_array_unref (self->keys);
  g_clear_pointer (&self->by_key, g_array_unref);
  g_hash_table_unref (self->distinct);
  g_string_chunk_free (self->texts);
  g_free (self);
}

static void
add_key (CrmDuplicateSet *self,
         guint32          record,
         CrmAlike         kind,
         const char      *key)
{
  CrmAlikeKey new = { .record = record, .kind = kind };

  if (*key == '\0')
    return;
  new.hash = crm_key_hash (kind, key, -1);
  g_array_append_val (self->keys, new);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
add_name (CrmDuplicateSet *self,
          guint32          number,
          const char      *name)
{
  CrmAlikeRecord *record = &g_array_index (self->records, CrmAlikeRecord, number);
  g_autofree char *folded = crm_fold (name);
  g_autofree char *bare = NULL;
  g_auto (GStrv) words = NULL;
  g_autofree char *sorted = NULL;

  record->name = g_string_chunk_insert (self->texts, folded);
  record->name_length = (guint32) (self->of_people ? strlen (folded) : crm_fold_name_length (folded));
  if (g_utf8_strlen (folded, record->name_length) < SHORTEST_NAME)
    return;
  bare = g_strndup (folded, record->name_length);
  words = g_strsplit (bare, " ", -1);
  qsort (words, g_strv_length (words), sizeof *words, compare_words);
  sorted = g_strjoinv (" ", words);
  add_key (self, number, CRM_ALIKE_NAME, sorted);
}

static const char *
get_text (CrmStmt *stmt,
          int      column)
{
  return (const char *) sqlite3_column_text (stmt, column);
}

static guint64
hash_place (CrmDuplicateSet *self,
            const char      *text)
{
  g_autofree char *folded = crm_fold (text);
  gsize length = self->of_people ? crm_fold_name_length (folded) : strlen (folded);

  return length == 0 ? 0 : crm_key_hash (SEED_PLACE, folded, (gssize) length);
}

/* "1980-04-12", "--04-12" */
static void
take_birthday (CrmAlikeRecord *record,
               const char     *text)
{
  guint year = 0, month, day;

  if (text == NULL || (sscanf (text, "--%2u-%2u", &month, &day) != 2 && sscanf (text, "%4u-%2u-%2u", &year, &month, &day) != 3))
    return;
  record->birthday = (guint16) (month * 100 + day);
  record->birth_year = (guint16) year;
}

static gboolean
take_record (CrmDuplicateSet *self,
             CrmStmt         *stmt)
{
  CrmAlikeRecord record = { .id = sqlite3_column_int64 (stmt, 0), .parent = sqlite3_column_int64 (stmt, 5) };
  guint32 number = self->records->len;
  g_autofree char *tax_number = crm_key_tax_number (get_text (stmt, 3));
  g_autofree char *domain = crm_key_domain (get_text (stmt, 4));

  record.place = hash_place (self, get_text (stmt, 2));
  take_birthday (&record, get_text (stmt, 6));
  g_array_append_val (self->records, record);
  add_name (self, number, get_text (stmt, 1));
  add_key (self, number, CRM_ALIKE_TAX_NUMBER, tax_number);
  add_key (self, number, CRM_ALIKE_DOMAIN, domain);
  return TRUE;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  const CrmAlikeRecord *x = a, *y = b;

  return (x->id > y->id) - (x->id < y->id);
}

static gboolean
take_point (CrmDuplicateSet *self,
            CrmStmt         *stmt)
{
  CrmAlikeRecord owner = { .id = sqlite3_column_int64 (stmt, 0) };
  gboolean is_email = g_strcmp0 (get_text (stmt, 1), "email") == 0;
  const char *value = get_text (stmt, 2);
  g_autofree char *key = is_email ? crm_key_email (value) : crm_phone_key (value);
  guint number;

  if (!g_array_binary_search (self->records, &owner, compare_ids, &number))
    return TRUE;
  add_key (self, number, is_email ? CRM_ALIKE_EMAIL : CRM_ALIKE_PHONE, key);
  /* That of the firm, which its people share */
  if (is_email && !self->of_people)
    {
      g_autofree char *domain = crm_key_domain (value);

      add_key (self, number, CRM_ALIKE_DOMAIN, domain);
    }
  return TRUE;
}

static guint
hash_pair (gconstpointer pair)
{
  const gint64 *ids = pair;

  return g_int64_hash (&ids[0]) * 31 + g_int64_hash (&ids[1]);
}

static gboolean
equal_pairs (gconstpointer a,
             gconstpointer b)
{
  return memcmp (a, b, 2 * sizeof (gint64)) == 0;
}

static gboolean
take_distinct (CrmDuplicateSet *self,
               CrmStmt         *stmt)
{
  gint64 a = sqlite3_column_int64 (stmt, 0), b = sqlite3_column_int64 (stmt, 1);
  gint64 pair[] = { MIN (a, b), MAX (a, b) };

  g_hash_table_add (self->distinct, g_memdup2 (pair, sizeof pair));
  return TRUE;
}

static gboolean
read_rows (CrmDuplicateSet *self,
           CrmDb           *db,
           const char      *sql,
           gboolean       (*take) (CrmDuplicateSet *, CrmStmt *),
           GError         **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  while (crm_db_step (db, stmt, &row, error))
    if (!row || !take (self, stmt))
      return !row;
  return FALSE;
}

static int
compare_keys (gconstpointer a,
              gconstpointer b)
{
  const CrmAlikeKey *x = a, *y = b;

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  return (x->record > y->record) - (x->record < y->record);
}

static int
compare_owners (gconstpointer a,
                gconstpointer b)
{
  const CrmAlikeKey *x = a, *y = b;

  return x->record == y->record ? compare_keys (a, b) : x->record < y->record ? -1 : 1;
}

/* What a record has twice it has once. */
static void
drop_repeated (GArray *keys)
{
  guint n = 0;

  for (guint i = 0; i < keys->len; i++)
    {
      const CrmAlikeKey *key = &g_array_index (keys, CrmAlikeKey, i);

      if (n == 0 || compare_keys (&g_array_index (keys, CrmAlikeKey, n - 1), key) != 0)
        g_array_index (keys, CrmAlikeKey, n++) = *key;
    }
  g_array_set_size (keys, n);
}

static void
count_shared (GArray *keys)
{
  guint end;

  for (guint start = 0; start < keys->len; start = end)
    {
      guint64 hash = g_array_index (keys, CrmAlikeKey, start).hash;

      for (end = start + 1; end < keys->len && g_array_index (keys, CrmAlikeKey, end).hash == hash; end++)
        continue;
      for (guint i = start; i < end; i++)
        g_array_index (keys, CrmAlikeKey, i).shared = end - start;
    }
}

static void
arrange_keys (CrmDuplicateSet *self)
{
  g_array_sort (self->keys, compare_keys);
  drop_repeated (self->keys);
  count_shared (self->keys);
  self->by_key = g_array_copy (self->keys);
  g_array_sort (self->keys, compare_owners);
  for (guint i = 0; i < self->keys->len; i++)
    {
      CrmAlikeRecord *record = &g_array_index (self->records, CrmAlikeRecord, g_array_index (self->keys, CrmAlikeKey, i).record);

      if (record->n_keys++ == 0)
        record->first_key = i;
    }
}

static CrmDuplicateSet *
set_new (const CrmEntity *entity)
{
  CrmDuplicateSet *self = g_new0 (CrmDuplicateSet, 1);

  self->entity = entity;
  self->records = g_array_new (FALSE, FALSE, sizeof (CrmAlikeRecord));
  self->keys = g_array_new (FALSE, FALSE, sizeof (CrmAlikeKey));
  self->distinct = g_hash_table_new_full (hash_pair, equal_pairs, g_free, NULL);
  self->texts = g_string_chunk_new (64 * 1024);
  return self;
}

CrmDuplicateSet *
crm_duplicate_set_read (CrmDb            *db,
                        const CrmEntity  *entity,
                        GError          **error)
{
  const Source *source = find_source (entity);
  g_autoptr (CrmDuplicateSet) self = set_new (entity);

  g_return_val_if_fail (source != NULL, NULL);
  self->of_people = source->of_people;

  if (!read_rows (self, db, source->records, take_record, error) || !read_rows (self, db, source->points, take_point, error) ||
      !read_rows (self, db, source->distinct, take_distinct, error))
    return NULL;
  arrange_keys (self);
  return g_steal_pointer (&self);
}

gboolean
crm_duplicate_set_is_distinct (const CrmDuplicateSet *self,
                               gint64                 a,
                               gint64                 b)
{
  gint64 pair[] = { MIN (a, b), MAX (a, b) };

  return g_hash_table_contains (self->distinct, pair);
}

/* @parent: (out): what it belongs to, or 0; -1: it is not there */
static gboolean
read_parent (CrmDb    *db,
             CrmStmt  *stmt,
             gint64    id,
             gint64   *parent,
             GError  **error)
{
  gboolean row;

  sqlite3_reset (stmt);
  sqlite3_bind_int64 (stmt, 1, id);
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  *parent = row ? sqlite3_column_int64 (stmt, 0) : -1;
  return TRUE;
}

GByteArray *
crm_duplicate_set_find_standing (CrmDb            *db,
                                 const CrmEntity  *entity,
                                 const GArray     *ids,
                                 GError          **error)
{
  const Source *source = find_source (entity);
  g_autoptr (CrmDuplicateSet) set = set_new (entity);
  g_autoptr (GByteArray) standing = g_byte_array_new ();
  g_autoptr (CrmStmt) stmt = NULL;

  g_return_val_if_fail (source != NULL, NULL);

  stmt = crm_db_prepare (db, source->one, error);
  if (stmt == NULL || !read_rows (set, db, source->distinct, take_distinct, error))
    return NULL;
  for (guint i = 0; i + 1 < ids->len; i += 2)
    {
      gint64 a = g_array_index (ids, gint64, i), b = g_array_index (ids, gint64, i + 1), parent_of_a, parent_of_b;
      guint8 stands;

      if (!read_parent (db, stmt, a, &parent_of_a, error) || !read_parent (db, stmt, b, &parent_of_b, error))
        return NULL;
      stands = parent_of_a >= 0 && parent_of_b >= 0 && parent_of_a != b && parent_of_b != a && !crm_duplicate_set_is_distinct (set, a, b);
      g_byte_array_append (standing, &stands, 1);
    }
  return g_steal_pointer (&standing);
}
