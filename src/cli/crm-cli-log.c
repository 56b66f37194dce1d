/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>

#include "crm-cli-private.h"
#include "crm-error.h"
#include "crm-fold.h"
#include "crm-id.h"
#include "crm-interaction.h"
#include "crm-log.h"
#include "crm-search.h"
#include "crm-sql.h"
#include "crm-when.h"

/* So many are named if a name may mean several */
#define MOST_CANDIDATES 8

/* Whom a name means */

typedef struct {
  const CrmEntity *entity;
  const char      *text;   /* id, name, or words to search for */
} Wanted;

static const char *
get_title (const CrmValues *record)
{
  return crm_values_get_text (record, crm_entity_get_title_field (crm_values_get_entity (record)));
}

/* "Kuzey Nakliyat, Bursa (1234)" */
static void
add_candidate (GString         *candidates,
               const CrmValues *record)
{
  int city = crm_entity_find_field (crm_values_get_entity (record), "city");
  int firm = crm_entity_find_field (crm_values_get_entity (record), "firm");
  const char *place = crm_values_get_text (record, (guint) (city >= 0 ? city : firm));
  g_autofree char *id = crm_cli_format_id (crm_values_get_id (record));

  g_string_append_printf (candidates, "\n  %s", get_title (record));
  if (place != NULL)
    g_string_append_printf (candidates, ", %s", place);
  g_string_append_printf (candidates, " (%s)", id);
}

static gboolean
is_named (const CrmValues *record,
          const char      *name)
{
  g_autofree char *title = crm_fold (get_title (record));
  g_autofree char *folded = crm_fold (name);

  return g_str_equal (title, folded);
}

/* (element-type CrmValues): those of the entity among the hits. */
static GPtrArray *
find_records (CrmDb         *db,
              const Wanted  *wanted,
              GError       **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_values_unref);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (!crm_search_once (db, wanted->text, 0, ids, error))
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      GError *failure = NULL;
      const CrmEntity *entity = crm_sql_find_entity (db, id, &failure);
      CrmValues *record = entity == wanted->entity ? crm_sql_read (db, entity, id, &failure) : NULL;

      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return NULL;
        }
      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  return g_steal_pointer (&records);
}

/* The only one, or the only one of just that name. */
static CrmValues *
choose (const GPtrArray  *records,
        const Wanted     *wanted,
        GError          **error)
{
  g_autoptr (GString) candidates = g_string_new (NULL);
  CrmValues *named = NULL;
  guint n_named = 0;

  if (records->len == 1)
    return crm_values_ref (records->pdata[0]);
  for (guint i = 0; i < records->len; i++)
    {
      if (is_named (records->pdata[i], wanted->text))
        {
          named = records->pdata[i];
          n_named++;
        }
      if (i < MOST_CANDIDATES)
        add_candidate (candidates, records->pdata[i]);
    }
  if (n_named == 1)
    return crm_values_ref (named);
  if (records->len > MOST_CANDIDATES)
    g_string_append (candidates, "\n  …");
  if (records->len == 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("%s: “%s” is not found."), _(wanted->entity->label), wanted->text);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: “%s” may mean several; give the id of one:%s"), _(wanted->entity->label),
                 wanted->text, candidates->str);
  return NULL;
}

static gpointer
run_find_job (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Wanted *wanted = data;
  g_autoptr (GPtrArray) records = NULL;
  GError *failure = NULL;
  gint64 id;

  if (crm_id_parse (wanted->text, &id))
    {
      CrmValues *record = crm_sql_read (db, wanted->entity, id, &failure);

      if (failure != NULL)
        g_propagate_error (error, failure);
      /* A number may be a name or a phone, too */
      if (failure != NULL || record != NULL)
        return record;
    }
  records = find_records (db, wanted, error);
  return records == NULL ? NULL : choose (records, wanted, error);
}

static CrmValues *
find (CrmStore         *store,
      const CrmEntity  *entity,
      const char       *text,
      GError          **error)
{
  Wanted wanted = { entity, text };

  return crm_store_read (store, run_find_job, &wanted, error);
}

/* The conversation */

typedef struct {
  char    *outcome;
  char    *at;
  char   **people;
  char    *minutes;
  gboolean in;

  gboolean eml;
  char    *client;
  gboolean new_people;
  gboolean dry_run;
} Options;

static gboolean
take_people (CrmStore      *store,
             CrmLog        *log,
             char         **people,
             GError       **error)
{
  log->people = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (; people != NULL && *people != NULL; people++)
    {
      g_autoptr (CrmValues) person = find (store, &crm_person, *people, error);
      gint64 id;

      if (person == NULL)
        return FALSE;
      id = crm_values_get_id (person);
      g_array_append_val (log->people, id);
    }
  return TRUE;
}

static gboolean
take_options (CrmValues      *values,
              const Options  *options,
              GError        **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gint64 when;

  if (!crm_when_parse (options->at != NULL ? options->at : "", now, &when, error))
    return FALSE;
  crm_values_set_integer (values, CRM_INTERACTION_AT, when);
  crm_values_set_text (values, CRM_INTERACTION_DIRECTION, options->in ? "in" : "out");
  return (options->outcome == NULL || crm_values_parse (values, CRM_INTERACTION_OUTCOME, options->outcome, error)) &&
         (options->minutes == NULL || crm_values_parse (values, CRM_INTERACTION_LENGTH, options->minutes, error));
}

static gboolean
write_log (CrmStore       *store,
           CrmLog         *log,
           char          **arguments,
           const Options  *options,
           GError        **error)
{
  g_autoptr (CrmValues) client = NULL;
  g_autofree char *label = NULL;

  if (!crm_values_parse (log->interaction, CRM_INTERACTION_CHANNEL, arguments[2], error) || !take_options (log->interaction, options, error))
    return FALSE;
  client = find (store, &crm_client, arguments[1], error);
  if (client == NULL || !take_people (store, log, options->people, error))
    return FALSE;
  crm_values_set_reference (log->interaction, CRM_INTERACTION_CLIENT, crm_values_get_id (client), NULL);
  crm_values_set_text (log->interaction, CRM_INTERACTION_TEXT, arguments[3]);
  label = g_strdup_printf (_("Log a conversation with %s"), get_title (client));
  return crm_store_step (store, label, crm_log_write, log, NULL, error);
}

static void
clear_options (Options *options)
{
  g_free (options->outcome);
  g_free (options->at);
  g_strfreev (options->people);
  g_free (options->minutes);
  g_free (options->client);
}

static CrmCliStatus
run_talk (CrmCli         *cli,
          CrmStore       *store,
          char          **arguments,
          const Options  *options)
{
  g_autoptr (CrmLog) log = crm_log_new (crm_values_new (&crm_interaction, 0));
  g_autoptr (GError) error = NULL;

  if (!write_log (store, log, arguments, options, &error))
    return crm_cli_refuse (cli, error);
  crm_cli_print_line (cli, "%" G_GINT64_FORMAT, crm_values_get_id (log->interaction));
  return CRM_CLI_DONE;
}

static CrmCliStatus
run_mails (CrmCli         *cli,
           CrmStore       *store,
           char          **arguments,
           const Options  *options)
{
  CrmMailLogOptions mails = { .new_people = options->new_people, .dry_run = options->dry_run };
  g_autoptr (CrmValues) client = NULL;
  g_autoptr (GError) error = NULL;

  if (options->client != NULL)
    {
      client = find (store, &crm_client, options->client, &error);
      if (client == NULL)
        return crm_cli_refuse (cli, error);
      mails.client = crm_values_get_id (client);
    }
  return crm_cli_log_mails (cli, store, arguments + 1, &mails);
}

/* What goes with one way of logging does not go with the other. */
static CrmCliStatus
check_options (CrmCli         *cli,
               char          **arguments,
               const Options  *options)
{
  gboolean of_talk = options->outcome != NULL || options->at != NULL || options->people != NULL || options->minutes != NULL || options->in;
  gboolean of_mails = options->client != NULL || options->new_people || options->dry_run;

  if (options->eml ? of_talk : of_mails)
    return crm_cli_misuse (cli, "%s", _("These options do not go together."));
  if (!options->eml && g_strv_length (arguments) != 4)
    return crm_cli_misuse (cli, "%s", _("A conversation has a client, a channel and a text."));
  return CRM_CLI_DONE;
}

CrmCliStatus
crm_cli_run_log (CrmCli   *cli,
                 char   ***arguments)
{
  Options options = { NULL };
  const GOptionEntry entries[] = {
    { "outcome", 0, 0, G_OPTION_ARG_FILENAME, &options.outcome, N_("How it came out: reached, no_answer, busy, meeting, away, call_back, left_message, wrong_number"),
      N_("OUTCOME") },
    { "at", 0, 0, G_OPTION_ARG_FILENAME, &options.at, N_("When it was, if not now: “14:05”, “10 min ago”, “yesterday 9:00”"), N_("WHEN") },
    { "person", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.people, N_("Who took part: id or name; may be given several times"), N_("PERSON") },
    { "in", 0, 0, G_OPTION_ARG_NONE, &options.in, N_("It came from the client"), NULL },
    { "minutes", 0, 0, G_OPTION_ARG_FILENAME, &options.minutes, N_("How long it was"), N_("N") },
    { "eml", 0, 0, G_OPTION_ARG_NONE, &options.eml, N_("Log the e-mails in these files (.eml)"), NULL },
    { "client", 0, 0, G_OPTION_ARG_FILENAME, &options.client, N_("Of e-mails: the client they are about, else it is found by the addresses"), N_("CLIENT") },
    { "new-people", 0, 0, G_OPTION_ARG_NONE, &options.new_people, N_("Of e-mails: add unknown senders as new people"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, N_("Of e-mails: only tell what would be logged"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  CrmStore *store = NULL;
  CrmCliStatus status;

  if (crm_cli_parse (cli, arguments, entries, 1, G_MAXUINT, &status))
    {
      status = check_options (cli, *arguments, &options);
      store = status == CRM_CLI_DONE ? crm_cli_open (cli, TRUE) : NULL;
      if (status == CRM_CLI_DONE)
        status = store == NULL ? CRM_CLI_REFUSED : options.eml ? run_mails (cli, store, *arguments, &options) : run_talk (cli, store, *arguments, &options);
    }
  clear_options (&options);
  return status;
}
