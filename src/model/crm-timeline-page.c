/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-timeline-page.h"

#include <glib/gi18n-lib.h>

#include "crm-change.h"
#include "crm-fold.h"
#include "crm-history-list.h"
#include "crm-terms.h"
#include "crm-search-text.h"
#include "crm-text-scan.h"

typedef struct {
  CrmDb                    *db;
  const CrmTimelineRequest *request;
  CrmTerms                 *terms;   /* NULL: any text will do */
  GPtrArray                *items;
} Reading;

CrmTimelineRequest *
crm_timeline_request_copy (const CrmTimelineRequest *self)
{
  CrmTimelineRequest *copy = g_memdup2 (self, sizeof *self);

  copy->channel = g_strdup (self->channel);
  copy->text = g_strdup (self->text);
  return copy;
}

void
crm_timeline_request_free (CrmTimelineRequest *self)
{
  g_free (self->channel);
  g_free (self->text);
  g_free (self);
}

void
crm_timeline_page_free (CrmTimelinePage *self)
{
  g_ptr_array_unref (self->items);
  g_free (self);
}

static char *
dup_column (CrmStmt *stmt,
            int      column)
{
  return g_strdup ((const char *) sqlite3_column_text (stmt, column));
}

/* What is looked for in a text that is folded already. */
static gboolean
holds_terms (const CrmTerms *terms,
             const char     *folded,
             gsize           length)
{
  g_autofree char *text = g_malloc0 (length + CRM_TEXT_SLACK);

  memcpy (text, folded, length);
  return crm_terms_match_inside (terms, NULL, text, length) || crm_terms_match_prefix (terms, text, length);
}

/* Does the search row of a record hold what is looked for? */
static gboolean
matches (Reading          *reading,
         const CrmEntity  *entity,
         gint64            id,
         gboolean         *is_match,
         GError          **error)
{
  g_autoptr (CrmStmt) stmt = NULL;

  *is_match = reading->terms == NULL;
  if (*is_match)
    return TRUE;
  stmt = crm_db_prepare (reading->db, crm_search_text_get_statements (crm_search_text_get_table (entity))->read, error);
  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, id);
  if (!crm_db_step (reading->db, stmt, is_match, error))
    return FALSE;
  if (*is_match)
    *is_match = holds_terms (reading->terms, (const char *) sqlite3_column_text (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0));
  return TRUE;
}

static gboolean
is_older (const CrmTimelineRequest *request,
          gint64                    at,
          gint64                    id)
{
  return at < request->at || (at == request->at && id < request->id);
}

/* Is an entry behind the end of what was asked for? */
static gboolean
is_beyond (const Reading *reading,
           guint          first,
           gint64         at,
           gint64         id)
{
  const CrmTimelineRequest *request = reading->request;

  if (request->limit > 0)
    return reading->items->len - first > request->limit;
  return at < request->until || (at == request->until && id < request->until_id);
}

/* Interactions */

static const char interaction_columns[] =
  "SELECT i.id, i.at, i.subject, substr (i.text, 1, ?4), length (i.text) > ?4, i.channel, i.direction, i.outcome, i.length,"
  " t.id, t.name, t.done IS NOT NULL,"
  " (SELECT count (*) FROM document d WHERE d.interaction = i.id AND d.deleted IS NULL)";

/* An index gives the order: what is beyond the page is not looked at. */
static const char of_client[] =
  " FROM interaction i LEFT JOIN task t ON t.id = i.next_step AND t.deleted IS NULL"
  " WHERE i.client = ?1 AND (i.at, i.id) < (?2, ?3) AND i.deleted IS NULL AND (?5 IS NULL OR i.channel = ?5)"
  " ORDER BY i.at DESC, i.id DESC";
/* The signs keep SQLite from going through the conversations of all people in their order. */
static const char of_person[] =
  " FROM interaction i LEFT JOIN task t ON t.id = i.next_step AND t.deleted IS NULL"
  " WHERE i.id IN (SELECT interaction FROM participant WHERE person = ?1) AND (+i.at, +i.id) < (?2, ?3)"
  " AND i.deleted IS NULL AND (?5 IS NULL OR i.channel = ?5)"
  " ORDER BY +i.at DESC, +i.id DESC";

static gboolean
read_people (CrmDb            *db,
             CrmTimelineEntry *entry,
             GError          **error)
{
  g_autoptr (CrmStmt) stmt =
    crm_db_prepare (db,
                    "SELECT person.id, coalesce (person.name, participant.name, participant.address), participant.role"
                    " FROM participant LEFT JOIN person ON person.id = participant.person AND person.deleted IS NULL"
                    " WHERE participant.interaction = ? ORDER BY participant.id",
                    error);
  gboolean row;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, entry->id);
  while (crm_db_step (db, stmt, &row, error))
    {
      if (!row)
        return TRUE;
      if (sqlite3_column_type (stmt, 1) == SQLITE_NULL)
        continue;
      if (entry->people == NULL)
        entry->people = crm_timeline_people_new ();
      g_ptr_array_add (entry->people, crm_timeline_person_new (sqlite3_column_int64 (stmt, 0), (const char *) sqlite3_column_text (stmt, 1),
                                                               (const char *) sqlite3_column_text (stmt, 2)));
    }
  return FALSE;
}

static gboolean
add_interaction (Reading  *reading,
                 CrmStmt  *stmt,
                 GError  **error)
{
  CrmTimelineEntry entry = {
    .kind = CRM_TIMELINE_INTERACTION,
    .id = sqlite3_column_int64 (stmt, 0),
    .at = sqlite3_column_int64 (stmt, 1),
    .title = dup_column (stmt, 2),
    .text = dup_column (stmt, 3),
    .is_cut = sqlite3_column_int (stmt, 4),
    .channel = dup_column (stmt, 5),
    .direction = dup_column (stmt, 6),
    .outcome = dup_column (stmt, 7),
    .length = sqlite3_column_int64 (stmt, 8),
    .next_step = sqlite3_column_int64 (stmt, 9),
    .next_name = dup_column (stmt, 10),
    .next_done = sqlite3_column_int (stmt, 11),
    .n_documents = (guint) sqlite3_column_int (stmt, 12),
  };
  gboolean is_read = read_people (reading->db, &entry, error);

  g_ptr_array_add (reading->items, crm_timeline_item_new (&entry));
  return is_read;
}

static gboolean
read_interactions (Reading  *reading,
                   GError  **error)
{
  const CrmTimelineRequest *request = reading->request;
  const char *scope = g_str_equal (request->entity->name, "person") ? of_person : of_client;
  g_autofree char *sql = g_strconcat (interaction_columns, scope, NULL);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (reading->db, sql, error);
  guint first = reading->items->len;
  gboolean row, is_match;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, request->record);
  crm_stmt_bind_integer (stmt, 2, request->at);
  crm_stmt_bind_integer (stmt, 3, request->id);
  crm_stmt_bind_integer (stmt, 4, CRM_TIMELINE_TEXT);
  crm_stmt_bind_text (stmt, 5, request->channel);
  while (!is_beyond (reading, first, G_MAXINT64, 0))
    {
      if (!crm_db_step (reading->db, stmt, &row, error))
        return FALSE;
      if (!row || is_beyond (reading, first, sqlite3_column_int64 (stmt, 1), sqlite3_column_int64 (stmt, 0)))
        return TRUE;
      if (!matches (reading, &crm_interaction, sqlite3_column_int64 (stmt, 0), &is_match, error) ||
          (is_match && !add_interaction (reading, stmt, error)))
        return FALSE;
    }
  return TRUE;
}

/* Tasks that are done */

static gboolean
read_tasks (Reading  *reading,
            GError  **error)
{
  const CrmTimelineRequest *request = reading->request;
  gboolean of_one = g_str_equal (request->entity->name, "person");
  g_autoptr (CrmStmt) stmt =
    crm_db_prepare (reading->db,
                    of_one ? "SELECT id, done, name, notes FROM task WHERE person = ?1 AND done IS NOT NULL AND deleted IS NULL"
                             " AND (done, id) < (?2, ?3) ORDER BY done DESC, id DESC"
                           : "SELECT id, done, name, notes FROM task WHERE client = ?1 AND done IS NOT NULL AND deleted IS NULL"
                             " AND (done, id) < (?2, ?3) ORDER BY done DESC, id DESC",
                    error);
  guint first = reading->items->len;
  gboolean row, is_match;

  if (stmt == NULL)
    return FALSE;
  crm_stmt_bind_integer (stmt, 1, request->record);
  crm_stmt_bind_integer (stmt, 2, request->at);
  crm_stmt_bind_integer (stmt, 3, request->id);
  while (!is_beyond (reading, first, G_MAXINT64, 0))
    {
      CrmTimelineEntry entry = { .kind = CRM_TIMELINE_TASK };

      if (!crm_db_step (reading->db, stmt, &row, error))
        return FALSE;
      if (!row || is_beyond (reading, first, sqlite3_column_int64 (stmt, 1), sqlite3_column_int64 (stmt, 0)))
        return TRUE;
      entry.id = sqlite3_column_int64 (stmt, 0);
      entry.at = sqlite3_column_int64 (stmt, 1);
      if (!matches (reading, &crm_task, entry.id, &is_match, error))
        return FALSE;
      if (!is_match)
        continue;
      entry.title = dup_column (stmt, 2);
      entry.text = dup_column (stmt, 3);
      g_ptr_array_add (reading->items, crm_timeline_item_new (&entry));
    }
  return TRUE;
}

/* Steps that changed the record */

/* "City: Bursa → İzmir"; NULL: nothing that is told here, as what follows from conversations and tasks. */
static char *
tell_change (const CrmTimelineRequest *request,
             const CrmHistoryEntry    *change)
{
  const char *label = _(change->entity->label);
  const char *field;
  g_autofree char *title = NULL;

  if (change->field < 0)
    {
      const char *name = change->op == CRM_CHANGE_INSERTED ? change->after : change->before;

      if (name == NULL)
        return g_strdup_printf (change->op == CRM_CHANGE_INSERTED ? _("%s added") : _("%s removed"), label);
      return g_strdup_printf (change->op == CRM_CHANGE_INSERTED ? _("%s added: %s") : _("%s removed: %s"), label, name);
    }
  if (change->entity->fields[change->field].derived != NULL)
    return NULL;
  field = crm_field_get_label (&change->entity->fields[change->field]);
  title = change->entity == request->entity ? g_strdup (field) : g_strdup_printf ("%s, %s", label, field);
  return g_strdup_printf ("%s: %s → %s", title, change->before != NULL ? change->before : "—", change->after != NULL ? change->after : "—");
}

static gboolean
step_matches (const Reading *reading,
              const char    *label,
              const char    *lines)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  if (reading->terms == NULL)
    return TRUE;
  crm_fold_append (folded, label, -1);
  g_string_append_c (folded, ' ');
  crm_fold_append (folded, lines, -1);
  return holds_terms (reading->terms, folded->str, folded->len);
}

static void
add_step (Reading               *reading,
          const CrmHistoryEntry *step,
          const GString         *lines)
{
  CrmTimelineEntry entry = { .kind = CRM_TIMELINE_STEP, .id = step->step, .at = step->at };

  if (lines->len == 0 || !is_older (reading->request, step->at, step->step) || !step_matches (reading, step->label, lines->str))
    return;
  entry.title = g_strdup (step->label);
  entry.who = g_strdup (step->who);
  entry.text = g_strdup (lines->str);
  g_ptr_array_add (reading->items, crm_timeline_item_new (&entry));
}

static gboolean
read_steps (Reading  *reading,
            GError  **error)
{
  g_autoptr (GPtrArray) changes = crm_history_read_record (reading->db, reading->request->record, 0, error);
  g_autoptr (GString) lines = g_string_new (NULL);
  guint first = reading->items->len;

  if (changes == NULL)
    return FALSE;
  for (guint i = 0; i < changes->len; i++)
    {
      const CrmHistoryEntry *change = changes->pdata[i];
      const CrmHistoryEntry *next = i + 1 < changes->len ? changes->pdata[i + 1] : NULL;
      g_autofree char *line = tell_change (reading->request, change);

      if (is_beyond (reading, first, change->at, change->step))
        break;
      if (line != NULL)
        g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", line);
      if (next == NULL || next->step != change->step)
        {
          add_step (reading, change, lines);
          g_string_truncate (lines, 0);
        }
    }
  return TRUE;
}

/* All of it */

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const CrmTimelineEntry *x = crm_timeline_item_get (*(CrmTimelineItem **) a);
  const CrmTimelineEntry *y = crm_timeline_item_get (*(CrmTimelineItem **) b);

  return x->at != y->at ? (x->at < y->at ? 1 : -1) : (x->id < y->id) - (x->id > y->id);
}

gpointer
crm_timeline_page_read (CrmDb         *db,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  const CrmTimelineRequest *request = data;
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (CrmTerms) terms = crm_terms_parse (request->text);
  Reading reading = { db, request, terms->n_terms > 0 ? terms : NULL, items };
  CrmTimelinePage *page;

  if (!read_interactions (&reading, error))
    return NULL;
  if (request->woven && request->channel == NULL)
    {
      if (!read_tasks (&reading, error) || !read_steps (&reading, error))
        return NULL;
      g_ptr_array_sort (items, compare_newest_first);
    }
  page = g_new (CrmTimelinePage, 1);
  *page = (CrmTimelinePage) { .has_more = request->limit > 0 && items->len > request->limit };
  if (page->has_more)
    g_ptr_array_set_size (items, (int) request->limit);
  page->items = g_steal_pointer (&items);
  return page;
}
