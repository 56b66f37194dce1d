/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-tag.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"
#include "crm-writer.h"

static const CrmChoice colours[] = {
  { "blue", N_("Blue") },     { "green", N_("Green") },   { "yellow", N_("Yellow") }, { "orange", N_("Orange") },
  { "red", N_("Red") },       { "purple", N_("Purple") }, { "brown", N_("Brown") },   { NULL }
};

static const CrmField fields[] = {
  [CRM_TAG_NAME] = { "name", N_("Name"), NULL, CRM_KIND_TEXT, CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH | CRM_FIELD_COLUMN },
  [CRM_TAG_COLOUR] = { "colour", N_("Colour"), NULL, CRM_KIND_CHOICE, CRM_FIELD_NONE, colours },
  [CRM_TAG_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
  [CRM_TAG_CREATED] = { "created", N_("Created"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_TAG_MODIFIED] = { "modified", N_("Changed"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_TAG_DELETED] = { "deleted", N_("Deleted"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
};

static const CrmField tagging_fields[] = {
  [CRM_CLIENT_TAG_CLIENT] = { "client", N_("Client"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_REQUIRED | CRM_FIELD_SYSTEM, .refers = "client" },
  [CRM_CLIENT_TAG_TAG] = { "tag", N_("Tag"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH, .refers = "tag" },
  [CRM_CLIENT_TAG_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
};

/* Tags are listed parted by commas, so a name cannot hold one. */
static gboolean
validate (const CrmValues  *changes,
          const CrmValues  *current,
          GError          **error)
{
  const char *name = crm_values_get_text (changes, CRM_TAG_NAME);

  if (name == NULL || strpbrk (name, ",;|\n") == NULL)
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("The name of a tag cannot hold a comma, semicolon or bar: “%s”."), name);
  return FALSE;
}

static gboolean
before_delete (CrmWriter *writer,
               gint64     id,
               GError   **error)
{
  g_autoptr (GArray) taggings = crm_writer_find_referring (writer, &crm_client_tag, CRM_CLIENT_TAG_TAG, id, error);

  if (taggings == NULL)
    return FALSE;
  for (guint i = 0; i < taggings->len; i++)
    if (!crm_writer_delete (writer, &crm_client_tag, g_array_index (taggings, gint64, i), error))
      return FALSE;
  return TRUE;
}

static const CrmRules rules = { .validate = validate, .before_delete = before_delete };

const CrmEntity crm_tag = {
  .number = 5,
  .name = "tag",
  .type_name = "CrmTag",
  .label = N_("Tag"),
  .plural = N_("Tags"),
  .icon = "crm-tag-symbolic",
  .title = "name",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .rules = &rules,
  .unique = TRUE,
};

const CrmEntity crm_client_tag = {
  .number = 6,
  .name = "client_tag",
  .type_name = "CrmClientTag",
  .label = N_("Tag of a client"),
  .plural = N_("Tags of clients"),
  .icon = "crm-tag-symbolic",
  .title = "tag",
  .parent = "client",
  .fields = tagging_fields,
  .n_fields = G_N_ELEMENTS (tagging_fields),
};
