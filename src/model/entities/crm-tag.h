/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of a tag: index into crm_tag.fields. */
typedef enum {
  CRM_TAG_NAME,
  CRM_TAG_COLOUR,
  CRM_TAG_EXTRA,
  CRM_TAG_CREATED,
  CRM_TAG_MODIFIED,
  CRM_TAG_DELETED,
} CrmTagField;

/** The fields of a tagging, a tag on a client: index into crm_client_tag.fields. */
typedef enum {
  CRM_CLIENT_TAG_CLIENT,
  CRM_CLIENT_TAG_TAG,
  CRM_CLIENT_TAG_EXTRA,
} CrmClientTagField;

G_END_DECLS
