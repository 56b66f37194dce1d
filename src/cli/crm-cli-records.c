/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-cli-rows.h"
#include "crm-cli-table.h"
#include "crm-csv-writer.h"
#include "crm-error.h"
#include "crm-history-list.h"
#include "crm-id.h"
#include "crm-sql.h"
#include "crm-through.h"
#include "crm-time.h"

typedef enum {
  FORMAT_TABLE,
  FORMAT_JSON,
  FORMAT_CSV,
} Format;

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

static char *
format_id (gint64 id)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, id);
}

/* As other programs want it: a child tells its parent's id, since names may be alike. */
static char *
get_plain (const CrmValues *values,
           guint            field)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  if (g_strcmp0 (entity->parent, entity->fields[field].name) == 0)
    return format_id (crm_values_get_integer (values, field));
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

  g_ptr_array_add (cells, format_id (crm_values_get_id (values)));
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
  crm_cli_table_take (list->table, format_id (crm_values_get_id (values)));
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
  crm_cli_read_rows (db, list->entity, found, n, list->format != FORMAT_TABLE, print_record, list, &failure);
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

  if (f->kind != CRM_KIND_CHOICE && f->kind != CRM_KIND_DATE && !crm_field_is_integer (f))
    return g_strdup (text);
  if (f->kind == CRM_KIND_REFERENCE)
    return g_strdup (text);
  if (!crm_values_parse (parsed, field, text, error))
    return NULL;
  return crm_field_is_integer (f) ? format_id (crm_values_get_integer (parsed, field))
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

/* A field by its name up to @length; -1: that there is none was told. */
static int
find_field (CrmCli          *cli,
            const CrmEntity *entity,
            const char      *name,
            gsize            length)
{
  g_autofree char *key = g_strndup (name, length);
  g_autoptr (GString) names = g_string_new (NULL);
  int field = crm_entity_find_field (entity, key);

  if (field >= 0)
    return field;
  for (guint i = 0; i < entity->n_fields; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", entity->fields[i].name);
  crm_cli_misuse (cli, _("%s has no field “%s”. There are: %s."), _(entity->label), key, names->str);
  return -1;
}

static CrmCliStatus
add_conditions (CrmCli    *cli,
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
      field = find_field (cli, query->entity, where[i], (gsize) (mark - where[i]));
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
  field = find_field (cli, query->entity, sort, strlen (sort));
  if (field < 0)
    return CRM_CLI_USAGE;
  query->sort = (guint) field;
  return CRM_CLI_DONE;
}

static CrmCliStatus
run_list (CrmCli   *cli,
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
  status = add_conditions (cli, query, where);
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
  crm_cli_table_take (search->table, format_id (crm_values_get_id (values)));
  crm_cli_table_take (search->table, g_strdup (_(entity->label)));
  crm_cli_table_take (search->table, g_strdup (crm_values_get_text (values, crm_entity_get_title_field (entity))));
  crm_cli_table_take (search->table, g_string_free (g_steal_pointer (&details), FALSE));
}

static gpointer
run_search_job (CrmDb         *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  Search *search = data;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failure = NULL;

  if (!crm_index_search_all (crm_store_get_index (search->store), db, search->text, search->limit, ids, error))
    return NULL;
  for (guint i = 0; i < ids->len && crm_cli_is_heard (search->cli); i++)
    {
      gint64 id = g_array_index (ids, gint64, i);
      const CrmEntity *entity = crm_sql_find_entity (db, id, &failure);
      g_autoptr (CrmValues) values = entity == NULL ? NULL : crm_sql_read (db, entity, id, &failure);

      if (values != NULL && crm_through_load (db, values, &failure))
        print_hit (search, values);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  return search;
}

static CrmCliStatus
run_search (CrmCli   *cli,
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

/* One record */

typedef struct {
  CrmCli   *cli;
  gint64    id;
  gboolean  json;
} Show;

static CrmValues *
read_any (CrmDb   *db,
          gint64   id,
          GError **error)
{
  GError *failure = NULL;
  const CrmEntity *entity = crm_sql_find_entity (db, id, &failure);
  CrmValues *values = entity == NULL ? NULL : crm_sql_read (db, entity, id, &failure);
  g_autofree char *number = format_id (id);

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
  crm_cli_table_take (table, format_id (crm_values_get_id (values)));
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
  g_autoptr (CrmValues) values = read_any (db, show->id, error);
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
      field = find_field (cli, assign->entity, *a, (gsize) (mark - *a));
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

static CrmValues *
read_existing (CrmDb            *db,
               const CrmEntity  *entity,
               gint64            id,
               GError          **error)
{
  GError *failure = NULL;
  CrmValues *values = crm_sql_read (db, entity, id, &failure);
  g_autofree char *number = format_id (id);

  if (failure != NULL)
    g_propagate_error (error, failure);
  else if (values == NULL)
    g_set_error (error, CRM_ERROR, CRM_ERROR_NOT_FOUND, _("There is no %s with the id %s."), _(entity->label), number);
  return values;
}

/* Ids are typed nowhere else, so nobody behind this looks whether they are somebody's. */
static gboolean
check_references (CrmDb            *db,
                  const CrmValues  *changes,
                  GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);

  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i].kind == CRM_KIND_REFERENCE && crm_values_get_integer (changes, i) != 0)
      {
        g_autoptr (CrmValues) referred =
          read_existing (db, crm_entity_find (entity->fields[i].refers), crm_values_get_integer (changes, i), error);

        if (referred == NULL)
          return FALSE;
      }
  return TRUE;
}

static gpointer
run_prepare_job (CrmDb         *db,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  Assign *assign = data;
  g_autoptr (CrmValues) current = assign->id == 0 ? NULL : read_existing (db, assign->entity, assign->id, error);
  g_autoptr (CrmValues) changes = NULL;

  if (assign->id != 0 && current == NULL)
    return NULL;
  changes = make_changes (assign, current, error);
  return changes != NULL && check_references (db, changes, error) ? g_steal_pointer (&changes) : NULL;
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
  g_autoptr (CrmValues) values = read_any (crm_writer_get_db (writer), delete->id, error);
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
    crm_cli_print_line (cli, "%s", label);
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
    crm_cli_print_line (cli, "%s", label);
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
  { "list", "ENTITY [--where FIELD=VALUE]… [--sort FIELD] [--limit N] [--json|--csv]", N_("List records"),
    N_("ENTITY is client, address, contact_point, segment, tag, client_tag or saved_view.\n"
       "Texts are compared without regard to case and accents, choices by name or label, references by name or id, tags one by one.\n"
       "JSON has the names of the fields as keys, and “id”; a child record has the id of its client."),
    run_list },
  { "search", "TEXT [--limit N] [--json]", N_("Find anything by any part of it"), NULL, run_search },
  { "show", "ID [--json]", N_("Show one record"),
    N_("JSON has the names of the fields as keys, and “id”; of a client besides “contact_point” and “address”: arrays of its children."),
    run_show },
  { "set", "ENTITY [ID] FIELD=VALUE…", N_("Change a record, or make one; prints its id"),
    N_("FIELD= empties a field. A child is made with its parent’s id: crm set address client=ID city=Ankara"), run_set },
  { "delete", "ID", N_("Put a record in the trash; a child is removed"), NULL, run_delete },
  { "undo", NULL, N_("Take back the last step; prints its label"), NULL, run_undo },
  { "redo", NULL, N_("Do again what was taken back last; prints its label"), NULL, run_redo },
  { "history", "[ID] [--json]", N_("Tell the steps that were done, or what happened to a record"), NULL, crm_cli_run_history },
  { NULL }
};
