/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of what tells two records from each other ("not the same"): index into crm_distinct_client.fields and crm_distinct_person.fields. */
typedef enum {
  CRM_DISTINCT_ONE,
  CRM_DISTINCT_OTHER, /* in whichever order */
  CRM_DISTINCT_EXTRA,
} CrmDistinctField;

G_END_DECLS
