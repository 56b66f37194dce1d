/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-current.h"

#include <string.h>

#include "crm-client.h"
#include "crm-contact-point.h"
#include "crm-sql.h"
#include "crm-through.h"

void
crm_current_clear (CrmCurrent *self)
{
  g_clear_pointer (&self->values, crm_values_unref);
  g_clear_pointer (&self->points, g_ptr_array_unref);
}

/* Of a client that a row of this file made all is in the claims, but for what every new client has. */
gboolean
crm_current_read (CrmCurrent      *self,
                  CrmDb           *db,
                  const CrmKnown  *known,
                  guint32          client,
                  GError         **error)
{
  gint64 id = crm_known_get_id (known, client);

  crm_current_clear (self);
  if (crm_known_is_new (known, client))
    {
      self->values = crm_values_new (&crm_client, 0);
      if (crm_known_is_claimed (known, client, CRM_CLIENT_CREDIT_LIMIT))
        crm_values_set_integer (self->values, CRM_CLIENT_CREDIT_LIMIT, 0);
      crm_client.rules->before_save (self->values, NULL);
      self->points = g_ptr_array_new ();
      return TRUE;
    }
  self->values = crm_sql_read (db, &crm_client, id, error);
  if (self->values == NULL)
    return FALSE;
  self->points = crm_sql_read_children (db, &crm_contact_point, id, error);
  return self->points != NULL && crm_through_load (db, self->values, error);
}

static gboolean
is_email (const CrmValues *point)
{
  return g_strcmp0 (crm_values_get_text (point, CRM_CONTACT_POINT_KIND), "email") == 0;
}

guint64
crm_current_point_key (const CrmValues *point)
{
  const char *value = crm_values_get_text (point, CRM_CONTACT_POINT_VALUE);
  guint64 key = crm_known_key (is_email (point) ? CRM_KEY_EMAIL : CRM_KEY_PHONE, value);

  return key != 0 ? key : crm_known_hash (value);
}

gboolean
crm_current_has_point (const CrmCurrent     *self,
                       const CrmImportPoint *point)
{
  for (guint i = 0; i < self->points->len; i++)
    {
      const CrmValues *other = g_ptr_array_index (self->points, i);

      if (is_email (other) == (point->field == CRM_CLIENT_EMAIL) && (guint32) crm_current_point_key (other) == (guint32) point->key)
        return TRUE;
    }
  return FALSE;
}

const CrmValues *
crm_current_get_main_point (const CrmCurrent *self,
                            guint             field)
{
  const char *kinds = crm_client.fields[field].through->kind;
  gsize length = strcspn (kinds, ";");

  for (guint i = 0; i < self->points->len; i++)
    {
      const CrmValues *point = g_ptr_array_index (self->points, i);
      const char *kind = crm_values_get_text (point, CRM_CONTACT_POINT_KIND);

      if (kind != NULL && strlen (kind) == length && strncmp (kind, kinds, length) == 0)
        return point;
    }
  return NULL;
}
