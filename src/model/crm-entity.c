/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-entity.h"

#include <string.h>

#include "crm-record.h"

static const CrmEntity * const entities[] = {
  &crm_segment,
  &crm_tag,
  &crm_saved_view,
  &crm_client,
  &crm_address,
  &crm_contact_point,
  &crm_client_tag,
  &crm_person,
  &crm_person_point,
  &crm_position,
  &crm_consent,
  &crm_task,
  &crm_interaction,
  &crm_participant,
  &crm_document,
  &crm_activity_template,
  &crm_template_step,
  &crm_distinct_client,
  &crm_distinct_person,
  NULL
};

const CrmEntity * const *
crm_entity_get_all (void)
{
  return entities;
}

const CrmEntity *
crm_entity_find (const char *name)
{
  for (guint i = 0; entities[i] != NULL; i++)
    if (g_strcmp0 (entities[i]->name, name) == 0)
      return entities[i];
  return NULL;
}

const CrmEntity *
crm_entity_find_number (int number)
{
  for (guint i = 0; entities[i] != NULL; i++)
    if (entities[i]->number == number)
      return entities[i];
  return NULL;
}

int
crm_entity_find_field (const CrmEntity *self,
                       const char      *name)
{
  for (guint i = 0; i < self->n_fields && name != NULL; i++)
    if (self->fields[i].name[0] == name[0] && strcmp (self->fields[i].name, name) == 0)
      return (int) i;
  return -1;
}

const CrmField *
crm_entity_get_field (const CrmEntity *self,
                      const char      *name)
{
  int i = crm_entity_find_field (self, name);

  return i < 0 ? NULL : &self->fields[i];
}

guint
crm_entity_get_title_field (const CrmEntity *self)
{
  return (guint) crm_entity_find_field (self, self->title);
}

guint
crm_entity_get_parent_field (const CrmEntity *self)
{
  g_assert (self->parent != NULL);
  return (guint) crm_entity_find_field (self, self->parent);
}

gboolean
crm_entity_is_root (const CrmEntity *self)
{
  return self->parent == NULL;
}
