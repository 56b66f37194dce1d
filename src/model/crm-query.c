/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-query.h"

#include "crm-due.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "crm-error.h"
#include "crm-fold.h"
#include "crm-through.h"

static const char * const op_names[] = {
  [CRM_FILTER_IS] = "is",
  [CRM_FILTER_IS_NOT] = "is-not",
  [CRM_FILTER_CONTAINS] = "contains",
  [CRM_FILTER_EMPTY] = "empty",
  [CRM_FILTER_NOT_EMPTY] = "not-empty",
  [CRM_FILTER_AT_LEAST] = "at-least",
  [CRM_FILTER_AT_MOST] = "at-most",
};

static CrmFilter *
filter_new (guint               field,
            CrmFilterOp         op,
            const char * const *values)
{
  CrmFilter *filter = g_new (CrmFilter, 1);

  *filter = (CrmFilter) { field, op, g_strdupv ((char **) values) };
  return filter;
}

static void
filter_free (gpointer data)
{
  CrmFilter *filter = data;

  g_strfreev (filter->values);
  g_free (filter);
}

static gboolean
filter_equal (const CrmFilter *a,
              const CrmFilter *b)
{
  if (a->values == NULL || b->values == NULL)
    return a->values == b->values;
  return g_strv_equal ((const char * const *) a->values, (const char * const *) b->values);
}

CrmQuery *
crm_query_new (const CrmEntity *entity)
{
  CrmQuery *self;

  g_return_val_if_fail (entity != NULL, NULL);

  self = g_new0 (CrmQuery, 1);
  self->entity = entity;
  self->filters = g_ptr_array_new_with_free_func (filter_free);
  self->sort = crm_entity_get_title_field (entity);
  return self;
}

CrmQuery *
crm_query_copy (const CrmQuery *self)
{
  CrmQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = crm_query_new (self->entity);
  crm_query_set_text (copy, self->text);
  copy->sort = self->sort;
  copy->descending = self->descending;
  copy->trash = self->trash;
  for (guint i = 0; i < self->filters->len; i++)
    {
      const CrmFilter *filter = g_ptr_array_index (self->filters, i);

      g_ptr_array_add (copy->filters, filter_new (filter->field, filter->op, (const char * const *) filter->values));
    }
  return copy;
}

void
crm_query_free (CrmQuery *self)
{
  if (self == NULL)
    return;
  g_free (self->text);
  g_ptr_array_unref (self->filters);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (CrmQuery, crm_query, crm_query_copy, crm_query_free)

gboolean
crm_query_equal (const CrmQuery *a,
                 const CrmQuery *b)
{
  if (a->entity != b->entity || a->sort != b->sort || a->descending != b->descending || a->trash != b->trash ||
      g_strcmp0 (a->text, b->text) != 0 || a->filters->len != b->filters->len)
    return FALSE;
  for (guint i = 0; i < a->filters->len; i++)
    {
      const CrmFilter *filter = g_ptr_array_index (a->filters, i);
      const CrmFilter *other = crm_query_get_filter (b, filter->field, filter->op);

      if (other == NULL || !filter_equal (filter, other))
        return FALSE;
    }
  return TRUE;
}

void
crm_query_set_text (CrmQuery   *self,
                    const char *text)
{
  g_return_if_fail (self != NULL);

  if (text != NULL && *text == '\0')
    text = NULL;
  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
}

const CrmFilter *
crm_query_get_filter (const CrmQuery *self,
                      guint           field,
                      CrmFilterOp     op)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->filters->len; i++)
    {
      const CrmFilter *filter = g_ptr_array_index (self->filters, i);

      if (filter->field == field && filter->op == op)
        return filter;
    }
  return NULL;
}

void
crm_query_add_filter (CrmQuery           *self,
                      guint               field,
                      CrmFilterOp         op,
                      const char * const *values)
{
  CrmFilter *filter;

  g_return_if_fail (self != NULL);
  g_return_if_fail (field < self->entity->n_fields);

  filter = filter_new (field, op, values);
  crm_query_remove_filter (self, field, op);
  g_ptr_array_add (self->filters, filter);
}

void
crm_query_remove_filter (CrmQuery    *self,
                         guint        field,
                         CrmFilterOp  op)
{
  g_return_if_fail (self != NULL);

  for (guint i = self->filters->len; i > 0; i--)
    {
      const CrmFilter *filter = g_ptr_array_index (self->filters, i - 1);

      if (filter->field == field && filter->op == op)
        g_ptr_array_remove_index (self->filters, i - 1);
    }
}

/* JSON */

static void
add_filter_member (JsonBuilder     *builder,
                   const CrmEntity *entity,
                   const CrmFilter *filter)
{
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "field");
  json_builder_add_string_value (builder, entity->fields[filter->field].name);
  json_builder_set_member_name (builder, "op");
  json_builder_add_string_value (builder, op_names[filter->op]);
  if (filter->values != NULL)
    {
      json_builder_set_member_name (builder, "values");
      json_builder_begin_array (builder);
      for (char **value = filter->values; *value != NULL; value++)
        json_builder_add_string_value (builder, *value);
      json_builder_end_array (builder);
    }
  json_builder_end_object (builder);
}

char *
crm_query_to_json (const CrmQuery *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, self->text != NULL ? self->text : "");
  json_builder_set_member_name (builder, "sort");
  json_builder_add_string_value (builder, self->entity->fields[self->sort].name);
  json_builder_set_member_name (builder, "descending");
  json_builder_add_boolean_value (builder, self->descending);
  json_builder_set_member_name (builder, "trash");
  json_builder_add_boolean_value (builder, self->trash);
  json_builder_set_member_name (builder, "filters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->filters->len; i++)
    add_filter_member (builder, self->entity, g_ptr_array_index (self->filters, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static const char *
get_string (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gboolean
get_boolean (JsonObject *object,
             const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_boolean (node);
}

static JsonArray *
get_array (JsonObject *object,
           const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static char **
read_values (JsonArray *array)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      const char *value = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

      if (value != NULL)
        g_strv_builder_add (values, value);
    }
  return g_strv_builder_end (values);
}

static void
read_filter (CrmQuery   *self,
             JsonObject *object)
{
  const char *name = get_string (object, "field");
  const char *op = get_string (object, "op");
  JsonArray *array = get_array (object, "values");
  g_auto (GStrv) values = array != NULL ? read_values (array) : NULL;
  int field = name != NULL ? crm_entity_find_field (self->entity, name) : -1;

  for (guint i = 0; field >= 0 && i < G_N_ELEMENTS (op_names); i++)
    if (g_strcmp0 (op, op_names[i]) == 0)
      crm_query_add_filter (self, (guint) field, i, (const char * const *) values);
}

CrmQuery *
crm_query_from_json (const CrmEntity  *entity,
                     const char       *json,
                     GError          **error)
{
  g_autoptr (CrmQuery) self = crm_query_new (entity);
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonObject *object;
  JsonArray *filters;
  const char *sort;
  int field;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("The saved view cannot be read: it is no query."));
      return NULL;
    }
  object = json_node_get_object (root);
  crm_query_set_text (self, get_string (object, "text"));
  self->descending = get_boolean (object, "descending");
  self->trash = get_boolean (object, "trash");
  sort = get_string (object, "sort");
  field = sort != NULL ? crm_entity_find_field (entity, sort) : -1;
  if (field >= 0)
    self->sort = (guint) field;
  filters = get_array (object, "filters");
  for (guint i = 0; filters != NULL && i < json_array_get_length (filters); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (filters, i)))
      read_filter (self, json_array_get_object_element (filters, i));
  return g_steal_pointer (&self);
}

/* SQL: its text comes from the tables of fields alone, every value is bound. */

typedef struct {
  GString   *sql;
  GPtrArray *parameters; /* of char *: texts; an integer has its digits */
  GArray    *integers;   /* of gboolean: is that parameter an integer? */
} Condition;

static void
add_parameter (Condition  *condition,
               const char *value,
               gboolean    integer)
{
  g_ptr_array_add (condition->parameters, g_strdup (value));
  g_array_append_val (condition->integers, integer);
  g_string_append_c (condition->sql, '?');
}

static void
add_folded (Condition  *condition,
            const char *value)
{
  g_autofree char *folded = crm_fold (value);

  add_parameter (condition, folded, FALSE);
}

void
crm_query_append_column (GString         *sql,
                         const CrmEntity *entity,
                         guint            field)
{
  const CrmField *f = &entity->fields[field];

  if (f->flags & CRM_FIELD_VIRTUAL)
    {
      g_autofree char *parent = g_strconcat (entity->name, ".id", NULL);
      g_autofree char *query = crm_through_make_query (f->through, parent);

      g_string_append_printf (sql, "(%s)", query);
    }
  else
    g_string_append_printf (sql, "%s.%s", entity->name, f->name);
}

static void
add_reference (Condition      *condition,
               const CrmField *field,
               const char     *column,
               const char     *value)
{
  const CrmEntity *referred = crm_entity_find (field->refers);

  g_string_append_printf (condition->sql, "%s IN (SELECT id FROM %s WHERE folds_to (%s, ", column, referred->name,
                          referred->title);
  add_folded (condition, value);
  g_string_append (condition->sql, ") UNION SELECT ");
  add_parameter (condition, value, TRUE);
  g_string_append_c (condition->sql, ')');
}

/* Does the field hold one of the values, or have it in the list it holds? */
static void
add_is (Condition      *condition,
        const CrmField *field,
        const char     *column,
        const char     *value)
{
  switch (field->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_NOTE:
    case CRM_KIND_PHONE:
    case CRM_KIND_EMAIL:
    case CRM_KIND_URL:
      g_string_append_printf (condition->sql, "folds_to (%s, ", column);
      add_folded (condition, value);
      g_string_append_c (condition->sql, ')');
      break;
    case CRM_KIND_TAGS:
      g_string_append_printf (condition->sql, "has_part (%s, ", column);
      add_folded (condition, value);
      g_string_append_c (condition->sql, ')');
      break;
    case CRM_KIND_REFERENCE:
      add_reference (condition, field, column, value);
      break;
    default:
      g_string_append_printf (condition->sql, "%s = ", column);
      add_parameter (condition, value, crm_field_is_integer (field));
    }
}

/* (transfer full): "yesterday" is another day tomorrow: words are read when it is asked. */
static char *
resolve (const CrmField *field,
         const char     *value)
{
  g_autoptr (GDateTime) now = NULL;
  CrmDue due;

  if (field->kind != CRM_KIND_DATE || g_ascii_isdigit (*value))
    return g_strdup (value);
  now = g_date_time_new_now_local ();
  return g_strdup (crm_due_parse (value, now, &due, NULL) ? due.date : value);
}

static void
add_one (Condition       *condition,
         const CrmField  *field,
         CrmFilterOp      op,
         const char      *column,
         const char      *value)
{
  g_autofree char *resolved = resolve (field, value);

  switch (op)
    {
    case CRM_FILTER_CONTAINS:
      g_string_append_printf (condition->sql, "instr (fold (%s), ", column);
      add_folded (condition, value);
      g_string_append (condition->sql, ") > 0");
      break;
    case CRM_FILTER_AT_LEAST:
    case CRM_FILTER_AT_MOST:
      g_string_append_printf (condition->sql, "%s %s ", column, op == CRM_FILTER_AT_LEAST ? ">=" : "<=");
      add_parameter (condition, resolved, crm_field_is_integer (field));
      break;
    default:
      add_is (condition, field, column, value);
    }
}

static void
add_filter (Condition       *condition,
            const CrmEntity *entity,
            const CrmFilter *filter)
{
  g_autoptr (GString) column = g_string_new (NULL);
  const CrmField *field = &entity->fields[filter->field];

  crm_query_append_column (column, entity, filter->field);
  if (filter->op == CRM_FILTER_EMPTY || filter->op == CRM_FILTER_NOT_EMPTY)
    {
      g_string_append_printf (condition->sql, " AND %s IS %s NULL", column->str,
                              filter->op == CRM_FILTER_EMPTY ? "" : "NOT");
      return;
    }
  /* A value that is missing is not what it shall not be. */
  g_string_append (condition->sql, filter->op == CRM_FILTER_IS_NOT ? " AND NOT coalesce (0" : " AND (0");
  for (char **value = filter->values; value != NULL && *value != NULL; value++)
    {
      g_string_append (condition->sql, " OR ");
      add_one (condition, field, filter->op, column->str, *value);
    }
  g_string_append (condition->sql, filter->op == CRM_FILTER_IS_NOT ? ", 0)" : ")");
}

static void
bind_parameters (const Condition *condition,
                 CrmStmt         *stmt)
{
  for (guint i = 0; i < condition->parameters->len; i++)
    {
      const char *text = g_ptr_array_index (condition->parameters, i);
      gint64 number;

      if (!g_array_index (condition->integers, gboolean, i))
        crm_stmt_bind_text (stmt, (int) i + 1, text);
      else if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
        crm_stmt_bind_integer (stmt, (int) i + 1, number);
    }
}

CrmStmt *
crm_query_prepare (const CrmQuery  *self,
                   CrmDb           *db,
                   const char      *columns,
                   const char      *rest,
                   GError         **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GPtrArray) parameters = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) integers = g_array_new (FALSE, FALSE, sizeof (gboolean));
  Condition condition = { sql, parameters, integers };
  CrmStmt *stmt;

  g_return_val_if_fail (self != NULL, NULL);

  /* With filters all rows are read, soonest as they lie in the table; SQLite would follow the index of names. */
  g_string_append_printf (sql, "SELECT %s FROM %s%s WHERE ", columns, self->entity->name,
                          self->filters->len > 0 && !self->trash ? " NOT INDEXED" : "");
  if (crm_entity_is_root (self->entity))
    g_string_append_printf (sql, "%s.deleted IS %s NULL", self->entity->name, self->trash ? "NOT" : "");
  else
    g_string_append (sql, "1");
  for (guint i = 0; i < self->filters->len; i++)
    add_filter (&condition, self->entity, g_ptr_array_index (self->filters, i));
  g_string_append_printf (sql, " %s", rest);

  stmt = crm_db_prepare (db, sql->str, error);
  if (stmt != NULL)
    bind_parameters (&condition, stmt);
  return stmt;
}
