/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-row-keys.h"

#include "crm-fold.h"
#include "crm-import-row.h"

void
crm_row_keys_init (CrmRowKeys *self)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (guint64));
  self->all = g_array_new (FALSE, FALSE, sizeof (guint64));
}

void
crm_row_keys_clear (CrmRowKeys *self)
{
  g_array_unref (self->places);
  g_array_unref (self->all);
}

static guint32
hash_folded (const char *text)
{
  g_autofree char *folded = text == NULL ? NULL : crm_fold (text);

  return folded == NULL || *folded == '\0' ? 0 : crm_known_hash (folded);
}

void
crm_row_keys_read (CrmRowKeys             *self,
                   const CrmImportSubject *subject,
                   const CrmValues        *values,
                   const GArray           *points,
                   const char             *uid)
{
  const char *place = crm_values_get_text (values, subject->place);

  crm_known_name_keys (subject, crm_values_get_text (values, subject->name), place, self->by_kind);
  self->plain = crm_known_plain_key (subject, crm_values_get_text (values, subject->name));
  self->by_kind[CRM_KEY_UID] = crm_known_key (CRM_KEY_UID, uid);
  self->by_kind[CRM_KEY_TAX_NUMBER] =
    subject->number < 0 ? 0 : crm_known_key (CRM_KEY_TAX_NUMBER, crm_values_get_text (values, (guint) subject->number));
  self->by_kind[CRM_KEY_GIVEN] = subject->given < 0 ? 0 : crm_known_given_key (crm_values_get_text (values, (guint) subject->given));
  self->place = hash_folded (place);
  g_array_set_size (self->places, 0);
  g_array_set_size (self->all, 0);
  g_array_append_val (self->all, self->by_kind[CRM_KEY_UID]);
  g_array_append_val (self->all, self->by_kind[CRM_KEY_TAX_NUMBER]);
  for (guint i = 0; i < points->len; i++)
    g_array_append_val (self->all, g_array_index (points, CrmImportPoint, i).key);
  g_array_append_val (self->all, self->by_kind[CRM_KEY_NAME_CITY]);
  g_array_append_val (self->all, self->by_kind[CRM_KEY_NAME]);
  g_array_append_val (self->all, self->by_kind[CRM_KEY_FIRM]);
}

void
crm_row_keys_add_place (CrmRowKeys             *self,
                        const CrmImportSubject *subject,
                        const CrmValues        *values,
                        const char             *place)
{
  guint64 keys[CRM_N_KEYS];

  crm_known_name_keys (subject, crm_values_get_text (values, subject->name), place, keys);
  if (keys[CRM_KEY_NAME_CITY] == 0)
    return;
  g_array_append_val (self->places, keys[CRM_KEY_NAME_CITY]);
  g_array_append_val (self->all, keys[CRM_KEY_NAME_CITY]);
}

gboolean
crm_row_keys_name (const CrmRowKeys *self,
                   const CrmKnown   *known,
                   guint32           client)
{
  return crm_known_has (known, client, self->by_kind[CRM_KEY_FIRM]);
}
