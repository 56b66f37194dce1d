/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-contact-point.h"

#include <glib/gi18n-lib.h>

#include "crm-check.h"
#include "crm-fold.h"

static const CrmChoice kinds[] = {
  { "phone", N_("Phone") },
  { "mobile", N_("Mobile") },
  { "fax", N_("Fax") },
  { "email", N_("E-mail") },
  { "chat", N_("Chat") },
  { NULL }
};

/* Those of clients and of people differ in whose they are. */
#define FIELDS(owner, label) { \
  [CRM_CONTACT_POINT_OWNER] = { owner, label, NULL, CRM_KIND_REFERENCE, CRM_FIELD_REQUIRED | CRM_FIELD_SYSTEM, .refers = owner }, \
  [CRM_CONTACT_POINT_KIND] = { "kind", N_("Kind"), NULL, CRM_KIND_CHOICE, CRM_FIELD_REQUIRED, kinds }, \
  [CRM_CONTACT_POINT_VALUE] = { "value", N_("Number or address"), NULL, CRM_KIND_TEXT, \
    CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH | CRM_FIELD_PERSONAL }, \
  [CRM_CONTACT_POINT_LABEL] = { "label", N_("Label"), NULL, CRM_KIND_TEXT, CRM_FIELD_SEARCH }, \
  [CRM_CONTACT_POINT_MAIN] = { "main", N_("Main one"), NULL, CRM_KIND_BOOL, CRM_FIELD_NONE }, \
  [CRM_CONTACT_POINT_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM }, \
}

static const CrmField fields[] = FIELDS ("client", N_("Client"));
static const CrmField person_fields[] = FIELDS ("person", N_("Person"));

gboolean
crm_contact_point_is_number (const CrmValues *values)
{
  static const char * const numbers[] = { "phone", "mobile", "fax", NULL };
  const char *kind = crm_values_get_text (values, CRM_CONTACT_POINT_KIND);

  return kind == NULL || g_strv_contains (numbers, kind);
}

static void
before_save (CrmValues       *changes,
             const CrmValues *current)
{
  if (current == NULL && crm_values_is_null (changes, CRM_CONTACT_POINT_KIND))
    crm_values_set_text (changes, CRM_CONTACT_POINT_KIND, "phone");
  if (current == NULL && crm_values_is_null (changes, CRM_CONTACT_POINT_MAIN))
    crm_values_set_integer (changes, CRM_CONTACT_POINT_MAIN, FALSE);
}

static gboolean
validate (const CrmValues  *changes,
          const CrmValues  *current,
          GError          **error)
{
  const CrmValues *kind_of = crm_values_has (changes, CRM_CONTACT_POINT_KIND) ? changes : current;
  const char *kind = kind_of == NULL ? NULL : crm_values_get_text (kind_of, CRM_CONTACT_POINT_KIND);
  const char *value = crm_values_get_text (changes, CRM_CONTACT_POINT_VALUE);

  if (value == NULL || kind == NULL || strcmp (kind, "chat") == 0)
    return TRUE;
  return strcmp (kind, "email") == 0 ? crm_check_email (value, error) : crm_check_phone (value, error);
}

static void
add_search_text (const CrmValues *values,
                 GString         *into)
{
  const char *value = crm_values_get_text (values, CRM_CONTACT_POINT_VALUE);

  if (value != NULL && crm_contact_point_is_number (values))
    crm_fold_digits_append (into, value);
  else if (value != NULL)
    crm_fold_append (into, value, -1);
  crm_fold_append (into, crm_values_get_text (values, CRM_CONTACT_POINT_LABEL), -1);
}

static const CrmRules rules = { .before_save = before_save, .validate = validate, .add_search_text = add_search_text };

const CrmEntity crm_contact_point = {
  .number = 3,
  .name = "contact_point",
  .type_name = "CrmContactPoint",
  .label = N_("Phone or e-mail"),
  .plural = N_("Phones and e-mails"),
  .icon = "crm-phone-symbolic",
  .title = "value",
  .parent = "client",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .rules = &rules,
};

const CrmEntity crm_person_point = {
  .number = 9,
  .name = "person_point",
  .type_name = "CrmPersonPoint",
  .label = N_("Phone or e-mail"),
  .plural = N_("Phones and e-mails of people"),
  .icon = "crm-phone-symbolic",
  .title = "value",
  .parent = "person",
  .fields = person_fields,
  .n_fields = G_N_ELEMENTS (person_fields),
  .rules = &rules,
};
