/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-writer.h"

#include <glib/gi18n-lib.h>

#include "crm-apart.h"
#include "crm-error.h"
#include "crm-id.h"
#include "crm-reference.h"
#include "crm-sql.h"
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

/* Digits alone may be the id of the one that is meant. */
static gboolean
find_by_id (CrmWriter        *self,
            const CrmEntity  *entity,
            const char       *text,
            gint64           *id,
            GError          **error)
{
  GError *failure = NULL;
  g_autoptr (CrmValues) found = NULL;

  if (!crm_id_parse (text, id))
    *id = 0;
  if (*id == 0)
    return TRUE;
  found = crm_sql_read (crm_writer_get_db (self), entity, *id, &failure);
  if (found == NULL)
    *id = 0;
  if (failure != NULL)
    g_propagate_error (error, failure);
  return failure == NULL;
}

/* @id: (out): 0: there is none of that name. Of several the one that stands there is meant. */
static gboolean
find_by_name (CrmWriter       *self,
              const CrmField  *field,
              const char      *name,
              gint64           stands,
              gint64          *id,
              GError         **error)
{
  const CrmEntity *refers = crm_entity_find (field->refers);
  g_autoptr (GArray) ids = NULL;
  GError *failure = NULL;

  *id = 0;
  if (refers->unique)
    {
      *id = crm_writer_find_named (self, refers, name, TRUE, &failure);
      if (failure != NULL)
        g_propagate_error (error, failure);
      return failure == NULL;
    }
  ids = crm_names_find_all (crm_writer_get_names (self), refers, name, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (i == 0 || g_array_index (ids, gint64, i) == stands)
      *id = g_array_index (ids, gint64, i);
  if (ids == NULL || ids->len < 2 || *id == stands)
    return ids != NULL;
  crm_apart_refuse (crm_writer_get_db (self), field, name, ids, error);
  return FALSE;
}

/* A reference by name or by an id as text gets its id. */
static gboolean
resolve_reference (CrmWriter        *self,
                   CrmValues        *changes,
                   const CrmValues  *current,
                   guint             index,
                   GError          **error)
{
  const CrmField *field = &crm_values_get_entity (changes)->fields[index];
  const char *name = crm_values_get_text (changes, index);
  gint64 stands = current == NULL ? 0 : crm_values_get_integer (current, index);
  gint64 id;

  if (!find_by_id (self, crm_entity_find (field->refers), name, &id, error) ||
      (id == 0 && !find_by_name (self, field, name, stands, &id, error)))
    return FALSE;
  if (id == 0)
    g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("%s: “%s” does not exist."), crm_field_get_label (field), name);
  else
    crm_values_set_reference (changes, index, id, NULL);
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
      gint64 id;
      gboolean is_id = by_name && crm_id_parse (crm_values_get_text (changes, i), &id);

      if (entity->fields[i].kind != CRM_KIND_REFERENCE || crm_values_is_null (changes, i) ||
          (has_parent && i == crm_entity_get_parent_field (entity)))
        continue;
      if (by_name && !resolve_reference (self, changes, current, i, error))
        return FALSE;
      /* What was found by its name stands there; only one of the same table may lead back here. */
      if ((!by_name || is_id || strcmp (entity->fields[i].refers, entity->name) == 0) && !check_reference (self, changes, current, i, error))
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
