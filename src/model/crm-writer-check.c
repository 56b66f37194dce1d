/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-writer.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"
#include "crm-reference.h"
#include "crm-writer-private.h"

/* What is refused */

gboolean
crm_writer_check_unique (CrmWriter       *self,
                         const CrmValues *changes,
                         GError         **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  guint title = crm_entity_get_title_field (entity);
  const char *name;
  GError *failure = NULL;
  gint64 other;

  if (!entity->unique || !crm_values_has (changes, title))
    return TRUE;
  name = crm_values_get_text (changes, title);
  other = crm_writer_find_named (self, entity, name, FALSE, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (other == 0 || other == crm_values_get_id (changes))
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: the name “%s” is taken already."), _(entity->label), name);
  return FALSE;
}

/* A reference by name gets its id. */
static gboolean
resolve_reference (CrmWriter  *self,
                   CrmValues  *changes,
                   guint       index,
                   GError    **error)
{
  const CrmField *field = &crm_values_get_entity (changes)->fields[index];
  const CrmEntity *refers = crm_entity_find (field->refers);
  const char *name = crm_values_get_text (changes, index);
  GError *failure = NULL;
  gint64 id = crm_writer_find_named (self, refers, name, refers->unique, &failure);

  if (id != 0)
    crm_values_set_reference (changes, index, id, NULL);
  else if (failure != NULL)
    g_propagate_error (error, failure);
  else
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: “%s” does not exist."), crm_field_get_label (field), name);
  return id != 0;
}

/* The database would say so only at the end of the step, and not of which field. What stands already may stay, though it went to the trash since. */
static gboolean
check_reference (CrmWriter        *self,
                 const CrmValues  *changes,
                 const CrmValues  *current,
                 guint             index,
                 GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  gint64 target = crm_values_get_integer (changes, index);
  const char *name = NULL;

  if (current != NULL && crm_values_get_integer (current, index) == target)
    return TRUE;
  if (crm_entity_is_root (entity))
    name = crm_values_get_text (changes, crm_entity_get_title_field (entity));
  return crm_reference_check (crm_writer_get_db (self), entity, index, crm_values_get_id (changes), name, target, error);
}

/* @has_parent: the record that a child belongs to is known to be there */
static gboolean
check_references (CrmWriter        *self,
                  CrmValues        *changes,
                  const CrmValues  *current,
                  gboolean          has_parent,
                  GError          **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      gboolean by_name = crm_values_get_integer (changes, i) == 0 && crm_values_get_text (changes, i) != NULL;

      if (entity->fields[i].kind != CRM_KIND_REFERENCE || crm_values_is_null (changes, i) ||
          (has_parent && i == crm_entity_get_parent_field (entity)))
        continue;
      if (by_name && !resolve_reference (self, changes, i, error))
        return FALSE;
      /* What was found by its name stands there; only one of the same table may lead back here. */
      if ((!by_name || strcmp (entity->fields[i].refers, entity->name) == 0) && !check_reference (self, changes, current, i, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_required (const CrmValues *changes,
                gboolean         is_new,
                GError         **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);

  for (guint i = 0; i < entity->n_fields; i++)
    if ((entity->fields[i].flags & CRM_FIELD_REQUIRED) && (is_new || crm_values_has (changes, i)) &&
        crm_values_is_null (changes, i))
      {
        g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: %s"), crm_field_get_label (&entity->fields[i]),
                     _("It cannot be empty."));
        return FALSE;
      }
  return TRUE;
}

/* Values that did not pass crm_values_parse() are held to the same rules. */
static gboolean
check_kinds (const CrmValues *changes,
             GError         **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);
  g_autoptr (CrmValues) parsed = crm_values_new (entity, 0);

  for (guint i = 0; i < entity->n_fields; i++)
    {
      const char *text = crm_values_get_text (changes, i);

      if (text != NULL && entity->fields[i].kind != CRM_KIND_REFERENCE && !crm_values_is_plain (changes, i) &&
          !crm_values_parse (parsed, i, text, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check (CrmWriter       *self,
       CrmValues       *changes,
       const CrmValues *current,
       gboolean         has_parent,
       GError         **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);

  if (entity->rules != NULL && entity->rules->before_save != NULL)
    entity->rules->before_save (changes, current);
  return check_required (changes, current == NULL, error) && check_kinds (changes, error) &&
         check_references (self, changes, current, has_parent, error) && crm_writer_check_unique (self, changes, error) &&
         (entity->rules == NULL || entity->rules->validate == NULL || entity->rules->validate (changes, current, error));
}

gboolean
crm_writer_check (CrmWriter       *self,
                  CrmValues       *changes,
                  const CrmValues *current,
                  GError         **error)
{
  return check (self, changes, current, FALSE, error);
}

/* What was said is a proof: it is added to. Only of whom it was may change: two records may be one person. */
gboolean
crm_writer_check_append_only (const CrmValues *changes,
                              GError         **error)
{
  const CrmEntity *entity = crm_values_get_entity (changes);

  for (guint i = 0; entity->append_only && i < entity->n_fields; i++)
    if (i != crm_entity_get_parent_field (entity) && crm_values_has (changes, i))
      {
        g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: it is neither changed nor deleted. Add what holds now."),
                     _(entity->label));
        return FALSE;
      }
  return TRUE;
}

/* Its parent has just been made. */
gboolean
crm_writer_check_child (CrmWriter *self,
                        CrmValues *values,
                        GError   **error)
{
  return check (self, values, NULL, TRUE, error);
}
