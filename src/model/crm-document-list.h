/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-document.h"
#include "crm-store.h"

G_BEGIN_DECLS

/** The documents of a record, the newest first. */
typedef struct {
  GPtrArray *documents; /* (element-type CrmValues): the first of them */
  guint      total;     /* how many there are */
} CrmDocumentList;

void             crm_document_list_free       (CrmDocumentList *self);
/** crm_document_list_read: at most @limit; not those in the trash. Reader's thread. */
CrmDocumentList *crm_document_list_read       (CrmDb *db, const CrmEntity *owner, gint64 id, guint limit, GError **error);
/** The same on the reader, from the main thread. */
void             crm_document_list_read_async (CrmStore *store, const CrmEntity *owner, gint64 id, guint limit, GCancellable *cancellable,
                                               GAsyncReadyCallback callback, gpointer user_data);
/** (transfer full): %NULL with @error. */
CrmDocumentList *crm_document_list_read_finish (CrmStore *store, GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDocumentList, crm_document_list_free)

G_END_DECLS
