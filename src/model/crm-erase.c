/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-erase.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-document-check.h"
#include "crm-erase-history.h"
#include "crm-error.h"
#include "crm-person.h"
#include "crm-search-text.h"
#include "crm-store-private.h"
#include "crm-writer-private.h"

typedef struct {
  CrmWriter        *writer;
  CrmEraseRequest  *request;
  GCancellable     *cancellable;
  GPtrArray        *rows;
  CrmNeedles         *names;
  GHashTable       *chosen; /* texts whose names are replaced */
} Erasure;

CrmEraseRequest *
crm_erase_request_new (gint64 person)
{
  CrmEraseRequest *self = g_new0 (CrmEraseRequest, 1);

  self->person = person;
  self->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->backups = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
crm_erase_request_free (CrmEraseRequest *self)
{
  g_hash_table_unref (self->kept);
  g_ptr_array_unref (self->backups);
  g_clear_pointer (&self->people, g_array_unref);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_free (self);
}

CrmErasePhase
crm_erase_request_get_phase (CrmEraseRequest *self)
{
  return (CrmErasePhase) g_atomic_int_get (&self->phase);
}

/* Other records' texts */

static gboolean
may_say_erased (const CrmField *field)
{
  return field->kind == CRM_KIND_TEXT || field->kind == CRM_KIND_NOTE;
}

/* (transfer full): without the name; by the id if that must be a name of its own. */
static char *
make_text (Erasure          *self,
           const CrmMention *mention,
           gboolean          is_unique)
{
  return is_unique ? g_strdup_printf ("%s %" G_GINT64_FORMAT, CRM_ERASED, mention->id) : crm_needles_replace (self->names, mention->text);
}

/* Of a row that went with another mention nothing is left to be done. @is_refused: (out): it cannot stand there: an e-mail address without its middle is none. */
static gboolean
put_text (Erasure           *self,
          const CrmMention  *mention,
          gboolean           is_unique,
          gboolean          *is_refused,
          GError           **error)
{
  g_autoptr (CrmValues) changes = crm_values_new (mention->entity, mention->id);
  g_autofree char *text = make_text (self, mention, is_unique);
  GError *failure = NULL;

  crm_values_set_text (changes, mention->field, text);
  *is_refused = !crm_writer_update (self->writer, changes, &failure) && g_error_matches (failure, CRM_ERROR, CRM_ERROR_INVALID);
  if (*is_refused || g_error_matches (failure, CRM_ERROR, CRM_ERROR_NOT_FOUND))
    g_clear_error (&failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

static gboolean
clear_mention (Erasure           *self,
               const CrmMention  *mention,
               GError           **error)
{
  g_autoptr (CrmValues) changes = crm_values_new (mention->entity, mention->id);

  if (mention->entity->fields[mention->field].flags & CRM_FIELD_REQUIRED)
    return crm_writer_delete (self->writer, mention->entity, mention->id, error);
  crm_values_set_null (changes, mention->field);
  return crm_writer_update (self->writer, changes, error);
}

static gboolean
replace_mention (Erasure           *self,
                 const CrmMention  *mention,
                 GError           **error)
{
  gboolean is_refused = !may_say_erased (&mention->entity->fields[mention->field]);

  if (!is_refused && !put_text (self, mention, FALSE, &is_refused, error))
    return FALSE;
  if (is_refused && mention->entity->unique && !put_text (self, mention, TRUE, &is_refused, error))
    return FALSE;
  return !is_refused || clear_mention (self, mention, error);
}

static gboolean
replace_mentions (Erasure  *self,
                  GError  **error)
{
  g_autoptr (GPtrArray) mentions = crm_mentions_read (crm_writer_get_db (self->writer), self->rows, self->names, error);

  for (guint i = 0; mentions != NULL && i < mentions->len; i++)
    {
      const CrmMention *mention = mentions->pdata[i];
      g_autofree char *key = crm_mention_make_key (mention->entity, mention->id, mention->field);

      if (g_hash_table_contains (self->request->kept, key))
        continue;
      if (!replace_mention (self, mention, error))
        return FALSE;
      g_hash_table_add (self->chosen, g_steal_pointer (&key));
    }
  return mentions != NULL;
}

/* The person's own */

static gboolean
empty_row (Erasure          *self,
           const CrmValues  *values,
           GError          **error)
{
  g_autoptr (CrmValues) changes = crm_values_new (crm_values_get_entity (values), crm_values_get_id (values));

  crm_erase_empty (changes, values);
  return crm_writer_update (self->writer, changes, error);
}

static gboolean
is_persons_child (const CrmEntity *entity)
{
  return entity->parent != NULL && crm_person_row_is_reference (&entity->fields[crm_entity_get_parent_field (entity)]);
}

static gboolean
erase_row (Erasure             *self,
           const CrmPersonRow  *row,
           GError             **error)
{
  const CrmEntity *entity = crm_values_get_entity (row->values);
  gint64 id = crm_values_get_id (row->values);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (row->kind == CRM_PERSON_ROW_ABOUT)
    return empty_row (self, row->values, error);
  /* What is the person's child goes with them. */
  if (row->kind == CRM_PERSON_ROW_SHARED || entity == &crm_person || is_persons_child (entity))
    return TRUE;
  return crm_entity_is_root (entity) ? crm_writer_purge (self->writer, entity, id, error) : crm_writer_delete (self->writer, entity, id, error);
}

static gboolean
erase_rows (Erasure  *self,
            GError  **error)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (!erase_row (self, self->rows->pdata[i], error))
      return FALSE;
  return crm_writer_purge (self->writer, &crm_person, self->request->person, error);
}

/* Drafts */

static gboolean
run_for_record (CrmDb       *db,
                const char  *sql,
                gint64       id,
                GError     **error)
{
  CrmStmt *stmt = crm_db_prepare (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, id);
  return crm_db_finish (db, stmt, error);
}

/* Does @text have @id as a number? */
static gboolean
has_id (const char *text,
        gint64      id)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  gsize length = strlen (digits);

  for (const char *at = text; (at = strstr (at, digits)) != NULL; at++)
    if ((at == text || !g_ascii_isdigit (at[-1])) && !g_ascii_isdigit (at[length]))
      return TRUE;
  return FALSE;
}

/* A note of a conversation has the ids of those who took part. */
static gboolean
is_draft_of (const Erasure *self,
             GArray        *people,
             const char    *text)
{
  for (guint i = 0; i < people->len; i++)
    if (has_id (text, g_array_index (people, gint64, i)))
      return TRUE;
  return crm_needles_is_sure (self->names, text);
}

typedef struct {
  gint64 record;
  gint64 entity;
  char  *field;
} DraftKey;

static void
clear_draft_key (gpointer key)
{
  g_free (((DraftKey *) key)->field);
}

static gboolean
find_naming_drafts (Erasure  *self,
                    CrmDb    *db,
                    GArray   *people,
                    GArray   *found,
                    GError  **error)
{
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT record, entity, field, value FROM draft", error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  while (crm_db_step (db, stmt, &row, error))
    {
      DraftKey key;

      if (!row)
        return TRUE;
      if (!is_draft_of (self, people, (const char *) sqlite3_column_text (stmt, 3)))
        continue;
      key = (DraftKey) { sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1), g_strdup ((const char *) sqlite3_column_text (stmt, 2)) };
      g_array_append_val (found, key);
    }
  return FALSE;
}

/* What is typed of others and names the person: it is not saved yet, and nobody can be asked. Of a new record all goes. */
static gboolean
delete_naming_drafts (Erasure  *self,
                      CrmDb    *db,
                      GArray   *people,
                      GError  **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (DraftKey));

  g_array_set_clear_func (found, clear_draft_key);
  if (!find_naming_drafts (self, db, people, found, error))
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      const DraftKey *key = &g_array_index (found, DraftKey, i);
      CrmStmt *stmt = crm_db_prepare (db, "DELETE FROM draft WHERE record = ?1 AND entity = ?2 AND (field = ?3 OR ?1 = 0)", error);

      if (stmt == NULL)
        return FALSE;
      crm_stmt_bind_integer (stmt, 1, key->record);
      crm_stmt_bind_integer (stmt, 2, key->entity);
      crm_stmt_bind_text (stmt, 3, key->field);
      if (!crm_db_finish (db, stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
delete_drafts (Erasure  *self,
               GArray   *people,
               GError  **error)
{
  CrmDb *db = crm_writer_get_db (self->writer);

  for (guint i = 0; i < people->len; i++)
    if (!run_for_record (db, "DELETE FROM draft WHERE record = ?", g_array_index (people, gint64, i), error))
      return FALSE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const CrmPersonRow *row = self->rows->pdata[i];

      if (row->kind != CRM_PERSON_ROW_SHARED &&
          !run_for_record (db, "DELETE FROM draft WHERE record = ?", crm_values_get_id (row->values), error))
        return FALSE;
    }
  return delete_naming_drafts (self, db, people, error);
}

/* The step */

/* An index of words keeps what was deleted until it is merged away. */
static gboolean
rebuild_search (Erasure  *self,
                CrmDb    *db,
                GError  **error)
{
  g_atomic_int_set (&self->request->phase, CRM_ERASE_SEARCH);
  for (guint table = 0; table < CRM_N_SEARCH_TABLES; table++)
    if (!crm_search_text_rebuild (db, (CrmSearchTable) table, error))
      return FALSE;
  return TRUE;
}

static gboolean
erase (Erasure  *self,
       GError  **error)
{
  CrmDb *db = crm_writer_get_db (self->writer);
  g_autoptr (GArray) people = NULL;

  crm_person_rows_add_names (self->rows, self->names);
  people = crm_erase_find_people (db, self->request->person, self->names, error);
  if (people != NULL)
    self->request->people = g_array_ref (people);
  return people != NULL && replace_mentions (self, error) && erase_rows (self, error) && delete_drafts (self, people, error) &&
         crm_writer_follow (self->writer, error) &&
         crm_erase_history (db, people, self->rows, self->names, self->request->kept, self->chosen, crm_writer_get_first (self->writer), error) &&
         rebuild_search (self, db, error) &&
         crm_db_execute (db, "INSERT OR REPLACE INTO setting (name, value) VALUES ('scrub', '1')", error);
}

static gboolean
run_step (CrmWriter     *writer,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  CrmEraseRequest *request = data;
  g_autoptr (GPtrArray) rows = crm_person_rows_read (crm_writer_get_db (writer), request->person, error);
  g_autoptr (CrmNeedles) names = crm_needles_new ();
  g_autoptr (GHashTable) chosen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Erasure self = { writer, request, cancellable, rows, names, chosen };

  crm_writer_set_kind (writer, CRM_STEP_FINAL, 0);
  return rows != NULL && erase (&self, error);
}

/* The files */

/* Waits for who reads, but not for ever. */
static gboolean
empty_log (CrmDb     *db,
           gboolean  *is_open,
           GError   **error)
{
  gint64 busy;

  if (!crm_db_get_integer (db, "PRAGMA wal_checkpoint(TRUNCATE)", 1, &busy, error))
    return FALSE;
  *is_open = busy != 0;
  return TRUE;
}

static gboolean
run_vacuum (CrmDb   *db,
            GError **error)
{
  if (!crm_db_execute (db, "PRAGMA temp_store = FILE", error))
    return FALSE;
  /* For that SQLite has to attach a file, which is forbidden otherwise. */
  sqlite3_limit (crm_db_get_handle (db), SQLITE_LIMIT_ATTACHED, 1);
  return crm_db_execute (db, "VACUUM", error);
}

/*
 * Writes the file anew, over a connection of its own: it needs as much room as the base, which may be more than there is memory. What is written in
 * between lies beside the base, not where everybody's temporary files are, and has no name. No other connection has temporary files.
 */
static gboolean
vacuum (CrmDb   *db,
        GError **error)
{
  static GMutex one_at_a_time;
  g_autofree char *folder = g_path_get_dirname (crm_db_get_path (db));
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&one_at_a_time);
  g_autoptr (CrmDb) own = crm_db_open (crm_db_get_path (db), CRM_DB_WRITE, error);
  gboolean ok;

  if (own == NULL)
    return FALSE;
  sqlite3_temp_directory = sqlite3_mprintf ("%s", folder);
  ok = run_vacuum (own, error);
  g_clear_pointer (&sqlite3_temp_directory, sqlite3_free);
  return ok;
}

gboolean
crm_erase_scrub (CrmDb     *db,
                 gboolean  *is_open,
                 GError   **error)
{
  gint64 wanted;
  guint n_removed;

  *is_open = FALSE;
  if (!crm_db_get_integer (db, "SELECT 1 FROM setting WHERE name = 'scrub'", 0, &wanted, error) || wanted == 0)
    return wanted == 0;
  if (!crm_document_remove_unused (db, &n_removed, error) || !vacuum (db, error) || !empty_log (db, is_open, error))
    return FALSE;
  return *is_open || crm_db_execute (db, "DELETE FROM setting WHERE name = 'scrub'", error);
}

static gboolean
delete_backups (const CrmEraseRequest  *request,
                GError                **error)
{
  for (guint i = 0; i < request->backups->len; i++)
    if (!crm_erase_delete_backup (request->backups->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gpointer
run_erase (CrmDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  CrmEraseRequest *request = ((CrmStoreStep *) data)->data;

  if (crm_store_run_step (db, data, cancellable, error) == NULL)
    return NULL;
  /* From here on it is done; what remains must not be left half done. */
  crm_db_set_cancellable (db, NULL);
  g_atomic_int_set (&request->phase, CRM_ERASE_FILES);
  if (!crm_erase_scrub (db, &request->is_open, error) || !delete_backups (request, error))
    return NULL;
  request->left = crm_erase_find_backups (crm_db_get_path (db), request->people);
  return GINT_TO_POINTER (TRUE);
}

void
crm_erase_async (CrmStore            *store,
                 CrmEraseRequest     *request,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  g_return_if_fail (CRM_IS_STORE (store));
  g_return_if_fail (request != NULL);

  crm_store_write_async (store, run_erase, crm_store_step_new (store, _("Erase a person"), run_step, request, NULL), crm_store_step_async, NULL,
                         cancellable, callback, user_data);
}

gboolean
crm_erase_finish (CrmStore      *store,
                  GAsyncResult  *result,
                  GError       **error)
{
  return crm_store_step_finish (store, result, error);
}

gboolean
crm_erase (CrmStore         *store,
           CrmEraseRequest  *request,
           GError          **error)
{
  g_return_val_if_fail (CRM_IS_STORE (store), FALSE);
  g_return_val_if_fail (request != NULL, FALSE);

  return crm_store_write (store, run_erase, crm_store_step_new (store, _("Erase a person"), run_step, request, NULL), NULL, error) != NULL;
}
