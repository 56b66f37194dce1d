/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/** CrmTemplatesWindow: the activity templates, made and edited; a sample is offered where there is none. Follows the commits. */
#define CRM_TYPE_TEMPLATES_WINDOW (crm_templates_window_get_type ())
G_DECLARE_FINAL_TYPE (CrmTemplatesWindow, crm_templates_window, CRM, TEMPLATES_WINDOW, AdwWindow)

GtkWidget *crm_templates_window_new (CrmStore *store, GtkWindow *parent);

G_END_DECLS
