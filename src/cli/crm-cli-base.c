/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>

#include "crm-backup.h"
#include "crm-cli-private.h"
#include "crm-content.h"
#include "crm-document-check.h"
#include "crm-error.h"
#include "crm-file.h"
#include "crm-number.h"
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

/* Documents are told of apart: no backup of the base mends them. */

typedef struct {
  GPtrArray *findings;
  gboolean   remove;
  guint      n_unused;
} Documents;

static gpointer
run_documents_job (CrmDb         *db,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  Documents *documents = data;
  g_autoptr (GHashTable) unused = NULL;

  if (!crm_document_check (db, documents->findings, cancellable, error))
    return NULL;
  if (documents->remove)
    return crm_document_remove_unused (db, &documents->n_unused, error) ? documents : NULL;
  unused = crm_document_find_unused (db, error);
  documents->n_unused = unused == NULL ? 0 : g_hash_table_size (unused);
  return unused == NULL ? NULL : documents;
}

static void
print_findings (CrmCli    *cli,
                GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      g_autofree char *finding = crm_cli_clean (findings->pdata[i], FALSE);

      crm_cli_print_line (cli, "%s", finding);
    }
}

static void
print_unused (CrmCli          *cli,
              const Documents *documents)
{
  g_autofree char *text = NULL;

  if (documents->n_unused == 0)
    return;
  if (documents->remove)
    text = crm_number_fill (ngettext ("%s file that no document needs was removed.", "%s files that no document needs were removed.",
                                      documents->n_unused), documents->n_unused);
  else
    text = crm_number_fill (ngettext ("%s file in the folder of documents is needed by no document, nor to undo anything; a backup may still name it."
                                      " “crm check --remove-unused” removes it.",
                                      "%s files in the folder of documents are needed by no document, nor to undo anything; a backup may still name them."
                                      " “crm check --remove-unused” removes them.", documents->n_unused), documents->n_unused);
  crm_cli_print_line (cli, "%s", text);
}

static CrmCliStatus
check_documents (CrmCli    *cli,
                 CrmStore  *store,
                 gboolean   remove)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  Documents documents = { findings, remove, 0 };
  g_autoptr (GError) error = NULL;

  if (crm_store_maintain (store, run_documents_job, &documents, NULL, &error) == NULL)
    return crm_cli_refuse (cli, error);
  print_findings (cli, findings);
  print_unused (cli, &documents);
  if (findings->len == 0)
    return CRM_CLI_DONE;
  error = g_error_new (CRM_ERROR, CRM_ERROR_NOT_FOUND, _("Documents of “%s” are not whole. Whoever adds the same file again mends one."),
                       crm_cli_get_database (cli));
  return crm_cli_refuse (cli, error);
}

static CrmCliStatus
run_check (CrmCli   *cli,
           char   ***arguments)
{
  gboolean remove = FALSE;
  const GOptionEntry entries[] = {
    { "remove-unused", 0, 0, G_OPTION_ARG_NONE, &remove, N_("Remove the files of documents that are needed no more"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, entries, 0, 0, &status))
    return status;
  store = crm_cli_open (cli, FALSE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  if (crm_store_maintain (store, run_check_job, findings, NULL, &error) == NULL)
    return crm_cli_refuse (cli, error);
  print_findings (cli, findings);
  if (findings->len > 0)
    {
      error = g_error_new (CRM_ERROR, CRM_ERROR_DAMAGED, _("“%s” is damaged."), crm_cli_get_database (cli));
      return crm_cli_refuse (cli, error);
    }
  status = check_documents (cli, store, remove);
  if (status == CRM_CLI_DONE)
    crm_cli_print_line (cli, _("“%s” is whole."), crm_cli_get_database (cli));
  return status;
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

/* The documents of a backup lie in a folder beside it. */
static CrmCliStatus
copy_documents (CrmCli     *cli,
                const char *backup,
                gboolean    there)
{
  g_autofree char *place = crm_file_resolve (backup);
  g_autofree char *beside = g_strconcat (place, ".documents", NULL);
  g_autofree char *own = crm_content_get_folder (crm_cli_get_database (cli));
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint n;

  if (!crm_content_copy_all (there ? own : beside, there ? beside : own, !there, faults, &n, NULL, &error))
    return crm_cli_refuse (cli, error);
  print_findings (cli, faults);
  if (n > 0)
    {
      g_autofree char *count = crm_number_fill (ngettext ("%s document", "%s documents", n), n);

      crm_cli_print_line (cli, there ? _("Its documents lie beside it in “%s”: %s.") : _("Its documents were taken from “%s”: %s."), beside, count);
    }
  if (faults->len == 0)
    return CRM_CLI_DONE;
  error = g_error_new_literal (CRM_ERROR, CRM_ERROR_NOT_FOUND, _("Not all documents could be copied."));
  return crm_cli_refuse (cli, error);
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
  return copy_documents (cli, (*arguments)[1], TRUE);
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
  return copy_documents (cli, (*arguments)[1], FALSE);
}

const CrmCliCommand crm_cli_base_commands[] = {
  { "check", N_("[--remove-unused]"), N_("Tell whether the database is whole: its pages, references, search index and documents"), NULL, run_check },
  { "backup", N_("FILE"), N_("Write a checked copy of the database, and its documents into a folder beside it"),
    N_("The folder is called FILE.documents; “crm restore FILE” takes them from there. Automatic backups hold no documents: those stay where they are."),
    run_backup },
  { "restore", N_("FILE"), N_("Put a backup in the place of the database, which is moved aside and kept"), NULL, run_restore },
  { NULL }
};
