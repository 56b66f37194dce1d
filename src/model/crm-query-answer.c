/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-query-answer.h"

#include "crm-sql.h"
#include "crm-terms.h"

/* What comes at first while the ids are still being loaded: more rows no list shows at once. */
#define FIRST_IDS 200

void
crm_query_request_free (gpointer request)
{
  CrmQueryRequest *self = request;

  crm_query_free (self->query);
  g_clear_pointer (&self->old, crm_id_list_unref);
  g_array_unref (self->positions);
  g_free (self);
}

void
crm_query_answer_free (gpointer answer)
{
  CrmQueryAnswer *self = answer;

  g_clear_pointer (&self->ids, crm_id_list_unref);
  g_clear_pointer (&self->read, g_array_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_free (self);
}

/* Can the tables give the first rows at once, while the ids in memory are not there yet? */
static gboolean
can_read_first (const CrmQuery *query,
                CrmIndex       *index)
{
  const CrmField *sort = &query->entity->fields[query->sort];

  return query->text == NULL && query->filters->len == 0 && !query->trash &&
         query->sort == crm_entity_get_title_field (query->entity) && (sort->flags & CRM_FIELD_SORTED) != 0 &&
         !crm_index_is_ready (index, query);
}

/* Is it worth while to answer with the hits at the beginning of words before those inside are found? */
static gboolean
can_halve (const CrmQuery *query,
           CrmIndex       *index)
{
  g_autoptr (CrmTerms) terms = crm_terms_parse (query->text);

  return !query->trash && crm_terms_get_rarest (terms) != NULL && !crm_index_scan_is_quick (index, query->entity);
}

static CrmIdList *
find_ids (const CrmQueryRequest  *request,
          CrmDb                  *db,
          CrmQueryAnswer         *answer,
          GError                **error)
{
  CrmIndex *index = crm_store_get_index (request->store);

  answer->counted = request->complete || !can_read_first (request->query, index);
  if (!answer->counted)
    return crm_index_first (db, request->query, FIRST_IDS, error);
  answer->complete = request->complete || !can_halve (request->query, index);
  return crm_index_query (index, db, request->query, !answer->complete, error);
}

static gboolean
read_values (const CrmQueryRequest  *request,
             CrmDb                  *db,
             CrmQueryAnswer         *answer,
             GError                **error)
{
  answer->read = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < request->positions->len; i++)
    {
      guint position = g_array_index (request->positions, guint, i);
      gint64 id;

      if (position >= crm_id_list_get_length (answer->ids))
        continue;
      id = crm_id_list_get (answer->ids, position);
      g_array_append_val (answer->read, id);
    }
  answer->values = crm_sql_read_many (db, request->query->entity, (const gint64 *) (gpointer) answer->read->data,
                                      answer->read->len, error);
  return answer->values != NULL;
}

gpointer
crm_query_request_run (CrmDb         *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  const CrmQueryRequest *request = data;
  g_autoptr (CrmQueryAnswer) answer = g_new0 (CrmQueryAnswer, 1);

  answer->ids = find_ids (request, db, answer, error);
  if (answer->ids == NULL || !read_values (request, db, answer, error))
    return NULL;
  answer->same = request->old != NULL && crm_id_list_equal (request->old, answer->ids);
  return g_steal_pointer (&answer);
}
