/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-erase.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "crm-erase-history.h"
#include "crm-error.h"
#include "crm-file.h"
#include "crm-number.h"
#include "crm-person.h"

void
crm_erase_plan_free (CrmErasePlan *self)
{
  g_free (self->name);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->mentions, g_ptr_array_unref);
  g_clear_pointer (&self->backups, g_ptr_array_unref);
  g_free (self);
}

/* Backups */

static gboolean
has_row (CrmDb      *db,
         const char *sql,
         gint64      id)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, sql, NULL);
  gboolean row = FALSE;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, id);
  /* What cannot be read may hold anybody. */
  return !crm_db_step (db, stmt, &row, NULL) || row;
}

static gboolean
holds (const char *path,
       GArray     *people)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmDb) db = crm_db_open (path, CRM_DB_INSPECT, &error);

  for (guint i = 0; db != NULL && i < people->len; i++)
    if (has_row (db, "SELECT 1 FROM person WHERE id = ?", g_array_index (people, gint64, i)) ||
        has_row (db, "SELECT 1 FROM history WHERE root = ? LIMIT 1", g_array_index (people, gint64, i)))
      return TRUE;
  return db == NULL && !g_error_matches (error, CRM_ERROR, CRM_ERROR_FOREIGN);
}

static gboolean
is_companion (const char *name)
{
  return g_str_has_suffix (name, "-wal") || g_str_has_suffix (name, "-shm") || g_str_has_suffix (name, "-journal");
}

static void
find_in (const char *folder,
         const char *prefix,
         GArray     *people,
         GPtrArray  *found)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_prefix (name, prefix) && !is_companion (name) && g_file_test (path, G_FILE_TEST_IS_REGULAR) && holds (path, people))
        g_ptr_array_add (found, g_steal_pointer (&path));
    }
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(char * const *) a, *(char * const *) b);
}

GPtrArray *
crm_erase_find_backups (const char *database,
                        GArray     *people)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = g_path_get_dirname (database);
  g_autofree char *backups = g_build_filename (folder, "backups", NULL);
  g_autofree char *base = g_path_get_basename (database);
  g_autofree char *aside = g_strconcat (base, ".replaced-", NULL);

  find_in (backups, "", people, found);
  find_in (folder, aside, people, found);
  g_ptr_array_sort (found, compare_paths);
  return found;
}

static gboolean
remove_file (const char  *path,
             GError     **error)
{
  return g_unlink (path) == 0 || errno == ENOENT || crm_file_fail (path, error);
}

/* With all that is in it; links are not followed. */
static gboolean
remove_folder (const char  *path,
               GError     **error)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) || !g_file_test (path, G_FILE_TEST_IS_DIR))
    return remove_file (path, error);
  dir = g_dir_open (path, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);

      if (!remove_folder (below, error))
        return FALSE;
    }
  return g_rmdir (path) == 0 || crm_file_fail (path, error);
}

gboolean
crm_erase_delete_backup (const char  *path,
                         GError     **error)
{
  static const char * const companions[] = { "-wal", "-shm", "-journal", ".documents", NULL };

  g_return_val_if_fail (path != NULL, FALSE);

  for (guint i = 0; companions[i] != NULL; i++)
    {
      g_autofree char *companion = g_strconcat (path, companions[i], NULL);

      if (!remove_folder (companion, error))
        return FALSE;
    }
  return remove_file (path, error);
}

/* The plan */

CrmErasePlan *
crm_erase_plan_make (CrmDb   *db,
                     gint64   person,
                     GError **error)
{
  g_autoptr (CrmErasePlan) self = g_new0 (CrmErasePlan, 1);
  g_autoptr (CrmNeedles) names = crm_needles_new ();
  g_autoptr (GArray) people = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  self->person = person;
  self->rows = crm_person_rows_read (db, person, error);
  if (self->rows == NULL)
    return NULL;
  self->name = g_strdup (crm_values_get_text (((CrmPersonRow *) self->rows->pdata[0])->values, CRM_PERSON_NAME));
  crm_person_rows_add_names (self->rows, names);
  people = crm_erase_find_people (db, person, names, error);
  if (people == NULL)
    return NULL;
  self->mentions = crm_mentions_read (db, self->rows, names, error);
  if (self->mentions == NULL)
    return NULL;
  self->backups = crm_erase_find_backups (crm_db_get_path (db), people);
  return g_steal_pointer (&self);
}

guint
crm_erase_plan_count (const CrmErasePlan *self,
                      const CrmEntity    *entity,
                      CrmPersonRowKind    kind)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const CrmPersonRow *row = self->rows->pdata[i];

      n += row->kind == kind && crm_values_get_entity (row->values) == entity;
    }
  return n;
}

GPtrArray *
crm_erase_plan_describe (const CrmErasePlan *self,
                         CrmPersonRowKind    kind)
{
  GPtrArray *sentences = g_ptr_array_new_with_free_func (g_free);
  const CrmEntity * const *all = crm_entity_get_all ();

  for (guint e = 0; all[e] != NULL; e++)
    {
      guint n = crm_erase_plan_count (self, all[e], kind);
      g_autofree char *number = crm_number_format (n);

      if (n > 0)
        /* Translators: a kind of records and how many: "Conversations: 12" */
        g_ptr_array_add (sentences, g_strdup_printf (_("%s: %s"), _(all[e]->plural), number));
    }
  return sentences;
}
