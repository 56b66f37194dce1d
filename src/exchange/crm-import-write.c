/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-write.h"

#include <string.h>

#include "crm-address.h"
#include "crm-card-extra.h"
#include "crm-contact-point.h"
#include "crm-person.h"
#include "crm-position.h"

typedef struct {
  CrmWriter           *writer;
  const CrmImportRow  *row;
  CrmDecision         *decision;
  const GArray        *firms;
} Writing;

void
crm_import_firm_clear (gpointer data)
{
  CrmImportFirm *firm = data;

  g_free (firm->name);
}

/* Children */

static CrmValues *
make_point (const Writing        *self,
            const CrmImportPoint *point)
{
  CrmValues *values = crm_values_new (self->row->subject->points, 0);

  crm_values_set_text (values, CRM_CONTACT_POINT_KIND, crm_point_kind_get_name (point->kind));
  crm_values_set_text (values, CRM_CONTACT_POINT_VALUE, point->value);
  crm_values_set_text (values, CRM_CONTACT_POINT_LABEL, point->label);
  return values;
}

static CrmValues *
make_position (const Writing *self,
               guint          index)
{
  const CrmImportFirm *firm = &g_array_index (self->firms, CrmImportFirm, index);
  const CrmImportJob *job = g_ptr_array_index (self->decision->jobs, index);
  CrmValues *values = crm_values_new (&crm_position, 0);

  crm_values_set_reference (values, CRM_POSITION_CLIENT, firm->id, firm->name);
  crm_values_set_text (values, CRM_POSITION_KIND, "current");
  crm_values_set_text (values, CRM_POSITION_ROLE, job->role);
  return values;
}

static void
add_points (const Writing *self,
            GPtrArray     *children,
            gboolean       main)
{
  for (guint i = 0; i < self->decision->points->len; i++)
    {
      const CrmImportPoint *point = g_ptr_array_index (self->decision->points, i);
      CrmValues *values;

      if ((crm_import_row_get_point (self->row, point->kind) == point) != main)
        continue;
      values = make_point (self, point);
      crm_values_set_integer (values, CRM_CONTACT_POINT_MAIN, main);
      g_ptr_array_add (children, values);
    }
}

/* Of a new record, the main ones first */
static GPtrArray *
make_children (const Writing *self)
{
  GPtrArray *children = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_values_unref);

  add_points (self, children, TRUE);
  add_points (self, children, FALSE);
  for (guint i = 0; i < self->decision->addresses->len; i++)
    {
      CrmValues *address = crm_values_copy (g_ptr_array_index (self->decision->addresses, i));

      crm_values_set_integer (address, CRM_ADDRESS_MAIN, i == 0);
      g_ptr_array_add (children, address);
    }
  for (guint i = 0; i < self->firms->len; i++)
    {
      CrmValues *position = make_position (self, i);

      crm_values_set_integer (position, CRM_POSITION_MAIN, i == 0);
      g_ptr_array_add (children, position);
    }
  return children;
}

/* What is seen through the children given is not asked for once more. */
static void
unset_shown (CrmValues *values,
             GPtrArray *children)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  for (guint i = 0; i < children->len; i++)
    {
      const char *name = crm_values_get_entity (g_ptr_array_index (children, i))->name;

      for (guint f = 0; f < entity->n_fields; f++)
        if (entity->fields[f].through != NULL && strcmp (entity->fields[f].through->entity, name) == 0 &&
            entity->fields[f].through->kind == NULL)
          crm_values_unset (values, f);
    }
  if (entity == &crm_person)
    {
      crm_values_unset (values, CRM_PERSON_FIRM);
      crm_values_unset (values, CRM_PERSON_ROLE);
    }
}

static gboolean
write_new (const Writing  *self,
           CrmKnown       *known,
           GError        **error)
{
  const CrmImportSubject *subject = self->row->subject;
  CrmValues *values = self->decision->changes;
  g_autoptr (GPtrArray) children = make_children (self);
  gint64 id;

  unset_shown (values, children);
  if (self->decision->kept->len > 0)
    crm_values_take_text (values, subject->extra, crm_card_lines_to_json (self->decision->kept));
  id = crm_writer_insert_with (self->writer, values, children, error);
  if (id == 0)
    return FALSE;
  crm_known_set_id (known, self->decision->client, id);
  return TRUE;
}

/* Changes */

static gboolean
insert_child (const Writing  *self,
              CrmValues      *child,
              gint64          id,
              GError        **error)
{
  crm_values_set_reference (child, crm_entity_get_parent_field (crm_values_get_entity (child)), id, NULL);
  return crm_writer_insert (self->writer, child, error) != 0;
}

static gboolean
write_children (const Writing  *self,
                gint64          id,
                GError        **error)
{
  for (guint i = 0; i < self->decision->points->len; i++)
    {
      g_autoptr (CrmValues) point = make_point (self, g_ptr_array_index (self->decision->points, i));

      if (!insert_child (self, point, id, error))
        return FALSE;
    }
  for (guint i = 0; i < self->decision->addresses->len; i++)
    {
      g_autoptr (CrmValues) address = crm_values_copy (g_ptr_array_index (self->decision->addresses, i));

      if (!insert_child (self, address, id, error))
        return FALSE;
    }
  for (guint i = 0; i < self->firms->len; i++)
    {
      g_autoptr (CrmValues) position = make_position (self, i);

      if (!insert_child (self, position, id, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_roles (const Writing  *self,
             GError        **error)
{
  for (guint i = 0; i < self->decision->roles->len; i++)
    {
      const CrmImportRole *role = &g_array_index (self->decision->roles, CrmImportRole, i);
      g_autoptr (CrmValues) changes = crm_values_new (&crm_position, role->position);

      crm_values_set_text (changes, CRM_POSITION_ROLE, role->role);
      if (!crm_writer_update (self->writer, changes, error))
        return FALSE;
    }
  return TRUE;
}

static void
add_notes (const Writing   *self,
           const CrmValues *current)
{
  guint field = self->row->subject->notes;
  const char *notes = crm_values_get_text (current, field);
  const char *more = self->decision->more_notes->str;

  if (*more != '\0')
    crm_values_take_text (self->decision->changes, field, notes == NULL ? g_strdup (more) : g_strconcat (notes, "\n", more, NULL));
}

static void
add_kept (const Writing   *self,
          const CrmValues *current)
{
  guint field = self->row->subject->extra;
  g_autoptr (CrmCardExtra) extra = NULL;

  if (self->decision->kept->len == 0)
    return;
  extra = crm_card_extra_new (crm_values_get_text (current, field));
  for (guint i = 0; i < self->decision->replaced->len; i++)
    crm_card_extra_drop (extra, g_ptr_array_index (self->decision->replaced, i));
  for (guint i = 0; i < self->decision->kept->len; i++)
    crm_card_extra_add (extra, g_ptr_array_index (self->decision->kept, i));
  crm_values_take_text (self->decision->changes, field, crm_card_extra_to_json (extra));
}

/* What is added to what a record has already */
static gboolean
add_to_current (const Writing  *self,
                gint64          id,
                GError        **error)
{
  g_autoptr (CrmValues) current = NULL;

  if (self->decision->more_notes->len == 0 && self->decision->kept->len == 0)
    return TRUE;
  current = crm_writer_read (self->writer, self->row->subject->entity, id, error);
  if (current == NULL)
    return FALSE;
  add_notes (self, current);
  add_kept (self, current);
  return TRUE;
}

/* A new name would be split anew, if it came without its parts. */
static void
keep_parts_of_name (const Writing *self)
{
  static const guint parts[] = { CRM_PERSON_GIVEN, CRM_PERSON_FAMILY };

  if (self->row->subject != &crm_import_person || !crm_values_has (self->decision->changes, CRM_PERSON_NAME))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (crm_values_has (self->row->values, parts[i]))
      crm_values_set_text (self->decision->changes, parts[i], crm_values_get_text (self->row->values, parts[i]));
}

static gboolean
write_changes (const Writing  *self,
               gint64          id,
               GError        **error)
{
  crm_values_set_id (self->decision->changes, id);
  keep_parts_of_name (self);
  if (!add_to_current (self, id, error) || !crm_writer_update (self->writer, self->decision->changes, error))
    return FALSE;
  for (guint i = 0; i < self->decision->tags->len; i++)
    if (!crm_writer_add_tag (self->writer, id, g_ptr_array_index (self->decision->tags, i), error))
      return FALSE;
  return write_roles (self, error) && write_children (self, id, error);
}

gboolean
crm_import_write (CrmWriter           *writer,
                  CrmKnown            *known,
                  const CrmImportRow  *row,
                  CrmDecision         *decision,
                  const GArray        *firms,
                  GError             **error)
{
  const Writing self = { writer, row, decision, firms };

  switch (decision->verdict)
    {
    case CRM_VERDICT_NEW:
      return write_new (&self, known, error);
    case CRM_VERDICT_CHANGED:
      return write_changes (&self, crm_known_get_id (known, decision->client), error);
    default:
      return TRUE;
    }
}
