/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmTasksSection: what is to be done at a client besides its next step, or with a person; done, snoozed, edited and added in place. Follows the commits.
 */
#define CRM_TYPE_TASKS_SECTION (crm_tasks_section_get_type ())
G_DECLARE_FINAL_TYPE (CrmTasksSection, crm_tasks_section, CRM, TASKS_SECTION, AdwPreferencesGroup)

/** @owner: the field of a task that refers to the record: %CRM_TASK_CLIENT or %CRM_TASK_PERSON. */
GtkWidget *crm_tasks_section_new             (CrmStore *store, guint owner);
/** Of which record; 0: none. */
void       crm_tasks_section_open            (CrmTasksSection *self, gint64 record);
/** @drafts: (element-type utf8 utf8): of the record: if they hold what was typed here, shows it. */
void       crm_tasks_section_put_drafts_back (CrmTasksSection *self, GHashTable *drafts);
/** Saves what is typed, and keeps what is not complete as drafts. */
void       crm_tasks_section_flush           (CrmTasksSection *self);
/** Puts the cursor where a new task is typed. */
void       crm_tasks_section_add             (CrmTasksSection *self);

G_END_DECLS
