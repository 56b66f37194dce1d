/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-segment.h"

#include <glib/gi18n-lib.h>

#include "crm-client.h"
#include "crm-writer.h"

static const CrmField fields[] = {
  [CRM_SEGMENT_NAME] = { "name", N_("Name"), NULL, CRM_KIND_TEXT, CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH | CRM_FIELD_COLUMN },
  [CRM_SEGMENT_TARGET] = { "target", N_("Target"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_COLUMN },
  [CRM_SEGMENT_APPROACH] = { "approach", N_("Approach"), NULL, CRM_KIND_NOTE, CRM_FIELD_SEARCH },
  [CRM_SEGMENT_NOTES] = { "notes", N_("Notes"), NULL, CRM_KIND_NOTE, CRM_FIELD_SEARCH },
  [CRM_SEGMENT_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
  [CRM_SEGMENT_CREATED] = { "created", N_("Created"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_SEGMENT_MODIFIED] = { "modified", N_("Changed"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_SEGMENT_DELETED] = { "deleted", N_("Deleted"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
};

/* A segment that goes never takes clients along: they are left without one. */
static gboolean
before_delete (CrmWriter *writer,
               gint64     id,
               GError   **error)
{
  g_autoptr (GArray) clients = crm_writer_find_referring (writer, &crm_client, CRM_CLIENT_SEGMENT, id, error);

  if (clients == NULL)
    return FALSE;
  for (guint i = 0; i < clients->len; i++)
    {
      g_autoptr (CrmValues) changes = crm_values_new (&crm_client, g_array_index (clients, gint64, i));

      crm_values_set_null (changes, CRM_CLIENT_SEGMENT);
      if (!crm_writer_update (writer, changes, error))
        return FALSE;
    }
  return TRUE;
}

static const CrmRules rules = { .before_delete = before_delete };

const CrmEntity crm_segment = {
  .number = 4,
  .name = "segment",
  .type_name = "CrmSegment",
  .label = N_("Segment"),
  .plural = N_("Segments"),
  .icon = "crm-segment-symbolic",
  .title = "name",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .rules = &rules,
  .unique = TRUE,
};
