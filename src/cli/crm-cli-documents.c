/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

#include "crm-cli-private.h"
#include "crm-document-store.h"
#include "crm-error.h"
#include "crm-id.h"
#include "crm-sql.h"

/* Files become documents */

typedef struct {
  gint64           id;
  const CrmEntity *owner;
} Owner;

static gpointer
run_find_job (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Owner *owner = data;
  GError *failure = NULL;

  owner->owner = crm_sql_find_entity (db, owner->id, &failure);
  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (owner->owner == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no record with the id %" PRIu64 "."), (guint64) owner->id);
  else if (crm_entity_find_field (&crm_document, owner->owner->name) < 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: only clients, people and conversations have documents."), _(owner->owner->label));
  else
    return owner;
  return NULL;
}

static GPtrArray *
make_files (char **names)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (; *names != NULL; names++)
    g_ptr_array_add (files, g_file_new_for_path (*names));
  return files;
}

/* What was not taken is told, and makes the command refused, though the others were. */
static CrmCliStatus
tell_result (CrmCli                  *cli,
             const CrmDocumentResult *result)
{
  for (guint i = 0; i < result->ids->len; i++)
    crm_cli_print_line (cli, "%" G_GINT64_FORMAT, g_array_index (result->ids, gint64, i));
  for (guint i = 0; i < result->refused->len; i++)
    {
      g_autoptr (GError) refusal = g_error_new_literal (CRM_ERROR, CRM_ERROR_INVALID, result->refused->pdata[i]);

      crm_cli_refuse (cli, refusal);
    }
  for (guint i = 0; i < result->known->len; i++)
    {
      g_autofree char *name = crm_cli_clean (result->known->pdata[i], FALSE);
      g_autoptr (GError) refusal = g_error_new (CRM_ERROR, CRM_ERROR_INVALID, _("The record has “%s” already."), name);

      crm_cli_refuse (cli, refusal);
    }
  return result->refused->len + result->known->len > 0 ? CRM_CLI_REFUSED : CRM_CLI_DONE;
}

CrmCliStatus
crm_cli_run_attach (CrmCli   *cli,
                    char   ***arguments)
{
  gboolean picture = FALSE;
  const GOptionEntry entries[] = {
    { "picture", 0, 0, G_OPTION_ARG_NONE, &picture, N_("As the picture on the card: the photo of a person, the logo of a client"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  Owner owner = { 0 };
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (CrmDocumentResult) result = NULL;
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, entries, 2, G_MAXUINT, &status))
    return status;
  if (!crm_id_parse ((*arguments)[1], &owner.id))
    return crm_cli_misuse (cli, _("“%s” is no id."), (*arguments)[1]);
  if (picture && (*arguments)[3] != NULL)
    return crm_cli_misuse (cli, "%s", _("A record has one picture."));
  store = crm_cli_open (cli, TRUE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  files = make_files (*arguments + 2);
  if (crm_store_read (store, run_find_job, &owner, &error) != NULL)
    result = crm_document_add_files (store, owner.owner, owner.id, picture ? crm_document_get_picture_kind (owner.owner) : "file", files, &error);
  return result != NULL ? tell_result (cli, result) : crm_cli_refuse (cli, error);
}

/* A document becomes a file */

static gpointer
run_read_job (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const gint64 *id = data;
  GError *failure = NULL;
  CrmValues *document = crm_sql_read (db, &crm_document, *id, &failure);

  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (document == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no document with the id %" PRIu64 "."), (guint64) *id);
  return document;
}

CrmCliStatus
crm_cli_export_document (CrmCli     *cli,
                         const char *number,
                         const char *path)
{
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (CrmValues) document = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  gint64 id;

  if (!crm_id_parse (number, &id))
    return crm_cli_misuse (cli, _("“%s” is no id."), number);
  store = crm_cli_open (cli, TRUE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  document = crm_store_read (store, run_read_job, &id, &error);
  if (document == NULL ||
      !crm_content_save (crm_cli_get_database (cli), crm_values_get_text (document, CRM_DOCUMENT_HASH), target, NULL, &error))
    return crm_cli_refuse (cli, error);
  name = crm_cli_clean (crm_values_get_text (document, CRM_DOCUMENT_NAME), FALSE);
  crm_cli_print_line (cli, _("“%s” written to “%s”."), name, path);
  return CRM_CLI_DONE;
}
