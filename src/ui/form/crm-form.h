/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmForm: the rows that edit the fields of an entity's record, made from the table of fields: one group a heading. It owns no place on the screen:
 * the page puts the groups where it wants them. Fields that are a child's, tags and those the store keeps have no row.
 */
#define CRM_TYPE_FORM (crm_form_get_type ())
G_DECLARE_FINAL_TYPE (CrmForm, crm_form, CRM, FORM, GObject)

CrmForm    *crm_form_new       (CrmStore *store, const CrmEntity *entity);
/** (transfer none) (element-type AdwPreferencesGroup): in the order of the table. */
GPtrArray  *crm_form_get_groups (CrmForm *self);
/** (transfer none): the group of that heading (as in the table, not translated), or NULL. */
GtkWidget  *crm_form_get_group (CrmForm *self, const char *heading);
/** Shows a record; NULL: none. What is typed for the one before is saved. Puts back drafts. */
void        crm_form_bind      (CrmForm *self, CrmRecord *record);
/** Saves what is typed. */
void        crm_form_flush     (CrmForm *self);
/** Puts the cursor into a field. */
void        crm_form_focus     (CrmForm *self, const char *field);

G_END_DECLS
