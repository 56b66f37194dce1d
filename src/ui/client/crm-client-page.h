/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmClientPage: the card of one client, everything editable in place. It brings its own AdwHeaderBar (call, mail, delete …).
 *
 * Property "show-back" (boolean): the button that leads back to the list (action "win.back"), for narrow windows.
 * Actions "record.*" are of the widget: delete, restore, call, mail, add-phone, add-email, add-address, add-tag, history, edit (F2) …
 */
#define CRM_TYPE_CLIENT_PAGE (crm_client_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmClientPage, crm_client_page, CRM, CLIENT_PAGE, GtkWidget)

GtkWidget *crm_client_page_new   (CrmStore *store);
/** 0: none: an empty page. What is being typed is saved first. */
void       crm_client_page_open  (CrmClientPage *self, gint64 id);
gint64     crm_client_page_get_id (CrmClientPage *self);
/** Saves what is being typed; for leaving the page or the window. */
void       crm_client_page_flush (CrmClientPage *self);

G_END_DECLS
