/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-position.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"

static const CrmChoice kinds[] = {
  { "current", N_("Works there") },
  { "left", N_("Left") },
  { NULL }
};

static const CrmChoice buying_roles[] = {
  { "decision_maker", N_("Decision maker") },
  { "evaluator", N_("Evaluator") },
  { "influencer", N_("Influencer") },
  { "user", N_("User") },
  { "gatekeeper", N_("Gatekeeper") },
  { NULL }
};

static const CrmField fields[] = {
  [CRM_POSITION_PERSON] = { "person", N_("Person"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_REQUIRED | CRM_FIELD_SYSTEM, .refers = "person" },
  [CRM_POSITION_CLIENT] = { "client", N_("Firm"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH, .refers = "client" },
  [CRM_POSITION_KIND] = { "kind", N_("Now"), NULL, CRM_KIND_CHOICE, CRM_FIELD_REQUIRED, kinds },
  [CRM_POSITION_ROLE] = { "role", N_("Role"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL },
  [CRM_POSITION_BUYING_ROLE] = { "buying_role", N_("Role in buying"), NULL, CRM_KIND_CHOICE, CRM_FIELD_NONE, buying_roles },
  [CRM_POSITION_SINCE] = { "since", N_("Since"), NULL, CRM_KIND_DATE, CRM_FIELD_NONE },
  [CRM_POSITION_UNTIL] = { "until", N_("Until"), NULL, CRM_KIND_DATE, CRM_FIELD_NONE },
  [CRM_POSITION_CONTACT] = { "contact", N_("Main contact there"), NULL, CRM_KIND_BOOL, CRM_FIELD_NONE },
  [CRM_POSITION_MAIN] = { "main", N_("Main one"), NULL, CRM_KIND_BOOL, CRM_FIELD_NONE },
  [CRM_POSITION_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
};

static char *
describe_merge (const char *kept,
                const char *other)
{
  if (kept == NULL)
    /* Translators: of two clients that become one; the name of a person */
    return g_strdup_printf (_("The main contact will be %s."), other);
  /* Translators: of two clients that become one; the names of two people */
  return g_strdup_printf (_("The main contact stays %1$s, and no longer is %2$s."), kept, other);
}

/* Whom the client is talked to through is one of those who work there. */
static const CrmOnlyOne main_contact = {
  "contact", "client", "kind = 'current' AND EXISTS (SELECT 1 FROM person WHERE person.id = position.person AND deleted IS NULL)",
  describe_merge
};

/* Who has an end there has left, and whoever has left is nobody's contact any more. */
static void
before_save (CrmValues       *changes,
             const CrmValues *current)
{
  if (current == NULL && crm_values_is_null (changes, CRM_POSITION_KIND))
    crm_values_set_text (changes, CRM_POSITION_KIND, crm_values_is_null (changes, CRM_POSITION_UNTIL) ? "current" : "left");
  else if (crm_values_has (changes, CRM_POSITION_UNTIL) && !crm_values_has (changes, CRM_POSITION_KIND))
    crm_values_set_text (changes, CRM_POSITION_KIND, crm_values_is_null (changes, CRM_POSITION_UNTIL) ? "current" : "left");
  if (g_strcmp0 (crm_values_get_text (changes, CRM_POSITION_KIND), "left") == 0 && !crm_values_has (changes, CRM_POSITION_CONTACT))
    crm_values_set_integer (changes, CRM_POSITION_CONTACT, FALSE);
  if (current == NULL && crm_values_is_null (changes, CRM_POSITION_CONTACT))
    crm_values_set_integer (changes, CRM_POSITION_CONTACT, FALSE);
  if (current == NULL && crm_values_is_null (changes, CRM_POSITION_MAIN))
    crm_values_set_integer (changes, CRM_POSITION_MAIN, FALSE);
}

static const char *
get_text (const CrmValues *changes,
          const CrmValues *current,
          guint            field)
{
  if (crm_values_has (changes, field))
    return crm_values_get_text (changes, field);
  return current == NULL ? NULL : crm_values_get_text (current, field);
}

static gboolean
validate (const CrmValues  *changes,
          const CrmValues  *current,
          GError          **error)
{
  const char *since = get_text (changes, current, CRM_POSITION_SINCE);
  const char *until = get_text (changes, current, CRM_POSITION_UNTIL);

  if (since != NULL && until != NULL && strcmp (since, until) > 0)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("Nobody leaves a firm before coming there."));
      return FALSE;
    }
  if (g_strcmp0 (get_text (changes, current, CRM_POSITION_KIND), "left") == 0 && crm_values_get_integer (changes, CRM_POSITION_CONTACT) != 0 &&
      (current == NULL || crm_values_get_integer (current, CRM_POSITION_CONTACT) == 0))
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("Who has left is not the main contact any more."));
      return FALSE;
    }
  return TRUE;
}

static const CrmRules rules = { .before_save = before_save, .validate = validate };

const CrmEntity crm_position = {
  .number = 10,
  .name = "position",
  .type_name = "CrmPosition",
  .label = N_("Position"),
  .plural = N_("Positions"),
  .icon = "crm-client-symbolic",
  .title = "role",
  .parent = "person",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .rules = &rules,
  .only_one = &main_contact,
};
