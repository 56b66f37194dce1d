/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-document-store.h"

G_BEGIN_DECLS

/*
 * Copies of documents for other programs: read-only, under their own names, in a folder of this user's cache that nobody else may enter. What is kept is
 * never given out itself. Main thread.
 */

/** crm_document_copy_async: makes a checked copy, in a thread. finish returns the file (transfer full); errors as crm_content_save(). */
void   crm_document_copy_async  (CrmStore *store, const CrmValues *document, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** (transfer full): %NULL with @error. */
GFile *crm_document_copy_finish (GAsyncResult *result, GError **error);

/** crm_document_copy_is_risky: was it of a kind that can run something, by its name or by what is in it? Of the same result. */
gboolean crm_document_copy_is_risky (GAsyncResult *result);

/** crm_document_copy_clean_up: removes the copies this process made, and those that others left long ago. */
void   crm_document_copy_clean_up (void);

/** (transfer full): gives @document as a file to whoever it is dropped on or pasted to; the copy is made when that asks for it. */
GdkContentProvider *crm_document_copy_create_provider (CrmStore *store, const CrmValues *document);

G_END_DECLS
