/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-view.h"

#include <json-glib/json-glib.h>

#define COLUMNS_TYPE "a(sub)"

CrmView *
crm_view_new (gint64          id,
              const CrmQuery *query,
              const char     *face,
              GVariant       *columns)
{
  CrmView *self;

  g_return_val_if_fail (query != NULL, NULL);

  self = g_new0 (CrmView, 1);
  self->id = id;
  self->query = crm_query_copy (query);
  self->face = g_strdup (face);
  self->columns = columns != NULL ? g_variant_ref_sink (columns) : NULL;
  return self;
}

CrmView *
crm_view_copy (const CrmView *self)
{
  CrmView *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = crm_view_new (self->id, self->query, self->face, self->columns);
  copy->name = g_strdup (self->name);
  return copy;
}

void
crm_view_free (CrmView *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  crm_query_free (self->query);
  g_free (self->face);
  g_clear_pointer (&self->columns, g_variant_unref);
  g_free (self);
}

gboolean
crm_view_matches (const CrmView  *self,
                  const CrmQuery *query)
{
  g_autoptr (CrmQuery) plain = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (query != NULL, FALSE);

  if (self->query->text != NULL)
    return crm_query_equal (self->query, query);
  plain = crm_query_copy (query);
  crm_query_set_text (plain, NULL);
  return crm_query_equal (self->query, plain);
}

/* JSON */

static JsonArray *
columns_to_json (GVariant *columns)
{
  JsonArray *array = json_array_new ();
  GVariantIter iter;
  const char *field;
  guint width;
  gboolean shown;

  g_variant_iter_init (&iter, columns);
  while (g_variant_iter_next (&iter, "(&sub)", &field, &width, &shown))
    {
      JsonObject *column = json_object_new ();

      json_object_set_string_member (column, "field", field);
      json_object_set_int_member (column, "width", width);
      json_object_set_boolean_member (column, "shown", shown);
      json_array_add_object_element (array, column);
    }
  return array;
}

char *
crm_view_to_json (const CrmView *self)
{
  g_autofree char *query = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;

  g_return_val_if_fail (self != NULL, NULL);

  query = crm_query_to_json (self->query);
  root = json_from_string (query, NULL);
  object = json_node_get_object (root);
  if (self->id != 0)
    json_object_set_int_member (object, "view", self->id);
  if (self->face != NULL)
    json_object_set_string_member (object, "face", self->face);
  if (self->columns != NULL)
    json_object_set_array_member (object, "columns", columns_to_json (self->columns));
  return json_to_string (root, FALSE);
}

static JsonNode *
get_value (JsonObject *object,
           const char *member,
           GType       type)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

static void
read_column (GVariantBuilder *builder,
             JsonObject      *object)
{
  JsonNode *field = get_value (object, "field", G_TYPE_STRING);
  JsonNode *width = get_value (object, "width", G_TYPE_INT64);
  JsonNode *shown = get_value (object, "shown", G_TYPE_BOOLEAN);

  if (field != NULL)
    g_variant_builder_add (builder, "(sub)", json_node_get_string (field),
                           width != NULL ? (guint) CLAMP (json_node_get_int (width), 0, G_MAXINT) : 0,
                           shown != NULL && json_node_get_boolean (shown));
}

static GVariant *
read_columns (JsonArray *array)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (COLUMNS_TYPE));
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *column = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_OBJECT (column))
        read_column (&builder, json_node_get_object (column));
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

CrmView *
crm_view_from_json (const CrmEntity  *entity,
                    const char       *json,
                    GError          **error)
{
  g_autoptr (CrmQuery) query = crm_query_from_json (entity, json, error);
  g_autoptr (CrmView) self = NULL;
  g_autoptr (JsonNode) root = NULL;
  JsonObject *object;
  JsonNode *node;

  if (query == NULL)
    return NULL;
  self = crm_view_new (0, query, NULL, NULL);
  root = json_from_string (json, NULL);
  object = json_node_get_object (root);
  node = get_value (object, "view", G_TYPE_INT64);
  if (node != NULL)
    self->id = json_node_get_int (node);
  node = get_value (object, "face", G_TYPE_STRING);
  if (node != NULL && (g_str_equal (json_node_get_string (node), "list") || g_str_equal (json_node_get_string (node), "table")))
    self->face = json_node_dup_string (node);
  node = json_object_get_member (object, "columns");
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    self->columns = read_columns (json_node_get_array (node));
  return g_steal_pointer (&self);
}
