/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/** CrmClientHeader: what tells a client at a glance: initials, name, chips of kind, segment, grade and city, and its tags, which are added and removed here. */
#define CRM_TYPE_CLIENT_HEADER (crm_client_header_get_type ())
G_DECLARE_FINAL_TYPE (CrmClientHeader, crm_client_header, CRM, CLIENT_HEADER, GtkWidget)

GtkWidget *crm_client_header_new     (CrmStore *store);
/** @record: NULL: none. */
void       crm_client_header_bind    (CrmClientHeader *self, CrmRecord *record);
/** Opens the entry for a new tag. */
void       crm_client_header_add_tag (CrmClientHeader *self);

G_END_DECLS
