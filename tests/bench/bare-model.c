/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bare-model.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define WORD_BITS 64
#define NO_RANK G_MAXUINT32

struct _BareRow {
  GObject         parent_instance;

  BareModel      *model; /* not owned */
  guint           position;
  gint64          id;
  char           *texts[BARE_N_COLUMNS];
  gboolean        is_read;
  GtkInscription *cells[BARE_N_COLUMNS];
};

struct _BareModel {
  GObject       parent_instance;

  sqlite3      *db;
  sqlite3_stmt *read;
  sqlite3_stmt *match;
  GArray       *all;     /* of gint64, in order of name */
  GArray       *found;   /* of gint64 */
  GArray       *ids;     /* one of the two */
  gint64        first;   /* smallest id */
  gint64        last;
  guint32      *ranks;   /* by id - first: position in all; of an id that is no client's: NO_RANK */
  guint64      *bitmap;  /* of ranks */
  GPtrArray    *texts;   /* of all columns of all rows, if they are kept; positions as all */
  GStringChunk *chunk;
  GHashTable   *living;  /* position → BareRow, not owned */
};

static void bare_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE (BareRow, bare_row, G_TYPE_OBJECT)
G_DEFINE_FINAL_TYPE_WITH_CODE (BareModel, bare_model, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, bare_model_iface_init))

static void
fail (sqlite3 *db)
{
  g_printerr ("%s\n", sqlite3_errmsg (db));
  exit (EXIT_FAILURE);
}

/* Rows */

static void
clear_texts (BareRow *self)
{
  if (self->model->texts == NULL)
    for (guint i = 0; i < BARE_N_COLUMNS; i++)
      g_clear_pointer (&self->texts[i], g_free);
  self->is_read = FALSE;
}

static void
read_texts (BareRow *self)
{
  BareModel *model = self->model;

  self->is_read = TRUE;
  if (model->texts != NULL)
    {
      memcpy (self->texts, &model->texts->pdata[self->position * BARE_N_COLUMNS], sizeof self->texts);
      return;
    }
  sqlite3_bind_int64 (model->read, 1, self->id);
  if (sqlite3_step (model->read) == SQLITE_ROW)
    for (guint i = 0; i < BARE_N_COLUMNS; i++)
      self->texts[i] = g_strdup ((const char *) sqlite3_column_text (model->read, (int) i));
  sqlite3_reset (model->read);
}

static void
show (BareRow *self,
      guint    column)
{
  if (!self->is_read)
    read_texts (self);
  gtk_inscription_set_text (self->cells[column], self->texts[column]);
}

void
bare_row_set_cell (BareRow        *self,
                   guint           column,
                   GtkInscription *cell)
{
  self->cells[column] = cell;
  if (cell != NULL)
    show (self, column);
}

static void
bare_row_finalize (GObject *object)
{
  BareRow *self = BARE_ROW (object);

  if (g_hash_table_lookup (self->model->living, GUINT_TO_POINTER (self->position)) == self)
    g_hash_table_remove (self->model->living, GUINT_TO_POINTER (self->position));
  clear_texts (self);
  G_OBJECT_CLASS (bare_row_parent_class)->finalize (object);
}

static void
bare_row_class_init (BareRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bare_row_finalize;
}

static void
bare_row_init (BareRow *self)
{
}

/* Reading the database */

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql)
{
  sqlite3_stmt *stmt;

  if (sqlite3_prepare_v3 (db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
    fail (db);
  return stmt;
}

static void
read_all_ids (BareModel *self)
{
  sqlite3_stmt *stmt = prepare (self->db, "SELECT id FROM client WHERE deleted IS NULL ORDER BY name_key, id");

  while (sqlite3_step (stmt) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (stmt, 0);
      g_array_append_val (self->all, id);
    }
  sqlite3_finalize (stmt);
}

static void
read_all_texts (BareModel *self)
{
  self->chunk = g_string_chunk_new (65536);
  self->texts = g_ptr_array_sized_new (self->all->len * BARE_N_COLUMNS);
  for (guint i = 0; i < self->all->len; i++)
    {
      sqlite3_bind_int64 (self->read, 1, g_array_index (self->all, gint64, i));
      if (sqlite3_step (self->read) != SQLITE_ROW)
        fail (self->db);
      for (int column = 0; column < BARE_N_COLUMNS; column++)
        {
          const char *text = (const char *) sqlite3_column_text (self->read, column);

          g_ptr_array_add (self->texts, text == NULL ? NULL : g_string_chunk_insert (self->chunk, text));
        }
      sqlite3_reset (self->read);
    }
}

static void
prepare_search (BareModel *self)
{
  self->match = prepare (self->db, "SELECT rowid FROM search_word WHERE search_word MATCH ?");
  self->first = G_MAXINT64;
  for (guint i = 0; i < self->all->len; i++)
    {
      self->first = MIN (self->first, g_array_index (self->all, gint64, i));
      self->last = MAX (self->last, g_array_index (self->all, gint64, i));
    }
  self->ranks = g_new (guint32, self->last - self->first + 1);
  memset (self->ranks, 0xff, sizeof (guint32) * (gsize) (self->last - self->first + 1));
  for (guint i = 0; i < self->all->len; i++)
    self->ranks[g_array_index (self->all, gint64, i) - self->first] = i;
  self->bitmap = g_new0 (guint64, self->all->len / WORD_BITS + 1);
  self->found = g_array_new (FALSE, FALSE, sizeof (gint64));
}

static void
mark_hits (BareModel *self)
{
  while (sqlite3_step (self->match) == SQLITE_ROW)
    {
      gint64 id = sqlite3_column_int64 (self->match, 0);
      guint32 rank = id < self->first || id > self->last ? NO_RANK : self->ranks[id - self->first];

      if (rank != NO_RANK)
        self->bitmap[rank / WORD_BITS] |= G_GUINT64_CONSTANT (1) << rank % WORD_BITS;
    }
  sqlite3_reset (self->match);
}

static void
collect_hits (BareModel *self)
{
  g_array_set_size (self->found, 0);
  for (guint word = 0; word <= self->all->len / WORD_BITS; word++)
    {
      guint64 bits = self->bitmap[word];

      for (; bits != 0; bits &= bits - 1)
        g_array_append_val (self->found, g_array_index (self->all, gint64, word * WORD_BITS + (guint) __builtin_ctzll (bits)));
      self->bitmap[word] = 0;
    }
}

/* The list */

static void
rewrite_rows (BareModel *self,
              guint      n)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->living);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BareRow *row = value;

      if (row->position >= n || row->id == g_array_index (self->ids, gint64, row->position))
        continue;
      clear_texts (row);
      row->id = g_array_index (self->ids, gint64, row->position);
      for (guint i = 0; i < BARE_N_COLUMNS; i++)
        if (row->cells[i] != NULL)
          show (row, i);
    }
}

void
bare_model_search (BareModel  *self,
                   const char *text)
{
  guint before = self->ids->len, stay;

  if (*text == '\0')
    self->ids = self->all;
  else
    {
      g_autofree char *expression = g_strdup_printf ("\"%s\" *", text);

      sqlite3_bind_text (self->match, 1, expression, -1, SQLITE_TRANSIENT);
      mark_hits (self);
      collect_hits (self);
      self->ids = self->found;
    }
  stay = MIN (before, self->ids->len);
  if (before != self->ids->len)
    g_list_model_items_changed (G_LIST_MODEL (self), stay, before - stay, self->ids->len - stay);
  rewrite_rows (self, stay);
}

static GType
bare_model_get_item_type (GListModel *model)
{
  return BARE_TYPE_ROW;
}

static guint
bare_model_get_n_items (GListModel *model)
{
  return BARE_MODEL (model)->ids->len;
}

static gpointer
bare_model_get_item (GListModel *model,
                     guint       position)
{
  BareModel *self = BARE_MODEL (model);
  BareRow *row;

  if (position >= self->ids->len)
    return NULL;
  row = g_hash_table_lookup (self->living, GUINT_TO_POINTER (position));
  if (row != NULL)
    return g_object_ref (row);
  row = g_object_new (BARE_TYPE_ROW, NULL);
  row->model = self;
  row->position = position;
  row->id = g_array_index (self->ids, gint64, position);
  g_hash_table_insert (self->living, GUINT_TO_POINTER (position), row);
  return row;
}

static void
bare_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = bare_model_get_item_type;
  iface->get_n_items = bare_model_get_n_items;
  iface->get_item = bare_model_get_item;
}

static void
bare_model_class_init (BareModelClass *klass)
{
}

static void
bare_model_init (BareModel *self)
{
  self->living = g_hash_table_new (NULL, NULL);
  self->all = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->ids = self->all;
}

BareModel *
bare_model_new (const char *database,
                gboolean    in_memory)
{
  BareModel *self = g_object_new (BARE_TYPE_MODEL, NULL);

  if (sqlite3_open_v2 (database, &self->db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    fail (self->db);
  self->read = prepare (self->db,
                        "SELECT name, kind, (SELECT s.name FROM segment s WHERE s.id = segment), grade, phone, email, city"
                        " FROM client WHERE id = ?");
  read_all_ids (self);
  if (in_memory)
    read_all_texts (self);
  else
    prepare_search (self);
  return self;
}
