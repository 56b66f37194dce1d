/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */
#include "crm-text-scan.h"

#include <string.h>

#ifdef __SSE2__
#include <immintrin.h>
#endif

#define BLOCK_SIZE (256 * 1024)
#define SMALLEST_ROOM 1024

/* No text holds it, so nothing is found across two records. */
#define RECORD_END '\n'

/*
 * Block:
 * @starts: where in @text each record begins, and behind the last where that ends; each ends with RECORD_END
 * @first: number of its first record
 */
typedef struct {
  char    *text;
  gsize    length;
  gsize    room;
  guint32 *starts;
  guint    n_records;
  guint    record_room;
  guint    first;
} Block;

struct _CrmTextScan {
  GPtrArray *blocks; /* of Block */
  guint      n_records;
  gsize      size;
};

#ifdef __SSE2__

/*
 * Most places are ruled out, 16 or 32 at a time, by the needle's first and last byte.
 * The two differ in nothing but their width, which the compiler does not choose by itself.
 */
static const char *
find_by_16 (const char *text,
            const char *end,
            const char *needle,
            gsize       length)
{
  const __m128i first = _mm_set1_epi8 (needle[0]);
  const __m128i last = _mm_set1_epi8 (needle[length - 1]);

  for (; text + length <= end; text += 16)
    {
      __m128i begins = _mm_cmpeq_epi8 (first, _mm_loadu_si128 ((gconstpointer) text));
      __m128i ends = _mm_cmpeq_epi8 (last, _mm_loadu_si128 ((gconstpointer) (text + length - 1)));
      guint places = (guint) _mm_movemask_epi8 (_mm_and_si128 (begins, ends));

      for (; places != 0; places &= places - 1)
        {
          const char *place = text + __builtin_ctz (places);

          if (place + length > end)
            return NULL;
          if (length <= 2 || memcmp (place + 1, needle + 1, length - 2) == 0)
            return place;
        }
    }
  return NULL;
}

__attribute__ ((target ("avx2")))
static const char *
find_by_32 (const char *text,
            const char *end,
            const char *needle,
            gsize       length)
{
  const __m256i first = _mm256_set1_epi8 (needle[0]);
  const __m256i last = _mm256_set1_epi8 (needle[length - 1]);

  for (; text + length <= end; text += 32)
    {
      __m256i begins = _mm256_cmpeq_epi8 (first, _mm256_loadu_si256 ((gconstpointer) text));
      __m256i ends = _mm256_cmpeq_epi8 (last, _mm256_loadu_si256 ((gconstpointer) (text + length - 1)));
      guint places = (guint) _mm256_movemask_epi8 (_mm256_and_si256 (begins, ends));

      for (; places != 0; places &= places - 1)
        {
          const char *place = text + __builtin_ctz (places);

          if (place + length > end)
            return NULL;
          if (length <= 2 || memcmp (place + 1, needle + 1, length - 2) == 0)
            return place;
        }
    }
  return NULL;
}

const char *
crm_text_find (const char *text,
               const char *end,
               const char *needle,
               gsize       length)
{
  return __builtin_cpu_supports ("avx2") ? find_by_32 (text, end, needle, length) : find_by_16 (text, end, needle, length);
}

#else

const char *
crm_text_find (const char *text,
               const char *end,
               const char *needle,
               gsize       length)
{
  return text < end ? memmem (text, (gsize) (end - text), needle, length) : NULL;
}

#endif

static Block *
block_new (guint first)
{
  Block *self = g_new0 (Block, 1);

  self->first = first;
  return self;
}

static void
block_free (gpointer data)
{
  Block *self = data;

  g_free (self->text);
  g_free (self->starts);
  g_free (self);
}

static void
block_set_room (Block *self,
                gsize  room,
                guint  record_room)
{
  if (self->room != room)
    self->text = g_realloc (self->text, room + CRM_TEXT_SLACK);
  if (self->record_room != record_room)
    self->starts = g_renew (guint32, self->starts, record_room + 1);
  self->room = room;
  self->record_room = record_room;
}

static void
block_grow (Block *self,
            gsize  length)
{
  gsize room = self->room;
  guint record_room = self->record_room;

  if (self->length + length > room)
    room = MAX (self->length + length, CLAMP (2 * room, SMALLEST_ROOM, BLOCK_SIZE));
  if (self->n_records == record_room)
    record_room = MAX (2 * record_room, 16);
  block_set_room (self, room, record_room);
}

static void
block_end_change (Block *self)
{
  self->starts[self->n_records] = (guint32) self->length;
  memset (self->text + self->length, 0, CRM_TEXT_SLACK);
}

static void
block_insert (Block      *self,
              guint       record,
              const char *text,
              gsize       length)
{
  gsize at = record < self->n_records ? self->starts[record] : self->length;

  block_grow (self, length + 1);
  memmove (self->text + at + length + 1, self->text + at, self->length - at);
  memcpy (self->text + at, text, length);
  self->text[at + length] = RECORD_END;
  memmove (self->starts + record + 1, self->starts + record, (self->n_records - record) * sizeof *self->starts);
  self->starts[record] = (guint32) at;
  self->n_records++;
  self->length += length + 1;
  for (guint i = record + 1; i < self->n_records; i++)
    self->starts[i] += (guint32) (length + 1);
  block_end_change (self);
}

static void
block_remove (Block *self,
              guint  record)
{
  guint32 at = self->starts[record];
  guint32 length = self->starts[record + 1] - at;

  memmove (self->text + at, self->text + at + length, self->length - at - length);
  memmove (self->starts + record, self->starts + record + 1, (self->n_records - record) * sizeof *self->starts);
  self->n_records--;
  self->length -= length;
  for (guint i = record; i < self->n_records; i++)
    self->starts[i] -= length;
  block_end_change (self);
}

/* Moves the records from @record on into a new block. */
static Block *
block_split (Block *self,
             guint  record)
{
  Block *rest = block_new (self->first + record);
  guint32 at = self->starts[record];

  rest->length = self->length - at;
  rest->n_records = self->n_records - record;
  block_set_room (rest, rest->length, rest->n_records);
  memcpy (rest->text, self->text + at, rest->length);
  for (guint i = 0; i < rest->n_records; i++)
    rest->starts[i] = self->starts[record + i] - at;
  block_end_change (rest);

  self->length = at;
  self->n_records = record;
  block_set_room (self, self->length, self->n_records);
  block_end_change (self);
  return rest;
}

CrmTextScan *
crm_text_scan_new (void)
{
  CrmTextScan *self = g_new0 (CrmTextScan, 1);

  self->blocks = g_ptr_array_new_with_free_func (block_free);
  return self;
}

void
crm_text_scan_free (CrmTextScan *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

guint
crm_text_scan_get_n_records (const CrmTextScan *self)
{
  return self->n_records;
}

gsize
crm_text_scan_get_size (const CrmTextScan *self)
{
  return self->size;
}

/* The last block that begins at or before @record. */
static guint
find_block (const CrmTextScan *self,
            guint              record)
{
  guint low = 0;
  guint high = self->blocks->len;

  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;
      const Block *block = g_ptr_array_index (self->blocks, middle);

      if (block->first <= record)
        low = middle;
      else
        high = middle;
    }
  return low;
}

const char *
crm_text_scan_get (const CrmTextScan *self,
                   guint              record,
                   gsize             *length)
{
  const Block *block;

  g_return_val_if_fail (record < self->n_records, NULL);

  block = g_ptr_array_index (self->blocks, find_block (self, record));
  record -= block->first;
  *length = block->starts[record + 1] - block->starts[record] - 1;
  return block->text + block->starts[record];
}

static void
shift_blocks (CrmTextScan *self,
              guint        from,
              int          by)
{
  for (guint i = from; i < self->blocks->len; i++)
    {
      Block *block = g_ptr_array_index (self->blocks, i);

      block->first += (guint) by;
    }
}

/* Gives a block that is to take @length bytes more at its end, or that has become too long, a successor. */
static void
part_block (CrmTextScan *self,
            guint        index,
            gsize        length)
{
  Block *block = g_ptr_array_index (self->blocks, index);

  if (index == self->blocks->len - 1 && block->length + length > BLOCK_SIZE && block->n_records > 0)
    {
      block_set_room (block, block->length, block->n_records);
      g_ptr_array_add (self->blocks, block_new (block->first + block->n_records));
    }
}

void
crm_text_scan_insert (CrmTextScan *self,
                      guint        record,
                      const char  *text,
                      gsize        length)
{
  guint index;
  Block *block;

  g_return_if_fail (record <= self->n_records);
  g_return_if_fail (length < G_MAXUINT32 - 2 * BLOCK_SIZE);

  if (self->blocks->len == 0)
    g_ptr_array_add (self->blocks, block_new (0));
  if (record == self->n_records)
    part_block (self, self->blocks->len - 1, length + 1);

  index = find_block (self, record);
  block = g_ptr_array_index (self->blocks, index);
  block_insert (block, record - block->first, text, length);
  shift_blocks (self, index + 1, 1);
  if (block->length > 2 * BLOCK_SIZE && block->n_records > 1)
    g_ptr_array_insert (self->blocks, (int) index + 1, block_split (block, block->n_records / 2));
  self->n_records++;
  self->size += length + 1;
}

void
crm_text_scan_remove (CrmTextScan *self,
                      guint        record)
{
  guint index;
  Block *block;

  g_return_if_fail (record < self->n_records);

  index = find_block (self, record);
  block = g_ptr_array_index (self->blocks, index);
  self->size -= block->length;
  block_remove (block, record - block->first);
  self->size += block->length;
  shift_blocks (self, index + 1, -1);
  if (block->n_records == 0)
    g_ptr_array_remove_index (self->blocks, index);
  self->n_records--;
}

/* The record of the block that holds the byte @at, looked for from @record on: hits come in order. */
static guint
find_record (const Block *block,
             guint        record,
             guint32      at)
{
  guint low = record;
  guint high = record + 1;

  for (guint step = 1; high < block->n_records && block->starts[high] <= at; step *= 2)
    {
      low = high;
      high += step;
    }
  high = MIN (high, block->n_records);
  while (high - low > 1)
    {
      guint middle = low + (high - low) / 2;

      if (block->starts[middle] <= at)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static inline void
set_bit (guint64 *bits,
         guint    at)
{
  bits[at / 64] |= G_GUINT64_CONSTANT (1) << (at % 64);
}

/* Does a record that has the rarest term, first of all at @at, have all terms at the beginning of words? */
static gboolean
begins_words (const CrmTerms *terms,
              const CrmTerm  *rarest,
              const char     *text,
              gsize           length,
              const char     *at)
{
  while (at != NULL && at != text && at[-1] != ' ')
    at = crm_text_find (at + 1, text + length, rarest->needle, rarest->length);
  return at != NULL && (terms->n_terms == 1 || crm_terms_match_prefix (terms, text, length));
}

static void
find_inside (const Block    *block,
             const CrmTerms *terms,
             const CrmTerm  *rarest,
             guint64        *inside,
             guint64        *prefix)
{
  const char *end = block->text + block->length;
  guint record = 0;

  for (const char *at = block->text; (at = crm_text_find (at, end, rarest->needle, rarest->length)) != NULL;)
    {
      const char *text;
      gsize length;

      record = find_record (block, record, (guint32) (at - block->text));
      text = block->text + block->starts[record];
      length = block->starts[record + 1] - block->starts[record] - 1;
      if (terms->n_terms == 1 || crm_terms_match_inside (terms, rarest, text, length))
        set_bit (prefix != NULL && begins_words (terms, rarest, text, length, at) ? prefix : inside, block->first + record);
      at = text + length;
    }
}

gboolean
crm_text_scan_find_inside (const CrmTextScan *self,
                           const CrmTerms    *terms,
                           guint64           *inside,
                           guint64           *prefix,
                           GCancellable      *cancellable)
{
  const CrmTerm *rarest = crm_terms_get_rarest (terms);

  g_return_val_if_fail (rarest != NULL, FALSE);

  for (guint i = 0; i < self->blocks->len && !g_cancellable_is_cancelled (cancellable); i++)
    find_inside (g_ptr_array_index (self->blocks, i), terms, rarest, inside, prefix);
  return !g_cancellable_is_cancelled (cancellable);
}

static void
check_prefix (const Block    *block,
              const CrmTerms *terms,
              guint           record,
              guint64        *prefix)
{
  if (crm_terms_match_prefix (terms, block->text + block->starts[record], block->starts[record + 1] - block->starts[record] - 1))
    set_bit (prefix, block->first + record);
}

/* Records with the word @begun, which has what parts it from the one before at its beginning. */
static void
find_begun (const Block    *block,
            const CrmTerms *terms,
            const char     *begun,
            guint64        *prefix)
{
  gsize length = strlen (begun);
  const char *end = block->text + block->length;
  guint record = 0;

  for (const char *at = block->text; (at = crm_text_find (at, end, begun, length)) != NULL;)
    {
      record = find_record (block, record, (guint32) (at + 1 - block->text));
      if (terms->n_terms == 1)
        set_bit (prefix, block->first + record);
      else
        check_prefix (block, terms, record, prefix);
      at = block->text + block->starts[record + 1] - 1;
    }
}

/* The longest word there is; %NULL: there are only numbers. */
static const CrmTerm *
get_longest_word (const CrmTerms *terms)
{
  const CrmTerm *longest = NULL;

  for (guint i = 0; i < terms->n_terms; i++)
    if (terms->terms[i].spellings == NULL && (longest == NULL || terms->terms[i].length > longest->length))
      longest = &terms->terms[i];
  return longest;
}

gboolean
crm_text_scan_find_prefix (const CrmTextScan *self,
                           const CrmTerms    *terms,
                           guint64           *prefix,
                           GCancellable      *cancellable)
{
  const CrmTerm *word = get_longest_word (terms);
  g_autofree char *after_word = word != NULL ? g_strconcat (" ", word->needle, NULL) : NULL;
  g_autofree char *after_record = word != NULL ? g_strdup_printf ("%c%s", RECORD_END, word->needle) : NULL;

  for (guint i = 0; i < self->blocks->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      const Block *block = g_ptr_array_index (self->blocks, i);

      /* Before the first record of a block nothing ends. */
      for (guint record = 0; record < (word != NULL ? MIN (block->n_records, 1) : block->n_records); record++)
        check_prefix (block, terms, record, prefix);
      if (word == NULL)
        continue;
      find_begun (block, terms, after_word, prefix);
      find_begun (block, terms, after_record, prefix);
    }
  return !g_cancellable_is_cancelled (cancellable);
}
