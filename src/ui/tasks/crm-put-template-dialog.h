/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/** CrmPutTemplateDialog: asks which activity template is to be put on clients, and from which day on, showing what that gives; then does it in one step. */
#define CRM_TYPE_PUT_TEMPLATE_DIALOG (crm_put_template_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrmPutTemplateDialog, crm_put_template_dialog, CRM, PUT_TEMPLATE_DIALOG, AdwMessageDialog)

/** @near: within the window; @clients: (element-type gint64): copied */
GtkWidget *crm_put_template_dialog_new (GtkWidget *near, CrmStore *store, GArray *clients);

G_END_DECLS
