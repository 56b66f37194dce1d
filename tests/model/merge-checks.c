/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "merge-checks.h"

#include <string.h>

#include "crm-client.h"
#include "crm-error.h"
#include "crm-merge.h"
#include "crm-query.h"
#include "crm-sql.h"
#include "crm-through.h"

const char * const merge_log_tables[] = { "step", "history", "setting", NULL };

/* Reading */

static gpointer
run_plan (CrmDb         *db,
          gpointer       request,
          GCancellable  *cancellable,
          GError       **error)
{
  return crm_merge_plan_make (db, request, error);
}

CrmMergePlan *
merge_plan (CrmStore         *store,
            CrmMergeRequest  *request,
            GError          **error)
{
  return crm_store_read (store, run_plan, request, error);
}

typedef struct {
  const CrmEntity *entity;
  gint64           id;
  gboolean         children; /* of this entity, of the record */
} Read;

static gpointer
run_read (CrmDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Read *read = data;
  g_autoptr (CrmValues) values = NULL;

  if (read->children)
    return crm_sql_read_children (db, read->entity, read->id, error);
  values = crm_sql_read (db, read->entity, read->id, error);
  return values != NULL && crm_through_load (db, values, error) ? g_steal_pointer (&values) : NULL;
}

CrmValues *
merge_read (CrmStore        *store,
            const CrmEntity *entity,
            gint64           id)
{
  Read read = { entity, id, FALSE };
  g_autoptr (GError) error = NULL;
  CrmValues *values = crm_store_read (store, run_read, &read, &error);

  g_assert_no_error (error);
  return values;
}

static GPtrArray *
read_children (CrmStore        *store,
               const CrmEntity *child,
               gint64           id)
{
  Read read = { child, id, TRUE };
  g_autoptr (GError) error = NULL;
  GPtrArray *children = crm_store_read (store, run_read, &read, &error);

  g_assert_no_error (error);
  return children;
}
char *
merge_query (CrmTest    *test,
             const char *format,
             ...)
{
  va_list values;
  g_autofree char *sql = NULL;
  char *text;

  va_start (values, format);
  sql = g_strdup_vprintf (format, values);
  va_end (values);
  text = crm_test_query (test->database, sql);
  return g_strchomp (text);
}

/* What the preview said is what there is. */

static void
assert_same_values (const CrmValues *expected,
                    const CrmValues *found)
{
  const CrmEntity *entity = crm_values_get_entity (expected);

  for (guint i = 0; i < entity->n_fields; i++)
    if (strcmp (entity->fields[i].name, "modified") != 0 && entity->fields[i].derived == NULL && !crm_values_equal_field (expected, found, i))
      {
        g_autofree char *x = crm_values_to_plain (expected, i);
        g_autofree char *y = crm_values_to_plain (found, i);

        g_error ("%s.%s: %s instead of %s", entity->name, entity->fields[i].name, y, x);
      }
}

static void
assert_children (CrmStore           *store,
                 const CrmMergePlan *plan,
                 const CrmEntity    *child)
{
  g_autoptr (GPtrArray) found = read_children (store, child, crm_values_get_id (plan->kept));
  guint n = 0;

  for (guint i = 0; i < plan->children->len; i++)
    {
      const CrmMergeChild *planned = g_ptr_array_index (plan->children, i);
      guint at = 0;

      if (planned->is_dropped || crm_values_get_entity (planned->after) != child)
        continue;
      n++;
      while (at < found->len && crm_values_get_id (g_ptr_array_index (found, at)) != crm_values_get_id (planned->after))
        at++;
      g_assert_cmpuint (at, <, found->len);
      for (guint f = 0; f < child->n_fields; f++)
        if (child->fields[f].kind != CRM_KIND_REFERENCE)
          g_assert_true (crm_values_equal_field (planned->after, g_ptr_array_index (found, at), f));
    }
  g_assert_cmpuint (n, ==, found->len);
}

/* The marks that the preview named are where it said, and nobody else has them. */
static void
assert_marks (CrmTest            *test,
              const CrmMergePlan *plan)
{
  for (guint i = 0; i < plan->marks->len; i++)
    {
      const CrmMergeMark *mark = &g_array_index (plan->marks, CrmMergeMark, i);
      gint64 kept = crm_values_get_id (plan->kept);
      g_autofree char *found = mark->entity == &crm_task
                                 ? merge_query (test, "SELECT name FROM task WHERE next AND done IS NULL AND deleted IS NULL AND client = %" G_GINT64_FORMAT, kept)
                                 : merge_query (test, "SELECT name FROM position JOIN person ON person.id = person WHERE contact AND kind = 'current'"
                                                      " AND deleted IS NULL AND client = %" G_GINT64_FORMAT, kept);

      g_assert_cmpstr (found, ==, mark->kept != NULL ? mark->kept : mark->other);
    }
}

static void
assert_as_planned (CrmTest            *test,
                   CrmStore           *store,
                   const CrmMergePlan *plan)
{
  const CrmEntity * const *all = crm_entity_get_all ();
  const CrmEntity *entity = crm_values_get_entity (plan->kept);
  g_autoptr (CrmValues) found = merge_read (store, entity, crm_values_get_id (plan->kept));
  g_autofree char *dangling = merge_query (test, "PRAGMA foreign_key_check");
  g_autofree char *next_steps = merge_query (test, "SELECT client FROM task WHERE next AND done IS NULL AND deleted IS NULL AND client IS NOT NULL"
                                                   " GROUP BY client HAVING count (*) > 1");
  g_autofree char *contacts = merge_query (test, "SELECT client FROM position JOIN person ON person.id = person WHERE contact AND kind = 'current'"
                                                 " AND deleted IS NULL GROUP BY client HAVING count (*) > 1");

  assert_same_values (plan->result, found);
  for (guint i = 0; all[i] != NULL; i++)
    if (all[i]->parent != NULL && strcmp (all[i]->fields[crm_entity_get_parent_field (all[i])].refers, entity->name) == 0)
      assert_children (store, plan, all[i]);
  g_assert_cmpstr (dangling, ==, "");
  g_assert_cmpstr (next_steps, ==, "");
  g_assert_cmpstr (contacts, ==, "");
  assert_marks (test, plan);
}

/* Runs it; %FALSE: it was refused, as its preview was. */
gboolean
merge_run (CrmTest         *test,
           CrmStore        *store,
           CrmMergeRequest *request)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autoptr (CrmMergePlan) plan = merge_plan (store, request, &refusal);
  gboolean ok = crm_store_step (store, "", crm_merge_run, request, NULL, &error);

  if (ok != (plan != NULL))
    g_error ("%s: the preview says “%s”, the merge “%s”", request->entity->name, refusal == NULL ? "yes" : refusal->message,
             error == NULL ? "yes" : error->message);
  if (ok)
    assert_as_planned (test, store, plan);
  else
    {
      g_assert_error (error, CRM_ERROR, CRM_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, refusal->message);
    }
  return ok;
}

char *
merge_name_id (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

char *
merge_make_view (const char * const *parents,
                 const char * const *tags)
{
  g_autoptr (CrmQuery) view = crm_query_new (&crm_client);

  crm_query_add_filter (view, CRM_CLIENT_PARENT, CRM_FILTER_IS, parents);
  crm_query_add_filter (view, CRM_CLIENT_TAGS, CRM_FILTER_IS, tags);
  return crm_query_to_json (view);
}
