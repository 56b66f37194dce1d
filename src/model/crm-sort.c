/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-sort.h"

#include <string.h>

#include "crm-query.h"

#define NO_VALUE G_MAXINT64
#define NO_RECORD (G_MAXINT64 - 1)

/* What a field is sorted by. */
typedef enum {
  BY_NUMBER,
  BY_CHOICE,
  BY_REFERENCE,
  BY_BYTES,  /* a sort key that is stored, or a date */
  BY_LETTERS /* a text without one */
} Manner;

/*
 * A value that some records have.
 * @bytes: as it is stored; @key: what it is sorted by, the same or made by the collator
 */
typedef struct {
  const char *bytes;
  gsize       size;
  const char *key;
  gsize       key_size;
  gint64      number;
} Value;

typedef struct {
  GHashTable   *values; /* of Value, its own key */
  GStringChunk *texts;
} Values;

static Manner
get_manner (const CrmEntity *entity,
            guint            field)
{
  const CrmField *f = &entity->fields[field];

  if (f->flags & CRM_FIELD_SORTED)
    return BY_BYTES;
  switch (f->kind)
    {
    case CRM_KIND_REFERENCE:
      return BY_REFERENCE;
    case CRM_KIND_CHOICE:
      return BY_CHOICE;
    case CRM_KIND_DATE:
      return BY_BYTES;
    default:
      return crm_field_is_integer (f) ? BY_NUMBER : BY_LETTERS;
    }
}

static gboolean
is_text (Manner manner)
{
  return manner == BY_BYTES || manner == BY_LETTERS;
}

static void
append_select (GString         *sql,
               const CrmEntity *entity,
               guint            field)
{
  g_string_append_printf (sql, "SELECT %s.id, ", entity->name);
  if (entity->fields[field].flags & CRM_FIELD_SORTED)
    g_string_append_printf (sql, "%s.%s_key", entity->name, entity->fields[field].name);
  else
    crm_query_append_column (sql, entity, field);
  g_string_append_printf (sql, " FROM %s", entity->name);
}

/* Ids */

static void
append_id (CrmSortPair **pairs,
           guint        *n,
           guint        *room,
           gint64        id)
{
  if (*n == *room)
    {
      *room = MAX (2 * *room, 256);
      *pairs = g_renew (CrmSortPair, *pairs, *room);
    }
  (*pairs)[*n] = (CrmSortPair) { id, *n };
  (*n)++;
}

static CrmSortPair *
read_ids (CrmDb       *db,
          const char  *sql,
          guint       *n,
          GError     **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);
  g_autofree CrmSortPair *pairs = NULL;
  guint room = 0;
  int code;

  if (stmt == NULL)
    return NULL;
  *n = 0;
  append_id (&pairs, n, &room, 0);
  *n = 0;
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    append_id (&pairs, n, &room, sqlite3_column_int64 (stmt, 0));
  if (code == SQLITE_DONE)
    return g_steal_pointer (&pairs);
  crm_db_fail (db, error);
  return NULL;
}

gboolean
crm_sort_load_ids (CrmDb            *db,
                   const CrmEntity  *entity,
                   CrmIds          **ids,
                   CrmOrder        **title,
                   GError          **error)
{
  guint field = crm_entity_get_title_field (entity);
  gboolean keyed = (entity->fields[field].flags & CRM_FIELD_SORTED) != 0;
  g_autofree char *order = keyed ? g_strconcat (entity->fields[field].name, "_key, id", NULL) : g_strdup ("id");
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s%s ORDER BY %s", entity->name,
                                          crm_entity_is_root (entity) ? " WHERE deleted IS NULL" : "", order);
  g_autofree CrmSortPair *pairs = NULL;
  guint32 *by_rank;
  gint64 *sorted;
  guint n;

  pairs = read_ids (db, sql, &n, error);
  if (pairs == NULL)
    return FALSE;
  if (keyed)
    crm_sort_pairs (pairs, n);
  sorted = g_new (gint64, n);
  by_rank = g_new (guint32, n);
  for (guint i = 0; i < n; i++)
    {
      sorted[i] = pairs[i].key;
      by_rank[pairs[i].ordinal] = i;
    }
  *ids = crm_ids_new (sorted, n);
  *title = NULL;
  if (keyed)
    *title = crm_order_new (field, g_steal_pointer (&by_rank), n, n);
  g_free (by_rank);
  return TRUE;
}

/* Values */

static guint
hash_value (gconstpointer data)
{
  const Value *value = data;
  guint hash = 5381;

  for (gsize i = 0; i < value->size; i++)
    hash = hash * 33 + (guchar) value->bytes[i];
  return hash;
}

static gboolean
equal_value (gconstpointer a,
             gconstpointer b)
{
  const Value *one = a;
  const Value *other = b;

  return one->size == other->size && memcmp (one->bytes, other->bytes, one->size) == 0;
}

static int
compare_bytes (const char *a,
               gsize       a_size,
               const char *b,
               gsize       b_size)
{
  int order = memcmp (a, b, MIN (a_size, b_size));

  return order != 0 ? order : (a_size > b_size) - (a_size < b_size);
}

/* A value with the beginning of its key at hand: most comparisons need no more, and what lies elsewhere is slow to come by. */
typedef struct {
  guint64  beginning[2]; /* the first 16 bytes, as numbers */
  Value   *value;
} Place;

static Place
make_place (Value *value)
{
  Place place = { { 0, 0 }, value };

  memcpy (place.beginning, value->key, MIN (value->key_size, sizeof place.beginning));
  for (guint i = 0; i < G_N_ELEMENTS (place.beginning); i++)
    place.beginning[i] = GUINT64_FROM_BE (place.beginning[i]);
  return place;
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *one = a;
  const Place *other = b;

  for (guint i = 0; i < G_N_ELEMENTS (one->beginning); i++)
    if (one->beginning[i] != other->beginning[i])
      return one->beginning[i] < other->beginning[i] ? -1 : 1;
  return compare_bytes (one->value->key, one->value->key_size, other->value->key, other->value->key_size);
}

static Value *
take_value (Values     *self,
            const char *bytes,
            gsize       size)
{
  Value sought = { .bytes = bytes, .size = size };
  Value *value = g_hash_table_lookup (self->values, &sought);

  if (value == NULL)
    {
      value = g_new0 (Value, 1);
      value->bytes = value->key = g_string_chunk_insert_len (self->texts, bytes, (gssize) size);
      value->size = value->key_size = size;
      g_hash_table_add (self->values, value);
    }
  return value;
}

static void
make_key (Value        *value,
          CrmCollator  *collator,
          GStringChunk *texts)
{
  const guint8 *key = crm_collator_key (collator, value->bytes, (gssize) value->size, &value->key_size);

  value->key = g_string_chunk_insert_len (texts, (const char *) key, (gssize) value->key_size);
}

/* Numbers the values in their order; those of one key alike. */
static void
number_values (Values      *self,
               CrmCollator *collator)
{
  guint n;
  g_autofree gpointer *values = g_hash_table_get_keys_as_array (self->values, &n);
  g_autofree Place *places = g_new (Place, n);

  for (guint i = 0; i < n; i++)
    {
      if (collator != NULL)
        make_key (values[i], collator, self->texts);
      places[i] = make_place (values[i]);
    }
  if (n > 0)
    qsort (places, n, sizeof *places, compare_places);
  for (guint i = 0; i < n; i++)
    {
      gboolean same = i > 0 && compare_places (&places[i - 1], &places[i]) == 0;

      places[i].value->number = same ? places[i - 1].value->number : i;
    }
}

static gint64
get_choice_number (const CrmField *field,
                   const char     *name)
{
  gint64 i = 0;

  while (field->choices != NULL && field->choices[i].name != NULL && g_strcmp0 (field->choices[i].name, name) != 0)
    i++;
  return i;
}

static gint64
get_reference_number (const CrmSort *self,
                      gint64         id)
{
  guint ordinal;

  if (self->referred_ids == NULL || !crm_ids_find (self->referred_ids, id, &ordinal))
    return NO_RECORD;
  return self->referred_title->rank[ordinal];
}

/* The number that stands for a value that is no text. */
static gint64
read_number (const CrmSort *self,
             guint          field,
             CrmStmt       *stmt)
{
  if (sqlite3_column_type (stmt, 1) == SQLITE_NULL)
    return NO_VALUE;
  switch (get_manner (self->entity, field))
    {
    case BY_CHOICE:
      return get_choice_number (&self->entity->fields[field], (const char *) sqlite3_column_text (stmt, 1));
    case BY_REFERENCE:
      return get_reference_number (self, sqlite3_column_int64 (stmt, 1));
    default:
      return sqlite3_column_int64 (stmt, 1);
    }
}

static const char *
read_bytes (CrmStmt *stmt,
            gsize   *size)
{
  const char *bytes = sqlite3_column_blob (stmt, 1);

  *size = (gsize) sqlite3_column_bytes (stmt, 1);
  return bytes != NULL ? bytes : "";
}

/* The value of each record as a number, by ordinal; of a text a pointer to its Value, which is yet to be numbered. */
static gboolean
read_numbers (const CrmSort  *self,
              guint           field,
              Values         *values,
              gint64         *numbers,
              GError        **error)
{
  gboolean text = is_text (get_manner (self->entity, field));
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (CrmStmt) stmt = NULL;
  CrmIdsCursor cursor = { 0 };
  int code;

  append_select (sql, self->entity, field);
  /* In the order of the table: no index would be quicker, as all its columns are read anyway. */
  g_string_append (sql, " NOT INDEXED");
  if (crm_entity_is_root (self->entity))
    g_string_append_printf (sql, " WHERE %s.deleted IS NULL", self->entity->name);
  stmt = crm_db_prepare (self->db, sql->str, error);
  if (stmt == NULL)
    return FALSE;
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      const char *bytes;
      gsize size;

      if (!crm_ids_seek (self->ids, &cursor, sqlite3_column_int64 (stmt, 0)))
        continue;
      if (!text)
        numbers[cursor.ordinal] = read_number (self, field, stmt);
      else if (sqlite3_column_type (stmt, 1) != SQLITE_NULL)
        {
          bytes = read_bytes (stmt, &size);
          numbers[cursor.ordinal] = (gint64) (gsize) take_value (values, bytes, size);
        }
    }
  return code == SQLITE_DONE || crm_db_fail (self->db, error);
}

static CrmOrder *
sort_by_numbers (const CrmSort *self,
                 guint          field,
                 const gint64  *numbers)
{
  g_autofree CrmSortPair *pairs = g_new (CrmSortPair, self->ids->n);
  guint32 *by_rank = g_new (guint32, self->ids->n);
  guint n_filled = 0;

  for (guint i = 0; i < self->ids->n; i++)
    {
      guint32 ordinal = self->title != NULL ? self->title->by_rank[i] : i;

      pairs[i] = (CrmSortPair) { numbers[ordinal], ordinal };
      n_filled += numbers[ordinal] != NO_VALUE;
    }
  crm_sort_pairs (pairs, self->ids->n);
  for (guint i = 0; i < self->ids->n; i++)
    by_rank[i] = pairs[i].ordinal;
  return crm_order_new (field, by_rank, self->ids->n, n_filled);
}

CrmOrder *
crm_sort_load (const CrmSort  *self,
               guint           field,
               GError        **error)
{
  Manner manner = get_manner (self->entity, field);
  g_autofree gint64 *numbers = g_new (gint64, self->ids->n);
  g_autoptr (GHashTable) hash = g_hash_table_new_full (hash_value, equal_value, g_free, NULL);
  Values values = { hash, g_string_chunk_new (4096) };
  CrmOrder *order = NULL;

  for (guint i = 0; i < self->ids->n; i++)
    numbers[i] = NO_VALUE;
  if (read_numbers (self, field, &values, numbers, error))
    {
      number_values (&values, manner == BY_LETTERS ? self->collator : NULL);
      for (guint i = 0; is_text (manner) && i < self->ids->n; i++)
        if (numbers[i] != NO_VALUE)
          numbers[i] = ((const Value *) (gsize) numbers[i])->number;
      order = sort_by_numbers (self, field, numbers);
    }
  g_string_chunk_free (values.texts);
  return order;
}

/* One record among others */

/* A record's value, as far as it is no text a number, else bytes. */
typedef struct {
  gint64   number;
  GString *bytes;
} Key;

static gboolean
read_key (const CrmSort  *self,
          guint           field,
          guint32         ordinal,
          Key            *key,
          GError        **error)
{
  Manner manner = get_manner (self->entity, field);
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (CrmStmt) stmt = NULL;
  gboolean row;
  const char *bytes;
  gsize size;

  append_select (sql, self->entity, field);
  g_string_append_printf (sql, " WHERE %s.id = ?", self->entity->name);
  stmt = crm_db_prepare (self->db, sql->str, error);
  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, self->ids->ids[ordinal]);
  if (!crm_db_step (self->db, stmt, &row, error))
    return FALSE;

  g_string_truncate (key->bytes, 0);
  key->number = NO_VALUE;
  if (!row || sqlite3_column_type (stmt, 1) == SQLITE_NULL)
    return TRUE;
  key->number = is_text (manner) ? 0 : read_number (self, field, stmt);
  if (!is_text (manner))
    return TRUE;
  bytes = read_bytes (stmt, &size);
  if (manner == BY_LETTERS)
    bytes = (const char *) crm_collator_key (self->collator, bytes, (gssize) size, &size);
  g_string_append_len (key->bytes, bytes, (gssize) size);
  return TRUE;
}

static int
compare_keys (const CrmSort *self,
              const Key     *a,
              guint32        a_ordinal,
              const Key     *b,
              guint32        b_ordinal)
{
  int order = compare_bytes (a->bytes->str, a->bytes->len, b->bytes->str, b->bytes->len);

  if (a->number != b->number)
    return a->number < b->number ? -1 : 1;
  if (order != 0)
    return order;
  if (self->title != NULL)
    {
      a_ordinal = self->title->rank[a_ordinal];
      b_ordinal = self->title->rank[b_ordinal];
    }
  return (a_ordinal > b_ordinal) - (a_ordinal < b_ordinal);
}

gboolean
crm_sort_find_place (const CrmSort   *self,
                     const CrmOrder  *order,
                     guint32          ordinal,
                     guint           *at,
                     gboolean        *filled,
                     GError         **error)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autoptr (GString) other_bytes = g_string_new (NULL);
  Key key = { .bytes = bytes };
  Key other = { .bytes = other_bytes };
  guint low = 0;
  guint high = order->n;

  if (!read_key (self, order->field, ordinal, &key, error))
    return FALSE;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (!read_key (self, order->field, order->by_rank[middle], &other, error))
        return FALSE;
      if (compare_keys (self, &other, order->by_rank[middle], &key, ordinal) < 0)
        low = middle + 1;
      else
        high = middle;
    }
  *at = low;
  *filled = key.number != NO_VALUE;
  return TRUE;
}
