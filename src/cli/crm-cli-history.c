/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "crm-cli-table.h"
#include "crm-error.h"
#include "crm-history-list.h"
#include "crm-id.h"
#include "crm-sql.h"
#include "crm-time.h"

typedef struct {
  CrmCli      *cli;
  gint64       id;      /* 0: the steps */
  gboolean     json;
  gboolean     any;
  CrmCliTable *table;
} History;

/* JSON, one line an object */

static JsonBuilder *
begin_object (void)
{
  JsonBuilder *builder = json_builder_new ();

  json_builder_begin_object (builder);
  return builder;
}

static void
add_text (JsonBuilder *builder,
          const char  *name,
          const char  *text)
{
  json_builder_set_member_name (builder, name);
  if (text == NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, text);
}

static void
add_integer (JsonBuilder *builder,
             const char  *name,
             gint64       value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_time (JsonBuilder *builder,
          gint64       when)
{
  g_autofree char *iso = crm_time_to_iso (when);

  add_text (builder, "at", iso);
}

static void
print_object (History     *history,
              JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  crm_cli_print (history->cli, history->any ? ",\n" : "");
  crm_cli_print (history->cli, text);
  history->any = TRUE;
  g_object_unref (builder);
}

/* The steps */

static const char *
get_state (const CrmStepEntry *step)
{
  if (g_str_equal (step->kind, "undo"))
    return _("taking back");
  if (g_str_equal (step->kind, "redo"))
    return _("doing again");
  if (g_str_equal (step->state, "done"))
    return _("done");
  return g_str_equal (step->state, "undone") ? _("taken back") : _("dropped");
}

static void
print_step (History            *history,
            const CrmStepEntry *step)
{
  if (history->json)
    {
      JsonBuilder *builder = begin_object ();

      add_integer (builder, "id", step->id);
      add_text (builder, "label", step->label);
      add_text (builder, "kind", step->kind);
      add_text (builder, "state", step->state);
      add_text (builder, "who", step->who);
      add_time (builder, step->at);
      add_integer (builder, "changes", step->changes);
      print_object (history, builder);
      return;
    }
  crm_cli_table_take (history->table, crm_cli_format_id (step->id));
  crm_cli_table_take (history->table, crm_time_format (step->at));
  crm_cli_table_take (history->table, g_strdup (step->who));
  crm_cli_table_take (history->table, g_strdup (get_state (step)));
  crm_cli_table_take (history->table, g_strdup (step->label));
}

static gboolean
print_steps (History  *history,
             CrmDb    *db,
             GError  **error)
{
  g_autoptr (GPtrArray) steps = crm_history_read_steps (db, 0, error);

  for (guint i = 0; steps != NULL && i < steps->len; i++)
    print_step (history, g_ptr_array_index (steps, i));
  return steps != NULL;
}

/* A record's changes */

static const char * const op_names[] = {
  [CRM_CHANGE_INSERTED] = "insert",
  [CRM_CHANGE_UPDATED] = "update",
  [CRM_CHANGE_DELETED] = "delete",
};

static const char *
get_op (const CrmHistoryEntry *entry)
{
  return entry->op > 0 && entry->op < (int) G_N_ELEMENTS (op_names) ? op_names[entry->op] : NULL;
}

static void
print_entry_json (History               *history,
                  const CrmHistoryEntry *entry)
{
  JsonBuilder *builder = begin_object ();

  add_integer (builder, "step", entry->step);
  add_text (builder, "label", entry->label);
  add_time (builder, entry->at);
  add_text (builder, "who", entry->who);
  add_text (builder, "entity", entry->entity->name);
  add_integer (builder, "record", entry->record);
  add_text (builder, "op", get_op (entry));
  add_text (builder, "field", entry->field < 0 ? NULL : entry->entity->fields[entry->field].name);
  add_text (builder, "before", entry->before);
  add_text (builder, "after", entry->after);
  print_object (history, builder);
}

static char *
describe (const CrmHistoryEntry *entry)
{
  const char *before = entry->before == NULL ? "–" : entry->before;
  const char *after = entry->after == NULL ? "–" : entry->after;

  if (entry->field >= 0)
    return g_strdup_printf ("%s: %s → %s", crm_field_get_label (&entry->entity->fields[entry->field]), before, after);
  if (entry->op == CRM_CHANGE_INSERTED)
    return g_strdup_printf ("+ %s: %s", _(entry->entity->label), after);
  return g_strdup_printf ("− %s: %s", _(entry->entity->label), before);
}

static void
print_entry (History               *history,
             const CrmHistoryEntry *entry)
{
  if (history->json)
    {
      print_entry_json (history, entry);
      return;
    }
  crm_cli_table_take (history->table, crm_cli_format_id (entry->step));
  crm_cli_table_take (history->table, crm_time_format (entry->at));
  crm_cli_table_take (history->table, g_strdup (entry->who));
  crm_cli_table_take (history->table, describe (entry));
  crm_cli_table_take (history->table, g_strdup (entry->label));
}

static gboolean
print_record (History  *history,
              CrmDb    *db,
              GError  **error)
{
  g_autoptr (GPtrArray) entries = crm_history_read_record (db, history->id, 0, error);
  GError *failure = NULL;

  if (entries == NULL)
    return FALSE;
  if (entries->len == 0 && crm_sql_find_entity (db, history->id, &failure) == NULL)
    {
      g_autofree char *number = crm_cli_format_id (history->id);

      if (failure != NULL)
        g_propagate_error (error, failure);
      else
        g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no record with the id %s."), number);
      return FALSE;
    }
  for (guint i = 0; i < entries->len; i++)
    print_entry (history, g_ptr_array_index (entries, i));
  return TRUE;
}

static gpointer
run_history_job (CrmDb         *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  History *history = data;
  gboolean ok = history->id == 0 ? print_steps (history, db, error) : print_record (history, db, error);

  return ok ? history : NULL;
}

CrmCliStatus
crm_cli_run_history (CrmCli   *cli,
                     char   ***arguments)
{
  History history = { .cli = cli };
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &history.json, N_("Print JSON: an array of objects"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (CrmCliTable) table = NULL;
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  CrmCliStatus status;
  gboolean ok;

  if (!crm_cli_parse (cli, arguments, entries, 0, 1, &status))
    return status;
  if ((*arguments)[1] != NULL && !crm_id_parse ((*arguments)[1], &history.id))
    return crm_cli_misuse (cli, _("“%s” is no id."), (*arguments)[1]);
  store = crm_cli_open (cli, TRUE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  if (history.json)
    crm_cli_print (cli, "[");
  else
    history.table = table = crm_cli_table_new (cli, 5);
  ok = crm_store_read (store, run_history_job, &history, &error) != NULL;
  if (history.json)
    crm_cli_print (cli, "]\n");
  return ok ? CRM_CLI_DONE : crm_cli_refuse (cli, error);
}
