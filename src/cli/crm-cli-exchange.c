/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>

#include "crm-cli-private.h"
#include "crm-cli-rows.h"
#include "crm-csv-writer.h"
#include "crm-sample.h"

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

  if (!crm_cli_parse (cli, arguments, NULL, 2, 2, &status))
    return status;
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

static CrmCliStatus
run_sample (CrmCli   *cli,
            char   ***arguments)
{
  int clients = 1000;
  const GOptionEntry entries[] = {
    { "clients", 0, 0, G_OPTION_ARG_INT, &clients, N_("So many firms, up to 1,000,000, instead of 1,000"), N_("N") },
    G_OPTION_ENTRY_NULL,
  };
  CrmSampleRun run = { 0 };
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, entries, 0, 0, &status))
    return status;
  if (clients < 1 || clients > CRM_SAMPLE_MAX_CLIENTS)
    return crm_cli_misuse (cli, "%s", _("The number of clients must be from 1 to 1,000,000."));
  run.clients = (guint) clients;
  store = crm_cli_open (cli, TRUE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  if (!crm_store_step (store, "", crm_sample_run, &run, NULL, &error))
    return crm_cli_refuse (cli, error);
  crm_cli_print_line (cli, ngettext ("%u invented firm added.", "%u invented firms added.", run.clients), run.clients);
  return CRM_CLI_DONE;
}

const CrmCliCommand crm_cli_exchange_commands[] = {
  { "export", "ENTITY FILE.csv", N_("Write all records of an entity for a spreadsheet"), NULL, run_export },
  { "sample", "[--clients N]", N_("Add invented firms, Turkish and European, to try the program with"), NULL, run_sample },
  { NULL }
};
