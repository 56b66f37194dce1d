/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-merge-child.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "crm-contact-point.h"
#include "crm-fold.h"
#include "crm-key.h"

CrmMergeChild *
crm_merge_child_new (CrmValues *values,
                     gint64     kept,
                     gboolean   is_others)
{
  CrmMergeChild *self = g_new0 (CrmMergeChild, 1);
  const CrmEntity *entity = crm_values_get_entity (values);

  self->before = crm_values_ref (values);
  self->after = crm_values_copy (values);
  self->is_others = is_others;
  crm_values_set_reference (self->after, crm_entity_get_parent_field (entity), kept, NULL);
  return self;
}

void
crm_merge_child_free (gpointer data)
{
  CrmMergeChild *self = data;

  crm_values_unref (self->before);
  crm_values_unref (self->after);
  g_free (self);
}

const CrmEntity *
crm_merge_child_get_entity (const CrmMergeChild *self)
{
  return crm_values_get_entity (self->before);
}

CrmMergeChild *
crm_merge_child_get_survivor (CrmMergeChild *self)
{
  while (self != NULL && self->is_dropped)
    self = self->survivor;
  return self;
}

gint64
crm_merge_get_integer (const CrmValues *values,
                       const char      *name)
{
  int field = crm_entity_find_field (crm_values_get_entity (values), name);

  return field < 0 ? 0 : crm_values_get_integer (values, (guint) field);
}

const char *
crm_merge_get_text (const CrmValues *values,
                    const char      *name)
{
  int field = crm_entity_find_field (crm_values_get_entity (values), name);

  return field < 0 ? NULL : crm_values_get_text (values, (guint) field);
}

gboolean
crm_merge_child_is_main (const CrmMergeChild *self)
{
  return crm_merge_get_integer (self->after, "main") != 0;
}

void
crm_merge_child_set_main (CrmMergeChild *self,
                          gboolean       main)
{
  crm_values_set_integer (self->after, (guint) crm_entity_find_field (crm_merge_child_get_entity (self), "main"), main);
}

/* Being the main one, or the only one, says nothing of what a record is, but is kept. */
static gboolean
is_mark (const CrmEntity *entity,
         guint            field)
{
  return strcmp (entity->fields[field].name, "main") == 0 ||
         (entity->only_one != NULL && strcmp (entity->fields[field].name, entity->only_one->mark) == 0);
}

void
crm_merge_take_marks (CrmValues       *into,
                      const CrmValues *from)
{
  const CrmEntity *entity = crm_values_get_entity (into);

  for (guint i = 0; i < entity->n_fields; i++)
    if (is_mark (entity, i) && crm_values_get_integer (from, i) != 0)
      crm_values_set_integer (into, i, TRUE);
}

void
crm_merge_child_drop (CrmMergeChild *self,
                      CrmMergeChild *survivor)
{
  self->is_dropped = TRUE;
  self->survivor = survivor;
  crm_merge_absorb (survivor->after, self->after);
  crm_merge_take_marks (survivor->after, self->after);
}

gboolean
crm_merge_is_once (const CrmEntity *entity)
{
  for (guint i = 0; i < entity->n_fields; i++)
    if (!(entity->fields[i].flags & CRM_FIELD_SYSTEM) && entity->fields[i].kind == CRM_KIND_DATETIME)
      return FALSE;
  return TRUE;
}

static gboolean
equal_folded (const char *a,
              const char *b)
{
  g_autofree char *x = crm_fold (a);
  g_autofree char *y = crm_fold (b);

  return *x == '\0' ? g_strcmp0 (a, b) == 0 : strcmp (x, y) == 0;
}

static gboolean
same_contact (const CrmValues *a,
              const CrmValues *b)
{
  const char *kind = crm_merge_get_text (a, "kind");
  const char *x = crm_merge_get_text (a, "value"), *y = crm_merge_get_text (b, "value");
  gboolean is_email = g_strcmp0 (kind, "email") == 0;
  g_autofree char *key = is_email ? crm_key_email (x) : crm_phone_key (x);
  g_autofree char *other = is_email ? crm_key_email (y) : crm_phone_key (y);

  if (g_strcmp0 (kind, crm_merge_get_text (b, "kind")) != 0)
    return FALSE;
  if (!is_email && (!crm_contact_point_is_number (a) || *key == '\0'))
    return equal_folded (x, y);
  return strcmp (key, other) == 0;
}

static gboolean
says_no_more_of (const CrmValues *a,
                 const CrmValues *b,
                 guint            field)
{
  const CrmField *f = &crm_values_get_entity (a)->fields[field];

  if ((f->flags & CRM_FIELD_SYSTEM) || is_mark (crm_values_get_entity (a), field) || crm_values_is_null (a, field))
    return TRUE;
  if (crm_values_is_null (b, field))
    return FALSE;
  return crm_field_is_integer (f) ? crm_values_get_integer (a, field) == crm_values_get_integer (b, field)
                                  : equal_folded (crm_values_get_text (a, field), crm_values_get_text (b, field));
}

gboolean
crm_merge_says_no_more (const CrmValues *a,
                        const CrmValues *b)
{
  const CrmEntity *entity = crm_values_get_entity (a);

  if (!crm_merge_is_once (entity))
    return FALSE;
  if (crm_entity_find_field (entity, "value") >= 0)
    return same_contact (a, b);
  for (guint i = 0; i < entity->n_fields; i++)
    if (!says_no_more_of (a, b, i))
      return FALSE;
  return TRUE;
}

static void
unite_members (JsonObject *into,
               const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GList) names = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  names = json_object_get_members (json_node_get_object (node));
  for (GList *l = names; l != NULL; l = l->next)
    if (!json_object_has_member (into, l->data))
      json_object_set_member (into, l->data, json_node_copy (json_object_get_member (json_node_get_object (node), l->data)));
}

static char *
unite_extra (const char *kept,
             const char *other)
{
  g_autoptr (JsonNode) node = kept == NULL ? NULL : json_from_string (kept, NULL);

  if (kept == NULL || other == NULL || node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup (kept != NULL ? kept : other);
  unite_members (json_node_get_object (node), other);
  return json_to_string (node, FALSE);
}
void
crm_merge_absorb_extra (CrmValues       *into,
                        const CrmValues *from)
{
  int extra = crm_entity_find_field (crm_values_get_entity (into), "extra");

  if (extra >= 0)
    crm_values_take_text (into, (guint) extra, unite_extra (crm_values_get_text (into, (guint) extra),
                                                            crm_values_get_text (from, (guint) extra)));
}

void
crm_merge_absorb (CrmValues       *into,
                  const CrmValues *from)
{
  const CrmEntity *entity = crm_values_get_entity (into);

  for (guint i = 0; i < entity->n_fields; i++)
    if (crm_values_is_null (into, i) && !crm_values_is_null (from, i) && !(entity->fields[i].flags & CRM_FIELD_SYSTEM))
      crm_values_copy_field (into, from, i);
  crm_merge_absorb_extra (into, from);
}
