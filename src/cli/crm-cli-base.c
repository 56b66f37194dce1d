/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>

#include "crm-backup.h"
#include "crm-cli-private.h"
#include "crm-error.h"
#include "crm-schema.h"
#include "crm-search-text.h"

/* Is all well? What is wrong is collected, so that one fault does not hide the others. */

static void
add_finding (GPtrArray *findings,
             char      *finding)
{
  g_ptr_array_add (findings, finding);
}

static void
add_failure (GPtrArray *findings,
             GError    *failure)
{
  if (failure == NULL)
    return;
  add_finding (findings, g_strdup (failure->message));
  g_error_free (failure);
}

static void
check_integrity (CrmDb     *db,
                 GPtrArray *findings)
{
  GError *failure = NULL;
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "PRAGMA integrity_check", &failure);
  gboolean row = stmt != NULL;

  while (row && crm_db_step (db, stmt, &row, &failure) && row)
    {
      const char *told = (const char *) sqlite3_column_text (stmt, 0);

      if (g_strcmp0 (told, "ok") != 0)
        add_finding (findings, g_strdup_printf (_("Damage: %s"), told));
    }
  add_failure (findings, failure);
}

static void
check_references (CrmDb     *db,
                  GPtrArray *findings)
{
  GError *failure = NULL;
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "PRAGMA foreign_key_check", &failure);
  gboolean row = stmt != NULL;

  while (row && crm_db_step (db, stmt, &row, &failure) && row)
    add_finding (findings, g_strdup_printf (_("The record %s of “%s” refers to one of “%s” that is missing."),
                                            (const char *) sqlite3_column_text (stmt, 1),
                                            (const char *) sqlite3_column_text (stmt, 0),
                                            (const char *) sqlite3_column_text (stmt, 2)));
  add_failure (findings, failure);
}

static void
check_search (CrmDb     *db,
              GPtrArray *findings)
{
  GError *failure = NULL;
  guint n_wrong = 0;

  if (crm_search_text_check (db, &n_wrong, &failure) && n_wrong > 0)
    add_finding (findings, g_strdup_printf (ngettext ("The search text of %u record is wrong.",
                                                      "The search texts of %u records are wrong.", n_wrong), n_wrong));
  add_failure (findings, failure);
}

static gpointer
run_check_job (CrmDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  GPtrArray *findings = data;
  GError *failure = NULL;

  check_integrity (db, findings);
  check_references (db, findings);
  crm_schema_verify (db, &failure);
  add_failure (findings, failure);
  check_search (db, findings);
  return findings;
}

static CrmCliStatus
run_check (CrmCli   *cli,
           char   ***arguments)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, NULL, 0, 0, &status))
    return status;
  store = crm_cli_open (cli, FALSE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  if (crm_store_maintain (store, run_check_job, findings, NULL, &error) == NULL)
    return crm_cli_refuse (cli, error);
  for (guint i = 0; i < findings->len; i++)
    crm_cli_print_line (cli, "%s", (const char *) g_ptr_array_index (findings, i));
  if (findings->len == 0)
    {
      crm_cli_print_line (cli, _("“%s” is whole."), crm_cli_get_database (cli));
      return CRM_CLI_DONE;
    }
  error = g_error_new (CRM_ERROR, CRM_ERROR_DAMAGED, _("“%s” is damaged."), crm_cli_get_database (cli));
  return crm_cli_refuse (cli, error);
}

/* Backups */

static gpointer
run_backup_job (CrmDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return crm_backup_write (db, data, error) ? data : NULL;
}

static CrmCliStatus
run_backup (CrmCli   *cli,
            char   ***arguments)
{
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, NULL, 1, 1, &status))
    return status;
  store = crm_cli_open (cli, FALSE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  if (crm_store_maintain (store, run_backup_job, (*arguments)[1], NULL, &error) == NULL)
    return crm_cli_refuse (cli, error);
  crm_cli_print_line (cli, _("“%s” is a whole copy of “%s”."), (*arguments)[1], crm_cli_get_database (cli));
  return CRM_CLI_DONE;
}

static CrmCliStatus
run_restore (CrmCli   *cli,
             char   ***arguments)
{
  const char *database;
  g_autofree char *aside = NULL;
  g_autoptr (GError) error = NULL;
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, NULL, 1, 1, &status))
    return status;
  database = crm_cli_get_database (cli);
  if (!crm_cli_lock (cli, CRM_LOCK_RESTORE))
    return CRM_CLI_REFUSED;
  if (!crm_backup_restore ((*arguments)[1], database, &aside, &error))
    return crm_cli_refuse (cli, error);
  crm_cli_print_line (cli, _("“%s” is restored from “%s”."), database, (*arguments)[1]);
  if (aside != NULL)
    crm_cli_print_line (cli, _("What was there before is “%s”."), aside);
  return CRM_CLI_DONE;
}

const CrmCliCommand crm_cli_base_commands[] = {
  { "check", NULL, N_("Tell whether the database is whole: its pages, references and search index"), NULL, run_check },
  { "backup", N_("FILE"), N_("Write a checked copy of the database"), NULL, run_backup },
  { "restore", N_("FILE"), N_("Put a backup in the place of the database, which is moved aside and kept"), NULL, run_restore },
  { NULL }
};
