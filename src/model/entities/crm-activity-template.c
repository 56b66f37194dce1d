/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-activity-template.h"

#include <glib/gi18n-lib.h>

#include "crm-error.h"
#include "crm-task.h"

/* Ten years: longer chains are slips of the hand. */
#define MAX_DAYS 3653

static const CrmField fields[] = {
  [CRM_ACTIVITY_TEMPLATE_NAME] = { "name", N_("Name"), NULL, CRM_KIND_TEXT, CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH | CRM_FIELD_COLUMN },
  [CRM_ACTIVITY_TEMPLATE_NOTES] = { "notes", N_("Notes"), NULL, CRM_KIND_NOTE, CRM_FIELD_SEARCH },

  [CRM_ACTIVITY_TEMPLATE_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
  [CRM_ACTIVITY_TEMPLATE_CREATED] = { "created", N_("Created"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_ACTIVITY_TEMPLATE_MODIFIED] = { "modified", N_("Changed"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
  [CRM_ACTIVITY_TEMPLATE_DELETED] = { "deleted", N_("Deleted"), NULL, CRM_KIND_DATETIME, CRM_FIELD_SYSTEM },
};

static const CrmField step_fields[] = {
  [CRM_TEMPLATE_STEP_TEMPLATE] = { "template", N_("Activity template"), NULL, CRM_KIND_REFERENCE, CRM_FIELD_REQUIRED | CRM_FIELD_SYSTEM,
    .refers = "activity_template" },
  [CRM_TEMPLATE_STEP_NAME] = { "name", N_("What is to be done"), NULL, CRM_KIND_TEXT, CRM_FIELD_REQUIRED | CRM_FIELD_SEARCH },
  [CRM_TEMPLATE_STEP_DAYS] = { "days", N_("After so many days"), NULL, CRM_KIND_INTEGER, CRM_FIELD_REQUIRED },
  [CRM_TEMPLATE_STEP_PRIORITY] = { "priority", N_("Priority"), NULL, CRM_KIND_CHOICE, CRM_FIELD_REQUIRED, crm_task_priorities },
  [CRM_TEMPLATE_STEP_DEPARTMENT] = { "department", N_("Department"), NULL, CRM_KIND_TEXT, CRM_FIELD_NONE },
  [CRM_TEMPLATE_STEP_EXTRA] = { "extra", N_("Other data"), NULL, CRM_KIND_TEXT, CRM_FIELD_SYSTEM },
};

static void
step_before_save (CrmValues       *changes,
                  const CrmValues *current)
{
  if (current == NULL && crm_values_is_null (changes, CRM_TEMPLATE_STEP_DAYS))
    crm_values_set_integer (changes, CRM_TEMPLATE_STEP_DAYS, 0);
  if (current == NULL && crm_values_is_null (changes, CRM_TEMPLATE_STEP_PRIORITY))
    crm_values_set_text (changes, CRM_TEMPLATE_STEP_PRIORITY, "normal");
}

static gboolean
step_validate (const CrmValues  *changes,
               const CrmValues  *current,
               GError          **error)
{
  gint64 days = crm_values_get_integer (changes, CRM_TEMPLATE_STEP_DAYS);

  if (days >= 0 && days <= MAX_DAYS)
    return TRUE;
  g_set_error (error, CRM_ERROR, CRM_ERROR_INVALID, _("A step comes between 0 and %d days after the start."), MAX_DAYS);
  return FALSE;
}

static const CrmRules step_rules = { .before_save = step_before_save, .validate = step_validate };
static const char * const children[] = { "template_step", NULL };

const CrmEntity crm_activity_template = {
  .number = 16,
  .name = "activity_template",
  .type_name = "CrmActivityTemplate",
  .label = N_("Activity template"),
  .plural = N_("Activity templates"),
  .icon = "crm-task-symbolic",
  .title = "name",
  .fields = fields,
  .n_fields = G_N_ELEMENTS (fields),
  .children = children,
  .unique = TRUE,
};

const CrmEntity crm_template_step = {
  .number = 17,
  .name = "template_step",
  .type_name = "CrmTemplateStep",
  .label = N_("Step of a template"),
  .plural = N_("Steps of templates"),
  .icon = "crm-task-symbolic",
  .title = "name",
  .parent = "template",
  .fields = step_fields,
  .n_fields = G_N_ELEMENTS (step_fields),
  .rules = &step_rules,
};
