/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-cli-private.h"
#include "crm-erase.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-id.h"
#include "crm-output.h"
#include "crm-person-data.h"
#include "crm-person.h"

/* Who is meant: by id or by name */

typedef struct {
  const char *text;
  gint64      id;
} Who;

static gpointer
run_find_job (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Who *who = data;
  g_autofree char *folded = crm_fold (who->text);
  g_autoptr (CrmStmt) stmt = crm_db_prepare (db, "SELECT id FROM person WHERE id = ? OR folds_to (name, ?) ORDER BY id LIMIT 2", error);
  gint64 id = 0;
  gboolean row = FALSE;

  if (stmt == NULL)
    return NULL;
  if (crm_id_parse (who->text, &id))
    crm_stmt_bind_integer (stmt, 1, id);
  crm_stmt_bind_text (stmt, 2, folded);
  if (!crm_db_step (db, stmt, &row, error))
    return NULL;
  who->id = row ? sqlite3_column_int64 (stmt, 0) : 0;
  if (row && !crm_db_step (db, stmt, &row, error))
    return NULL;
  if (who->id != 0 && !row)
    return who;
  if (who->id == 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no person “%s”."), who->text);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("Several people are called “%s”: give the id."), who->text);
  return NULL;
}

static gboolean
find_person (CrmStore    *store,
             const char  *text,
             gint64      *id,
             GError     **error)
{
  Who who = { text, 0 };

  if (crm_store_read (store, run_find_job, &who, error) == NULL)
    return FALSE;
  *id = who.id;
  return TRUE;
}

/* Everything held on a person */

static gpointer
run_data_job (CrmDb         *db,
              gpointer       person,
              GCancellable  *cancellable,
              GError       **error)
{
  return crm_person_data_read (db, *(gint64 *) person, error);
}

static gboolean
write_file (const char  *path,
            const char  *text,
            GError     **error)
{
  g_autoptr (CrmOutput) output = crm_output_new (path, error);

  if (output == NULL)
    return FALSE;
  g_string_append (crm_output_get_text (output), text);
  return crm_output_finish (output, error);
}

CrmCliStatus
crm_cli_run_data_of (CrmCli   *cli,
                     char   ***arguments)
{
  CrmPersonDataFormat format = CRM_PERSON_DATA_JSON;
  g_autoptr (CrmPersonData) data = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  CrmCliStatus status;
  CrmStore *store;
  gboolean is_stdout;
  gint64 id;

  if (!crm_cli_parse (cli, arguments, NULL, 2, 2, &status))
    return status;
  is_stdout = strcmp ((*arguments)[2], "-") == 0;
  if (!is_stdout && !crm_person_data_guess_format ((*arguments)[2], &format))
    return crm_cli_misuse (cli, "%s", _("The file’s name has to end in .json, .html or .txt; “-” is the output, as JSON."));
  store = crm_cli_open (cli, TRUE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  if (!find_person (store, (*arguments)[1], &id, &error))
    return crm_cli_refuse (cli, error);
  data = crm_store_read (store, run_data_job, &id, &error);
  if (data == NULL)
    return crm_cli_refuse (cli, error);
  text = crm_person_data_format (data, format);
  if (is_stdout)
    crm_cli_print (cli, text);
  else if (!write_file ((*arguments)[2], text, &error))
    return crm_cli_refuse (cli, error);
  return CRM_CLI_DONE;
}

/* Erasing */

typedef struct {
  CrmCli   *cli;
  gint64    person;
  char    **kept;      /* ids of records whose texts stay */
  gboolean  every;     /* single words of the name, too */
} Erase;

static gpointer
run_plan_job (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  return crm_erase_plan_make (db, ((Erase *) data)->person, error);
}

static gboolean
is_kept (const Erase      *erase,
         const CrmMention *mention)
{
  g_autofree char *id = crm_cli_format_id (mention->id);

  return (!mention->is_sure && !erase->every) || (erase->kept != NULL && g_strv_contains ((const char * const *) erase->kept, id));
}

static void
print_sentences (CrmCli             *cli,
                 const CrmErasePlan *plan,
                 CrmPersonRowKind    kind,
                 const char         *heading)
{
  g_autoptr (GPtrArray) sentences = crm_erase_plan_describe (plan, kind);

  if (sentences->len > 0)
    crm_cli_print_line (cli, "%s", heading);
  for (guint i = 0; i < sentences->len; i++)
    crm_cli_print_line (cli, "  %s", (const char *) sentences->pdata[i]);
}

static void
print_mentions (const Erase        *erase,
                const CrmErasePlan *plan)
{
  if (plan->mentions->len > 0)
    crm_cli_print_line (erase->cli, "%s", _("Texts of other records that name the person:"));
  for (guint i = 0; i < plan->mentions->len; i++)
    {
      const CrmMention *mention = plan->mentions->pdata[i];
      g_autofree char *id = crm_cli_format_id (mention->id);
      g_autofree char *title = crm_cli_clean (mention->title, FALSE);
      g_autofree char *text = crm_cli_clean (mention->text, FALSE);

      crm_cli_print_line (erase->cli, "  %s  %s %s, %s: %s (%s)", id, _(mention->entity->label), title,
                          crm_field_get_label (&mention->entity->fields[mention->field]), text,
                          is_kept (erase, mention) ? _("stays as it is") : _("the name is replaced"));
    }
}

static void
print_backups (CrmCli             *cli,
               const CrmErasePlan *plan)
{
  if (plan->backups->len > 0)
    crm_cli_print_line (cli, "%s", _("Backups that still hold the person; --delete-backups deletes them:"));
  for (guint i = 0; i < plan->backups->len; i++)
    {
      g_autofree char *name = g_filename_display_name (plan->backups->pdata[i]);

      crm_cli_print_line (cli, "  %s", name);
    }
}

static void
print_plan (const Erase        *erase,
            const CrmErasePlan *plan)
{
  g_autofree char *name = crm_cli_clean (plan->name, FALSE);

  crm_cli_print_line (erase->cli, "%s", name);
  print_sentences (erase->cli, plan, CRM_PERSON_ROW_OWN, _("Goes for good:"));
  print_sentences (erase->cli, plan, CRM_PERSON_ROW_ABOUT, _("Is counted on, without what it tells of the person:"));
  print_sentences (erase->cli, plan, CRM_PERSON_ROW_SHARED, _("Others took part, so the text stays without the name:"));
  print_mentions (erase, plan);
  print_backups (erase->cli, plan);
}

static gboolean
run_erase (Erase               *erase,
           CrmStore            *store,
           const CrmErasePlan  *plan,
           gboolean             backups,
           GError             **error)
{
  g_autoptr (CrmEraseRequest) request = crm_erase_request_new (plan->person);
  gboolean ok;

  for (guint i = 0; backups && i < plan->backups->len; i++)
    g_ptr_array_add (request->backups, g_strdup (plan->backups->pdata[i]));
  for (guint i = 0; i < plan->mentions->len; i++)
    {
      const CrmMention *mention = plan->mentions->pdata[i];

      if (is_kept (erase, mention))
        g_hash_table_add (request->kept, crm_mention_make_key (mention->entity, mention->id, mention->field));
    }
  ok = crm_erase (store, request, error);
  if (crm_erase_request_get_phase (request) == CRM_ERASE_FILES)
    crm_cli_print_line (erase->cli, "%s", _("The person is erased."));
  if (request->is_open)
    crm_cli_print_line (erase->cli, "%s", _("Somebody is reading the base, so its log is emptied when a window is opened next."));
  return ok;
}

CrmCliStatus
crm_cli_run_erase (CrmCli   *cli,
                   char   ***arguments)
{
  Erase erase = { .cli = cli };
  gboolean is_dry = FALSE, yes = FALSE, backups = FALSE;
  g_auto (GStrv) kept = NULL;
  const GOptionEntry entries[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &is_dry, N_("Tell what would go, and change nothing"), NULL },
    { "yes", 0, 0, G_OPTION_ARG_NONE, &yes, N_("Really do it"), NULL },
    { "keep", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &kept, N_("Leave the texts of this other record as they are"), N_("ID") },
    { "every-name", 0, 0, G_OPTION_ARG_NONE, &erase.every, N_("Replace a single word of the name in other records, too"), NULL },
    { "delete-backups", 0, 0, G_OPTION_ARG_NONE, &backups, N_("Delete the backups that hold the person"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (CrmErasePlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  CrmCliStatus status;
  CrmStore *store;

  if (!crm_cli_parse (cli, arguments, entries, 1, 1, &status))
    return status;
  erase.kept = kept;
  if (is_dry == yes)
    return crm_cli_misuse (cli, "%s", _("It is either --dry-run or --yes: an erasure cannot be taken back."));
  store = crm_cli_open (cli, TRUE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  if (!find_person (store, (*arguments)[1], &erase.person, &error))
    return crm_cli_refuse (cli, error);
  plan = crm_store_read (store, run_plan_job, &erase, &error);
  if (plan == NULL)
    return crm_cli_refuse (cli, error);
  print_plan (&erase, plan);
  if (yes && !run_erase (&erase, store, plan, backups, &error))
    return crm_cli_refuse (cli, error);
  return CRM_CLI_DONE;
}
