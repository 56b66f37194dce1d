/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the index and the lists it hands out share: the ids of an entity, and orders of them. Both are reference counted;
 * whoever changes one makes it its own before (crm_ids_own(), crm_order_own()), so that lists handed out stay as they are.
 * An ordinal is a record's place among the ids, which ascend; its rank is its place in an order.
 */

typedef struct {
  gatomicrefcount refs;
  guint           n;
  gint64         *ids;
} CrmIds;

CrmIds *crm_ids_new    (gint64 *ids, guint n); /* (transfer full) */
CrmIds *crm_ids_ref    (CrmIds *self);
void    crm_ids_unref  (CrmIds *self);
/** crm_ids_own: makes *@self a copy if others hold it, too. */
void    crm_ids_own    (CrmIds **self);
/** crm_ids_find: %TRUE and its ordinal; or %FALSE and where it would stand. */
gboolean crm_ids_find  (const CrmIds *self, gint64 id, guint *ordinal);
/** @ordinal: as of crm_ids_find(). One's own only, as all that changes. */
void    crm_ids_insert (CrmIds *self, guint ordinal, gint64 id);
/** The ids behind it move up. */
void    crm_ids_remove (CrmIds *self, guint ordinal);

/**
 * CrmIdsCursor: looks up ids that mostly ascend: each is expected as far behind the one before as the distance of their ids has it, if the ids
 * lie as dense as they did up to now (records are numbered along with their children, so most lie a few numbers apart). Begins as { 0 }.
 */
typedef struct {
  guint  ordinal;
  double density; /* records per number */
} CrmIdsCursor;

/** crm_ids_search: crm_ids_seek() where the id is not at @expected, where it was to be. */
gboolean crm_ids_search (const CrmIds *self, CrmIdsCursor *cursor, gint64 id, guint expected);

/** crm_ids_seek: %TRUE and its ordinal in @cursor, which else stays as it is. */
static inline gboolean
crm_ids_seek (const CrmIds *self,
              CrmIdsCursor *cursor,
              gint64        id)
{
  double expected;

  if (G_UNLIKELY (self->n == 0))
    return FALSE;
  expected = cursor->ordinal + (double) (id - self->ids[cursor->ordinal]) * cursor->density + 0.5;
  expected = CLAMP (expected, 0, self->n - 1);
  if (G_UNLIKELY (self->ids[(guint) expected] != id))
    return crm_ids_search (self, cursor, id, (guint) expected);
  cursor->ordinal = (guint) expected;
  return TRUE;
}

/**
 * CrmOrder:
 * @n_filled: how many records have a value in the field it is sorted by; those without stand last, descending as well
 */
typedef struct {
  gatomicrefcount refs;
  guint           field;
  guint           n;
  guint           n_filled;
  guint32        *rank;    /* by ordinal */
  guint32        *by_rank; /* ordinals */
} CrmOrder;

/** crm_order_new: of @n records, @by_rank (transfer full) being the ordinals in order. */
CrmOrder *crm_order_new    (guint field, guint32 *by_rank, guint n, guint n_filled);
CrmOrder *crm_order_ref    (CrmOrder *self);
void      crm_order_unref  (CrmOrder *self);
/** crm_order_own: makes *@self a copy if others hold it, too. */
void      crm_order_own    (CrmOrder **self);

/* Changing: ranks are stale from the first change until crm_order_rank(). */

/** Takes a record out, of one's own order only; the ordinals of others stay as they are, see crm_order_shift(). */
void      crm_order_remove (CrmOrder *self, guint32 ordinal);
/** Puts a record at the place @at. @filled: it has a value in the field */
void      crm_order_insert (CrmOrder *self, guint32 ordinal, guint at, gboolean filled);
/** crm_order_shift: ordinals from @from on become one more (@by 1) or less (@by -1): the ids got or lost one. */
void      crm_order_shift  (CrmOrder *self, guint32 from, int by);
/** Makes the ranks anew after changes. */
void      crm_order_rank   (CrmOrder *self);

/** crm_order_turn: the position in a descending list of what has this rank, and the other way round. */
static inline guint
crm_order_turn (const CrmOrder *self,
                guint           rank)
{
  return rank < self->n_filled ? self->n_filled - 1 - rank : rank;
}

/** A number to sort by, and what it is the number of. */
typedef struct {
  gint64  key;
  guint32 ordinal;
} CrmSortPair;

/** crm_sort_pairs: sorts by key, keeping the order of equal ones; in linear time. */
void      crm_sort_pairs   (CrmSortPair *pairs, guint n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmIds, crm_ids_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmOrder, crm_order_unref)

G_END_DECLS
