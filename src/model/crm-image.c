/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-image.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>

#include "crm-error.h"

static void
take_member (CrmValues  *values,
             guint       field,
             JsonNode   *node)
{
  const CrmField *f = &crm_values_get_entity (values)->fields[field];

  if (JSON_NODE_HOLDS_NULL (node))
    crm_values_set_null (values, field);
  else if (!JSON_NODE_HOLDS_VALUE (node))
    return;
  else if (f->kind == CRM_KIND_REFERENCE)
    crm_values_set_reference (values, field, json_node_get_int (node), NULL);
  else if (crm_field_is_integer (f))
    crm_values_set_integer (values, field, json_node_get_int (node));
  else
    crm_values_set_text (values, field, json_node_get_string (node));
}

CrmValues *
crm_image_parse (CrmDb            *db,
                 const CrmEntity  *entity,
                 gint64            id,
                 const char       *json,
                 GError          **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (CrmValues) values = crm_values_new (entity, id);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (!json_parser_load_from_data (parser, json, -1, NULL) || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_DAMAGED, _("The database “%s” is damaged: its history of changes is unreadable."),
                   crm_db_get_name (db));
      return NULL;
    }
  json_object_iter_init (&iter, json_node_get_object (json_parser_get_root (parser)));
  while (json_object_iter_next (&iter, &name, &node))
    {
      int field = crm_entity_find_field (entity, name);

      if (field >= 0)
        take_member (values, (guint) field, node);
    }
  return g_steal_pointer (&values);
}
