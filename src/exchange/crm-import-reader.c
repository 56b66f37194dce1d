/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-reader.h"

#include "crm-card-row.h"
#include "crm-csv-reader.h"
#include "crm-vcard-reader.h"

#define BATCH_ROWS 64
#define N_BATCHES 4
/* A batch is full, too, when this much of a card file was read for it: pictures are large. */
#define BATCH_BYTES (4 * 1024 * 1024)

/* Rows go from thread to thread in batches, so that the threads seldom wait for each other. Cards are read by one, understood by a second. */
typedef struct {
  CrmVcard     *cards[BATCH_ROWS]; /* NULL: behind the last one of a file */
  CrmImportRow *rows[BATCH_ROWS];
  char         *reasons[BATCH_ROWS];
  guint         n_rows;
  gint64        position;
  gboolean      is_last;
  GError       *error;    /* behind the last row */
} Batch;

struct _CrmImportReader {
  CrmCsvReader   *csv;    /* NULL: cards */
  GStrv           paths;  /* of cards */
  guint           file;   /* of these */
  CrmVcardReader *cards;  /* of that file */
  gint64          before; /* bytes of the files before it */
  gint64          size;
  GThread        *thread;
  GThread        *card_thread; /* NULL: of a CSV file */
  GAsyncQueue    *empty;   /* of Batch */
  GAsyncQueue    *read;    /* cards that are to become rows */
  GAsyncQueue    *filled;
  int             stopped; /* atomic */
  Batch          *current;
  guint           next;    /* row of it */
};

static Batch *
batch_new (const CrmMapping *mapping)
{
  Batch *batch = g_new0 (Batch, 1);

  for (guint i = 0; i < BATCH_ROWS; i++)
    batch->rows[i] = crm_import_row_new (mapping);
  return batch;
}

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  for (guint i = 0; i < BATCH_ROWS; i++)
    {
      crm_vcard_free (batch->cards[i]);
      crm_import_row_free (batch->rows[i]);
      g_free (batch->reasons[i]);
    }
  g_clear_error (&batch->error);
  g_free (batch);
}

/* The thread */

static gboolean
add_row (Batch           *batch,
         const CrmCsvRow *csv_row)
{
  guint i = batch->n_rows;
  g_autoptr (GError) failure = NULL;

  if (csv_row->is_header)
    return TRUE;
  g_clear_pointer (&batch->reasons[i], g_free);
  if (!crm_import_row_read (batch->rows[i], csv_row, &failure))
    batch->reasons[i] = g_strdup (failure->message);
  return ++batch->n_rows < BATCH_ROWS;
}

/*
 * What is wrong stands with the card that it comes before; behind the last one with a row of its own.
 * @card: (transfer full) (nullable)
 */
static gboolean
add_card (CrmImportReader *self,
          Batch           *batch,
          CrmVcard        *card)
{
  CrmImportRow *row = batch->rows[batch->n_rows];

  batch->cards[batch->n_rows] = card;
  row->file = self->file;
  g_clear_pointer (&row->problems, g_ptr_array_unref);
  row->problems = crm_vcard_reader_steal_problems (self->cards);
  return ++batch->n_rows < BATCH_ROWS;
}

static gint64
get_read (CrmImportReader *self)
{
  return self->before + (self->cards == NULL ? 0 : crm_vcard_reader_get_position (self->cards));
}

/* Returns whether there is another one. */
static gboolean
open_next (CrmImportReader *self,
           Batch           *batch)
{
  if (self->paths[self->file + 1] == NULL)
    return FALSE;
  self->before += crm_vcard_reader_get_size (self->cards);
  crm_vcard_reader_free (self->cards);
  self->cards = crm_vcard_reader_new (self->paths[++self->file], &batch->error);
  return self->cards != NULL;
}

static void
fill_with_cards (CrmImportReader *self,
                 Batch           *batch)
{
  gint64 start = get_read (self);
  gboolean has_room;

  /* Of the rows behind the last one, too: they would hold what was large before. */
  for (guint i = 0; i < BATCH_ROWS; i++)
    g_clear_pointer (&batch->rows[i]->picture, crm_card_picture_free);
  batch->n_rows = 0;
  do
    {
      CrmVcard *card = crm_vcard_reader_next (self->cards, &batch->error);

      has_room = batch->error == NULL && add_card (self, batch, card) && get_read (self) - start < BATCH_BYTES;
      if (card == NULL && (batch->error != NULL || !open_next (self, batch)))
        {
          batch->is_last = TRUE;
          break;
        }
    }
  while (has_room);
  batch->position = get_read (self);
}

static void
understand_card (Batch *batch,
                 guint  i)
{
  CrmImportRow *row = batch->rows[i];
  g_autoptr (CrmVcard) card = g_steal_pointer (&batch->cards[i]);
  g_autoptr (GError) failure = NULL;

  g_clear_pointer (&batch->reasons[i], g_free);
  if (card == NULL)
    crm_import_row_clear (row, &crm_import_person);
  else if (!crm_card_row_read (row, card, &failure))
    batch->reasons[i] = g_strdup (failure->message);
  row->is_empty = card == NULL;
}

static gpointer
understand_cards (gpointer data)
{
  CrmImportReader *self = data;
  gboolean is_last = FALSE;

  while (!is_last)
    {
      Batch *batch = g_async_queue_pop (self->read);

      for (guint i = 0; i < batch->n_rows && !g_atomic_int_get (&self->stopped); i++)
        understand_card (batch, i);
      is_last = batch->is_last;
      g_async_queue_push (self->filled, batch);
    }
  return NULL;
}

static void
fill (CrmImportReader *self,
      Batch           *batch)
{
  CrmCsvRow row;

  batch->n_rows = 0;
  do
    {
      if (crm_csv_reader_next (self->csv, &row, &batch->error))
        continue;
      batch->is_last = TRUE;
      break;
    }
  while (add_row (batch, &row));
  batch->position = crm_csv_reader_get_position (self->csv);
}

static gpointer
read_rows (gpointer data)
{
  CrmImportReader *self = data;
  gboolean is_last = FALSE;

  while (!is_last && !g_atomic_int_get (&self->stopped))
    {
      Batch *batch = g_async_queue_pop (self->empty);

      if (self->csv != NULL)
        fill (self, batch);
      else
        fill_with_cards (self, batch);
      is_last = batch->is_last;
      g_async_queue_push (self->csv != NULL ? self->filled : self->read, batch);
    }
  return NULL;
}

/* All are there before anything is written. */
static gboolean
open_cards (CrmImportReader  *self,
            char            **paths,
            GError          **error)
{
  self->paths = g_strdupv (paths);
  for (guint i = g_strv_length (paths); i > 0; i--)
    {
      g_clear_pointer (&self->cards, crm_vcard_reader_free);
      self->cards = crm_vcard_reader_new (paths[i - 1], error);
      if (self->cards == NULL)
        return FALSE;
      self->size += crm_vcard_reader_get_size (self->cards);
    }
  return TRUE;
}

static gboolean
open_files (CrmImportReader         *self,
            const CrmImportOptions  *options,
            GError                 **error)
{
  if (options->cards != NULL)
    return open_cards (self, options->cards, error);
  self->csv = crm_csv_reader_new (options->path, &options->format, error);
  if (self->csv == NULL)
    return FALSE;
  self->size = crm_csv_reader_get_size (self->csv);
  return TRUE;
}

static void
close_files (CrmImportReader *self)
{
  g_clear_pointer (&self->csv, crm_csv_reader_free);
  g_clear_pointer (&self->cards, crm_vcard_reader_free);
  g_strfreev (self->paths);
  g_free (self);
}

CrmImportReader *
crm_import_reader_new (const CrmImportOptions  *options,
                       GError                 **error)
{
  CrmImportReader *self = g_new0 (CrmImportReader, 1);

  if (!open_files (self, options, error))
    {
      close_files (self);
      return NULL;
    }
  self->empty = g_async_queue_new_full (batch_free);
  self->read = g_async_queue_new_full (batch_free);
  self->filled = g_async_queue_new_full (batch_free);
  for (guint i = 0; i < N_BATCHES; i++)
    g_async_queue_push (self->empty, batch_new (options->mapping));
  self->thread = g_thread_new ("crm-import", read_rows, self);
  if (self->csv == NULL)
    self->card_thread = g_thread_new ("crm-cards", understand_cards, self);
  return self;
}

void
crm_import_reader_free (CrmImportReader *self)
{
  Batch *end = batch_new (NULL);

  /* One batch more for each, in case it waits for one. */
  if (self->current == NULL)
    self->current = g_async_queue_pop (self->filled);
  g_atomic_int_set (&self->stopped, TRUE);
  g_async_queue_push (self->empty, self->current);
  g_thread_join (self->thread);
  end->is_last = TRUE;
  g_async_queue_push (self->read, end);
  if (self->card_thread != NULL)
    g_thread_join (self->card_thread);
  g_async_queue_unref (self->empty);
  g_async_queue_unref (self->read);
  g_async_queue_unref (self->filled);
  close_files (self);
}

gboolean
crm_import_reader_next (CrmImportReader     *self,
                        const CrmImportRow **row,
                        const char         **reason,
                        GError             **error)
{
  if (self->current == NULL)
    self->current = g_async_queue_pop (self->filled);
  while (self->next == self->current->n_rows)
    {
      if (self->current->is_last)
        {
          if (self->current->error != NULL)
            g_propagate_error (error, g_error_copy (self->current->error));
          return FALSE;
        }
      g_async_queue_push (self->empty, self->current);
      self->current = g_async_queue_pop (self->filled);
      self->next = 0;
    }
  *row = self->current->rows[self->next];
  *reason = self->current->reasons[self->next];
  self->next++;
  return TRUE;
}

gint64
crm_import_reader_get_position (CrmImportReader *self)
{
  return self->current == NULL ? 0 : self->current->position;
}

gint64
crm_import_reader_get_size (CrmImportReader *self)
{
  return self->size;
}
