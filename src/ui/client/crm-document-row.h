/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-document-store.h"

G_BEGIN_DECLS

/**
 * CrmDocumentRow: a document in a list: its type, name, size, kind and day. It is opened, renamed in place, saved as a file, dragged out and moved to the
 * trash here; actions document.*, in its menu and on keys (Return, F2, Ctrl+S, Delete).
 */
#define CRM_TYPE_DOCUMENT_ROW (crm_document_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmDocumentRow, crm_document_row, CRM, DOCUMENT_ROW, GtkListBoxRow)

GtkWidget *crm_document_row_new    (CrmStore *store, CrmValues *document);
/** Of the document it shows. */
gint64     crm_document_row_get_id (CrmDocumentRow *self);
/** Shows the document as it is now. */
void       crm_document_row_set    (CrmDocumentRow *self, CrmValues *document);
/** Opens it in the desktop's program for it; what can run something only after a question. */
void       crm_document_row_open   (CrmDocumentRow *self);

G_END_DECLS
