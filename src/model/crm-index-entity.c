/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-index-entity.h"

#include <string.h>

#include "crm-search-text.h"
#include "crm-sort.h"

/* Orders kept beside that of titles. */
#define MAX_ORDERS 3
/* Up to so many records their texts are read one by one: the search rows of all entities stand in one table. */
#define FEW_RECORDS 250
/* Each move of a record costs a walk over the orders; from this part of the records on loading is quicker. */
#define MIN_MOVES 64
#define MOVES_PART 1000

struct _CrmIndexEntity {
  const CrmEntity *entity;
  CrmCollator     *collator; /* the index's */
  CrmIds          *ids;
  CrmOrder        *title;
  GPtrArray       *orders;   /* of CrmOrder, the one used last first */
  CrmTextScan     *texts;
  CrmQuery        *filter;   /* the query that @passing answers, of which nothing but filters is kept */
  guint64         *passing;
};

static void
unref_order (gpointer order)
{
  crm_order_unref (order);
}

CrmIndexEntity *
crm_index_entity_load (CrmDb            *db,
                       const CrmEntity  *entity,
                       CrmCollator      *collator,
                       GError          **error)
{
  g_autoptr (CrmIndexEntity) self = g_new0 (CrmIndexEntity, 1);

  self->entity = entity;
  self->collator = collator;
  self->orders = g_ptr_array_new_with_free_func (unref_order);
  if (!crm_sort_load_ids (db, entity, &self->ids, &self->title, error))
    return NULL;
  if (self->title == NULL)
    {
      CrmSort sort = { .db = db, .entity = entity, .collator = collator, .ids = self->ids };

      self->title = crm_sort_load (&sort, crm_entity_get_title_field (entity), error);
    }
  return self->title != NULL ? g_steal_pointer (&self) : NULL;
}

static void
forget_filter (CrmIndexEntity *self)
{
  g_clear_pointer (&self->filter, crm_query_free);
  g_clear_pointer (&self->passing, g_free);
}

void
crm_index_entity_free (CrmIndexEntity *self)
{
  if (self == NULL)
    return;
  forget_filter (self);
  crm_text_scan_free (self->texts);
  g_ptr_array_unref (self->orders);
  crm_order_unref (self->title);
  crm_ids_unref (self->ids);
  g_free (self);
}

const CrmEntity *
crm_index_entity_get_entity (CrmIndexEntity *self)
{
  return self->entity;
}

CrmIds *
crm_index_entity_get_ids (CrmIndexEntity *self)
{
  return self->ids;
}

/* Orders */

static CrmSort
get_sort (CrmIndexEntity *self,
          CrmDb          *db,
          CrmIndexEntity *referred)
{
  return (CrmSort) {
    .db = db,
    .entity = self->entity,
    .collator = self->collator,
    .ids = self->ids,
    .title = self->title,
    .referred_ids = referred != NULL ? referred->ids : NULL,
    .referred_title = referred != NULL ? referred->title : NULL,
  };
}

static const CrmEntity *
get_referred (CrmIndexEntity *self,
              guint           field)
{
  const CrmField *f = &self->entity->fields[field];

  return f->kind == CRM_KIND_REFERENCE ? crm_entity_find (f->refers) : NULL;
}

CrmOrder *
crm_index_entity_get_order (CrmIndexEntity *self,
                            guint           field)
{
  if (field == self->title->field)
    return self->title;
  for (guint i = 0; i < self->orders->len; i++)
    {
      CrmOrder *order = g_ptr_array_index (self->orders, i);

      if (order->field == field)
        return order;
    }
  return NULL;
}

CrmOrder *
crm_index_entity_load_order (CrmIndexEntity  *self,
                             CrmDb           *db,
                             guint            field,
                             CrmIndexEntity  *referred,
                             GError         **error)
{
  CrmSort sort = get_sort (self, db, referred);
  CrmOrder *order = crm_index_entity_get_order (self, field);
  guint index;

  if (order == self->title)
    return order;
  if (order == NULL)
    order = crm_sort_load (&sort, field, error);
  else if (g_ptr_array_find (self->orders, order, &index))
    g_ptr_array_steal_index (self->orders, index);
  if (order == NULL)
    return NULL;
  g_ptr_array_insert (self->orders, 0, order);
  if (self->orders->len > MAX_ORDERS)
    g_ptr_array_set_size (self->orders, MAX_ORDERS);
  return order;
}

/* Texts */

static void
insert_text (CrmTextScan *texts,
             guint        record,
             const char  *text,
             gsize        length,
             GString     *distinct)
{
  text = crm_search_text_distinct (text, &length, distinct);
  crm_text_scan_insert (texts, record, text, length);
}

static gboolean
read_text (CrmIndexEntity  *self,
           CrmDb           *db,
           gint64           id,
           GString         *text,
           GError         **error)
{
  CrmSearchTable table = crm_search_text_get_table (self->entity);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, crm_search_text_get_statements (table)->read, error);
  gboolean row;

  g_string_truncate (text, 0);
  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, id);
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  if (row)
    g_string_append_len (text, (const char *) sqlite3_column_text (stmt, 0), sqlite3_column_bytes (stmt, 0));
  return TRUE;
}

static gboolean
read_few_texts (CrmIndexEntity  *self,
                CrmDb           *db,
                CrmTextScan     *texts,
                GError         **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) distinct = g_string_new (NULL);

  for (guint i = 0; i < self->ids->n; i++)
    {
      if (!read_text (self, db, self->ids->ids[i], text, error))
        return FALSE;
      insert_text (texts, i, text->str, text->len, distinct);
    }
  return TRUE;
}

/* Records without a search row have an empty text. */
static void
append_empty_texts (CrmTextScan *texts,
                    guint        up_to)
{
  while (crm_text_scan_get_n_records (texts) < up_to)
    crm_text_scan_insert (texts, crm_text_scan_get_n_records (texts), "", 0);
}

static gboolean
read_all_texts (CrmIndexEntity  *self,
                CrmDb           *db,
                CrmTextScan     *texts,
                GError         **error)
{
  CrmSearchTable table = crm_search_text_get_table (self->entity);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, crm_search_text_get_statements (table)->read_all, error);
  g_autoptr (GString) distinct = g_string_new (NULL);
  CrmIdsCursor cursor = { 0 };
  int code;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, self->entity->number);
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      if (!crm_ids_seek (self->ids, &cursor, sqlite3_column_int64 (stmt, 0)))
        continue;
      append_empty_texts (texts, cursor.ordinal);
      insert_text (texts, cursor.ordinal, (const char *) sqlite3_column_text (stmt, 1),
                   (gsize) sqlite3_column_bytes (stmt, 1), distinct);
    }
  append_empty_texts (texts, self->ids->n);
  return code == SQLITE_DONE || crm_db_fail (db, error);
}

gboolean
crm_index_entity_is_small (CrmIndexEntity *self)
{
  return self->ids->n <= FEW_RECORDS;
}

CrmTextScan *
crm_index_entity_get_texts (CrmIndexEntity *self)
{
  return self->texts;
}

CrmTextScan *
crm_index_entity_load_texts (CrmIndexEntity  *self,
                             CrmDb           *db,
                             GError         **error)
{
  g_autoptr (CrmTextScan) texts = NULL;
  gboolean ok;

  if (self->texts != NULL)
    return self->texts;
  texts = crm_text_scan_new ();
  if (self->ids->n <= FEW_RECORDS)
    ok = read_few_texts (self, db, texts, error);
  else
    ok = read_all_texts (self, db, texts, error);
  if (ok)
    self->texts = g_steal_pointer (&texts);
  return self->texts;
}

/* Filters */

static guint64 *
read_passing (CrmIndexEntity  *self,
              CrmDb           *db,
              const CrmQuery  *query,
              GError         **error)
{
  g_autofree guint64 *passing = g_new0 (guint64, self->ids->n / 64 + 1);
  g_autoptr (CrmStmt) stmt = crm_query_prepare (query, db, "id", "", error);
  CrmIdsCursor cursor = { 0 };
  int code;

  if (stmt == NULL)
    return NULL;
  while ((code = sqlite3_step (stmt)) == SQLITE_ROW)
    if (crm_ids_seek (self->ids, &cursor, sqlite3_column_int64 (stmt, 0)))
      passing[cursor.ordinal / 64] |= G_GUINT64_CONSTANT (1) << (cursor.ordinal % 64);
  if (code == SQLITE_DONE)
    return g_steal_pointer (&passing);
  crm_db_fail (db, error);
  return NULL;
}

const guint64 *
crm_index_entity_load_filter (CrmIndexEntity  *self,
                              CrmDb           *db,
                              const CrmQuery  *query,
                              GError         **error)
{
  g_autoptr (CrmQuery) filter = crm_query_copy (query);

  crm_query_set_text (filter, NULL);
  filter->sort = self->title->field;
  filter->descending = FALSE;
  if (self->passing == NULL || !crm_query_equal (self->filter, filter))
    {
      forget_filter (self);
      self->passing = read_passing (self, db, filter, error);
      self->filter = g_steal_pointer (&filter);
    }
  return self->passing;
}

/* Following commits */

/*
 * A record that a commit touched.
 * @fields: those that may have other values now, a bit each
 * @was, @is: is it among the records here, before and after?
 */
typedef struct {
  gint64   id;
  guint64  fields;
  gboolean was;
  gboolean is;
  guint    ordinal; /* before */
} Touch;

#define FIELD_BIT(field) (G_GUINT64_CONSTANT (1) << (field))

/* The fields of the entity that are seen through its child, without a column of their own that would be reported as changed. */
static guint64
get_fields_through (const CrmEntity *entity,
                    const CrmEntity *child)
{
  guint64 fields = 0;

  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & CRM_FIELD_VIRTUAL) && g_str_equal (entity->fields[i].through->entity, child->name))
      fields |= FIELD_BIT (i);
  return fields;
}

static gboolean
is_child_of (const CrmEntity *child,
             const CrmEntity *entity)
{
  return child->parent != NULL &&
         g_str_equal (child->fields[crm_entity_get_parent_field (child)].refers, entity->name);
}

static void
add_touch (GHashTable *touches,
           gint64      id,
           guint64     fields)
{
  Touch *touch = g_hash_table_lookup (touches, &id);

  if (touch == NULL)
    {
      touch = g_new0 (Touch, 1);
      touch->id = id;
      g_hash_table_insert (touches, &touch->id, touch);
    }
  touch->fields |= fields;
}

static int
compare_touches (gconstpointer a,
                 gconstpointer b)
{
  const Touch *one = *(const Touch * const *) a;
  const Touch *other = *(const Touch * const *) b;

  return (one->id > other->id) - (one->id < other->id);
}

/* By ascending id. */
static GPtrArray *
collect_touches (CrmIndexEntity *self,
                 CrmChangeSet   *changes)
{
  g_autoptr (GHashTable) touches = g_hash_table_new (g_int64_hash, g_int64_equal);
  GPtrArray *sorted = g_ptr_array_new_with_free_func (g_free);
  guint n;
  const CrmChange *change = crm_change_set_get (changes, &n);
  GHashTableIter iter;
  gpointer touch;

  for (guint i = 0; i < n; i++)
    if (change[i].entity == self->entity)
      add_touch (touches, change[i].id, change[i].op == CRM_CHANGE_UPDATED ? change[i].fields : ~G_GUINT64_CONSTANT (0));
    else if (is_child_of (change[i].entity, self->entity))
      add_touch (touches, change[i].root, get_fields_through (self->entity, change[i].entity));

  g_hash_table_iter_init (&iter, touches);
  while (g_hash_table_iter_next (&iter, NULL, &touch))
    g_ptr_array_add (sorted, touch);
  g_ptr_array_sort (sorted, compare_touches);
  return sorted;
}

static gboolean
read_presence (CrmIndexEntity  *self,
               CrmDb           *db,
               GPtrArray       *touches,
               GError         **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM %s WHERE id = ?%s", self->entity->name,
                                          crm_entity_is_root (self->entity) ? " AND deleted IS NULL" : "");
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);

  for (guint i = 0; stmt != NULL && i < touches->len; i++)
    {
      Touch *touch = g_ptr_array_index (touches, i);

      touch->was = crm_ids_find (self->ids, touch->id, &touch->ordinal);
      crm_stmt_bind_integer (stmt, 1, touch->id);
      if (!crm_db_step (db, stmt, &touch->is, error))
        return FALSE;
      sqlite3_reset (stmt);
    }
  return stmt != NULL;
}

/* May the record stand elsewhere in this order now? */
static gboolean
is_moved (CrmIndexEntity *self,
          const Touch    *touch,
          guint           field)
{
  return touch->was != touch->is || (touch->fields & (FIELD_BIT (field) | FIELD_BIT (self->title->field))) != 0;
}

static gboolean
are_many (CrmIndexEntity *self,
          GPtrArray      *touches)
{
  guint n_moves = 0;

  for (guint i = 0; i < touches->len; i++)
    {
      const Touch *touch = g_ptr_array_index (touches, i);
      gboolean moved = is_moved (self, touch, self->title->field);

      for (guint o = 0; o < self->orders->len && !moved; o++)
        moved = is_moved (self, touch, ((CrmOrder *) g_ptr_array_index (self->orders, o))->field);
      n_moves += moved;
    }
  return n_moves > MAX (MIN_MOVES, self->ids->n / MOVES_PART);
}

static void
take_out (CrmIndexEntity  *self,
          CrmOrder       **order,
          GPtrArray       *touches)
{
  for (guint i = 0; i < touches->len; i++)
    {
      const Touch *touch = g_ptr_array_index (touches, i);

      if (!touch->was || !is_moved (self, touch, (*order)->field))
        continue;
      crm_order_own (order);
      crm_order_remove (*order, touch->ordinal);
    }
}

static void
shift_orders (CrmIndexEntity *self,
              guint           from,
              int             by)
{
  crm_order_own (&self->title);
  crm_order_shift (self->title, from, by);
  for (guint i = 0; i < self->orders->len; i++)
    {
      crm_order_own ((CrmOrder **) &g_ptr_array_index (self->orders, i));
      crm_order_shift (g_ptr_array_index (self->orders, i), from, by);
    }
}

static void
remove_gone (CrmIndexEntity *self,
             GPtrArray      *touches)
{
  for (guint i = touches->len; i > 0; i--)
    {
      const Touch *touch = g_ptr_array_index (touches, i - 1);

      if (!touch->was || touch->is)
        continue;
      crm_ids_own (&self->ids);
      crm_ids_remove (self->ids, touch->ordinal);
      if (self->texts != NULL)
        crm_text_scan_remove (self->texts, touch->ordinal);
      shift_orders (self, touch->ordinal, -1);
    }
}

static gboolean
insert_new (CrmIndexEntity  *self,
            CrmDb           *db,
            GPtrArray       *touches,
            GError         **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) distinct = g_string_new (NULL);

  for (guint i = 0; i < touches->len; i++)
    {
      const Touch *touch = g_ptr_array_index (touches, i);
      guint ordinal;
      gboolean found = crm_ids_find (self->ids, touch->id, &ordinal);

      if (!touch->is)
        continue;
      if (self->texts != NULL && !read_text (self, db, touch->id, text, error))
        return FALSE;
      if (!found)
        {
          crm_ids_own (&self->ids);
          crm_ids_insert (self->ids, ordinal, touch->id);
          shift_orders (self, ordinal, 1);
        }
      else if (self->texts != NULL)
        crm_text_scan_remove (self->texts, ordinal);
      if (self->texts != NULL)
        insert_text (self->texts, ordinal, text->str, text->len, distinct);
    }
  return TRUE;
}

static gboolean
put_in (CrmIndexEntity  *self,
        CrmOrder       **order,
        const CrmSort   *sort,
        GPtrArray       *touches,
        GError         **error)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < touches->len; i++)
    {
      const Touch *touch = g_ptr_array_index (touches, i);
      guint ordinal, at;
      gboolean filled;

      if (!is_moved (self, touch, (*order)->field))
        continue;
      changed = TRUE;
      if (!touch->is)
        continue;
      crm_ids_find (self->ids, touch->id, &ordinal);
      if (!crm_sort_find_place (sort, *order, ordinal, &at, &filled, error))
        return FALSE;
      crm_order_own (order);
      crm_order_insert (*order, ordinal, at, filled);
    }
  if (changed)
    crm_order_rank (*order);
  return TRUE;
}

static gboolean
move_touched (CrmIndexEntity  *self,
              CrmDb           *db,
              GPtrArray       *touches,
              GHashTable      *loaded,
              GError         **error)
{
  CrmSort sort;

  take_out (self, &self->title, touches);
  for (guint i = 0; i < self->orders->len; i++)
    take_out (self, (CrmOrder **) &g_ptr_array_index (self->orders, i), touches);
  remove_gone (self, touches);
  if (!insert_new (self, db, touches, error))
    return FALSE;

  sort = get_sort (self, db, NULL);
  sort.title = NULL;
  if (!put_in (self, &self->title, &sort, touches, error))
    return FALSE;
  for (guint i = 0; i < self->orders->len; i++)
    {
      CrmOrder **order = (CrmOrder **) &g_ptr_array_index (self->orders, i);
      const CrmEntity *referred = get_referred (self, (*order)->field);

      sort = get_sort (self, db, referred != NULL ? g_hash_table_lookup (loaded, referred) : NULL);
      if (!put_in (self, order, &sort, touches, error))
        return FALSE;
    }
  return TRUE;
}

/* Orders by a reference follow changes of other records than their own; few are looked at, so they are made anew when needed. */
static void
forget_reference_orders (CrmIndexEntity *self,
                         CrmChangeSet   *changes,
                         GHashTable     *loaded)
{
  for (guint i = self->orders->len; i > 0; i--)
    {
      const CrmOrder *order = g_ptr_array_index (self->orders, i - 1);
      const CrmEntity *referred = get_referred (self, order->field);

      if (referred != NULL &&
          (crm_change_set_touches_entity (changes, referred) || !g_hash_table_contains (loaded, referred)))
        g_ptr_array_remove_index (self->orders, i - 1);
    }
}

gboolean
crm_index_entity_apply (CrmIndexEntity  *self,
                        CrmDb           *db,
                        CrmChangeSet    *changes,
                        GHashTable      *loaded,
                        gboolean        *current,
                        GError         **error)
{
  g_autoptr (GPtrArray) touches = collect_touches (self, changes);

  *current = FALSE;
  /* A filter by a reference may name any other entity. */
  forget_filter (self);
  forget_reference_orders (self, changes, loaded);
  if (!read_presence (self, db, touches, error))
    return FALSE;
  if (are_many (self, touches))
    return TRUE;
  *current = move_touched (self, db, touches, loaded, error);
  return *current;
}
