/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/** CrmTemplateGroup: one activity template with its steps, in the order of their days: renamed, removed, steps added, edited and removed in place. */
#define CRM_TYPE_TEMPLATE_GROUP (crm_template_group_get_type ())
G_DECLARE_FINAL_TYPE (CrmTemplateGroup, crm_template_group, CRM, TEMPLATE_GROUP, AdwPreferencesGroup)

GtkWidget *crm_template_group_new   (CrmStore *store);
/** @template: as committed; @steps: (element-type CrmValues): its steps in order */
void       crm_template_group_set   (CrmTemplateGroup *self, const CrmValues *template, GPtrArray *steps);
/** Saves what is typed. */
void       crm_template_group_flush (CrmTemplateGroup *self);

G_END_DECLS
