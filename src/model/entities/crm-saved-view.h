/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of a saved view: index into crm_saved_view.fields. */
typedef enum {
  CRM_SAVED_VIEW_NAME,
  CRM_SAVED_VIEW_ENTITY,
  CRM_SAVED_VIEW_QUERY,
  CRM_SAVED_VIEW_PLACE,
  CRM_SAVED_VIEW_EXTRA,
  CRM_SAVED_VIEW_CREATED,
  CRM_SAVED_VIEW_MODIFIED,
  CRM_SAVED_VIEW_DELETED,
} CrmSavedViewField;

G_END_DECLS
