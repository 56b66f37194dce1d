/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-merge-views.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "crm-fold.h"
#include "crm-saved-view.h"
#include "crm-sql.h"

typedef struct {
  const CrmEntity *entity;
  char            *ids[2];    /* of the one that goes and the one that stays */
  const char      *titles[2];
} Change;

static void
change_clear (Change *self)
{
  g_free (self->ids[0]);
  g_free (self->ids[1]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, change_clear)

/* Does the field say which record of the entity: by a reference or by tags? */
static gboolean
speaks_of (const CrmEntity *owner,
           const char      *name,
           const CrmEntity *entity)
{
  const CrmField *field = owner == NULL ? NULL : crm_entity_get_field (owner, name);

  if (field != NULL && field->kind == CRM_KIND_TAGS)
    field = crm_entity_get_field (crm_entity_find (field->through->entity), field->through->field);
  return field != NULL && field->kind == CRM_KIND_REFERENCE && strcmp (field->refers, entity->name) == 0;
}

/* (nullable): what stands for the value from now on, if it is another */
static const char *
replace (const Change *change,
         const char   *value)
{
  g_autofree char *folded = crm_fold (value);
  g_autofree char *title = crm_fold (change->titles[0]);

  if (strcmp (value, change->ids[0]) == 0)
    return change->ids[1];
  return strcmp (folded, title) == 0 && strcmp (change->titles[0], change->titles[1]) != 0 ? change->titles[1] : NULL;
}

static gboolean
change_values (const Change *change,
               JsonObject   *filter)
{
  JsonNode *node = json_object_get_member (filter, "values");
  JsonArray *values = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (JsonArray) changed = json_array_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean any = FALSE;

  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    {
      JsonNode *element = json_array_get_element (values, i);
      const char *value = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;
      const char *other = value == NULL ? NULL : replace (change, value);

      any = any || other != NULL;
      if (value == NULL)
        json_array_add_element (changed, json_node_copy (element));
      else if (g_hash_table_add (seen, g_strdup (other != NULL ? other : value)))
        json_array_add_string_element (changed, other != NULL ? other : value);
    }
  if (any)
    json_object_set_array_member (filter, "values", g_steal_pointer (&changed));
  return any;
}

static gboolean
change_filters (const Change    *change,
                const CrmEntity *owner,
                JsonObject      *query)
{
  JsonNode *node = json_object_get_member (query, "filters");
  JsonArray *filters = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gboolean any = FALSE;

  for (guint i = 0; filters != NULL && i < json_array_get_length (filters); i++)
    {
      JsonNode *filter = json_array_get_element (filters, i);
      JsonNode *name = JSON_NODE_HOLDS_OBJECT (filter) ? json_object_get_member (json_node_get_object (filter), "field") : NULL;

      if (name != NULL && JSON_NODE_HOLDS_VALUE (name) && speaks_of (owner, json_node_get_string (name), change->entity))
        any = change_values (change, json_node_get_object (filter)) || any;
    }
  return any;
}

/* The text is changed as it stands, so that what a newer version wrote stays. */
static gboolean
change_view (CrmWriter        *writer,
             const Change     *change,
             const CrmValues  *view,
             GError          **error)
{
  const CrmEntity *owner = crm_entity_find (crm_values_get_text (view, CRM_SAVED_VIEW_ENTITY));
  g_autoptr (JsonNode) root = json_from_string (crm_values_get_text (view, CRM_SAVED_VIEW_QUERY), NULL);
  g_autoptr (CrmValues) changes = crm_values_new (&crm_saved_view, crm_values_get_id (view));

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root) || !change_filters (change, owner, json_node_get_object (root)))
    return TRUE;
  crm_values_take_text (changes, CRM_SAVED_VIEW_QUERY, json_to_string (root, FALSE));
  return crm_writer_update (writer, changes, error);
}

gboolean
crm_merge_views (CrmWriter           *writer,
                 const CrmMergePlan  *plan,
                 GError             **error)
{
  const CrmEntity *entity = crm_values_get_entity (plan->kept);
  guint title = crm_entity_get_title_field (entity);
  g_autoptr (GPtrArray) views = crm_sql_read_all (crm_writer_get_db (writer), &crm_saved_view, error);
  g_auto (Change) change = {
    entity,
    { g_strdup_printf ("%" G_GINT64_FORMAT, crm_values_get_id (plan->other)), g_strdup_printf ("%" G_GINT64_FORMAT, crm_values_get_id (plan->kept)) },
    { crm_values_get_text (plan->other, title), crm_values_get_text (plan->result, title) },
  };

  for (guint i = 0; views != NULL && i < views->len; i++)
    if (!change_view (writer, &change, g_ptr_array_index (views, i), error))
      return FALSE;
  return views != NULL;
}
