/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-order.h"

#include <string.h>

#define DIGIT_BITS 11
#define DIGIT_VALUES (1 << DIGIT_BITS)

CrmIds *
crm_ids_new (gint64 *ids,
             guint   n)
{
  CrmIds *self = g_new (CrmIds, 1);

  g_atomic_ref_count_init (&self->refs);
  self->ids = ids;
  self->n = n;
  return self;
}

CrmIds *
crm_ids_ref (CrmIds *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
crm_ids_unref (CrmIds *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->ids);
  g_free (self);
}

/* Only the index's thread makes new references to what the index holds, so none can appear behind a count of one. */
void
crm_ids_own (CrmIds **self)
{
  CrmIds *copy;

  if (g_atomic_ref_count_compare (&(*self)->refs, 1))
    return;
  copy = crm_ids_new (g_memdup2 ((*self)->ids, (*self)->n * sizeof (gint64)), (*self)->n);
  crm_ids_unref (*self);
  *self = copy;
}

/* Looks between @low and @high; every id before @low is less, every one from @high on more. */
static gboolean
find_between (const CrmIds *self,
              guint         low,
              guint         high,
              gint64        id,
              guint        *ordinal)
{
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->ids[middle] < id)
        low = middle + 1;
      else
        high = middle;
    }
  *ordinal = low;
  return low < self->n && self->ids[low] == id;
}

gboolean
crm_ids_find (const CrmIds *self,
              gint64        id,
              guint        *ordinal)
{
  return find_between (self, 0, self->n, id, ordinal);
}

/* Steps away from where the id was expected, further each time, until it has been passed. */
gboolean
crm_ids_search (const CrmIds *self,
                CrmIdsCursor *cursor,
                gint64        id,
                guint         expected)
{
  guint low = expected;
  guint high = expected;
  guint ordinal;

  for (guint step = 1; high < self->n && self->ids[high] < id; step *= 2)
    {
      low = high + 1;
      high = MIN (high + step, self->n);
    }
  for (guint step = 1; low > 0 && self->ids[low - 1] >= id; step *= 2)
    {
      high = low;
      low -= MIN (step, low);
    }
  if (!find_between (self, low, high, id, &ordinal))
    return FALSE;
  if (ordinal != cursor->ordinal)
    cursor->density = ((double) ordinal - cursor->ordinal) / (double) (id - self->ids[cursor->ordinal]);
  cursor->ordinal = ordinal;
  return TRUE;
}

void
crm_ids_insert (CrmIds *self,
                guint   ordinal,
                gint64  id)
{
  self->ids = g_renew (gint64, self->ids, self->n + 1);
  memmove (self->ids + ordinal + 1, self->ids + ordinal, (self->n - ordinal) * sizeof *self->ids);
  self->ids[ordinal] = id;
  self->n++;
}

void
crm_ids_remove (CrmIds *self,
                guint   ordinal)
{
  self->n--;
  memmove (self->ids + ordinal, self->ids + ordinal + 1, (self->n - ordinal) * sizeof *self->ids);
}

CrmOrder *
crm_order_new (guint    field,
               guint32 *by_rank,
               guint    n,
               guint    n_filled)
{
  CrmOrder *self = g_new0 (CrmOrder, 1);

  g_atomic_ref_count_init (&self->refs);
  self->field = field;
  self->by_rank = by_rank;
  self->n = n;
  self->n_filled = n_filled;
  crm_order_rank (self);
  return self;
}

CrmOrder *
crm_order_ref (CrmOrder *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
crm_order_unref (CrmOrder *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->rank);
  g_free (self->by_rank);
  g_free (self);
}

void
crm_order_own (CrmOrder **self)
{
  CrmOrder *copy;

  if (g_atomic_ref_count_compare (&(*self)->refs, 1))
    return;
  copy = g_new (CrmOrder, 1);
  *copy = **self;
  g_atomic_ref_count_init (&copy->refs);
  copy->by_rank = g_memdup2 (copy->by_rank, copy->n * sizeof *copy->by_rank);
  copy->rank = g_memdup2 (copy->rank, copy->n * sizeof *copy->rank);
  crm_order_unref (*self);
  *self = copy;
}

void
crm_order_remove (CrmOrder *self,
                  guint32   ordinal)
{
  guint at = 0;

  while (at < self->n && self->by_rank[at] != ordinal)
    at++;
  g_return_if_fail (at < self->n);

  if (at < self->n_filled)
    self->n_filled--;
  self->n--;
  memmove (self->by_rank + at, self->by_rank + at + 1, (self->n - at) * sizeof *self->by_rank);
}

void
crm_order_insert (CrmOrder *self,
                  guint32   ordinal,
                  guint     at,
                  gboolean  filled)
{
  g_return_if_fail (at <= self->n);

  self->by_rank = g_renew (guint32, self->by_rank, self->n + 1);
  memmove (self->by_rank + at + 1, self->by_rank + at, (self->n - at) * sizeof *self->by_rank);
  self->by_rank[at] = ordinal;
  self->n++;
  if (filled)
    self->n_filled++;
}

void
crm_order_shift (CrmOrder *self,
                 guint32   from,
                 int       by)
{
  for (guint i = 0; i < self->n; i++)
    self->by_rank[i] += self->by_rank[i] >= from ? (guint32) by : 0;
}

void
crm_order_rank (CrmOrder *self)
{
  self->rank = g_renew (guint32, self->rank, self->n);
  for (guint i = 0; i < self->n; i++)
    self->rank[self->by_rank[i]] = i;
}

static inline guint
get_digit (const CrmSortPair *pair,
           guint              shift)
{
  /* Negative numbers go before the others. */
  return (guint) (((guint64) pair->key ^ G_GUINT64_CONSTANT (1) << 63) >> shift) % DIGIT_VALUES;
}

static void
sort_by_digit (const CrmSortPair *from,
               CrmSortPair       *to,
               guint              n,
               guint              shift)
{
  guint starts[DIGIT_VALUES + 1] = { 0 };

  for (guint i = 0; i < n; i++)
    starts[get_digit (&from[i], shift) + 1]++;
  for (guint i = 1; i < DIGIT_VALUES; i++)
    starts[i] += starts[i - 1];
  for (guint i = 0; i < n; i++)
    to[starts[get_digit (&from[i], shift)]++] = from[i];
}

void
crm_sort_pairs (CrmSortPair *pairs,
                guint        n)
{
  g_autofree CrmSortPair *scratch = g_new (CrmSortPair, n);
  CrmSortPair *from = pairs;
  CrmSortPair *to = scratch;
  guint64 varying = 0;

  for (guint i = 1; i < n; i++)
    varying |= (guint64) (pairs[i].key ^ pairs[0].key);
  for (guint shift = 0; shift < 64; shift += DIGIT_BITS)
    {
      CrmSortPair *sorted = to;

      if ((varying >> shift) % DIGIT_VALUES == 0)
        continue;
      sort_by_digit (from, to, n, shift);
      to = from;
      from = sorted;
    }
  if (from != pairs)
    memcpy (pairs, from, n * sizeof *pairs);
}
