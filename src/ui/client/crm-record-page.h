/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmRecordPage: the card of one record, a client or a person, everything editable in place. It brings its own AdwHeaderBar (call, mail, delete …).
 *
 * Property "show-back" (boolean): the button that leads back to the list (action "win.back"), for narrow windows.
 * Actions "record.*" are of the widget: delete, restore, call, mail, add-phone, add-email, add-address, add-person, add-position,
 * add-tag, history, edit (F2) …
 */
#define CRM_TYPE_RECORD_PAGE (crm_record_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmRecordPage, crm_record_page, CRM, RECORD_PAGE, GtkWidget)

GtkWidget *crm_record_page_new   (CrmStore *store, const CrmEntity *entity);
/** 0: none: an empty page. What is being typed is saved first. */
void       crm_record_page_open  (CrmRecordPage *self, gint64 id);
/** Of the record that shows, or is about to; 0: none. */
gint64     crm_record_page_get_id (CrmRecordPage *self);
/** Saves what is being typed; for leaving the page or the window. */
void       crm_record_page_flush (CrmRecordPage *self);

G_END_DECLS
