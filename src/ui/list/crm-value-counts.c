/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-value-counts.h"

#include "crm-fold.h"

#define TAG_SEPARATOR ", "

typedef struct {
  CrmQuery *query;
  guint     field;
} Job;

void
crm_value_count_free (CrmValueCount *self)
{
  g_free (self->value);
  g_free (self);
}

static void
job_free (gpointer data)
{
  Job *job = data;

  crm_query_free (job->query);
  g_free (job);
}

static CrmValueCount *
add_value (GPtrArray  *counts,
           const char *value)
{
  CrmValueCount *count = g_new0 (CrmValueCount, 1);

  count->value = g_strdup (value);
  g_ptr_array_add (counts, count);
  return count;
}

/* @found: folded form → the count of all its spellings */
static void
count_value (GPtrArray  *counts,
             GHashTable *found,
             const char *value,
             guint       n)
{
  g_autofree char *folded = crm_fold (value);
  CrmValueCount *count = g_hash_table_lookup (found, folded);

  if (count == NULL)
    {
      count = add_value (counts, value);
      g_hash_table_insert (found, g_steal_pointer (&folded), count);
    }
  count->count += n;
}

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const CrmValueCount *x = *(CrmValueCount * const *) a;
  const CrmValueCount *y = *(CrmValueCount * const *) b;

  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return g_utf8_collate (x->value, y->value);
}

static CrmStmt *
prepare (CrmDb           *db,
         const CrmQuery  *query,
         guint            field,
         GError         **error)
{
  const CrmField *f = &query->entity->fields[field];
  g_autoptr (GString) column = g_string_new (NULL);
  g_autofree char *columns = NULL;
  g_autofree char *rest = NULL;

  crm_query_append_column (column, query->entity, field);
  rest = g_strdup_printf ("AND %s IS NOT NULL GROUP BY %s ORDER BY count(*) DESC", column->str, column->str);
  if (f->kind == CRM_KIND_REFERENCE)
    {
      const CrmEntity *referred = crm_entity_find (f->refers);

      columns = g_strdup_printf ("(SELECT r.%s FROM %s r WHERE r.id = %s), count(*)", referred->title, referred->name, column->str);
    }
  else
    columns = g_strdup_printf ("%s, count(*)", column->str);
  return crm_query_prepare (query, db, columns, rest, error);
}

static gpointer
count_values (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Job *job = data;
  const CrmField *field = &job->query->entity->fields[job->field];
  g_autoptr (GPtrArray) counts = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_value_count_free);
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (CrmStmt) stmt = prepare (db, job->query, job->field, error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  for (const CrmChoice *choice = field->choices; choice != NULL && choice->name != NULL; choice++)
    g_hash_table_insert (found, crm_fold (choice->name), add_value (counts, choice->name));

  while (crm_db_step (db, stmt, &row, error))
    {
      const char *value = row ? (const char *) sqlite3_column_text (stmt, 0) : NULL;
      guint n = row ? (guint) sqlite3_column_int64 (stmt, 1) : 0;

      if (!row)
        {
          if (field->choices == NULL)
            g_ptr_array_sort (counts, compare_counts);
          return g_steal_pointer (&counts);
        }
      if (value == NULL)
        continue;
      if (field->kind == CRM_KIND_TAGS)
        {
          g_auto (GStrv) tags = g_strsplit (value, TAG_SEPARATOR, -1);

          for (guint i = 0; tags[i] != NULL; i++)
            count_value (counts, found, tags[i], n);
        }
      else
        count_value (counts, found, value, n);
    }
  return NULL;
}

void
crm_value_counts_async (CrmStore            *store,
                        const CrmQuery      *query,
                        guint                field,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  Job *job;

  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (query != NULL && field < query->entity->n_fields);

  job = g_new0 (Job, 1);
  job->query = crm_query_copy (query);
  job->field = field;
  crm_query_remove_filter (job->query, field, CRM_FILTER_IS);
  crm_store_read_async (store, count_values, job, job_free, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}

GPtrArray *
crm_value_counts_finish (CrmStore      *store,
                         GAsyncResult  *result,
                         GError       **error)
{
  return crm_store_read_finish (store, result, error);
}
