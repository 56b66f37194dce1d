/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-values-private.h"

G_DEFINE_BOXED_TYPE (CrmValues, crm_values, crm_values_ref, crm_values_unref)

CrmValues *
crm_values_new (const CrmEntity *entity,
                gint64           id)
{
  CrmValues *self;

  g_return_val_if_fail (entity != NULL && entity->n_fields <= CRM_MAX_FIELDS, NULL);

  self = g_malloc0 (sizeof *self + entity->n_fields * sizeof (CrmValue));
  self->references = 1;
  self->entity = entity;
  self->id = id;
  return self;
}

CrmValues *
crm_values_ref (CrmValues *self)
{
  g_atomic_int_inc (&self->references);
  return self;
}

void
crm_values_unref (CrmValues *self)
{
  if (!g_atomic_int_dec_and_test (&self->references))
    return;
  for (guint i = 0; i < self->entity->n_fields; i++)
    if (self->values[i].text != NULL)
      g_free (self->values[i].text);
  g_free (self);
}

CrmValues *
crm_values_copy (const CrmValues *self)
{
  CrmValues *copy = crm_values_new (self->entity, self->id);

  crm_values_merge (copy, self);
  return copy;
}

const CrmEntity *
crm_values_get_entity (const CrmValues *self)
{
  return self->entity;
}

gint64
crm_values_get_id (const CrmValues *self)
{
  return self->id;
}

void
crm_values_set_id (CrmValues *self,
                   gint64     id)
{
  self->id = id;
}

static inline guint64
bit (guint field)
{
  return G_GUINT64_CONSTANT (1) << field;
}

gboolean
crm_values_has (const CrmValues *self,
                guint            field)
{
  g_return_val_if_fail (field < self->entity->n_fields, FALSE);

  return (self->present & bit (field)) != 0;
}

gboolean
crm_values_is_null (const CrmValues *self,
                    guint            field)
{
  g_return_val_if_fail (field < self->entity->n_fields, TRUE);

  return !self->values[field].has_integer && self->values[field].text == NULL;
}

const char *
crm_values_get_text (const CrmValues *self,
                     guint            field)
{
  g_return_val_if_fail (field < self->entity->n_fields, NULL);

  return self->values[field].text;
}

gint64
crm_values_get_integer (const CrmValues *self,
                        guint            field)
{
  g_return_val_if_fail (field < self->entity->n_fields, 0);

  return self->values[field].integer;
}

static void
assign (CrmValues *self,
        guint      field,
        gboolean   has_integer,
        gint64     integer,
        char      *text)
{
  g_return_if_fail (field < self->entity->n_fields);

  self->present |= bit (field);
  g_free (self->values[field].text);
  self->values[field] = (CrmValue) { has_integer, integer, text };
}

void
crm_values_take_text (CrmValues *self,
                      guint      field,
                      char      *text)
{
  if (text != NULL && *text == '\0')
    g_clear_pointer (&text, g_free);
  assign (self, field, FALSE, 0, text);
}

void
crm_values_set_text (CrmValues  *self,
                     guint       field,
                     const char *text)
{
  crm_values_take_text (self, field, g_strdup (text));
}

void
crm_values_set_integer (CrmValues *self,
                        guint      field,
                        gint64     value)
{
  assign (self, field, TRUE, value, NULL);
}

void
crm_values_set_reference (CrmValues  *self,
                          guint       field,
                          gint64      id,
                          const char *name)
{
  assign (self, field, id != 0, id, g_strdup (name));
}

void
crm_values_set_null (CrmValues *self,
                     guint      field)
{
  assign (self, field, FALSE, 0, NULL);
}

void
crm_values_unset (CrmValues *self,
                  guint      field)
{
  assign (self, field, FALSE, 0, NULL);
  self->present &= ~bit (field);
}

void
crm_values_merge (CrmValues       *self,
                  const CrmValues *from)
{
  g_return_if_fail (self->entity == from->entity);

  for (guint i = 0; i < self->entity->n_fields; i++)
    if (from->present & bit (i))
      assign (self, i, from->values[i].has_integer, from->values[i].integer, g_strdup (from->values[i].text));
}

void
crm_values_copy_field (CrmValues       *self,
                       const CrmValues *from,
                       guint            field)
{
  g_return_if_fail (self->entity == from->entity);
  g_return_if_fail (field < self->entity->n_fields);

  assign (self, field, from->values[field].has_integer, from->values[field].integer, g_strdup (from->values[field].text));
}

gboolean
crm_values_equal_field (const CrmValues *self,
                        const CrmValues *other,
                        guint            field)
{
  const CrmValue *a = &self->values[field], *b = &other->values[field];

  if (a->has_integer != b->has_integer || a->integer != b->integer)
    return FALSE;
  return a->has_integer || g_strcmp0 (a->text, b->text) == 0;
}
