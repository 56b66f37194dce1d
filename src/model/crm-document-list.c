/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-document-list.h"

#include "crm-sql.h"

void
crm_document_list_free (CrmDocumentList *self)
{
  g_clear_pointer (&self->documents, g_ptr_array_unref);
  g_free (self);
}

static GArray *
find_ids (CrmDb            *db,
          const CrmEntity  *owner,
          gint64            id,
          GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM document WHERE %s = ? AND deleted IS NULL ORDER BY created DESC, id DESC", owner->name);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, id);
  return crm_db_get_integers (db, stmt, error);
}

CrmDocumentList *
crm_document_list_read (CrmDb            *db,
                        const CrmEntity  *owner,
                        gint64            id,
                        guint             limit,
                        GError          **error)
{
  g_autoptr (CrmDocumentList) list = g_new0 (CrmDocumentList, 1);
  g_autoptr (GArray) ids = find_ids (db, owner, id, error);
  g_autoptr (GPtrArray) read = NULL;

  if (ids != NULL)
    read = crm_sql_read_many (db, &crm_document, (const gint64 *) (const void *) ids->data, MIN (ids->len, limit), error);
  if (read == NULL)
    return NULL;
  list->total = ids->len;
  list->documents = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_values_unref);
  for (guint i = 0; i < read->len; i++)
    if (read->pdata[i] != NULL)
      g_ptr_array_add (list->documents, crm_values_ref (read->pdata[i]));
  return g_steal_pointer (&list);
}

typedef struct {
  const CrmEntity *owner;
  gint64           id;
  guint            limit;
} Request;

static gpointer
run_read (CrmDb         *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const Request *request = data;

  return crm_document_list_read (db, request->owner, request->id, request->limit, error);
}

void
crm_document_list_read_async (CrmStore            *store,
                              const CrmEntity     *owner,
                              gint64               id,
                              guint                limit,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Request *request = g_new (Request, 1);

  *request = (Request) { owner, id, limit };
  crm_store_read_async (store, run_read, request, g_free, (GDestroyNotify) crm_document_list_free, cancellable, callback, user_data);
}

CrmDocumentList *
crm_document_list_read_finish (CrmStore      *store,
                               GAsyncResult  *result,
                               GError       **error)
{
  return crm_store_read_finish (store, result, error);
}
