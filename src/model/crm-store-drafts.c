/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-store.h"

#include "crm-store-private.h"
#include "crm-time.h"

typedef struct {
  const CrmEntity *entity;
  gint64 record;
  char *field;
  char *text;
} Draft;

static void
draft_free (Draft *draft)
{
  g_free (draft->field);
  g_free (draft->text);
  g_free (draft);
}

/* A record that is there no more has none: what was erased meanwhile must not come back by what a window still shows. */
static CrmStmt *
prepare_put (CrmDb            *db,
             const CrmEntity  *entity,
             GError          **error)
{
  g_autofree char *sql = g_strdup_printf ("INSERT OR REPLACE INTO draft (record, field, entity, value, at) SELECT ?1, ?2, ?3, ?4, ?5"
                                          " WHERE ?1 = 0 OR EXISTS (SELECT 1 FROM %s WHERE id = ?1)", entity->name);

  return crm_db_prepare (db, sql, error);
}

static gpointer
run_set_draft (CrmDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  Draft *draft = data;
  CrmStmt *stmt = draft->text == NULL ? crm_db_prepare (db, "DELETE FROM draft WHERE record = ?1 AND field = ?2 AND entity = ?3", error)
                                      : prepare_put (db, draft->entity, error);

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, draft->record);
  crm_stmt_bind_text (stmt, 2, draft->field);
  crm_stmt_bind_integer (stmt, 3, draft->entity->number);
  if (draft->text != NULL)
    {
      crm_stmt_bind_text (stmt, 4, draft->text);
      crm_stmt_bind_integer (stmt, 5, crm_time_now ());
    }
  return crm_db_finish (db, stmt, error) ? GINT_TO_POINTER (TRUE) : NULL;
}

/* A draft that cannot be written is still on screen: the failure shows when the field is saved. */
static void
set_draft_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (crm_worker_run_finish (NULL, result, &error) == NULL)
    g_message ("A draft was not kept: %s", error->message);
}

static Draft *
draft_new (const CrmEntity *entity,
           gint64           record,
           const char      *field,
           const char      *text)
{
  Draft *draft = g_new (Draft, 1);

  *draft = (Draft){ entity, record, g_strdup (field), g_strdup (text) };
  return draft;
}

void
crm_store_set_draft (CrmStore        *self,
                     const CrmEntity *entity,
                     gint64           record,
                     const char      *field,
                     const char      *text)
{
  g_return_if_fail (CRM_IS_STORE (self));

  /* What is closed has saved what was to be saved; a draft of the same text is none when it is loaded */
  if (self->writer == NULL)
    return;
  crm_worker_run_async (self->writer, FALSE, run_set_draft, draft_new (entity, record, field, text),
                        (GDestroyNotify) draft_free, NULL, NULL, set_draft_cb, NULL);
}

static gpointer
run_load_drafts (CrmDb         *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Draft *draft = data;
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (CrmStmt) stmt =
      crm_db_prepare (db, "SELECT field, value FROM draft WHERE record = ? AND entity = ?", error);
  gboolean row;

  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, draft->record);
  crm_stmt_bind_integer (stmt, 2, draft->entity->number);
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&found);
      g_hash_table_insert (found, g_strdup ((const char *) sqlite3_column_text (stmt, 0)),
                           g_strdup ((const char *) sqlite3_column_text (stmt, 1)));
    }
  return NULL;
}

void
crm_store_load_drafts_async (CrmStore            *self,
                             const CrmEntity     *entity,
                             gint64               record,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  crm_store_read_async (self, run_load_drafts, draft_new (entity, record, NULL, NULL), (GDestroyNotify) draft_free,
                        (GDestroyNotify) g_hash_table_unref, NULL, callback, user_data);
}

GHashTable *
crm_store_load_drafts_finish (CrmStore      *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  return crm_store_read_finish (self, result, error);
}
