/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-distinct.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"

/* Those of clients and of people differ in what they tell from each other. */
#define FIELDS(one, one_label, other_label) { \
  [CRM_DISTINCT_ONE] = { one, one_label, NULL, CRM_KIND_REFERENCE, CRM_FIELD_REQUIRED | CRM_FIELD_SYSTEM, .refers = one }, \
  [CRM_DISTINCT_OTHER] = { "other", other_label, NULL, CRM_KIND_REFERENCE, CRM_FIELD_REQUIRED, .refers = one }, \
  [CRM_DISTINCT_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM }, \
}

static const CrmField fields[] = FIELDS ("client", N_("Client"), N_("Other client"));
static const CrmField person_fields[] = FIELDS ("person", N_("Person"), N_("Other person"));

static gint64
get_reference (const CrmValues *changes,
               const CrmValues *current,
               guint            field)
{
  const CrmValues *of = crm_values_has (changes, field) || current == NULL ? changes : current;

  return crm_values_get_integer (of, field);
}

static gboolean
validate (const CrmValues  *changes,
          const CrmValues  *current,
          GError          **error)
{
  if (get_reference (changes, current, CRM_DISTINCT_ONE) != get_reference (changes, current, CRM_DISTINCT_OTHER))
    return TRUE;
  g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("A record is the same as itself."));
  return FALSE;
}

static const CrmRules rules = { .validate = validate };

const CrmEntity crm_distinct_client = {
  .number = 20,
  .name = "distinct_client",
  .type_name = "CrmDistinctClient",
  .label = N_("Not the same as"),
  .plural = N_("Not the same"),
  .icon = "crm-client-symbolic",
  .title = "other",
  .parent = "client",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .rules = &rules,
};

const CrmEntity crm_distinct_person = {
  .number = 21,
  .name = "distinct_person",
  .type_name = "CrmDistinctPerson",
  .label = N_("Not the same as"),
  .plural = N_("Not the same"),
  .icon = "crm-person-symbolic",
  .title = "other",
  .parent = "person",
  .fields = person_fields,
  .n_fields = G_N_ELEMENTS (person_fields),
  .rules = &rules,
};
