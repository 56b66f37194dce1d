/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-index.h"

#include <string.h>

#include "crm-index-entity.h"
#include "crm-log-search.h"

/* The better ones first. */
typedef enum {
  RANK_TITLE,  /* the title begins with the text */
  RANK_PREFIX,
  RANK_INSIDE,
  N_RANKS,
} Rank;

/* What was found of one entity: by rank, each in the order of titles. */
typedef struct {
  CrmIdList   *list;
  CrmIds      *ids;
  CrmTextScan *texts;
  GArray      *found[N_RANKS]; /* of gint64 */
  guint        next;           /* while merging: of the rank at hand */
} Found;

static void
found_free (gpointer data)
{
  Found *self = data;

  crm_id_list_unref (self->list);
  for (guint i = 0; i < N_RANKS; i++)
    g_array_unref (self->found[i]);
  g_free (self);
}

static const char *
found_get_text (const Found *self,
                gint64       id,
                gsize       *length)
{
  guint ordinal;

  if (crm_ids_find (self->ids, id, &ordinal))
    return crm_text_scan_get (self->texts, ordinal, length);
  *length = 0;
  return "";
}

/* A search text begins with the title. */
static gboolean
title_begins_with (const Found *self,
                   gint64       id,
                   const char  *folded)
{
  gsize length;
  const char *text = found_get_text (self, id, &length);
  gsize size = strlen (folded);

  return size <= length && memcmp (text, folded, size) == 0;
}

/* Parts the hits by rank, of each no more than @limit. */
static void
found_part (Found      *self,
            const char *folded,
            guint       limit)
{
  guint n_prefix = crm_id_list_get_n_prefix (self->list);

  for (guint i = 0; i < crm_id_list_get_length (self->list) && self->found[RANK_TITLE]->len < limit; i++)
    {
      gint64 id = crm_id_list_get (self->list, i);
      Rank rank = i >= n_prefix ? RANK_INSIDE : title_begins_with (self, id, folded) ? RANK_TITLE : RANK_PREFIX;

      if (self->found[rank]->len < limit)
        g_array_append_val (self->found[rank], id);
    }
}

static Found *
find_in_entity (CrmIndex         *index,
                CrmDb            *db,
                const CrmEntity  *entity,
                const char       *text,
                gboolean          prefix_only,
                GError          **error)
{
  g_autoptr (CrmQuery) query = crm_query_new (entity);
  CrmIndexEntity *loaded = crm_index_load_entity (index, db, entity, error);
  CrmTextScan *texts = loaded != NULL ? crm_index_entity_load_texts (loaded, db, error) : NULL;
  CrmIdList *list;
  Found *found;

  if (texts == NULL)
    return NULL;
  crm_query_set_text (query, text);
  list = crm_index_query (index, db, query, prefix_only, error);
  if (list == NULL)
    return NULL;
  found = g_new0 (Found, 1);
  found->list = list;
  found->ids = crm_index_entity_get_ids (loaded);
  found->texts = texts;
  for (guint i = 0; i < N_RANKS; i++)
    found->found[i] = g_array_new (FALSE, FALSE, sizeof (gint64));
  return found;
}

static GPtrArray *
find_everywhere (CrmIndex    *index,
                 CrmDb       *db,
                 const char  *text,
                 gboolean     prefix_only,
                 guint       *n_hits,
                 GError     **error)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  g_autoptr (GPtrArray) everywhere = g_ptr_array_new_with_free_func (found_free);

  *n_hits = 0;
  for (guint i = 0; all[i] != NULL; i++)
    {
      Found *found;

      if (!crm_entity_is_root (all[i]) || all[i]->is_log)
        continue;
      found = find_in_entity (index, db, all[i], text, prefix_only, error);
      if (found == NULL)
        return NULL;
      g_ptr_array_add (everywhere, found);
      *n_hits += crm_id_list_get_length (found->list);
    }
  return g_steal_pointer (&everywhere);
}

static int
compare_heads (const Found *a,
               const Found *b,
               Rank         rank)
{
  gsize a_length, b_length;
  const char *a_text = found_get_text (a, g_array_index (a->found[rank], gint64, a->next), &a_length);
  const char *b_text = found_get_text (b, g_array_index (b->found[rank], gint64, b->next), &b_length);
  int order = memcmp (a_text, b_text, MIN (a_length, b_length));

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

/* The entity whose next record of the rank comes first. */
static Found *
find_head (GPtrArray *everywhere,
           Rank       rank)
{
  Found *head = NULL;

  for (guint i = 0; i < everywhere->len; i++)
    {
      Found *found = g_ptr_array_index (everywhere, i);

      if (found->next < found->found[rank]->len && (head == NULL || compare_heads (found, head, rank) < 0))
        head = found;
    }
  return head;
}

static void
merge_rank (GPtrArray *everywhere,
            Rank       rank,
            guint      limit,
            GArray    *ids)
{
  Found *head;

  for (guint i = 0; i < everywhere->len; i++)
    ((Found *) g_ptr_array_index (everywhere, i))->next = 0;
  while (ids->len < limit && (head = find_head (everywhere, rank)) != NULL)
    {
      g_array_append_val (ids, g_array_index (head->found[rank], gint64, head->next));
      head->next++;
    }
}

gboolean
crm_index_search_all (CrmIndex    *self,
                      CrmDb       *db,
                      const char  *text,
                      guint        limit,
                      GArray      *ids,
                      GError     **error)
{
  g_autoptr (CrmTerms) terms = crm_terms_parse (text);
  g_autoptr (GPtrArray) everywhere = NULL;
  guint n_hits = 0;
  gboolean is_quick;

  g_array_set_size (ids, 0);
  if (terms->n_terms == 0)
    return TRUE;
  everywhere = find_everywhere (self, db, text, limit > 0, &n_hits, error);
  if (everywhere != NULL && limit > 0 && n_hits < limit)
    {
      g_ptr_array_unref (everywhere);
      everywhere = find_everywhere (self, db, text, FALSE, &n_hits, error);
    }
  if (everywhere == NULL)
    return FALSE;

  for (guint i = 0; i < everywhere->len; i++)
    found_part (g_ptr_array_index (everywhere, i), terms->folded, limit == 0 ? G_MAXUINT : limit);
  for (Rank rank = 0; rank < N_RANKS; rank++)
    merge_rank (everywhere, rank, limit == 0 ? G_MAXUINT : limit, ids);
  return crm_log_search_is_quick (db, &is_quick, error) &&
         crm_log_search_append (db, terms, limit, limit == 0 || is_quick, ids, error);
}
