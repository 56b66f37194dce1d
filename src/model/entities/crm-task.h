/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of a task: index into crm_task.fields. */
typedef enum {
  CRM_TASK_NAME,
  CRM_TASK_CLIENT,
  CRM_TASK_PERSON,
  CRM_TASK_NEXT,       /* the one next step of its client */
  CRM_TASK_DUE,
  CRM_TASK_TIME,       /* "09:30", on the wall's clock */
  CRM_TASK_PRIORITY,
  CRM_TASK_DEPARTMENT,
  CRM_TASK_SNOOZE,     /* not to be shown before that day */
  CRM_TASK_DONE,
  CRM_TASK_NOTES,
  CRM_TASK_EXTRA,
  CRM_TASK_CREATED,
  CRM_TASK_MODIFIED,
  CRM_TASK_DELETED,
} CrmTaskField;

/** How urgent a task is. */
extern const CrmChoice crm_task_priorities[];

G_END_DECLS
