/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-cli-table.h"
#include "crm-error.h"
#include "crm-id.h"
#include "crm-sql.h"
#include "crm-through.h"

static gboolean
take_id (CrmCli     *cli,
         const char *text,
         gint64     *id)
{
  if (crm_id_parse (text, id))
    return TRUE;
  crm_cli_misuse (cli, _("“%s” is no id."), text);
  return FALSE;
}

/* One record */

typedef struct {
  CrmCli   *cli;
  gint64    id;
  gboolean  json;
} Show;

/* @entity: (nullable): of any */
static CrmValues *
read_existing (CrmDb            *db,
               const CrmEntity  *entity,
               gint64            id,
               GError          **error)
{
  GError *failure = NULL;
  const CrmEntity *found = entity == NULL ? crm_sql_find_entity (db, id, &failure) : entity;
  CrmValues *values = found == NULL ? NULL : crm_sql_read (db, found, id, &failure);
  g_autofree char *number = crm_cli_format_id (id);

  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (values == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no record with the id %s."), number);
  return values;
}

static void
show_fields (CrmCli          *cli,
             const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  g_autoptr (CrmCliTable) table = crm_cli_table_new (cli, 2);

  crm_cli_table_take (table, g_strdup (_(entity->label)));
  crm_cli_table_take (table, crm_cli_format_id (crm_values_get_id (values)));
  for (guint i = 0; i < entity->n_fields; i++)
    if (!crm_values_is_null (values, i))
      {
        crm_cli_table_take (table, g_strdup (crm_field_get_label (&entity->fields[i])));
        crm_cli_table_take (table, crm_values_format (values, i));
      }
}

static void
show_children (Show      *show,
               GPtrArray *children,
               GString   *text)
{
  for (guint i = 0; i < children->len; i++)
    {
      const CrmValues *child = g_ptr_array_index (children, i);

      if (show->json)
        {
          if (i > 0)
            g_string_append_c (text, ',');
          crm_values_append_json (child, text);
        }
      else
        {
          crm_cli_print (show->cli, "\n");
          show_fields (show->cli, child);
        }
    }
}

static gboolean
show_all_children (Show             *show,
                   CrmDb            *db,
                   const CrmEntity  *entity,
                   GString          *text,
                   GError          **error)
{
  for (guint i = 0; entity->children != NULL && entity->children[i] != NULL; i++)
    {
      const CrmEntity *child = crm_entity_find (entity->children[i]);
      g_autoptr (GPtrArray) children = NULL;

      /* Taggings are in the field "tags". */
      if (child == &crm_client_tag)
        continue;
      children = crm_sql_read_children (db, child, show->id, error);
      if (children == NULL)
        return FALSE;
      g_string_append_printf (text, ",\"%s\":[", child->name);
      show_children (show, children, text);
      g_string_append_c (text, ']');
    }
  return TRUE;
}

static gpointer
run_show_job (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Show *show = data;
  g_autoptr (CrmValues) values = read_existing (db, NULL, show->id, error);
  g_autoptr (GString) text = g_string_new (NULL);

  if (values == NULL || !crm_through_load (db, values, error))
    return NULL;
  crm_values_append_json (values, text);
  g_string_truncate (text, text->len - 1);
  if (!show->json)
    show_fields (show->cli, values);
  if (!show_all_children (show, db, crm_values_get_entity (values), text, error))
    return NULL;
  if (show->json)
    crm_cli_print_line (show->cli, "%s}", text->str);
  return show;
}

static CrmCliStatus
run_show (CrmCli   *cli,
          char   ***arguments)
{
  Show show = { .cli = cli };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &show.json, N_("Print JSON: one object"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, entries, 1, 1, &status))
    return status;
  if (!take_id (cli, (*arguments)[1], &show.id))
    return CRM_CLI_USAGE;
  store = crm_cli_open (cli, TRUE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  return crm_store_read (store, run_show_job, &show, &error) != NULL ? CRM_CLI_DONE : crm_cli_refuse (cli, error);
}

/* Changes */

static void
print_label (CrmCli     *cli,
             const char *label)
{
  crm_cli_print_lines (cli, label);
  crm_cli_print (cli, "\n");
}

typedef struct {
  const CrmEntity *entity;
  gint64           id;
  char           **assignments;
} Assign;

/* A field that is given must be there and not be the store's own affair, before anything is opened. */
static gboolean
check_assignments (CrmCli *cli,
                   Assign *assign)
{
  for (char **a = assign->assignments; *a != NULL; a++)
    {
      const char *mark = strchr (*a, '=');
      int field;

      if (mark == NULL)
        {
          crm_cli_misuse (cli, _("“%s” is no FIELD=VALUE."), *a);
          return FALSE;
        }
      field = crm_cli_find_field (cli, assign->entity, *a, (gsize) (mark - *a));
      if (field < 0)
        return FALSE;
      if ((assign->entity->fields[field].flags & CRM_FIELD_SYSTEM) &&
          g_strcmp0 (assign->entity->fields[field].name, assign->entity->parent) != 0)
        {
          crm_cli_misuse (cli, _("The field “%s” cannot be set."), assign->entity->fields[field].name);
          return FALSE;
        }
    }
  return TRUE;
}

/* Amounts are read in the record's currency, so that comes first. */
static gboolean
parse_assignments (const Assign  *assign,
                   CrmValues     *changes,
                   gboolean       currency,
                   GError       **error)
{
  for (char **a = assign->assignments; *a != NULL; a++)
    {
      const char *mark = strchr (*a, '=');
      g_autofree char *name = g_strndup (*a, (gsize) (mark - *a));

      if (g_str_equal (name, "currency") == currency && !crm_values_parse_named (changes, name, mark + 1, error))
        return FALSE;
    }
  return TRUE;
}

static CrmValues *
make_changes (const Assign     *assign,
              const CrmValues  *current,
              GError          **error)
{
  g_autoptr (CrmValues) changes = crm_values_new (assign->entity, assign->id);
  int currency = crm_entity_find_field (assign->entity, "currency");
  gboolean borrowed;

  if (!parse_assignments (assign, changes, TRUE, error))
    return NULL;
  borrowed = current != NULL && currency >= 0 && !crm_values_has (changes, (guint) currency);
  if (borrowed)
    crm_values_set_text (changes, (guint) currency, crm_values_get_text (current, (guint) currency));
  if (!parse_assignments (assign, changes, FALSE, error))
    return NULL;
  if (borrowed)
    crm_values_unset (changes, (guint) currency);
  return g_steal_pointer (&changes);
}

static gpointer
run_prepare_job (CrmDb         *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Assign *assign = data;
  g_autoptr (CrmValues) current = assign->id == 0 ? NULL : read_existing (db, assign->entity, assign->id, error);

  return assign->id != 0 && current == NULL ? NULL : make_changes (assign, current, error);
}

static CrmCliStatus
run_set (CrmCli   *cli,
         char   ***arguments)
{
  Assign assign = { .id = 0 };
  g_autoptr (CrmValues) changes = NULL;
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  CrmCliStatus status;
  gint64 id = 0;

  if (!crm_cli_parse (cli, arguments, NULL, 2, G_MAXUINT, &status))
    return status;
  assign.entity = crm_cli_find_entity (cli, (*arguments)[1]);
  if (assign.entity == NULL)
    return CRM_CLI_USAGE;
  assign.assignments = *arguments + 2;
  if (strchr (*assign.assignments, '=') == NULL && !take_id (cli, *assign.assignments++, &assign.id))
    return CRM_CLI_USAGE;
  if (*assign.assignments == NULL)
    return crm_cli_misuse (cli, "%s", _("An argument is missing."));
  if (!check_assignments (cli, &assign))
    return CRM_CLI_USAGE;
  store = crm_cli_open (cli, TRUE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  changes = crm_store_read (store, run_prepare_job, &assign, &error);
  if (changes != NULL)
    id = crm_store_save (store, changes, &error);
  if (id == 0)
    return crm_cli_refuse (cli, error);
  crm_cli_print_line (cli, "%" G_GINT64_FORMAT, id);
  return CRM_CLI_DONE;
}

typedef struct {
  gint64  id;
  char   *label;
} Delete;

static gboolean
run_delete_step (CrmWriter     *writer,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Delete *delete = data;
  g_autoptr (CrmValues) values = read_existing (crm_writer_get_db (writer), NULL, delete->id, error);
  const CrmEntity *entity;
  const char *title;

  if (values == NULL)
    return FALSE;
  entity = crm_values_get_entity (values);
  title = crm_values_get_text (values, crm_entity_get_title_field (entity));
  delete->label = g_strdup_printf (_("Delete %s"), title == NULL ? _(entity->label) : title);
  crm_writer_set_label (writer, delete->label);
  return crm_writer_delete (writer, entity, delete->id, error);
}

static CrmCliStatus
run_delete (CrmCli   *cli,
            char   ***arguments)
{
  Delete delete = { 0 };
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  CrmCliStatus status;
  gboolean ok;

  if (!crm_cli_parse (cli, arguments, NULL, 1, 1, &status))
    return status;
  if (!take_id (cli, (*arguments)[1], &delete.id))
    return CRM_CLI_USAGE;
  store = crm_cli_open (cli, TRUE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  ok = crm_store_step (store, "", run_delete_step, &delete, NULL, &error);
  label = delete.label;
  if (ok)
    print_label (cli, label);
  return ok ? CRM_CLI_DONE : crm_cli_refuse (cli, error);
}

/* Undo */

static CrmCliStatus
take_back (CrmCli    *cli,
           char    ***arguments,
           gboolean   redo)
{
  g_autofree char *label = NULL;
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, NULL, 0, 0, &status))
    return status;
  store = crm_cli_open (cli, TRUE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  label = crm_store_undo (store, redo, &error);
  if (label != NULL)
    print_label (cli, label);
  return label != NULL ? CRM_CLI_DONE : crm_cli_refuse (cli, error);
}

static CrmCliStatus
run_undo (CrmCli   *cli,
          char   ***arguments)
{
  return take_back (cli, arguments, FALSE);
}

static CrmCliStatus
run_redo (CrmCli   *cli,
          char   ***arguments)
{
  return take_back (cli, arguments, TRUE);
}

const CrmCliCommand crm_cli_records_commands[] = {
  { "list", N_("ENTITY [--where FIELD=VALUE]… [--sort FIELD] [--limit N] [--json|--csv]"), N_("List records"),
    N_("ENTITY is client, address, contact_point, segment, tag, client_tag, distinct_client or saved_view.\n"
       "Texts are compared without regard to case and accents, choices by name or label, references by name or id, tags one by one.\n"
       "JSON has the names of the fields as keys, and “id”; a child record has the id of its client."),
    crm_cli_run_list },
  { "search", N_("TEXT [--limit N] [--json]"), N_("Find anything by any part of it"), NULL, crm_cli_run_search },
  { "show", N_("ID [--json]"), N_("Show one record"),
    N_("JSON has the names of the fields as keys, and “id”; of a client besides “contact_point”, “address” and “distinct_client”: arrays of its children."),
    run_show },
  { "set", N_("ENTITY [ID] FIELD=VALUE…"), N_("Change a record, or make one; prints its id"),
    N_("FIELD= empties a field. What a field refers to is given by name or id; a child is made with its parent’s id:\n"
       "crm set address client=ID city=Ankara"), run_set },
  { "delete", N_("ID"), N_("Put a record in the trash; a child is removed"), NULL, run_delete },
  { "attach", N_("ID FILE… [--picture]"), N_("Keep copies of files as documents of a client, person or conversation"), NULL, crm_cli_run_attach },
  { "log", N_("CLIENT CHANNEL TEXT [--outcome OUTCOME] [--at WHEN] [--person PERSON]… [--in] [--minutes N]"
              " | --eml FILE… [--client CLIENT] [--new-people] [--dry-run]"), N_("Write down a conversation, or log e-mails; prints the ids"),
    N_("CLIENT is an id, a name, or words that are found in one client alone. CHANNEL is call, email, visit, chat, letter, fax or other.\n"
       "An e-mail belongs to the people and the client who have its addresses. Its attachments become documents. It is logged once.\n"
       "The last line is then always “N logged, N known, N refused”, in no language but this."),
    crm_cli_run_log },
  { "duplicates", N_("[client|person] [--limit N] [--json]"), N_("List clients or people that may be there twice, the surest first"),
    N_("Clients are compared by name (without legal form), tax number, phone, e-mail address, web domain and city; people by name, phone, e-mail\n"
       "address, firm and birthday. What hundreds share says nothing. The score goes from 50 to 100. To say that two are not the same:\n"
       "crm set distinct_client client=ID other=ID, crm set distinct_person person=ID other=ID"),
    crm_cli_run_duplicates },
  { "merge", N_("KEEP OTHER [--field FIELD=1|2|both]… [--dry-run]"), N_("Make two records one; prints its id"),
    N_("The first one stays, the other one is removed. Where nothing is chosen, the first one’s value stays, or if it has none, it gets the other one’s;\n"
       "notes are joined. Phones, addresses, tags and all else that belongs or refers to the other one moves. One step, which “crm undo” takes back."),
    crm_cli_run_merge },
  { "data-of", N_("PERSON FILE"), N_("Write everything held on a person into a file"),
    N_("PERSON is an id or a name. FILE ends in .json, or in .html or .txt for a page to be read; “-” is the output, as JSON."), crm_cli_run_data_of },
  { "erase", N_("PERSON --dry-run|--yes [--keep ID]… [--every-name] [--delete-backups]"), N_("Erase a person for good"),
    N_("PERSON is an id or a name. Out of records, search, history, trash, drafts and files of documents; it cannot be taken back. What counts stays,\n"
       "without what it told of the person. Where other records’ texts have the full name or an e-mail address, “…” stands instead."), crm_cli_run_erase },
  { "undo", NULL, N_("Take back the last step; prints its label"), NULL, run_undo },
  { "redo", NULL, N_("Do again what was taken back last; prints its label"), NULL, run_redo },
  { "history", N_("[ID] [--json]"), N_("Tell the steps that were done, or what happened to a record"), NULL, crm_cli_run_history },
  { NULL }
};
