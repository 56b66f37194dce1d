/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-generation.h"

#include <string.h>

#define TIME_FORMAT "%Y%m%dT%H%M%SZ"
#define TIME_LENGTH 16
#define SUFFIX ".db"
#define SECONDS_OF_DAY (24 * 60 * 60)

typedef gint64 (*PeriodFunc) (gint64 at);

char *
crm_generation_make_name (const char *database,
                          gint64      at,
                          const char *reason)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (at);
  g_autofree char *stamp = g_date_time_format (when, TIME_FORMAT);

  return g_strdup_printf ("%s-%s-%s" SUFFIX, database, stamp, reason);
}

static gboolean
read_time (const char *name,
           gint64     *at)
{
  g_autofree char *stamp = g_strndup (name, TIME_LENGTH);
  g_autoptr (GDateTime) when = NULL;

  if (strlen (stamp) == TIME_LENGTH && stamp[8] == 'T' && stamp[TIME_LENGTH - 1] == 'Z')
    when = g_date_time_new_from_iso8601 (stamp, NULL);
  if (when == NULL)
    return FALSE;
  *at = g_date_time_to_unix (when);
  return TRUE;
}

CrmGeneration *
crm_generation_new (const char *database,
                    const char *name,
                    gint64      size)
{
  gsize start = strlen (database) + 1;
  CrmGeneration *self;
  gint64 at;

  if (!g_str_has_prefix (name, database) || name[start - 1] != '-' || !read_time (name + start, &at) ||
      name[start + TIME_LENGTH] != '-' || !g_str_has_suffix (name, SUFFIX))
    return NULL;
  self = g_new (CrmGeneration, 1);
  *self = (CrmGeneration) { g_strdup (name), at, size };
  return self;
}

void
crm_generation_free (CrmGeneration *self)
{
  g_free (self->name);
  g_free (self);
}

int
crm_generation_compare (gconstpointer a,
                        gconstpointer b)
{
  const CrmGeneration *first = *(CrmGeneration * const *) a;
  const CrmGeneration *second = *(CrmGeneration * const *) b;

  if (first->at != second->at)
    return first->at > second->at ? -1 : 1;
  return -strcmp (first->name, second->name);
}

static gint64
get_day (gint64 at)
{
  return at / SECONDS_OF_DAY;
}

/* 1 January 1970 was a Thursday, and weeks begin on Monday. */
static gint64
get_week (gint64 at)
{
  return (get_day (at) + 3) / 7;
}

static gint64
get_month (gint64 at)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (at);

  return g_date_time_get_year (when) * 12 + g_date_time_get_month (when);
}

static void
keep_last_of_each (GPtrArray  *generations,
                   PeriodFunc  get_period,
                   guint       n_periods,
                   gboolean   *kept)
{
  gint64 last = G_MAXINT64;

  for (guint i = 0; i < generations->len && n_periods > 0; i++)
    {
      const CrmGeneration *generation = g_ptr_array_index (generations, i);

      if (get_period (generation->at) == last)
        continue;
      last = get_period (generation->at);
      kept[i] = TRUE;
      n_periods--;
    }
}

static gboolean
has_shrunk_after (GPtrArray *generations,
                  guint      i)
{
  const CrmGeneration *before = g_ptr_array_index (generations, i);
  const CrmGeneration *after = g_ptr_array_index (generations, i - 1);

  return after->size < before->size / 2;
}

GPtrArray *
crm_generation_choose_old (GPtrArray *generations)
{
  GPtrArray *old = g_ptr_array_new ();
  g_autofree gboolean *kept = g_new0 (gboolean, generations->len + 1);

  if (generations->len < 2 || has_shrunk_after (generations, 1))
    return old;
  keep_last_of_each (generations, get_day, 7, kept);
  keep_last_of_each (generations, get_week, 4, kept);
  keep_last_of_each (generations, get_month, 12, kept);
  for (guint i = 1; i < generations->len; i++)
    if (!kept[i] && !has_shrunk_after (generations, i))
      g_ptr_array_add (old, g_ptr_array_index (generations, i));
  return old;
}
