/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-current.h"

#include "crm-client.h"
#include "crm-contact-point.h"
#include "crm-import-points.h"
#include "crm-sql.h"
#include "crm-through.h"

void
crm_current_clear (CrmCurrent *self)
{
  g_clear_pointer (&self->values, crm_values_unref);
  g_clear_pointer (&self->points, g_ptr_array_unref);
}

/* Of one that a row of this file made all is in the claims, but for what every new client has. */
gboolean
crm_current_read (CrmCurrent      *self,
                  CrmDb           *db,
                  const CrmKnown  *known,
                  guint32          client,
                  GError         **error)
{
  const CrmEntity *entity = crm_known_get_subject (known)->entity;
  gint64 id = crm_known_get_id (known, client);

  crm_current_clear (self);
  self->subject = crm_known_get_subject (known);
  if (crm_known_is_new (known, client))
    {
      self->values = crm_values_new (entity, 0);
      if (entity == &crm_client && crm_known_is_claimed (known, client, CRM_CLIENT_CREDIT_LIMIT))
        crm_values_set_integer (self->values, CRM_CLIENT_CREDIT_LIMIT, 0);
      entity->rules->before_save (self->values, NULL);
      self->points = g_ptr_array_new ();
      return TRUE;
    }
  self->values = crm_sql_read (db, entity, id, error);
  if (self->values == NULL)
    return FALSE;
  self->points = crm_sql_read_children (db, self->subject->points, id, error);
  return self->points != NULL && crm_through_load (db, self->values, error);
}

static CrmPointKind
get_kind (const CrmValues *point)
{
  return crm_point_kind_find (crm_values_get_text (point, CRM_CONTACT_POINT_KIND));
}

guint64
crm_current_point_key (const CrmValues *point)
{
  return crm_import_point_key (get_kind (point), crm_values_get_text (point, CRM_CONTACT_POINT_VALUE),
                               crm_values_get_text (point, CRM_CONTACT_POINT_LABEL));
}

/* A number is the same as phone, mobile or fax. */
static gboolean
are_alike (CrmPointKind a,
           CrmPointKind b)
{
  return a == b || (a <= CRM_POINT_FAX && b <= CRM_POINT_FAX);
}

gboolean
crm_current_has_point (const CrmCurrent     *self,
                       const CrmImportPoint *point)
{
  for (guint i = 0; i < self->points->len; i++)
    {
      const CrmValues *other = g_ptr_array_index (self->points, i);

      if (are_alike (get_kind (other), point->kind) && (guint32) crm_current_point_key (other) == (guint32) point->key)
        return TRUE;
    }
  return FALSE;
}

const CrmValues *
crm_current_get_main_point (const CrmCurrent *self,
                            CrmPointKind      kind)
{
  const char *name = crm_point_kind_get_name (kind);

  for (guint i = 0; i < self->points->len; i++)
    {
      const CrmValues *point = g_ptr_array_index (self->points, i);

      if (g_strcmp0 (crm_values_get_text (point, CRM_CONTACT_POINT_KIND), name) == 0)
        return point;
    }
  return NULL;
}
