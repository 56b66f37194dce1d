/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#include "crm-client.h"
#include "crm-decider.h"
#include "crm-error.h"
#include "crm-firms.h"
#include "crm-import-pictures.h"
#include "crm-import-private.h"
#include "crm-import-reader.h"
#include "crm-import-write.h"
#include "crm-number.h"
#include "crm-person.h"
#include "crm-reference.h"
#include "crm-vcard-reader.h"

/* Rows between two reports of progress. */
#define PROGRESS_ROWS 512

/* What is kept in memory of a client that the file speaks of is little, but not nothing. */
#define MAX_ROWS 2000000

/* Over the references that wait; in what people write the second finds nothing any more. */
#define MAX_PASSES 8

/* A reference to a client that was not known when the row was read, or that led back to the row's. */
typedef struct {
  guint32  client;
  guint    field;
  char    *name;
  char    *own_name;
  char    *unclear;    /* (nullable): why it cannot be the client's even if it could be made */
  guint64  line;
  gboolean counts;     /* the row does, as unchanged so far */
  gboolean is_done;
} Pending;

typedef struct {
  const CrmImportOptions *options;
  CrmWriter              *writer;   /* NULL: dry run */
  CrmDecider             *decider;  /* about clients */
  CrmDecider             *people;   /* NULL: the file is no card file */
  CrmFirms               *firms;    /* the same */
  CrmKnown               *known;
  CrmImportLinks         *links;
  CrmImportPictures      *pictures; /* NULL: dry run */
  CrmImportResult        *result;
  GArray                 *pending;
  GArray                 *places;   /* of CrmImportFirm: of the row */
  CrmImportProgress       progress;
  gpointer                data;
} Import;

static void
clear_pending (gpointer data)
{
  Pending *pending = data;

  g_free (pending->name);
  g_free (pending->own_name);
  g_free (pending->unclear);
}

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->people, crm_decider_free);
  g_clear_pointer (&self->firms, crm_firms_free);
  g_clear_pointer (&self->pictures, crm_import_pictures_free);
  g_clear_pointer (&self->decider, crm_decider_free);
  g_clear_pointer (&self->result, crm_import_result_free);
  g_clear_pointer (&self->pending, g_array_unref);
  g_clear_pointer (&self->places, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static gboolean
import_init (Import                  *self,
             CrmDb                   *db,
             const CrmImportOptions  *options,
             GError                 **error)
{
  self->options = options;
  if (options->cards == NULL && !crm_mapping_has_name (options->mapping))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("No column is the name of the clients. Choose the one that is."));
      return FALSE;
    }
  self->result = crm_import_result_new (options);
  self->pending = g_array_new (FALSE, TRUE, sizeof (Pending));
  g_array_set_clear_func (self->pending, clear_pending);
  self->places = g_array_new (FALSE, FALSE, sizeof (CrmImportFirm));
  g_array_set_clear_func (self->places, crm_import_firm_clear);
  self->decider = crm_decider_new (db, options, &crm_import_client, error);
  if (self->decider == NULL)
    return FALSE;
  self->known = crm_decider_get_known (self->decider);
  self->links = crm_decider_get_links (self->decider);
  if (options->cards == NULL)
    return TRUE;
  self->people = crm_decider_new (db, options, &crm_import_person, error);
  self->firms = crm_firms_new (self->known, self->writer);
  if (self->writer != NULL)
    self->pictures = crm_import_pictures_new (self->writer);
  return self->people != NULL;
}

/* Counting */

static void
add_warning (Import     *self,
             guint       file,
             guint64     line,
             const char *text)
{
  crm_import_messages_add (self->result->warnings, CRM_IMPORT_MAX_MESSAGES, file, line, text);
  self->result->n_warnings++;
}

static void
add_warnings (Import    *self,
              guint      file,
              guint64    line,
              GPtrArray *warnings)
{
  for (guint i = 0; i < warnings->len; i++)
    add_warning (self, file, line, g_ptr_array_index (warnings, i));
}

/* Damage has a place of its own. */
static void
add_problems (Import             *self,
              const CrmImportRow *row)
{
  for (guint i = 0; row->problems != NULL && i < row->problems->len; i++)
    {
      const CrmVcardProblem *problem = g_ptr_array_index (row->problems, i);

      add_warning (self, row->file, problem->line, problem->text);
    }
}

static void
count_rejected (Import     *self,
                guint       file,
                guint64     line,
                const char *reason)
{
  crm_import_messages_add (self->result->rejected, CRM_IMPORT_MAX_MESSAGES, file, line, reason);
  self->result->n_rejected++;
}

static void
count_changed (Import             *self,
               const CrmImportRow *row,
               CrmDecision        *decision)
{
  CrmImportChange change = { .line = row->line, .file = row->file };

  self->result->n_changed++;
  if (self->result->changed->len >= CRM_IMPORT_MAX_SAMPLES)
    return;
  change.name = g_strdup (crm_values_get_text (row->values, row->subject->name));
  change.differences = g_steal_pointer (&decision->differences);
  decision->differences = crm_import_differences_new ();
  g_array_append_val (self->result->changed, change);
}

static void
count (Import             *self,
       const CrmImportRow *row,
       CrmDecision        *decision)
{
  switch (decision->verdict)
    {
    case CRM_VERDICT_NEW:
      crm_import_messages_add (self->result->added, CRM_IMPORT_MAX_SAMPLES, row->file, row->line,
                               crm_values_get_text (row->values, row->subject->name));
      self->result->n_new++;
      break;
    case CRM_VERDICT_CHANGED:
      count_changed (self, row, decision);
      break;
    case CRM_VERDICT_UNCHANGED:
      self->result->n_unchanged++;
      break;
    default:
      count_rejected (self, row->file, row->line, decision->reason);
      return;
    }
  add_warnings (self, row->file, row->line, row->warnings);
  add_warnings (self, row->file, row->line, decision->warnings);
}

static void
put_off (Import             *self,
         const CrmImportRow *row,
         const CrmDecision  *decision)
{
  for (guint i = 0; i < decision->references->len; i++)
    {
      const CrmImportReference *reference = &g_array_index (decision->references, CrmImportReference, i);
      Pending pending = { decision->client, reference->field, g_strdup (reference->name),
                          g_strdup (crm_values_get_text (row->values, CRM_CLIENT_NAME)), g_strdup (decision->reason), row->line,
                          decision->verdict == CRM_VERDICT_UNCHANGED };

      g_array_append_val (self->pending, pending);
    }
}

/* References to clients further down in the file */

static gboolean
write_reference (Import         *self,
                 const Pending  *pending,
                 guint32         found,
                 GError        **error)
{
  g_autoptr (CrmValues) changes = NULL;

  if (self->writer == NULL)
    return TRUE;
  changes = crm_values_new (&crm_client, crm_known_get_id (self->known, pending->client));
  crm_values_set_reference (changes, pending->field, crm_known_get_id (self->known, found), NULL);
  return crm_writer_update (self->writer, changes, error);
}

/* Why the reference cannot be made; NULL: it can, to @found. */
static char *
find_obstacle (Import        *self,
               const Pending *pending,
               guint32       *found)
{
  const CrmField *field = &crm_client.fields[pending->field];

  if (crm_decider_find_named (self->decider, pending->name, pending->client, found))
    return crm_import_links_leads (self->links, pending->field, *found, pending->client)
             ? crm_reference_describe_circle (field, pending->own_name, pending->name) : NULL;
  if (crm_decider_find_named (self->decider, pending->name, G_MAXUINT32, found))
    return crm_reference_describe_circle (field, pending->own_name, NULL);
  /* Translators: the name of a field and the name of a client */
  return g_strdup_printf (_("%s: “%s” does not exist."), crm_field_get_label (field), pending->name);
}

/* A row that changed nothing else counts as changed with its first reference, or as rejected. */
static void
count_reference (Import     *self,
                 Pending    *pending,
                 GHashTable *counted)
{
  pending->is_done = TRUE;
  if (!pending->counts || !g_hash_table_add (counted, &pending->line))
    return;
  self->result->n_unchanged--;
  if (pending->unclear != NULL)
    count_rejected (self, 0, pending->line, pending->unclear);
  else
    self->result->n_changed++;
}

static gboolean
make_reference (Import         *self,
                const Pending  *pending,
                guint32         found,
                GError        **error)
{
  g_autofree char *choice = NULL;

  if (pending->unclear != NULL)
    return TRUE;
  choice = crm_decider_describe_choice (self->decider, crm_field_get_label (&crm_client.fields[pending->field]), pending->name, pending->client);
  if (choice != NULL)
    add_warning (self, 0, pending->line, choice);
  crm_import_links_set (self->links, pending->field, pending->client, found);
  return write_reference (self, pending, found, error);
}

/* @progress: (out): was any reference made, which may clear the way for others? */
static gboolean
resolve_some (Import      *self,
              GHashTable  *counted,
              gboolean    *progress,
              GError     **error)
{
  *progress = FALSE;
  for (guint i = 0; i < self->pending->len; i++)
    {
      Pending *pending = &g_array_index (self->pending, Pending, i);
      guint32 found;
      g_autofree char *obstacle = pending->is_done ? NULL : find_obstacle (self, pending, &found);

      if (pending->is_done || obstacle != NULL)
        continue;
      if (!make_reference (self, pending, found, error))
        return FALSE;
      count_reference (self, pending, counted);
      *progress = TRUE;
    }
  return TRUE;
}

static void
warn_of_unresolved (Import *self)
{
  for (guint i = 0; i < self->pending->len; i++)
    {
      const Pending *pending = &g_array_index (self->pending, Pending, i);
      g_autoptr (GPtrArray) warnings = g_ptr_array_new_with_free_func (g_free);
      guint32 found;

      if (pending->is_done)
        continue;
      g_ptr_array_add (warnings, find_obstacle (self, pending, &found));
      add_warnings (self, 0, pending->line, warnings);
    }
}

static gboolean
resolve_pending (Import  *self,
                 GError **error)
{
  g_autoptr (GHashTable) counted = g_hash_table_new (g_int64_hash, g_int64_equal);
  gboolean progress = TRUE;

  for (guint pass = 0; progress && pass < MAX_PASSES; pass++)
    if (!resolve_some (self, counted, &progress, error))
      return FALSE;
  warn_of_unresolved (self);
  return TRUE;
}

/* Reading */

static void
warn_of_choice (Import             *self,
                const CrmImportRow *row,
                const CrmImportJob *job)
{
  g_autofree char *text = g_strdup_printf (_("%1$s: several clients are called “%2$s”; the oldest of them is taken."),
                                           crm_field_get_label (&crm_person.fields[CRM_PERSON_FIRM]), job->name);

  add_warning (self, row->file, row->line, text);
}

/* @firms: gets the client that the person gets a position at; nothing in a plan */
static gboolean
find_firm (Import              *self,
           const CrmImportRow  *row,
           const CrmImportJob  *job,
           GArray              *firms,
           GError             **error)
{
  CrmImportFirm found = { 0, NULL };
  guint32 firm;
  guint n;

  n = crm_firms_find (self->firms, &job->firm, &firm);
  if (n > 1)
    warn_of_choice (self, row, job);
  if (n == 0)
    {
      if (!crm_firms_make (self->firms, &job->firm, &firm, error))
        return FALSE;
      crm_import_messages_add (self->result->firms, CRM_IMPORT_MAX_SAMPLES, row->file, row->line, job->name);
      self->result->n_firms++;
    }
  if (self->writer == NULL)
    return TRUE;
  if (!crm_firms_read (self->firms, firm, &found.id, &found.name, error))
    return FALSE;
  g_array_append_val (firms, found);
  return TRUE;
}

static gboolean
write_row (Import              *self,
           const CrmImportRow  *row,
           CrmKnown            *known,
           CrmDecision         *decision,
           GError             **error)
{
  return crm_import_write (self->writer, known, row, decision, self->places, error) &&
         (!decision->takes_picture ||
          crm_import_pictures_add (self->pictures, row->subject->entity, crm_known_get_id (known, decision->client), row->picture, error));
}

static gboolean
follow_decision (Import              *self,
                 const CrmImportRow  *row,
                 CrmDecider          *decider,
                 CrmDecision         *decision,
                 GError             **error)
{
  crm_decider_accept (decider, row);
  put_off (self, row, decision);
  g_array_set_size (self->places, 0);
  for (guint i = 0; i < decision->jobs->len; i++)
    if (!find_firm (self, row, g_ptr_array_index (decision->jobs, i), self->places, error))
      return FALSE;
  return self->writer == NULL || write_row (self, row, crm_decider_get_known (decider), decision, error);
}

static gboolean
import_row (Import              *self,
            const CrmImportRow  *row,
            GError             **error)
{
  CrmDecider *decider = row->subject == &crm_import_client ? self->decider : self->people;
  CrmDecision *decision;

  if (!crm_decider_decide (decider, row, &decision, error))
    return FALSE;
  if (decision->verdict != CRM_VERDICT_REJECTED && !follow_decision (self, row, decider, decision, error))
    {
      g_prefix_error (error, _("Line %" PRIu64 ": "), row->line);
      return FALSE;
    }
  count (self, row, decision);
  return TRUE;
}

static gboolean
check_rows (guint64   n_rows,
            GError  **error)
{
  if (n_rows <= MAX_ROWS)
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("The file has more than %d rows. Import it in parts."), MAX_ROWS);
  return FALSE;
}

static gboolean
import_file (Import        *self,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr (CrmImportReader) reader = crm_import_reader_new (self->options, error);
  g_autoptr (GError) failure = NULL;
  const CrmImportRow *row;
  const char *reason;

  if (reader == NULL)
    return FALSE;
  for (guint64 n = 1; crm_import_reader_next (reader, &row, &reason, &failure); n++)
    {
      if (self->progress != NULL && n % PROGRESS_ROWS == 0)
        self->progress (crm_import_reader_get_position (reader), crm_import_reader_get_size (reader), self->data);
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !check_rows (n, error))
        return FALSE;
      add_problems (self, row);
      if (reason != NULL)
        count_rejected (self, row->file, row->line, reason);
      else if (row->is_empty)
        continue;
      else if (!import_row (self, row, error))
        return FALSE;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return resolve_pending (self, error);
}

CrmImportResult *
crm_import_plan (CrmDb                   *db,
                 const CrmImportOptions  *options,
                 CrmImportProgress        progress,
                 gpointer                 data,
                 GCancellable            *cancellable,
                 GError                 **error)
{
  g_auto (Import) self = { .progress = progress, .data = data };
  gboolean ok;

  /* One state of the base from beginning to end, whoever writes meanwhile */
  if (!crm_db_execute (db, "BEGIN", error))
    return NULL;
  ok = import_init (&self, db, options, error) && import_file (&self, cancellable, error);
  crm_db_execute (db, "ROLLBACK", NULL);
  return ok ? g_steal_pointer (&self.result) : NULL;
}

static char *
make_label (const Import *self)
{
  g_autofree char *name = crm_import_options_get_title (self->options);
  gulong n = (gulong) (self->result->n_new + self->result->n_changed);
  g_autofree char *number = crm_number_format (n);

  if (self->options->cards != NULL)
    /* Translators: what was done, in the history: the name of the file and how many cards were new or changed something */
    return g_strdup_printf (ngettext ("Import %s: %s card", "Import %s: %s cards", n), name, number);
  /* Translators: what was done, in the history: the name of the file and how many clients are new or changed */
  return g_strdup_printf (ngettext ("Import %s: %s client", "Import %s: %s clients", n), name, number);
}

gboolean
crm_import_run (CrmWriter     *writer,
                gpointer       run,
                GCancellable  *cancellable,
                GError       **error)
{
  CrmImportRun *args = run;
  g_auto (Import) self = { .writer = writer, .progress = args->progress, .data = args->data };
  g_autofree char *label = NULL;

  if (!import_init (&self, crm_writer_get_db (writer), args->options, error))
    return FALSE;
  crm_writer_expect (writer, args->expected);
  if (!import_file (&self, cancellable, error))
    {
      if (self.pictures != NULL)
        crm_import_pictures_take_back (self.pictures);
      return FALSE;
    }
  label = make_label (&self);
  crm_writer_set_label (writer, label);
  args->result = g_steal_pointer (&self.result);
  return TRUE;
}
