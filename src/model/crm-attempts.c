/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-attempts.h"

#include <string.h>

void
crm_attempts_clear (CrmAttempts *self)
{
  g_clear_pointer (&self->last, g_free);
  self->n = 0;
  self->at = 0;
}

gboolean
crm_attempts_is_failure (const char *outcome)
{
  static const char * const failures[] = { "no_answer", "busy", "meeting", "away", "call_back", "left_message", NULL };

  return outcome != NULL && g_strv_contains (failures, outcome);
}

/* An index gives the order: no more is read than counts. */
static const char of_client[] =
  "SELECT outcome, at, direction FROM interaction WHERE client = ? AND channel = 'call' AND deleted IS NULL ORDER BY at DESC, id DESC";
static const char of_person[] =
  "SELECT outcome, at, direction FROM interaction WHERE id IN (SELECT interaction FROM participant WHERE person = ?)"
  " AND channel = 'call' AND deleted IS NULL ORDER BY +at DESC, +id DESC";

gboolean
crm_attempts_read (CrmDb            *db,
                   const CrmEntity  *entity,
                   gint64            id,
                   CrmAttempts      *attempts,
                   GError          **error)
{
  g_autoptr (CrmStmt) stmt = NULL;
  gboolean row;

  g_return_val_if_fail (db != NULL, FALSE);
  g_return_val_if_fail (attempts != NULL, FALSE);

  *attempts = (CrmAttempts) { 0 };
  stmt = crm_db_prepare (db, entity == &crm_person ? of_person : of_client, error);
  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, id);
  while (crm_db_step (db, stmt, &row, error))
    {
      const char *outcome = row ? (const char *) sqlite3_column_text (stmt, 0) : NULL;

      /* Who calls is reached, too */
      if (!crm_attempts_is_failure (outcome) || strcmp ((const char *) sqlite3_column_text (stmt, 2), "in") == 0)
        return TRUE;
      if (attempts->n++ == 0)
        {
          attempts->last = g_strdup (outcome);
          attempts->at = sqlite3_column_int64 (stmt, 1);
        }
    }
  crm_attempts_clear (attempts);
  return FALSE;
}
