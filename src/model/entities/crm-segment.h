/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** The fields of a segment: index into crm_segment.fields. */
typedef enum {
  CRM_SEGMENT_NAME,
  CRM_SEGMENT_TARGET,
  CRM_SEGMENT_APPROACH,
  CRM_SEGMENT_NOTES,
  CRM_SEGMENT_EXTRA,
  CRM_SEGMENT_CREATED,
  CRM_SEGMENT_MODIFIED,
  CRM_SEGMENT_DELETED,
} CrmSegmentField;

G_END_DECLS
