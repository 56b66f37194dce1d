/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of an activity template: index into crm_activity_template.fields. */
typedef enum {
  CRM_ACTIVITY_TEMPLATE_NAME,
  CRM_ACTIVITY_TEMPLATE_NOTES,
  CRM_ACTIVITY_TEMPLATE_EXTRA,
  CRM_ACTIVITY_TEMPLATE_CREATED,
  CRM_ACTIVITY_TEMPLATE_MODIFIED,
  CRM_ACTIVITY_TEMPLATE_DELETED,
} CrmActivityTemplateField;

/** The fields of a step of an activity template: index into crm_template_step.fields. */
typedef enum {
  CRM_TEMPLATE_STEP_TEMPLATE,
  CRM_TEMPLATE_STEP_NAME,
  CRM_TEMPLATE_STEP_DAYS, /* after the day the template is put on */
  CRM_TEMPLATE_STEP_PRIORITY,
  CRM_TEMPLATE_STEP_DEPARTMENT,
  CRM_TEMPLATE_STEP_EXTRA,
} CrmTemplateStepField;

G_END_DECLS
