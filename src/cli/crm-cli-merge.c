/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "crm-cli-table.h"
#include "crm-client.h"
#include "crm-duplicates.h"
#include "crm-error.h"
#include "crm-id.h"
#include "crm-merge.h"
#include "crm-number.h"
#include "crm-person.h"
#include "crm-sql.h"

#define USUAL_LIMIT 1000

/* Records that may be there twice */

typedef struct {
  CrmCli          *cli;
  const CrmEntity *entity;
  guint            limit;
  gboolean         json;
} Search;

static const char *
get_title (const CrmValues *record)
{
  return crm_values_get_text (record, crm_entity_get_title_field (crm_values_get_entity (record)));
}

/* A client with its city, a person with the firm */
static void
add_record (JsonBuilder     *builder,
            const CrmValues *record)
{
  gboolean is_person = crm_values_get_entity (record) == &crm_person;
  const char *place = crm_values_get_text (record, is_person ? (guint) CRM_PERSON_FIRM : (guint) CRM_CLIENT_CITY);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_int_value (builder, crm_values_get_id (record));
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, get_title (record));
  json_builder_set_member_name (builder, is_person ? "firm" : "city");
  if (place == NULL)
    json_builder_add_null_value (builder);
  else
    json_builder_add_string_value (builder, place);
  json_builder_end_object (builder);
}

static char *
make_object (const CrmDuplicate *pair,
             const CrmValues    *a,
             const CrmValues    *b)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "score");
  json_builder_add_int_value (builder, pair->score);
  json_builder_set_member_name (builder, "reasons");
  json_builder_begin_array (builder);
  for (guint bit = 1; bit <= CRM_DUPLICATE_LAST; bit <<= 1)
    if (pair->reasons & bit)
      json_builder_add_string_value (builder, crm_duplicates_get_reason ((CrmDuplicateReasons) bit, NULL));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "records");
  json_builder_begin_array (builder);
  add_record (builder, a);
  add_record (builder, b);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static void
print_pair (const Search       *search,
            const CrmDuplicate *pair,
            const CrmValues    *a,
            const CrmValues    *b,
            CrmCliTable        *table)
{
  const CrmValues * const two[] = { a, b };

  crm_cli_table_take (table, g_strdup_printf ("%u", pair->score));
  for (guint i = 0; i < G_N_ELEMENTS (two); i++)
    {
      crm_cli_table_take (table, crm_cli_format_id (crm_values_get_id (two[i])));
      crm_cli_table_take (table, g_strdup (get_title (two[i])));
    }
  crm_cli_table_take (table, crm_duplicates_describe (pair->reasons));
}

static gboolean
print_pairs (const Search         *search,
             CrmDb                *db,
             const CrmDuplicates  *found,
             GError              **error)
{
  g_autoptr (CrmCliTable) table = search->json ? NULL : crm_cli_table_new (search->cli, 6);
  gboolean any = FALSE;

  for (guint i = 0; i < found->pairs->len && crm_cli_is_heard (search->cli); i++)
    {
      const CrmDuplicate *pair = &g_array_index (found->pairs, CrmDuplicate, i);
      const gint64 ids[] = { pair->a, pair->b };
      g_autoptr (GPtrArray) two = crm_sql_read_many (db, search->entity, ids, G_N_ELEMENTS (ids), error);
      g_autofree char *object = NULL;

      if (two == NULL)
        return FALSE;
      /* Another process was quicker. */
      if (two->pdata[0] == NULL || two->pdata[1] == NULL)
        continue;
      if (table != NULL)
        {
          print_pair (search, pair, two->pdata[0], two->pdata[1], table);
          continue;
        }
      object = make_object (pair, two->pdata[0], two->pdata[1]);
      crm_cli_print (search->cli, any ? ",\n" : "");
      crm_cli_print (search->cli, object);
      any = TRUE;
    }
  return TRUE;
}

static gpointer
run_search_job (CrmDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Search *search = data;
  g_autoptr (CrmDuplicates) found = crm_duplicates_find (db, search->entity, search->limit, NULL, NULL, error);

  return found != NULL && print_pairs (search, db, found, error) ? search : NULL;
}

CrmCliStatus
crm_cli_run_duplicates (CrmCli   *cli,
                        char   ***arguments)
{
  Search search = { .cli = cli, .entity = &crm_client };
  int limit = USUAL_LIMIT;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many"), N_("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &search.json, N_("Print JSON: an array of objects"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  CrmStore *store;
  CrmCliStatus status;
  gboolean ok;

  if (!crm_cli_parse (cli, arguments, entries, 0, 1, &status))
    return status;
  if ((*arguments)[1] != NULL)
    search.entity = crm_cli_find_entity (cli, (*arguments)[1]);
  if (search.entity == NULL)
    return CRM_CLI_USAGE;
  if (!crm_duplicates_can_find (search.entity))
    return crm_cli_misuse (cli, _("%s: only clients and people are compared."), _(search.entity->plural));
  if (limit < 0)
    return crm_cli_misuse (cli, "%s", _("The limit is negative."));
  search.limit = (guint) limit;
  store = crm_cli_open (cli, TRUE);
  if (store == NULL)
    return CRM_CLI_REFUSED;
  if (search.json)
    crm_cli_print (cli, "[");
  ok = crm_store_read (store, run_search_job, &search, &error) != NULL;
  if (search.json)
    crm_cli_print (cli, "]\n");
  return ok ? CRM_CLI_DONE : crm_cli_refuse (cli, error);
}

/* Two records made one */

typedef struct {
  CrmCli           *cli;
  gint64            kept;
  gint64            other;
  char            **choices; /* FIELD=1|2|both */
  CrmMergeRequest  *request;
  CrmCliStatus      status;
} Merge;

static gboolean
parse_side (CrmCli       *cli,
            const char   *text,
            CrmMergeSide *side)
{
  static const char * const names[] = { [CRM_MERGE_KEPT] = "1", [CRM_MERGE_OTHER] = "2", [CRM_MERGE_BOTH] = "both" };

  for (*side = CRM_MERGE_KEPT; *side <= CRM_MERGE_BOTH; (*side)++)
    if (strcmp (text, names[*side]) == 0)
      return TRUE;
  crm_cli_misuse (cli, _("“%s” is none of 1, 2 and both."), text);
  return FALSE;
}

static gboolean
add_choice (Merge       *merge,
            const char  *choice,
            gboolean    *chosen,
            GError     **error)
{
  const CrmEntity *entity = merge->request->entity;
  const char *mark = strchr (choice, '=');
  CrmMergeSide side;
  int field;
  guint group;

  merge->status = CRM_CLI_USAGE;
  if (mark == NULL)
    {
      crm_cli_misuse (merge->cli, _("“%s” is no FIELD=1 or FIELD=2."), choice);
      return FALSE;
    }
  field = crm_cli_find_field (merge->cli, entity, choice, (gsize) (mark - choice));
  if (field < 0 || !parse_side (merge->cli, mark + 1, &side))
    return FALSE;
  group = crm_merge_get_group (entity, (guint) field);
  if (chosen[group] && merge->request->sides[field] != side)
    {
      crm_cli_misuse (merge->cli, _("The fields “%s” and “%s” can only be chosen together."), entity->fields[group].name,
                      entity->fields[field].name);
      return FALSE;
    }
  chosen[group] = TRUE;
  merge->status = CRM_CLI_REFUSED;
  return crm_merge_request_choose (merge->request, (guint) field, side, error);
}

/* Of which entity the two are is known only now, and so what can be chosen. */
static gpointer
run_request_job (CrmDb         *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Merge *merge = data;
  GError *failure = NULL;
  const CrmEntity *entity = crm_sql_find_entity (db, merge->kept, &failure);
  g_autofree char *number = crm_cli_format_id (merge->kept);
  gboolean chosen[CRM_MAX_FIELDS] = { FALSE };

  merge->status = CRM_CLI_REFUSED;
  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (entity == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no record with the id %s."), number);
  else if (!crm_entity_is_root (entity))
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: only records of their own can be merged."), _(entity->label));
  if (failure != NULL || entity == NULL || !crm_entity_is_root (entity))
    return NULL;
  merge->request = crm_merge_request_new (entity, merge->kept, merge->other);
  for (guint i = 0; merge->choices != NULL && merge->choices[i] != NULL; i++)
    if (!add_choice (merge, merge->choices[i], chosen, error))
      return NULL;
  return merge;
}

static void
print_plan (Merge              *merge,
            const CrmMergePlan *plan)
{
  const CrmEntity *entity = merge->request->entity;
  CrmCliTable *table = crm_cli_table_new (merge->cli, 4);
  g_autofree char *moved = crm_number_fill (ngettext ("%s phone, address, tag or the like moves.", "%s phones, addresses, tags and the like move.",
                                                      plan->n_moved), plan->n_moved);
  g_autofree char *marks = crm_merge_plan_describe_marks (plan);
  g_autofree char *references = crm_number_fill (ngettext ("%s reference of another record follows.", "%s references of other records follow.",
                                                           plan->n_references), plan->n_references);

  crm_cli_table_take (table, g_strdup (_("Field")));
  crm_cli_table_take (table, crm_cli_format_id (merge->kept));
  crm_cli_table_take (table, crm_cli_format_id (merge->other));
  crm_cli_table_take (table, g_strdup (_("Result")));
  for (guint i = 0; i < entity->n_fields; i++)
    if (!(entity->fields[i].flags & CRM_FIELD_SYSTEM) && (!crm_values_is_null (plan->kept, i) || !crm_values_is_null (plan->other, i)))
      {
        crm_cli_table_take (table, g_strdup (crm_field_get_label (&entity->fields[i])));
        crm_cli_table_take (table, crm_values_format (plan->kept, i));
        crm_cli_table_take (table, crm_values_format (plan->other, i));
        crm_cli_table_take (table, crm_values_format (plan->result, i));
      }
  crm_cli_table_free (table);
  crm_cli_print_line (merge->cli, "\n%s\n%s", moved, references);
  if (marks != NULL)
    {
      crm_cli_print_lines (merge->cli, marks);
      crm_cli_print (merge->cli, "\n");
    }
}

static gpointer
run_plan_job (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  Merge *merge = data;
  g_autoptr (CrmMergePlan) plan = crm_merge_plan_make (db, merge->request, error);

  if (plan == NULL)
    return NULL;
  print_plan (merge, plan);
  return merge;
}

static CrmCliStatus
merge_records (Merge    *merge,
               gboolean  is_dry)
{
  CrmStore *store = crm_cli_open (merge->cli, TRUE);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (store == NULL)
    return CRM_CLI_REFUSED;
  if (crm_store_read (store, run_request_job, merge, &error) == NULL)
    return error == NULL ? merge->status : crm_cli_refuse (merge->cli, error);
  ok = is_dry ? crm_store_read (store, run_plan_job, merge, &error) != NULL
              : crm_store_step (store, "", crm_merge_run, merge->request, NULL, &error);
  if (!ok)
    return crm_cli_refuse (merge->cli, error);
  if (!is_dry)
    crm_cli_print_line (merge->cli, "%" G_GINT64_FORMAT, merge->kept);
  return CRM_CLI_DONE;
}

CrmCliStatus
crm_cli_run_merge (CrmCli   *cli,
                   char   ***arguments)
{
  Merge merge = { .cli = cli };
  gboolean is_dry = FALSE;
  g_auto (GStrv) choices = NULL;
  const GOptionEntry entries[] = {
    { "field", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &choices, N_("Take this field from the first or the second, or notes from both"),
      N_("FIELD=1|2|both") },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &is_dry, N_("Only tell what it would do"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, entries, 2, 2, &status))
    return status;
  for (guint i = 1; i <= 2; i++)
    if (!crm_id_parse ((*arguments)[i], i == 1 ? &merge.kept : &merge.other))
      return crm_cli_misuse (cli, _("“%s” is no id."), (*arguments)[i]);
  merge.choices = choices;
  status = merge_records (&merge, is_dry);
  g_free (merge.request);
  return status;
}
