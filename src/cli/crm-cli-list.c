/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-rows.h"
#include "crm-cli-table.h"
#include "crm-csv-writer.h"
#include "crm-search.h"
#include "crm-sql.h"
#include "crm-through.h"

typedef enum {
  FORMAT_TABLE,
  FORMAT_JSON,
  FORMAT_CSV,
} Format;

/* Lists */

typedef struct {
  CrmCli          *cli;
  CrmStore        *store;
  const CrmEntity *entity;
  CrmQuery        *query;
  guint            limit;  /* 0: all */
  Format           format;
  CrmCliTable     *table;
  GString         *text;   /* of the row in work */
  gboolean         any;    /* printed */
} List;

/* What a person is shown of a record: its title and the columns a list has at first. */
static gboolean
is_shown (const CrmEntity *entity,
          guint            field)
{
  const CrmField *f = &entity->fields[field];

  if (crm_entity_is_root (entity))
    return field == crm_entity_get_title_field (entity) || (f->flags & CRM_FIELD_COLUMN);
  return strcmp (f->name, "extra") != 0;
}

static guint
count_shown (const CrmEntity *entity)
{
  guint n = 0;

  for (guint i = 0; i < entity->n_fields; i++)
    n += is_shown (entity, i);
  return n;
}

/* As other programs want it: a child tells its parent's id, since names may be alike. */
static char *
get_plain (const CrmValues *values,
           guint            field)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  if (g_strcmp0 (entity->parent, entity->fields[field].name) == 0)
    return crm_cli_format_id (crm_values_get_integer (values, field));
  return crm_values_to_plain (values, field);
}

static void
print_csv_row (List      *list,
               GPtrArray *cells)
{
  g_string_truncate (list->text, 0);
  crm_csv_append_row (list->text, (const char * const *) cells->pdata, cells->len, ',', CRM_CSV_WRITER_DEFAULT);
  crm_cli_print (list->cli, list->text->str);
}

static void
print_csv_header (List *list)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();

  g_ptr_array_add (cells, (gpointer) "id");
  for (guint i = 0; i < list->entity->n_fields; i++)
    g_ptr_array_add (cells, (gpointer) list->entity->fields[i].name);
  print_csv_row (list, cells);
}

static void
print_csv (List            *list,
           const CrmValues *values)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cells, crm_cli_format_id (crm_values_get_id (values)));
  for (guint i = 0; i < list->entity->n_fields; i++)
    g_ptr_array_add (cells, get_plain (values, i));
  print_csv_row (list, cells);
}

static void
print_json (List            *list,
            const CrmValues *values)
{
  g_string_assign (list->text, list->any ? ",\n" : "");
  crm_values_append_json (values, list->text);
  crm_cli_print (list->cli, list->text->str);
}

static void
print_table_header (List *list)
{
  crm_cli_table_take (list->table, g_strdup ("id"));
  for (guint i = 0; i < list->entity->n_fields; i++)
    if (is_shown (list->entity, i))
      crm_cli_table_take (list->table, g_strdup (crm_field_get_label (&list->entity->fields[i])));
}

static void
print_table_row (List            *list,
                 const CrmValues *values)
{
  crm_cli_table_take (list->table, crm_cli_format_id (crm_values_get_id (values)));
  for (guint i = 0; i < list->entity->n_fields; i++)
    if (is_shown (list->entity, i))
      crm_cli_table_take (list->table, crm_values_format (values, i));
}

static gboolean
print_record (const CrmValues  *values,
              gpointer          data,
              GError          **error)
{
  List *list = data;

  if (list->format == FORMAT_TABLE)
    print_table_row (list, values);
  else if (list->format == FORMAT_CSV)
    print_csv (list, values);
  else
    print_json (list, values);
  list->any = TRUE;
  return crm_cli_is_heard (list->cli);
}

static gpointer
run_list_job (CrmDb         *db,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  List *list = data;
  GError *failure = NULL;
  g_autoptr (CrmIdList) found = crm_index_query (crm_store_get_index (list->store), db, list->query, FALSE, error);
  guint n;

  if (found == NULL)
    return NULL;
  n = crm_id_list_get_length (found);
  if (list->limit > 0)
    n = MIN (n, list->limit);
  crm_rows_read (db, list->entity, found, n, list->format != FORMAT_TABLE, print_record, list, &failure);
  if (failure == NULL)
    return list;
  g_propagate_error (error, failure);
  return NULL;
}

static gboolean
print_list (List    *list,
            GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (CrmCliTable) table = NULL;
  gboolean ok;

  list->text = text;
  if (list->format == FORMAT_JSON)
    crm_cli_print (list->cli, "[");
  else if (list->format == FORMAT_CSV)
    print_csv_header (list);
  else
    {
      list->table = table = crm_cli_table_new (list->cli, 1 + count_shown (list->entity));
      print_table_header (list);
    }
  ok = crm_store_read (list->store, run_list_job, list, error) != NULL;
  if (list->format == FORMAT_JSON)
    crm_cli_print (list->cli, "]\n");
  return ok;
}

/* Conditions */

/* What a person or a script gives, in the form that is stored. */
static char *
make_filter_value (const CrmEntity  *entity,
                   guint             field,
                   const char       *text,
                   GError          **error)
{
  const CrmField *f = &entity->fields[field];
  g_autoptr (CrmValues) parsed = crm_values_new (entity, 0);

  if (f->choices == NULL && f->kind != CRM_KIND_DATE && !crm_field_is_integer (f))
    return g_strdup (text);
  if (f->kind == CRM_KIND_REFERENCE)
    return g_strdup (text);
  if (!crm_values_parse (parsed, field, text, error))
    return NULL;
  return crm_field_is_integer (f) ? crm_cli_format_id (crm_values_get_integer (parsed, field))
                                  : g_strdup (crm_values_get_text (parsed, field));
}

/* Conditions on one field add up: a client may be asked to have two tags. */
static gboolean
add_condition (CrmQuery    *query,
               guint        field,
               const char  *text,
               GError     **error)
{
  CrmFilter *filter;
  char *value = NULL;

  if (*text != '\0')
    {
      value = make_filter_value (query->entity, field, text, error);
      if (value == NULL)
        return FALSE;
    }
  filter = g_new0 (CrmFilter, 1);
  filter->field = field;
  filter->op = value == NULL ? CRM_FILTER_EMPTY : CRM_FILTER_IS;
  if (value != NULL)
    {
      filter->values = g_new0 (char *, 2);
      filter->values[0] = value;
    }
  g_ptr_array_add (query->filters, filter);
  return TRUE;
}

CrmCliStatus
crm_cli_add_conditions (CrmCli    *cli,
                        CrmQuery  *query,
                        char     **where)
{
  for (guint i = 0; where != NULL && where[i] != NULL; i++)
    {
      const char *mark = strchr (where[i], '=');
      g_autoptr (GError) error = NULL;
      int field;

      if (mark == NULL)
        return crm_cli_misuse (cli, _("“%s” is no condition FIELD=VALUE."), where[i]);
      field = crm_cli_find_field (cli, query->entity, where[i], (gsize) (mark - where[i]));
      if (field < 0)
        return CRM_CLI_USAGE;
      if (!add_condition (query, (guint) field, mark + 1, &error))
        return crm_cli_refuse (cli, error);
    }
  return CRM_CLI_DONE;
}

static CrmCliStatus
set_sort (CrmCli     *cli,
          CrmQuery   *query,
          const char *sort)
{
  int field;

  if (sort == NULL)
    return CRM_CLI_DONE;
  query->descending = *sort == '-';
  sort += query->descending;
  field = crm_cli_find_field (cli, query->entity, sort, strlen (sort));
  if (field < 0)
    return CRM_CLI_USAGE;
  query->sort = (guint) field;
  return CRM_CLI_DONE;
}

CrmCliStatus
crm_cli_run_list (CrmCli   *cli,
                  char   ***arguments)
{
  g_auto (GStrv) where = NULL;
  g_autofree char *sort = NULL;
  gboolean json = FALSE, csv = FALSE;
  int limit = 0;
  const GOptionEntry entries[] = {
    { "where", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &where,
      N_("Only those whose field has this value; without VALUE: is empty. All conditions must hold"), N_("FIELD=VALUE") },
    { "sort", 0, 0, G_OPTION_ARG_FILENAME, &sort, N_("Order by this field; with a minus in front: backwards"), N_("FIELD") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many"), N_("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_("Print JSON: an array of objects"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &csv, N_("Print CSV, cells that a spreadsheet would calculate made harmless"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  List list = { .cli = cli };
  g_autoptr (CrmQuery) query = NULL;
  g_autoptr (GError) error = NULL;
  CrmCliStatus status;

  if (!crm_cli_parse (cli, arguments, entries, 1, 1, &status))
    return status;
  if (limit < 0 || (json && csv))
    return crm_cli_misuse (cli, "%s", limit < 0 ? _("The limit is negative.") : _("It is either --json or --csv."));
  list.entity = crm_cli_find_entity (cli, (*arguments)[1]);
  if (list.entity == NULL)
    return CRM_CLI_USAGE;
  list.query = query = crm_query_new (list.entity);
  list.limit = (guint) limit;
  list.format = json ? FORMAT_JSON : csv ? FORMAT_CSV : FORMAT_TABLE;
  status = crm_cli_add_conditions (cli, query, where);
  if (status == CRM_CLI_DONE)
    status = set_sort (cli, query, sort);
  if (status != CRM_CLI_DONE)
    return status;
  list.store = crm_cli_open (cli, TRUE);
  if (list.store == NULL)
    return CRM_CLI_REFUSED;
  return print_list (&list, &error) ? CRM_CLI_DONE : crm_cli_refuse (cli, error);
}

/* Search */

typedef struct {
  CrmCli      *cli;
  CrmStore    *store;
  const char  *text;
  guint        limit;
  gboolean     json;
  CrmCliTable *table;
  gboolean     any;
} Search;

static void
print_hit (Search          *search,
           const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);
  g_autoptr (GString) text = g_string_new (search->any ? ",\n" : "");
  g_autoptr (GString) details = g_string_new (NULL);

  search->any = TRUE;
  if (search->json)
    {
      crm_values_append_json (values, text);
      crm_cli_print (search->cli, text->str);
      return;
    }
  for (guint i = 0; i < entity->n_fields; i++)
    if (i != crm_entity_get_title_field (entity) && (entity->fields[i].flags & CRM_FIELD_COLUMN))
      {
        g_autofree char *shown = crm_values_format (values, i);

        if (shown != NULL)
          g_string_append_printf (details, "%s%s", details->len > 0 ? " · " : "", shown);
      }
  crm_cli_table_take (search->table, crm_cli_format_id (crm_values_get_id (values)));
  crm_cli_table_take (search->table, g_strdup (_(entity->label)));
  crm_cli_table_take (search->table, g_strdup (crm_values_get_text (values, crm_entity_get_title_field (entity))));
  crm_cli_table_take (search->table, g_string_free (g_steal_pointer (&details), FALSE));
}

static gboolean
print_hits (Search       *search,
            CrmDb        *db,
            const GArray *ids,
            GError      **error)
{
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < ids->len && failure == NULL && crm_cli_is_heard (search->cli); i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      const CrmEntity *entity = crm_sql_find_entity (db, id, &failure);
      g_autoptr (CrmValues) values = entity == NULL ? NULL : crm_sql_read (db, entity, id, &failure);

      if (values != NULL && crm_through_load (db, values, &failure))
        print_hit (search, values);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gpointer
run_search_job (CrmDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Search *search = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gboolean ok;

  if (!crm_db_execute (db, "BEGIN", error))
    return NULL;
  ok = crm_search_once (db, search->text, search->limit, ids, error) && print_hits (search, db, ids, error);
  crm_db_execute (db, "ROLLBACK", NULL);
  return ok ? search : NULL;
}

CrmCliStatus
crm_cli_run_search (CrmCli   *cli,
                    char   ***arguments)
{
  Search search = { .cli = cli };
  int limit = 0;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many"), N_("N") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &search.json, N_("Print JSON: an array of objects"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *text = NULL;
  g_autoptr (CrmCliTable) table = NULL;
  g_autoptr (GError) error = NULL;
  CrmCliStatus status;
  gboolean ok;

  if (!crm_cli_parse (cli, arguments, entries, 1, G_MAXUINT, &status))
    return status;
  if (limit < 0)
    return crm_cli_misuse (cli, "%s", _("The limit is negative."));
  text = g_strjoinv (" ", *arguments + 1);
  search.text = text;
  search.limit = (guint) limit;
  search.store = crm_cli_open (cli, TRUE);
  if (search.store == NULL)
    return CRM_CLI_REFUSED;
  if (search.json)
    crm_cli_print (cli, "[");
  else
    search.table = table = crm_cli_table_new (cli, 4);
  ok = crm_store_read (search.store, run_search_job, &search, &error) != NULL;
  if (search.json)
    crm_cli_print (cli, "]\n");
  return ok ? CRM_CLI_DONE : crm_cli_refuse (cli, error);
}
