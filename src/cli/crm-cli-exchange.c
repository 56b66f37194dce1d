/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crm-cli-private.h"
#include "crm-backup.h"
#include "crm-error.h"
#include "crm-export.h"
#include "crm-id.h"
#include "crm-import.h"
#include "crm-sample.h"
#include "crm-sql.h"

/* Of one call, as a shell expands *.vcf */
#define MAX_FILES 10000

/* Progress, where somebody sees it */

static void
show_progress (gint64   done,
               gint64   all,
               gpointer data)
{
  int *shown = data;
  int percent = all == 0 ? 100 : (int) (100 * done / all);

  if (percent == *shown || !isatty (STDERR_FILENO))
    return;
  *shown = percent;
  fprintf (stderr, "\r%3d %%", percent);
  fflush (stderr);
}

static void
clear_progress (int shown)
{
  if (shown >= 0)
    fputs ("\r     \r", stderr);
}

/* Import */

/* A base that is empty is soon made again. */
static gpointer
run_backup_job (CrmDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  gint64 any;

  if (!crm_db_get_integer (db, "SELECT EXISTS (SELECT 1 FROM client) OR EXISTS (SELECT 1 FROM person)", 0, &any, error))
    return NULL;
  return any == 0 || crm_backup_automatic (db, "import", NULL, error) ? data : NULL;
}

typedef struct {
  const CrmImportOptions *options;
  int                     shown; /* per cent */
} Plan;

static gpointer
run_plan_job (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Plan *plan = data;

  return crm_import_plan (db, plan->options, show_progress, &plan->shown, cancellable, error);
}

static CrmImportResult *
import (CrmStore                *store,
        const CrmImportOptions  *options,
        gboolean                 dry_run,
        GError                 **error)
{
  Plan plan = { options, -1 };
  CrmImportRun run = { .options = options, .progress = show_progress, .data = &plan.shown };

  if (dry_run)
    run.result = crm_store_maintain (store, run_plan_job, &plan, NULL, error);
  /* What is counted is not yet committed. */
  else if (crm_store_maintain (store, run_backup_job, &plan, NULL, error) != NULL &&
           !crm_store_step (store, "", crm_import_run, &run, NULL, error))
    g_clear_pointer (&run.result, crm_import_result_free);
  clear_progress (plan.shown);
  return run.result;
}

static CrmCliStatus
refuse_file (CrmCli     *cli,
             const char *path,
             GError     *error)
{
  g_autofree char *name = g_filename_display_basename (path);

  if (strstr (error->message, name) == NULL)
    g_prefix_error (&error, "%s: ", name);
  return crm_cli_refuse (cli, error);
}

static CrmCliStatus
map_columns (CrmCli            *cli,
             CrmImportOptions  *options,
             char             **map)
{
  for (guint i = 0; map != NULL && map[i] != NULL; i++)
    {
      const char *mark = strchr (map[i], '=');
      g_autofree char *field = g_strndup (map[i], (gsize) (mark - map[i]));
      g_autoptr (GError) error = NULL;

      if (!crm_mapping_set_named (options->mapping, field, mark + 1, &error))
        return refuse_file (cli, options->path, error);
    }
  return CRM_CLI_DONE;
}

static CrmCliStatus
check_call (CrmCli      *cli,
            const char  *key,
            CrmMatch    *match,
            char       **map)
{
  g_autoptr (GError) error = NULL;

  if (key != NULL && !crm_match_find (key, match, &error))
    return crm_cli_misuse (cli, "%s", error->message);
  for (guint i = 0; map != NULL && map[i] != NULL; i++)
    if (strchr (map[i], '=') == NULL)
      return crm_cli_misuse (cli, _("“%s” is no FIELD=COLUMN."), map[i]);
  return CRM_CLI_DONE;
}

static CrmCliStatus
import_file (CrmCli            *cli,
             CrmImportOptions  *options,
             gboolean           dry_run)
{
  CrmStore *store = crm_cli_open (cli, TRUE);
  g_autoptr (CrmImportResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (store == NULL)
    return CRM_CLI_REFUSED;
  result = import (store, options, dry_run, &error);
  if (result == NULL)
    return refuse_file (cli, options->path, error);
  text = crm_import_result_to_text (result);
  crm_cli_print_lines (cli, text);
  if (result->is_cards && result->n_new + result->n_changed + result->n_unchanged + result->n_rejected == 0)
    {
      /* Most likely they are something else. */
      error = g_error_new (CRM_ERROR, CRM_ERROR_INVALID, ngettext ("There is no vCard in the file.", "There is no vCard in the files.",
                                                                   g_strv_length (options->cards)));
      return crm_cli_refuse (cli, error);
    }
  return CRM_CLI_DONE;
}

/* Files of cards come as many as there are; a CSV file comes alone. */
static CrmCliStatus
make_options (CrmCli             *cli,
              char              **paths,
              gboolean            is_mapped,
              CrmImportOptions  **options)
{
  g_autoptr (GError) error = NULL;
  guint n = g_strv_length (paths), n_cards = 0;

  for (guint i = 0; i < n; i++)
    n_cards += crm_import_is_card_file (paths[i]);
  if (n_cards < n && n > 1)
    return crm_cli_misuse (cli, "%s", _("Several files can be imported at once only if all of them are vCards."));
  if (n_cards > 0 && is_mapped)
    return crm_cli_misuse (cli, "%s", _("A vCard has no columns to be mapped, and is matched by what it says."));
  *options = n_cards > 0 ? crm_import_options_new_for_cards ((const char * const *) paths) : crm_import_options_new (paths[0], &error);
  return *options != NULL ? CRM_CLI_DONE : refuse_file (cli, paths[0], error);
}

static CrmCliStatus
run_import (CrmCli   *cli,
            char   ***arguments)
{
  gboolean dry_run = FALSE;
  g_autofree char *key = NULL;
  g_auto (GStrv) map = NULL;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_("Only tell what would happen"), NULL },
    { "match", 0, 0, G_OPTION_ARG_FILENAME, &key, N_("By what a row is found among the clients"), N_("KEY") },
    { "map", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &map, N_("The column that goes to a field, by name or number; empty: none"),
      N_("FIELD=COLUMN") },
    G_OPTION_ENTRY_NULL,
  };
  CrmMatch match = CRM_MATCH_AUTO;
  g_autoptr (CrmImportOptions) options = NULL;
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, entries, 1, MAX_FILES, &status))
    return status;
  status = check_call (cli, key, &match, map);
  if (status == CRM_CLI_DONE)
    status = make_options (cli, *arguments + 1, map != NULL || key != NULL, &options);
  if (status != CRM_CLI_DONE)
    return status;
  options->match = match;
  status = map_columns (cli, options, map);
  return status == CRM_CLI_DONE ? import_file (cli, options, dry_run) : status;
}

/* Export */

typedef struct {
  CrmExport  export;
  CrmStore  *store;
  CrmQuery  *query;
  GArray    *ids; /* of gint64: only these; empty: those of the query */
  guint      n;   /* written */
} Export;

/* Each that is asked for has to be there. */
static gboolean
check_ids (CrmDb         *db,
           const Export  *self,
           GError       **error)
{
  for (guint i = 0; i < self->ids->len; i++)
    {
      gint64 id = g_array_index (self->ids, gint64, i);
      g_autoptr (GError) failure = NULL;
      g_autoptr (CrmValues) values = crm_sql_read (db, self->export.entity, id, &failure);
      g_autofree char *number = crm_cli_format_id (id);

      if (values == NULL && failure == NULL)
        g_set_error (&failure, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no record with the id %s."), number);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}

static gpointer
run_export_job (CrmDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Export *self = data;
  g_autoptr (CrmIdList) ids = self->ids->len > 0
                                ? crm_id_list_new_plain (g_memdup2 (self->ids->data, self->ids->len * sizeof (gint64)), self->ids->len, NULL)
                                : crm_index_query (crm_store_get_index (self->store), db, self->query, FALSE, error);

  if (ids == NULL || !check_ids (db, self, error))
    return NULL;
  self->export.ids = ids;
  return crm_export_run (&self->export, db, &self->n, cancellable, error) ? self : NULL;
}

static CrmCliStatus
take_ids (CrmCli  *cli,
          Export  *self,
          char   **ids)
{
  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      gint64 id;

      if (!crm_id_parse (ids[i], &id))
        return crm_cli_misuse (cli, _("“%s” is no id."), ids[i]);
      g_array_append_val (self->ids, id);
    }
  return CRM_CLI_DONE;
}

static CrmCliStatus
set_version (CrmCli     *cli,
             Export     *self,
             const char *text)
{
  self->export.version = text == NULL || g_str_equal (text, "4.0") ? CRM_VCARD_4_0 : CRM_VCARD_3_0;
  if (text != NULL && !g_str_equal (text, "4.0") && !g_str_equal (text, "3.0"))
    return crm_cli_misuse (cli, _("vCards can be written in version 4.0 or 3.0, not “%s”."), text);
  return CRM_CLI_DONE;
}

static CrmCliStatus
export_records (CrmCli  *cli,
                Export  *self,
                char   **where,
                char   **ids)
{
  g_autoptr (GError) error = NULL;
  CrmCliStatus status;

  self->query = crm_query_new (self->export.entity);
  status = crm_cli_add_conditions (cli, self->query, where);
  if (status != CRM_CLI_DONE)
    return status;
  if (!crm_export_check (self->export.entity, self->export.path, &error))
    return crm_cli_refuse (cli, error);
  status = take_ids (cli, self, ids);
  if (status != CRM_CLI_DONE)
    return status;
  self->store = crm_cli_open (cli, TRUE);
  if (self->store == NULL)
    return CRM_CLI_REFUSED;
  if (crm_store_read (self->store, run_export_job, self, &error) == NULL)
    return crm_cli_refuse (cli, error);
  crm_cli_print_line (cli, ngettext ("%u record written to “%s”.", "%u records written to “%s”.", self->n), self->n, self->export.path);
  return CRM_CLI_DONE;
}

static void
export_clear (Export *self)
{
  g_clear_pointer (&self->query, crm_query_free);
  g_array_unref (self->ids);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

static CrmCliStatus
run_export (CrmCli   *cli,
            char   ***arguments)
{
  g_auto (GStrv) where = NULL;
  g_auto (GStrv) ids = NULL;
  g_autofree char *version = NULL;
  const GOptionEntry entries[] = {
    { "where", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &where,
      N_("Only those whose field has this value; without VALUE: is empty. All conditions must hold"), N_("FIELD=VALUE") },
    { "id", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &ids, N_("Only the record with this id; can be given several times"), N_("ID") },
    { "vcard", 0, 0, G_OPTION_ARG_FILENAME, &version, N_("The version of the vCards: 4.0, or 3.0 for old programs"), N_("VERSION") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (Export) export = { .ids = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, entries, 2, 3, &status))
    return status;
  if (g_str_equal ((*arguments)[1], crm_document.name) && (*arguments)[3] != NULL)
    return crm_cli_export_document (cli, (*arguments)[2], (*arguments)[3]);
  if ((*arguments)[3] != NULL)
    return crm_cli_misuse (cli, _("“%s” is one argument too many."), (*arguments)[3]);
  if (where != NULL && ids != NULL)
    return crm_cli_misuse (cli, "%s", _("It is either --id or --where."));
  export.export.entity = crm_cli_find_entity (cli, (*arguments)[1]);
  export.export.path = (*arguments)[2];
  if (export.export.entity == NULL)
    return CRM_CLI_USAGE;
  status = set_version (cli, &export, version);
  return status == CRM_CLI_DONE ? export_records (cli, &export, where, ids) : status;
}

/* Sample data */

static void
show_sample_progress (guint    done,
                      guint    clients,
                      gpointer data)
{
  show_progress (done, clients, data);
}

static CrmCliStatus
run_sample (CrmCli   *cli,
            char   ***arguments)
{
  int clients = 1000;
  const GOptionEntry entries[] = {
    { "clients", 0, 0, G_OPTION_ARG_INT, &clients, N_("So many firms, up to 1,000,000, instead of 1,000"), N_("N") },
    G_OPTION_ENTRY_NULL,
  };
  int shown = -1;
  CrmSampleRun run = { .progress = show_sample_progress, .data = &shown };
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  CrmCliStatus status;
  gboolean ok;

  if (!crm_cli_parse (cli, arguments, entries, 0, 0, &status))
    return status;
  if (clients < 1 || clients > CRM_SAMPLE_MAX_CLIENTS)
    return crm_cli_misuse (cli, "%s", _("The number of clients must be from 1 to 1,000,000."));
  run.clients = (guint) clients;
  store = crm_cli_open (cli, TRUE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  ok = crm_store_step (store, "", crm_sample_run, &run, NULL, &error);
  clear_progress (shown);
  if (!ok)
    return crm_cli_refuse (cli, error);
  crm_cli_print_line (cli, ngettext ("%u invented firm added.", "%u invented firms added.", run.clients), run.clients);
  return CRM_CLI_DONE;
}

const CrmCliCommand crm_cli_exchange_commands[] = {
  { "import", N_("FILE… [--dry-run] [--match KEY] [--map FIELD=COLUMN]…"), N_("Take in a list of clients, or vCards: new, changed, unchanged, rejected"),
    N_("Files of vCards (FILE.vcf, several at once) are people with the firms they work at, and firms. Of a list of clients (CSV)\n"
       "encoding, delimiter, header and columns are found out. KEY is auto, none, tax_number, email, phone, name_city or name; without it the first of\n"
       "these that a row fills counts. Of a known client only filled cells change anything. It is one step: “crm undo” takes all of it back.\n"
       "The last line is always “N new, N changed, N unchanged, N rejected”, in no language but this."),
    run_import },
  { "export", N_("ENTITY FILE.csv|FILE.vcf [--where FIELD=VALUE]… [--id ID]… | document ID FILE"),
    N_("Write records for a spreadsheet, or people and clients as vCards, or a copy of a document"),
    N_("A FILE.vcf of clients holds the cards of the people who work there, too."), run_export },
  { "sample", N_("[--clients N]"), N_("Add invented firms, Turkish and European, to try the program with"), NULL, run_sample },
  { NULL }
};
