/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-people.h"

void
crm_colleague_free (CrmColleague *colleague)
{
  g_free (colleague->name);
  g_free (colleague->role);
  g_free (colleague->buying_role);
  g_free (colleague->until);
  g_free (colleague->phone);
  g_free (colleague->email);
  g_free (colleague->photo);
  g_free (colleague);
}

static char *
dup_text (CrmStmt *stmt,
          int      column)
{
  return g_strdup ((const char *) sqlite3_column_text (stmt, column));
}

static CrmColleague *
read_colleague (CrmStmt *stmt)
{
  CrmColleague *colleague = g_new (CrmColleague, 1);

  *colleague = (CrmColleague) {
    .person = sqlite3_column_int64 (stmt, 0),
    .name = dup_text (stmt, 1),
    .role = dup_text (stmt, 2),
    .phone = dup_text (stmt, 3),
    .email = dup_text (stmt, 4),
    .is_contact = sqlite3_column_int (stmt, 5),
    .has_left = sqlite3_column_int (stmt, 6),
    .photo = dup_text (stmt, 7),
    .position = sqlite3_column_int64 (stmt, 8),
    .buying_role = dup_text (stmt, 9),
    .until = dup_text (stmt, 10),
  };
  return colleague;
}

GPtrArray *
crm_people_read (CrmDb   *db,
                 gint64   client,
                 GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_colleague_free);
  g_autoptr (CrmStmt) stmt = NULL;
  gboolean row;

  g_return_val_if_fail (db != NULL, NULL);

  stmt = crm_db_prepare (db,
                         "SELECT person.id, person.name, position.role, person.phone, person.email, position.contact, position.kind = 'left' AS has_left, person.photo,"
                         " position.id, position.buying_role, position.until"
                         " FROM position JOIN person ON person.id = position.person"
                         " WHERE position.client = ? AND person.deleted IS NULL"
                         " ORDER BY has_left, position.contact DESC, person.name_key, position.id",
                         error);
  if (stmt == NULL)
    return NULL;
  crm_stmt_bind_integer (stmt, 1, client);
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return g_steal_pointer (&people);
      g_ptr_array_add (people, read_colleague (stmt));
    }
  return NULL;
}
