/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>

#include "crm-cli-private.h"
#include "crm-error.h"
#include "crm-mail-log.h"

/* "Teklif (Kuzey Nakliyat; Ayşe Işık)" */
static char *
describe (const CrmMailEntry *entry)
{
  g_autoptr (GString) text = g_string_new (entry->subject != NULL ? entry->subject : entry->file);
  const char *before = " (";

  if (entry->client_name != NULL)
    {
      g_string_append_printf (text, "%s%s", before, entry->client_name);
      before = "; ";
    }
  for (guint i = 0; i < entry->people->len; i++)
    {
      g_string_append_printf (text, "%s%s", before, (const char *) entry->people->pdata[i]);
      before = ", ";
    }
  if (*before != ' ' || before[1] != '(')
    g_string_append_c (text, ')');
  return crm_cli_clean (text->str, FALSE);
}

static void
tell_entry (CrmCli             *cli,
            const CrmMailEntry *entry)
{
  g_autofree char *file = crm_cli_clean (entry->file, FALSE);
  g_autofree char *id = crm_cli_format_id (entry->interaction);
  g_autofree char *words = describe (entry);
  g_autoptr (GError) refusal = NULL;

  if (entry->state == CRM_MAIL_KNOWN)
    crm_cli_print_line (cli, _("%s: logged already: %s"), file, id);
  else if (entry->state == CRM_MAIL_REFUSED)
    {
      refusal = g_error_new_literal (CRM_ERROR, CRM_ERROR_INVALID, entry->reason);
      crm_cli_refuse (cli, refusal);
    }
  else if (entry->interaction != 0)
    crm_cli_print_line (cli, "%s %s", id, words);
  else
    crm_cli_print_line (cli, "%s", words);
  for (guint i = 0; i < entry->problems->len; i++)
    {
      g_autofree char *problem = crm_cli_clean (entry->problems->pdata[i], FALSE);

      crm_cli_print_line (cli, "%s: %s", file, problem);
    }
}

static void
tell_stranger (CrmCli                  *cli,
               const CrmMailStranger   *stranger,
               const CrmMailLogOptions *options)
{
  g_autofree char *text = stranger->client_name == NULL ? g_strdup_printf ("%s <%s>", stranger->name, stranger->address)
                                                        : g_strdup_printf ("%s <%s>, %s", stranger->name, stranger->address, stranger->client_name);
  g_autofree char *words = crm_cli_clean (text, FALSE);

  if (options->new_people)
    crm_cli_print_line (cli, _("New person: %s"), words);
  else
    crm_cli_print_line (cli, _("Unknown: %s; --new-people adds them"), words);
}

CrmCliStatus
crm_cli_log_mails (CrmCli                   *cli,
                   CrmStore                 *store,
                   char                    **names,
                   const CrmMailLogOptions  *options)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (CrmMailLog) log = NULL;
  g_autoptr (GError) error = NULL;

  for (; *names != NULL; names++)
    g_ptr_array_add (files, g_file_new_for_path (*names));
  log = crm_mail_log (store, files, options, &error);
  if (log == NULL)
    return crm_cli_refuse (cli, error);
  for (guint i = 0; i < log->entries->len; i++)
    tell_entry (cli, log->entries->pdata[i]);
  for (guint i = 0; i < log->strangers->len; i++)
    tell_stranger (cli, log->strangers->pdata[i], options);
  crm_cli_print_line (cli, "%u logged, %u known, %u refused", log->n_logged, log->n_known, log->n_refused);
  return log->n_refused > 0 ? CRM_CLI_REFUSED : CRM_CLI_DONE;
}
