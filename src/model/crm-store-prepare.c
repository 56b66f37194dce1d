/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-store.h"

#include "crm-history.h"
#include "crm-sql.h"
#include "crm-store-private.h"

gboolean
crm_store_read_setting (CrmDb       *db,
                        const char  *name,
                        char       **value,
                        GError     **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT value FROM setting WHERE name = ?", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, name);
  if (!crm_db_step (db, stmt, &row, error))
    return FALSE;
  *value = row ? g_strdup ((const char *) sqlite3_column_text (stmt, 0)) : NULL;
  return TRUE;
}

static gboolean
write_setting (CrmDb       *db,
               const char  *name,
               const char  *value,
               GError     **error)
{
  CrmStmt *stmt = crm_db_prepare (db, "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_text (stmt, 1, name);
  crm_stmt_bind_text (stmt, 2, value);
  return crm_db_finish (db, stmt, error);
}

/* Sort keys are no part of the data: they change without a step. */
gboolean
crm_store_adopt_collator (CrmDb        *db,
                          CrmCollator  *collator,
                          GError      **error)
{
  if (!crm_db_execute (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (crm_sql_rebuild_keys (db, collator, error) &&
      write_setting (db, "collation", crm_collator_get_name (collator), error) && crm_db_execute (db, "COMMIT", error))
    return TRUE;
  crm_db_execute (db, "ROLLBACK", NULL);
  return FALSE;
}

/* The base keeps the order it has, whatever the language of the process that writes. */
static CrmCollator *
open_collator (CrmDb   *db,
               GError **error)
{
  g_autofree char *stored = NULL;
  g_autofree char *locale = NULL;
  g_autoptr (CrmCollator) collator = NULL;

  if (!crm_store_read_setting (db, "collation", &stored, error))
    return NULL;
  if (stored != NULL)
    locale = g_strndup (stored, strcspn (stored, " "));
  collator = crm_collator_new (locale);
  if (g_strcmp0 (stored, crm_collator_get_name (collator)) != 0 && !crm_store_adopt_collator (db, collator, error))
    return NULL;
  return g_steal_pointer (&collator);
}

static gboolean
install_history (CrmDb   *db,
                 GError **error)
{
  const CrmEntity *const *all = crm_entity_get_all ();
  g_autoptr (GArray) tables = g_array_new (FALSE, FALSE, sizeof (CrmHistoryTable));

  for (guint e = 0; all[e] != NULL; e++)
    g_array_append_vals (tables, crm_sql_get_history_table (all[e]), 1);
  return crm_history_install (db, &g_array_index (tables, CrmHistoryTable, 0), tables->len, error);
}

/* History's triggers, and the order of the sort keys there are. */
static CrmCollator *
prepare_writer (CrmDb   *db,
                GError **error)
{
  return install_history (db, error) ? open_collator (db, error) : NULL;
}

/* What must stand before the first write, but not before the first frame. */
gboolean
crm_store_prepare (CrmStore  *self,
                   CrmDb     *db,
                   GError   **error)
{
  if (self->collator == NULL)
    self->collator = prepare_writer (db, error);
  return self->collator != NULL;
}
