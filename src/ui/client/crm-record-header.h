/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmRecordHeader: what tells a record at a glance: initials, name, and chips: of a client its kind, segment, grade and city, and its tags, which
 * are added and removed here; of a person role and firm.
 */
#define CRM_TYPE_RECORD_HEADER (crm_record_header_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecordHeader, crm_record_header, CRM, RECORD_HEADER, GtkWidget)

GtkWidget *crm_record_header_new     (CrmStore *store, const CrmEntity *entity);
/** @record: NULL: none. */
void       crm_record_header_bind    (CrmRecordHeader *self, CrmRecord *record);
/** Opens the entry for a new tag. */
void       crm_record_header_add_tag (CrmRecordHeader *self);

G_END_DECLS
