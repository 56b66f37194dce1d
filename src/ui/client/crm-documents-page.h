/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/** CrmDocumentsPage: the documents of a client or person, newest first; files are added by its button, pasted, or dropped on the card. Follows the commits while it is on the screen. */
#define CRM_TYPE_DOCUMENTS_PAGE (crm_documents_page_get_type ())
G_DECLARE_FINAL_TYPE (CrmDocumentsPage, crm_documents_page, CRM, DOCUMENTS_PAGE, GtkWidget)

GtkWidget *crm_documents_page_new       (CrmStore *store, const CrmEntity *entity);
/** 0: none. Read when the page comes on the screen. */
void       crm_documents_page_open      (CrmDocumentsPage *self, gint64 id);
/** More of many, when the end is reached. */
void       crm_documents_page_read_more (CrmDocumentsPage *self);

G_END_DECLS
