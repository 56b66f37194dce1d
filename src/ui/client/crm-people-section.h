/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/** CrmPeopleSection: who works at a client, main contacts first, and who left. A click opens the person. Follows the commits. */
#define CRM_TYPE_PEOPLE_SECTION (crm_people_section_get_type ())
G_DECLARE_FINAL_TYPE (CrmPeopleSection, crm_people_section, CRM, PEOPLE_SECTION, AdwPreferencesGroup)

GtkWidget *crm_people_section_new             (CrmStore *store);
/** 0: none. */
void       crm_people_section_open            (CrmPeopleSection *self, gint64 client);
/** Asks for one who works there. */
void       crm_people_section_add             (CrmPeopleSection *self);
/** @drafts: (element-type utf8 utf8): of the client */
void       crm_people_section_put_drafts_back (CrmPeopleSection *self, GHashTable *drafts);
/** Keeps what is typed. */
void       crm_people_section_flush           (CrmPeopleSection *self);

G_END_DECLS
