/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-merge-request.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-error.h"

gboolean
crm_merge_is_through (const CrmField *field)
{
  return field->through != NULL && field->kind != CRM_KIND_TAGS;
}

static gboolean
same_kind (const CrmThrough *a,
           const CrmThrough *b)
{
  return strcmp (a->entity, b->entity) == 0 && g_strcmp0 (a->kind, b->kind) == 0;
}

gboolean
crm_merge_is_of_money (const CrmEntity *entity,
                       guint            field)
{
  return crm_entity_find_field (entity, "currency") >= 0 &&
         (entity->fields[field].kind == CRM_KIND_MONEY || strcmp (entity->fields[field].name, "currency") == 0);
}

/* A name as a whole, and its parts */
static gboolean
is_of_name (const CrmEntity *entity,
            guint            field)
{
  static const char * const parts[] = { "given", "family", NULL };

  return crm_entity_find_field (entity, "given") >= 0 &&
         (field == crm_entity_get_title_field (entity) || g_strv_contains (parts, entity->fields[field].name));
}

gboolean
crm_merge_goes_with (const CrmEntity *entity,
                     guint            a,
                     guint            b)
{
  const CrmField *x = &entity->fields[a], *y = &entity->fields[b];

  if (crm_merge_is_through (x) && crm_merge_is_through (y))
    return same_kind (x->through, y->through);
  return a == b || (crm_merge_is_of_money (entity, a) && crm_merge_is_of_money (entity, b)) ||
         (is_of_name (entity, a) && is_of_name (entity, b));
}

guint
crm_merge_get_group (const CrmEntity *entity,
                     guint            field)
{
  for (guint i = 0; i < field; i++)
    if (crm_merge_goes_with (entity, i, field))
      return i;
  return field;
}

gboolean
crm_merge_can_choose (const CrmEntity *entity,
                      guint            field)
{
  return !(entity->fields[field].flags & CRM_FIELD_SYSTEM) && entity->fields[field].kind != CRM_KIND_TAGS;
}

gboolean
crm_merge_can_unite (const CrmEntity *entity,
                     guint            field)
{
  return crm_merge_can_choose (entity, field) && entity->fields[field].kind == CRM_KIND_NOTE;
}

CrmMergeRequest *
crm_merge_request_new (const CrmEntity *entity,
                       gint64           kept,
                       gint64           other)
{
  CrmMergeRequest *self = g_new0 (CrmMergeRequest, 1);

  self->entity = entity;
  self->kept = kept;
  self->other = other;
  return self;
}

gboolean
crm_merge_request_choose (CrmMergeRequest  *self,
                          guint             field,
                          CrmMergeSide      side,
                          GError          **error)
{
  const CrmField *f = &self->entity->fields[field];

  if (!crm_merge_can_choose (self->entity, field) || (side == CRM_MERGE_BOTH && !crm_merge_can_unite (self->entity, field)))
    {
      g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID,
                   side == CRM_MERGE_BOTH ? _("%s: only one of both can be kept.") : _("%s: there is no choice."), crm_field_get_label (f));
      return FALSE;
    }
  for (guint i = 0; i < self->entity->n_fields; i++)
    if (crm_merge_goes_with (self->entity, i, field))
      self->sides[i] = side;
  return TRUE;
}
