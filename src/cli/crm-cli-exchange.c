/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "crm-cli-private.h"
#include "crm-cli-rows.h"
#include "crm-backup.h"
#include "crm-csv-writer.h"
#include "crm-import.h"
#include "crm-sample.h"

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
  CrmStore        *store;
  const CrmEntity *entity;
  CrmCsvWriter    *writer;
  guint            n;      /* written */
} Export;

/* What the store keeps for itself is of no use elsewhere, but a child without its parent is nobody's. */
static gboolean
is_exported (const CrmEntity *entity,
             guint            field)
{
  return !(entity->fields[field].flags & CRM_FIELD_SYSTEM) || g_strcmp0 (entity->parent, entity->fields[field].name) == 0;
}

static gboolean
export_header (Export  *export,
               GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();

  for (guint i = 0; i < export->entity->n_fields; i++)
    if (is_exported (export->entity, i))
      g_ptr_array_add (cells, (gpointer) export->entity->fields[i].name);
  return crm_csv_writer_add_row (export->writer, (const char * const *) cells->pdata, cells->len, error);
}

static gboolean
export_record (const CrmValues  *values,
               gpointer          data,
               GError          **error)
{
  Export *export = data;
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < export->entity->n_fields; i++)
    if (is_exported (export->entity, i))
      g_ptr_array_add (cells, crm_values_to_plain (values, i));
  export->n++;
  return crm_csv_writer_add_row (export->writer, (const char * const *) cells->pdata, cells->len, error);
}

static gpointer
run_export_job (CrmDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Export *export = data;
  g_autoptr (CrmQuery) query = crm_query_new (export->entity);
  g_autoptr (CrmIdList) found = crm_index_query (crm_store_get_index (export->store), db, query, FALSE, error);

  if (found == NULL || !export_header (export, error) ||
      !crm_cli_read_rows (db, export->entity, found, crm_id_list_get_length (found), TRUE, export_record, export, error))
    return NULL;
  return crm_csv_writer_finish (export->writer, error) ? export : NULL;
}

static CrmCliStatus
run_export (CrmCli   *cli,
            char   ***arguments)
{
  Export export = { 0 };
  g_autoptr (CrmCsvWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, NULL, 2, 3, &status))
    return status;
  if (g_str_equal ((*arguments)[1], crm_document.name) && (*arguments)[3] != NULL)
    return crm_cli_export_document (cli, (*arguments)[2], (*arguments)[3]);
  if ((*arguments)[3] != NULL)
    return crm_cli_misuse (cli, _("“%s” is one argument too many."), (*arguments)[3]);
  export.entity = crm_cli_find_entity (cli, (*arguments)[1]);
  if (export.entity == NULL)
    return CRM_CLI_USAGE;
  export.store = crm_cli_open (cli, TRUE);
  if (export.store == NULL)
    return CRM_CLI_REFUSED;
  export.writer = writer = crm_csv_writer_new ((*arguments)[2], ',', CRM_CSV_WRITER_BOM, &error);
  if (writer == NULL || crm_store_read (export.store, run_export_job, &export, &error) == NULL)
    return crm_cli_refuse (cli, error);
  crm_cli_print_line (cli, ngettext ("%u record written to “%s”.", "%u records written to “%s”.", export.n), export.n,
                      (*arguments)[2]);
  return CRM_CLI_DONE;
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
  { "export", N_("ENTITY FILE.csv | document ID FILE"), N_("Write all records of an entity for a spreadsheet, or a copy of a document"), NULL, run_export },
  { "sample", N_("[--clients N]"), N_("Add invented firms, Turkish and European, to try the program with"), NULL, run_sample },
  { NULL }
};
