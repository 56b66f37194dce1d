/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-saved-view.h"

#include <glib/gi18n-lib.h>

static const CrmField fields[] = {
  [CRM_SAVED_VIEW_NAME] = { "name", N_("Name"), NULL, CRM_KIND_TEXT, CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH | CRM_FIELD_COLUMN },
  [CRM_SAVED_VIEW_ENTITY] = { "entity", N_("List"), NULL, CRM_KIND_TEXT, CRM_FIELD_REQUIRED },
  [CRM_SAVED_VIEW_QUERY] = { "query", N_("Query"), NULL, CRM_KIND_NOTE, CRM_FIELD_REQUIRED },
  [CRM_SAVED_VIEW_PLACE] = { "place", N_("Place"), NULL, CRM_KIND_INTEGER, CRM_FIELD_NONE },
  [CRM_SAVED_VIEW_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
  [CRM_SAVED_VIEW_CREATED] = { "created", N_("Created"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_SAVED_VIEW_MODIFIED] = { "modified", N_("Changed"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_SAVED_VIEW_DELETED] = { "deleted", N_("Deleted"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
};

static void
before_save (CrmValues       *changes,
             const CrmValues *current)
{
  if (current == NULL && crm_values_is_null (changes, CRM_SAVED_VIEW_ENTITY))
    crm_values_set_text (changes, CRM_SAVED_VIEW_ENTITY, "client");
  if (current == NULL && crm_values_is_null (changes, CRM_SAVED_VIEW_PLACE))
    crm_values_set_integer (changes, CRM_SAVED_VIEW_PLACE, 0);
}

static const CrmRules rules = { .before_save = before_save };

const CrmEntity crm_saved_view = {
  .number = 7,
  .name = "saved_view",
  .type_name = "CrmSavedView",
  .label = N_("Saved view"),
  .plural = N_("Saved views"),
  .icon = "crm-filter-symbolic",
  .title = "name",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .rules = &rules,
};
