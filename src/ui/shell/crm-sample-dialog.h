/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmSampleDialog: adds invented clients to try the program with: how many, then progress with Cancel.
 *
 * Signal "added": a step was written.
 */
#define CRM_TYPE_SAMPLE_DIALOG (crm_sample_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrmSampleDialog, crm_sample_dialog, CRM, SAMPLE_DIALOG, AdwWindow)

GtkWidget *crm_sample_dialog_new (CrmStore  *store,
                                  GtkWindow *parent);

G_END_DECLS
