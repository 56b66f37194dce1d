/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-duplicates.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-duplicate-set.h"
#include "crm-key.h"

/* A key that more records share is no evidence, and would make pairs without number. */
#define MOST_SHARED 100
/* Up to so many it says all it can. */
#define FULLY_SHARED 3
/* What is listed */
#define LEAST_SCORE 50
/* Of shorter names one letter is too much. */
#define SHORTEST_SIMILAR 6
/* Names with a letter left out that are held at once, 16 bytes each */
#define MOST_VARIANTS (4 * 1024 * 1024)
#define SEED_VARIANT 200
/* Keys between two looks at whether to go on */
#define PROGRESS_KEYS 4096

static const struct {
  CrmDuplicateReasons reason;
  int                 points;
  const char         *name;
  const char         *label;
} reasons[] = {
  { CRM_DUPLICATE_TAX_NUMBER, 80, "tax_number", N_("Same tax number") },
  { CRM_DUPLICATE_EMAIL, 55, "email", N_("Same e-mail") },
  { CRM_DUPLICATE_PHONE, 50, "phone", N_("Same phone") },
  { CRM_DUPLICATE_NAME, 60, "name", N_("Same name") },
  { CRM_DUPLICATE_WORDS, 55, "words", N_("Same words in the name") },
  { CRM_DUPLICATE_SIMILAR_NAME, 45, "similar_name", N_("Similar name") },
  { CRM_DUPLICATE_DOMAIN, 20, "domain", N_("Same web domain") },
  { CRM_DUPLICATE_CITY, 10, "city", N_("Same city") },
};

#define POINTS_OTHER_TAX_NUMBER (-30)
#define POINTS_OTHER_CITY (-10)

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

/* Similar names */

/* Two folded names, parted into what they have in common at both ends and what they have not. */
typedef struct {
  const char *a;
  const char *b;
  gsize       start;
  gsize       a_length; /* of what differs, in bytes */
  gsize       b_length;
} Difference;

static gboolean
is_inside_letter (const char *at)
{
  return ((guchar) *at & 0xC0) == 0x80;
}

static Difference
compare_names (const CrmAlikeRecord *a,
               const CrmAlikeRecord *b)
{
  gsize la = a->name_length, lb = b->name_length, start = 0, end = 0, shorter = MIN (la, lb);

  while (start < shorter && a->name[start] == b->name[start])
    start++;
  while (start > 0 && start < shorter && (is_inside_letter (a->name + start) || is_inside_letter (b->name + start)))
    start--;
  while (end < shorter - start && a->name[la - end - 1] == b->name[lb - end - 1])
    end++;
  while (end > 0 && (is_inside_letter (a->name + la - end) || is_inside_letter (b->name + lb - end)))
    end--;
  return (Difference) { a->name, b->name, start, la - start - end, lb - start - end };
}

static gboolean
has_digit (const char *text,
           gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isdigit (text[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_exchanged (const char *a,
              const char *b,
              gsize       length)
{
  gsize first = (gsize) (g_utf8_next_char (a) - a);

  return g_utf8_strlen (a, (gssize) length) == 2 && memcmp (a + first, b, length - first) == 0 && memcmp (a, b + length - first, first) == 0;
}

/* "Depo 1" and "Depo 2" are no misspelling. */
static gboolean
is_one_edit (const Difference *d)
{
  const char *a = d->a + d->start, *b = d->b + d->start;

  if (has_digit (a, d->a_length) || has_digit (b, d->b_length))
    return FALSE;
  if (d->a_length == d->b_length && d->a_length > 0 && is_exchanged (a, b, d->a_length))
    return TRUE;
  return g_utf8_strlen (a, (gssize) d->a_length) <= 1 && g_utf8_strlen (b, (gssize) d->b_length) <= 1;
}

static gboolean
is_long_enough (const CrmAlikeRecord *record)
{
  return g_utf8_strlen (record->name, record->name_length) >= SHORTEST_SIMILAR;
}

static CrmDuplicateReasons
compare_similar (const CrmAlikeRecord *a,
                 const CrmAlikeRecord *b)
{
  Difference d = compare_names (a, b);

  return d.a_length + d.b_length > 0 && is_long_enough (a) && is_long_enough (b) && is_one_edit (&d) ? CRM_DUPLICATE_SIMILAR_NAME : 0;
}

/* Scores */

static int
get_points (CrmDuplicateReasons reason,
            guint               shared)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].reason == reason)
      return shared <= FULLY_SHARED ? reasons[i].points : (int) ((guint) reasons[i].points * FULLY_SHARED / shared);
  g_return_val_if_reached (0);
}

static CrmDuplicateReasons
get_key_reason (CrmAlike              kind,
                const CrmAlikeRecord *a,
                const CrmAlikeRecord *b)
{
  switch (kind)
    {
    case CRM_ALIKE_TAX_NUMBER:
      return CRM_DUPLICATE_TAX_NUMBER;
    case CRM_ALIKE_EMAIL:
      return CRM_DUPLICATE_EMAIL;
    case CRM_ALIKE_PHONE:
      return CRM_DUPLICATE_PHONE;
    case CRM_ALIKE_DOMAIN:
      return CRM_DUPLICATE_DOMAIN;
    default:
      return a->name_length == b->name_length && memcmp (a->name, b->name, a->name_length) == 0 ? CRM_DUPLICATE_NAME : CRM_DUPLICATE_WORDS;
    }
}

/* Keys that two records share */
typedef struct {
  CrmDuplicateReasons reasons;
  guint               shared[CRM_N_ALIKE]; /* by kind: of the seldomest one */
  guint64             first;               /* the lowest of those that are evidence */
  gboolean            has_tax_number[2];
} Common;

static void
note_common (Common                *common,
             const CrmAlikeKey     *key,
             const CrmAlikeRecord  *a,
             const CrmAlikeRecord  *b)
{
  if (key->shared > MOST_SHARED)
    return;
  if (common->reasons == 0)
    common->first = key->hash;
  common->reasons |= get_key_reason (key->kind, a, b);
  if (common->shared[key->kind] == 0 || key->shared < common->shared[key->kind])
    common->shared[key->kind] = key->shared;
}

static const CrmAlikeKey *
get_keys (const Search         *self,
          const CrmAlikeRecord *record)
{
  return record->n_keys == 0 ? NULL : &g_array_index (self->set->keys, CrmAlikeKey, record->first_key);
}

static gboolean
has_tax_number (const CrmAlikeKey *keys,
                guint              n)
{
  for (guint i = 0; i < n; i++)
    if (keys[i].kind == CRM_ALIKE_TAX_NUMBER)
      return TRUE;
  return FALSE;
}

static void
find_common (const Search         *self,
             const CrmAlikeRecord *a,
             const CrmAlikeRecord *b,
             Common               *common)
{
  const CrmAlikeKey *x = get_keys (self, a), *y = get_keys (self, b);
  guint i = 0, j = 0;

  while (i < a->n_keys && j < b->n_keys)
    if (x[i].hash == y[j].hash)
      {
        note_common (common, &x[i], a, b);
        i++;
        j++;
      }
    else if (x[i].hash < y[j].hash)
      i++;
    else
      j++;
  common->has_tax_number[0] = has_tax_number (x, a->n_keys);
  common->has_tax_number[1] = has_tax_number (y, b->n_keys);
}

/* Of two names only the better reason counts. */
static CrmDuplicate
rate (const CrmAlikeRecord *a,
      const CrmAlikeRecord *b,
      const Common         *common)
{
  CrmDuplicate pair = { a->id, b->id, common->reasons, 0 };
  gboolean same_city = a->city != 0 && a->city == b->city;
  int score = 0;

  for (CrmAlike kind = 0; kind < CRM_N_ALIKE; kind++)
    if (common->shared[kind] > 0)
      score += get_points (get_key_reason (kind, a, b), common->shared[kind]);
  if (common->shared[CRM_ALIKE_NAME] == 0)
    pair.reasons |= compare_similar (a, b);
  if (pair.reasons & CRM_DUPLICATE_SIMILAR_NAME)
    score += get_points (CRM_DUPLICATE_SIMILAR_NAME, 0);
  if (same_city)
    {
      pair.reasons |= CRM_DUPLICATE_CITY;
      score += get_points (CRM_DUPLICATE_CITY, 0);
    }
  else if (a->city != 0 && b->city != 0)
    score += POINTS_OTHER_CITY;
  if (common->has_tax_number[0] && common->has_tax_number[1] && common->shared[CRM_ALIKE_TAX_NUMBER] == 0)
    score += POINTS_OTHER_TAX_NUMBER;
  pair.score = (guint) CLAMP (score, 0, 100);
  return pair;
}

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
          const Common         *common)
{
  CrmDuplicate pair = rate (a, b, common);

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
        Common common = { 0 };

        find_common (self, a, b, &common);
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
      if (shared > 1 && shared <= MOST_SHARED)
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

      if (!is_long_enough (record))
        continue;
      for (gsize at = 0; at <= record->name_length; at++)
        {
          Variant variant = { 0, number };

          if (at < record->name_length && is_inside_letter (record->name + at))
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
hash_difference (const Difference     *d,
                 const CrmAlikeRecord *a,
                 const CrmAlikeRecord *b)
{
  return d->a_length >= d->b_length ? hash_without (d->a, a->name_length, d->start) : hash_without (d->b, b->name_length, d->start);
}

static void
compare_variant_pair (Search        *self,
                      const Variant *x,
                      const Variant *y)
{
  const CrmAlikeRecord *a = get_record (self, x->record), *b = get_record (self, y->record);
  Difference d = compare_names (a, b);
  Common common = { 0 };

  if (x->record == y->record || d.a_length + d.b_length == 0 || !is_one_edit (&d) || hash_difference (&d, a, b) != x->hash)
    return;
  find_common (self, a, b, &common);
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
      for (guint i = start; end - start <= MOST_SHARED && i < end; i++)
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

/* In words */

const char *
crm_duplicates_get_reason (CrmDuplicateReasons   reason,
                           const char          **label)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].reason == reason)
      {
        if (label != NULL)
          *label = _(reasons[i].label);
        return reasons[i].name;
      }
  return NULL;
}

char *
crm_duplicates_describe (CrmDuplicateReasons agreed)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (agreed & reasons[i].reason)
      {
        const char *label = _(reasons[i].label);
        g_autofree char *first = g_utf8_substring (label, 0, 1);
        g_autofree char *lower = g_utf8_strdown (first, -1);

        g_string_append_printf (text, "%s%s%s", text->len > 0 ? ", " : "", text->len > 0 ? lower : first, g_utf8_next_char (label));
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
