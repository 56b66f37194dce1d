/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-document-check.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "crm-content.h"

#define DOCUMENT_NUMBER "15"

/* Whose it is, as one name */
#define DOCUMENTS \
  "SELECT d.id, d.name, d.hash, coalesce (p.name, c.name, i.subject) FROM document d" \
  " LEFT JOIN client c ON c.id = d.client LEFT JOIN person p ON p.id = d.person LEFT JOIN interaction i ON i.id = d.interaction" \
  " ORDER BY d.hash, d.id"

static char *
describe (CrmStmt         *stmt,
          CrmContentState  state,
          const char      *path)
{
  const char *name = (const char *) sqlite3_column_text (stmt, 1);
  const char *owner = (const char *) sqlite3_column_text (stmt, 3);
  g_autofree char *whose = owner == NULL ? g_strdup_printf ("“%s”", name) : g_strdup_printf (_("“%s” of “%s”"), name, owner);

  return g_strdup_printf (state == CRM_CONTENT_MISSING ? _("The document %s (%" PRIu64 ") is missing: %s")
                                                       : _("The document %s (%" PRIu64 ") was altered: %s"),
                          whose, (guint64) sqlite3_column_int64 (stmt, 0), path == NULL ? "?" : path);
}

static gboolean
check_one (CrmDb            *db,
           CrmStmt          *stmt,
           char            **checked,
           CrmContentState  *state,
           GCancellable     *cancellable,
           GError          **error)
{
  const char *hash = (const char *) sqlite3_column_text (stmt, 2);

  if (g_strcmp0 (*checked, hash) == 0)
    return TRUE;
  g_free (*checked);
  *checked = g_strdup (hash);
  return crm_content_check (crm_db_get_path (db), hash, cancellable, state, error);
}

gboolean
crm_document_check (CrmDb         *db,
                    GPtrArray     *findings,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, DOCUMENTS, error);
  g_autofree char *checked = NULL;
  CrmContentState state = CRM_CONTENT_WHOLE;
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  while (crm_db_step (db, stmt, &row, error))
    {
      g_autofree char *path = NULL;

      if (!row)
        return TRUE;
      if (!check_one (db, stmt, &checked, &state, cancellable, error))
        return FALSE;
      path = crm_content_get_path (crm_db_get_path (db), checked);
      if (state != CRM_CONTENT_WHOLE)
        g_ptr_array_add (findings, describe (stmt, state, path));
    }
  return FALSE;
}

static gboolean
forget_used (CrmDb       *db,
             GHashTable  *hashes,
             GError     **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db,
                                             "SELECT hash FROM document UNION"
                                             " SELECT before ->> 'hash' FROM history WHERE entity = " DOCUMENT_NUMBER " AND before IS NOT NULL", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return TRUE;
      if (sqlite3_column_type (stmt, 0) != SQLITE_NULL)
        g_hash_table_remove (hashes, sqlite3_column_text (stmt, 0));
    }
  return FALSE;
}

GHashTable *
crm_document_find_unused (CrmDb   *db,
                          GError **error)
{
  g_autoptr (GHashTable) hashes = crm_content_list (crm_db_get_path (db), error);

  return hashes != NULL && forget_used (db, hashes, error) ? g_steal_pointer (&hashes) : NULL;
}

static gboolean
remove_all (CrmDb       *db,
            GHashTable  *hashes,
            guint       *n,
            GError     **error)
{
  GHashTableIter iter;
  gpointer hash;

  g_hash_table_iter_init (&iter, hashes);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    {
      if (!crm_content_remove (crm_db_get_path (db), hash, error))
        return FALSE;
      ++*n;
    }
  return TRUE;
}

gboolean
crm_document_remove_unused (CrmDb       *db,
                                            guint       *n,
                            GError     **error)
{
  g_autoptr (GHashTable) hashes = NULL;
  gboolean ok;

  *n = 0;
  /* Whoever inserts a document looks for its file within his step. */
  if (!crm_db_execute (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  hashes = crm_document_find_unused (db, error);
  ok = hashes != NULL && remove_all (db, hashes, n, error);
  crm_db_execute (db, "ROLLBACK", NULL);
  return ok;
}
