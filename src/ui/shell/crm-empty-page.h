/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** CrmEmptyPage: what an empty base shows: ways to begin. Its buttons run win.import, win.new-client and win.sample-data. */
#define CRM_TYPE_EMPTY_PAGE (crm_empty_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmEmptyPage, crm_empty_page, CRM, EMPTY_PAGE, GtkWidget)

GtkWidget *crm_empty_page_new (void);

G_END_DECLS
