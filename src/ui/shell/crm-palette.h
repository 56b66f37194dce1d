/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-window.h"

G_BEGIN_DECLS

/** CrmPalette: goes to anything: any command, any record, by the beginnings of words. */
#define CRM_TYPE_PALETTE (crm_palette_get_type ())
G_DECLARE_FINAL_TYPE (CrmPalette, crm_palette, CRM, PALETTE, AdwWindow)

GtkWidget *crm_palette_new (CrmWindow *window);

G_END_DECLS
