/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-id-list.h"

/*
 * CrmIdList: three kinds share the ids:
 * @order: all of them, in this order
 * @ordinals: some, in this order
 * neither: all, as @ids has them, which then are not sorted
 */
struct _CrmIdList {
  gatomicrefcount refs;
  CrmIds         *ids;
  CrmOrder       *order;
  gboolean        descending;
  guint32        *ordinals;
  guint           n;
  guint           n_prefix;
  char          **words;
};

static CrmIdList *
id_list_new (CrmIds *ids,
             guint   n,
             guint   n_prefix,
             char  **words)
{
  CrmIdList *self = g_new0 (CrmIdList, 1);

  g_atomic_ref_count_init (&self->refs);
  self->ids = ids;
  self->n = n;
  self->n_prefix = n_prefix;
  self->words = words != NULL ? g_strdupv (words) : g_new0 (char *, 1);
  return self;
}

CrmIdList *
crm_id_list_new_all (CrmIds   *ids,
                     CrmOrder *order,
                     gboolean  descending)
{
  CrmIdList *self = id_list_new (crm_ids_ref (ids), ids->n, ids->n, NULL);

  self->order = crm_order_ref (order);
  self->descending = descending;
  return self;
}

CrmIdList *
crm_id_list_new_hits (CrmIds   *ids,
                      guint32  *ordinals,
                      guint     n,
                      guint     n_prefix,
                      char    **words)
{
  CrmIdList *self = id_list_new (crm_ids_ref (ids), n, n_prefix, words);

  self->ordinals = ordinals;
  return self;
}

CrmIdList *
crm_id_list_new_plain (gint64  *ids,
                       guint    n,
                       char   **words)
{
  return id_list_new (crm_ids_new (ids, n), n, n, words);
}

CrmIdList *
crm_id_list_ref (CrmIdList *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
crm_id_list_unref (CrmIdList *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->refs))
    return;
  crm_ids_unref (self->ids);
  crm_order_unref (self->order);
  g_free (self->ordinals);
  g_strfreev (self->words);
  g_free (self);
}

guint
crm_id_list_get_length (const CrmIdList *self)
{
  return self->n;
}

guint
crm_id_list_get_n_prefix (const CrmIdList *self)
{
  return self->n_prefix;
}

static inline guint
get_ordinal (const CrmIdList *self,
             guint            position)
{
  if (self->order != NULL)
    return self->order->by_rank[self->descending ? crm_order_turn (self->order, position) : position];
  return self->ordinals != NULL ? self->ordinals[position] : position;
}

gint64
crm_id_list_get (const CrmIdList *self,
                 guint            position)
{
  g_return_val_if_fail (position < self->n, 0);

  return self->ids->ids[get_ordinal (self, position)];
}

static gint64
find_plain (const CrmIdList *self,
            gint64           id)
{
  for (guint i = 0; i < self->n; i++)
    if (self->ids->ids[i] == id)
      return i;
  return -1;
}

gint64
crm_id_list_find (const CrmIdList *self,
                  gint64           id)
{
  guint ordinal;

  if (self->order == NULL && self->ordinals == NULL)
    return find_plain (self, id);
  if (!crm_ids_find (self->ids, id, &ordinal))
    return -1;
  if (self->order != NULL)
    {
      guint rank = self->order->rank[ordinal];

      return self->descending ? crm_order_turn (self->order, rank) : rank;
    }
  for (guint i = 0; i < self->n; i++)
    if (self->ordinals[i] == ordinal)
      return i;
  return -1;
}

gboolean
crm_id_list_equal (const CrmIdList *self,
                   const CrmIdList *other)
{
  if (self->n != other->n)
    return FALSE;
  if (self->order != NULL && self->order == other->order && self->descending == other->descending)
    return TRUE;
  for (guint i = 0; i < self->n; i++)
    if (self->ids->ids[get_ordinal (self, i)] != other->ids->ids[get_ordinal (other, i)])
      return FALSE;
  return TRUE;
}

const char * const *
crm_id_list_get_words (const CrmIdList *self)
{
  return (const char * const *) self->words;
}
