/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-duplicates.h"

#include <string.h>

#include "crm-duplicate-rating.h"
#include "crm-key.h"

/* What is listed */
#define LEAST_SCORE 50
/* Names with a letter left out that are held at once, 16 bytes each */
#define MOST_VARIANTS (4 * 1024 * 1024)
#define SEED_VARIANT 200
/* Keys between two looks at whether to go on */
#define PROGRESS_KEYS 4096

typedef struct {
  const CrmDuplicateSet *set;
  CrmDuplicates         *found;
  guint                  limit;
  GCancellable          *cancellable;
  CrmDuplicatesProgress  progress;
  gpointer               data;
} Search;

/* A name less one of its letters, or whole */
typedef struct {
  guint64 hash;
  guint32 record;
} Variant;

/* What is found */

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const CrmDuplicate *x = a, *y = b;

  if (x->score != y->score)
    return x->score > y->score ? -1 : 1;
  if (x->a != y->a)
    return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

static void
keep_best (Search *self)
{
  g_array_sort (self->found->pairs, compare_pairs);
  if (self->found->pairs->len > self->limit)
    g_array_set_size (self->found->pairs, self->limit);
}

static void
add_pair (Search               *self,
          const CrmAlikeRecord *a,
          const CrmAlikeRecord *b,
          const CrmCommonKeys  *common)
{
  CrmDuplicate pair = crm_duplicate_rate (self->set, a, b, common);

  if (pair.score < LEAST_SCORE || a->parent == b->id || b->parent == a->id || crm_duplicate_set_is_distinct (self->set, a->id, b->id))
    return;
  self->found->n_found++;
  g_array_append_val (self->found->pairs, pair);
  if (self->found->pairs->len >= 2 * (gsize) self->limit + 1024)
    keep_best (self);
}

static const CrmAlikeRecord *
get_record (const Search *self,
            guint32       number)
{
  return &g_array_index (self->set->records, CrmAlikeRecord, number);
}

static gboolean
go_on (Search  *self,
       double   done,
       GError **error)
{
  if (self->progress != NULL)
    self->progress (done, self->data);
  return !g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

/* Pairs that share a key: each is looked at when the first key that it shares comes by. */

static void
compare_group (Search *self,
               guint   start,
               guint   end)
{
  const CrmAlikeKey *keys = &g_array_index (self->set->by_key, CrmAlikeKey, 0);

  for (guint i = start; i < end; i++)
    for (guint j = i + 1; j < end; j++)
      {
        const CrmAlikeRecord *a = get_record (self, keys[i].record), *b = get_record (self, keys[j].record);
        CrmCommonKeys common;

        crm_duplicate_find_common (self->set, a, b, &common);
        if (common.first == keys[i].hash)
          add_pair (self, a, b, &common);
      }
}

static gboolean
compare_sharing (Search  *self,
                 GError **error)
{
  const GArray *keys = self->set->by_key;
  guint reported = 0, shared;

  for (guint i = 0; i < keys->len; i += shared)
    {
      shared = g_array_index (keys, CrmAlikeKey, i).shared;
      if (i >= reported)
        {
          if (!go_on (self, 0.4 + 0.2 * i / keys->len, error))
            return FALSE;
          reported = i + PROGRESS_KEYS;
        }
      if (shared > 1 && shared <= CRM_DUPLICATE_MOST_SHARED)
        compare_group (self, i, i + shared);
    }
  return TRUE;
}

/* Pairs with similar names that share no key. Two names one edit apart are the same with one letter left out of one or both. */

static guint64
hash_without (const char *name,
              gsize       length,
              gsize       at)
{
  gsize size = at < length ? (gsize) (g_utf8_next_char (name + at) - (name + at)) : 0;
  g_autofree char *rest = g_malloc (length + 1);

  memcpy (rest, name, at);
  memcpy (rest + at, name + at + size, length - at - size);
  return crm_key_hash (SEED_VARIANT, rest, (gssize) (length - size));
}

/* @pass of @n_passes: those of some hashes at a time, so that memory does not grow with the records */
static GArray *
make_variants (const Search *self,
               guint         pass,
               guint         n_passes)
{
  GArray *variants = g_array_new (FALSE, FALSE, sizeof (Variant));

  for (guint32 number = 0; number < self->set->records->len; number++)
    {
      const CrmAlikeRecord *record = get_record (self, number);

      if (!crm_duplicate_is_long_enough (record))
        continue;
      for (gsize at = 0; at <= record->name_length; at++)
        {
          Variant variant = { 0, number };

          if (at < record->name_length && crm_duplicate_is_inside_letter (record->name + at))
            continue;
          variant.hash = hash_without (record->name, record->name_length, at);
          if (variant.hash % n_passes == pass)
            g_array_append_val (variants, variant);
        }
    }
  return variants;
}

static int
compare_variants (gconstpointer a,
                  gconstpointer b)
{
  const Variant *x = a, *y = b;

  if (x->hash != y->hash)
    return x->hash < y->hash ? -1 : 1;
  return (x->record > y->record) - (x->record < y->record);
}

/* The one variant that stands for a pair, of those that it may share. */
static guint64
hash_difference (const CrmNameDifference *d,
                 const CrmAlikeRecord    *a,
                 const CrmAlikeRecord    *b)
{
  return d->a_length >= d->b_length ? hash_without (d->a, a->name_length, d->start) : hash_without (d->b, b->name_length, d->start);
}

static void
compare_variant_pair (Search        *self,
                      const Variant *x,
                      const Variant *y)
{
  const CrmAlikeRecord *a = get_record (self, x->record), *b = get_record (self, y->record);
  CrmNameDifference d = crm_duplicate_compare_names (a, b);
  CrmCommonKeys common;

  if (x->record == y->record || d.a_length + d.b_length == 0 || !crm_duplicate_is_one_edit (&d) || hash_difference (&d, a, b) != x->hash)
    return;
  crm_duplicate_find_common (self->set, a, b, &common);
  if (common.reasons == 0)
    add_pair (self, a, b, &common);
}

static gboolean
compare_variants_of (Search  *self,
                     GArray  *variants,
                     double   from,
                     double   to,
                     GError **error)
{
  const Variant *all = &g_array_index (variants, Variant, 0);
  guint end, reported = 0;

  g_array_sort (variants, compare_variants);
  for (guint start = 0; start < variants->len; start = end)
    {
      for (end = start + 1; end < variants->len && all[end].hash == all[start].hash; end++)
        continue;
      if (start >= reported)
        {
          if (!go_on (self, from + (to - from) * start / variants->len, error))
            return FALSE;
          reported = start + PROGRESS_KEYS;
        }
      for (guint i = start; end - start <= CRM_DUPLICATE_MOST_SHARED && i < end; i++)
        for (guint j = i + 1; j < end; j++)
          compare_variant_pair (self, &all[i], &all[j]);
    }
  return TRUE;
}

static gboolean
compare_similar_names (Search  *self,
                       GError **error)
{
  guint64 n = 0;
  guint n_passes;

  for (guint32 i = 0; i < self->set->records->len; i++)
    n += get_record (self, i)->name_length + 1;
  n_passes = (guint) (n / MOST_VARIANTS) + 1;
  for (guint pass = 0; pass < n_passes; pass++)
    {
      g_autoptr (GArray) variants = NULL;
      double from = 0.6 + 0.4 * pass / n_passes;

      if (!go_on (self, from, error))
        return FALSE;
      variants = make_variants (self, pass, n_passes);
      if (!compare_variants_of (self, variants, from, 0.6 + 0.4 * (pass + 1) / n_passes, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
crm_duplicates_can_find (const CrmEntity *entity)
{
  return crm_duplicate_set_can_read (entity);
}

void
crm_duplicates_free (CrmDuplicates *self)
{
  g_array_unref (self->pairs);
  g_free (self);
}

CrmDuplicates *
crm_duplicates_find (CrmDb                 *db,
                     const CrmEntity       *entity,
                     guint                  limit,
                     CrmDuplicatesProgress  progress,
                     gpointer               data,
                     GError               **error)
{
  g_autoptr (CrmDuplicates) found = g_new0 (CrmDuplicates, 1);
  g_autoptr (CrmDuplicateSet) set = NULL;
  Search self = { .found = found, .limit = limit, .progress = progress, .data = data };

  found->pairs = g_array_new (FALSE, FALSE, sizeof (CrmDuplicate));
  g_return_val_if_fail (db != NULL && crm_duplicates_can_find (entity), NULL);

  self.cancellable = crm_db_get_cancellable (db);
  if (!go_on (&self, 0, error))
    return NULL;
  self.set = set = crm_duplicate_set_read (db, entity, error);
  if (set == NULL || !compare_sharing (&self, error) || !compare_similar_names (&self, error))
    return NULL;
  keep_best (&self);
  return g_steal_pointer (&found);
}

/* In a thread of its own */

typedef struct {
  char                  *path;
  const CrmEntity       *entity;
  guint                  limit;
  CrmDuplicatesProgress  progress;
  gpointer               data;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_free (job->path);
  g_free (job);
}

static void
run_job (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  const Job *job = data;
  GError *error = NULL;
  g_autoptr (CrmDb) db = crm_db_open (job->path, CRM_DB_READ, &error);
  CrmDuplicates *found = NULL;

  if (db != NULL)
    {
      crm_db_set_cancellable (db, cancellable);
      found = crm_duplicates_find (db, job->entity, job->limit, job->progress, job->data, &error);
    }
  if (found == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, found, (GDestroyNotify) crm_duplicates_free);
}

void
crm_duplicates_find_async (CrmStore              *store,
                           const CrmEntity       *entity,
                           guint                  limit,
                           CrmDuplicatesProgress  progress,
                           gpointer               data,
                           GCancellable          *cancellable,
                           GAsyncReadyCallback    callback,
                           gpointer               user_data)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (crm_duplicates_can_find (entity));

  job = g_new0 (Job, 1);
  *job = (Job) { g_strdup (crm_store_get_path (store)), entity, limit, progress, data };
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, crm_duplicates_find_async);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

CrmDuplicates *
crm_duplicates_find_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, crm_duplicates_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
