/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-content.h"
#include "crm-document.h"
#include "crm-store.h"

G_BEGIN_DECLS

/*
 * Documents of records: a row of crm_document and the content it names (crm-content.h). The content is on the disk before its row is committed; a step that
 * is taken back leaves it there.
 */

/**
 * crm_document_keep_bytes: keeps @data as the content of @document, which has at least a name, and fills its hash, size and, if it has none, its media type.
 * Any thread; blocks. Errors as crm_content_put().
 */
gboolean  crm_document_keep_bytes   (const char *database, CrmValues *document, gconstpointer data, gsize size, GError **error);

/** crm_document_keep_file: the same with a copy of a file, whose name it gets if it has none. */
gboolean  crm_document_keep_file    (const char *database, CrmValues *document, GFile *file, CrmContentProgress progress, gpointer data,
                                     GCancellable *cancellable, GError **error);

/**
 * crm_document_insert_bytes: both at once, within a step: @document has a name, a kind and whose it is (client, person, interaction).
 * Returns its id, or 0 with @error. Writer's thread.
 */
gint64    crm_document_insert_bytes (CrmWriter *writer, CrmValues *document, gconstpointer data, gsize size, GError **error);

/**
 * crm_document_insert: inserts what crm_document_keep_*() filled, after a look that its content is still there (%CRM_ERROR_NOT_FOUND).
 * Returns its id, or 0 with @error. Writer's thread.
 */
gint64    crm_document_insert       (CrmWriter *writer, const CrmValues *document, GError **error);

/** What the picture of a record of @owner is called: "logo" of a client, "photo" of anybody else. */
const char *crm_document_get_picture_kind (const CrmEntity *owner);

/** crm_document_remove_picture: its picture goes to the trash, if it has one. Writer's thread. */
gboolean    crm_document_remove_picture   (CrmWriter *writer, const CrmEntity *owner, gint64 id, GError **error);

/** What came of files that were to become documents. */
typedef struct {
  GArray    *ids;      /* (element-type gint64): the new documents */
  GPtrArray *refused;  /* (element-type utf8): a sentence for each file that was not taken */
  GPtrArray *known;    /* (element-type utf8): the names of files that the record has already */
} CrmDocumentResult;

void      crm_document_result_free  (CrmDocumentResult *self);

/** CrmDocumentMeter: how far an addition of files is; any thread. */
typedef struct _CrmDocumentMeter CrmDocumentMeter;

CrmDocumentMeter *crm_document_meter_new   (void);
void              crm_document_meter_unref (CrmDocumentMeter *self);
/** How much of the files is read: 0 … 1. */
double            crm_document_meter_get_fraction (CrmDocumentMeter *self);

/**
 * crm_document_add_files_async: keeps copies of @files (element-type GFile) as documents of a client, person or interaction, in one step.
 * Read in a thread of its own. What cannot be taken is in the result's words; it is no error unless nobody else can be served either (a full disk).
 * @kind: "file", "photo", "logo" or "attachment"
 * @meter: (nullable)
 */
void      crm_document_add_files_async (CrmStore *store, const CrmEntity *owner, gint64 id, const char *kind, GPtrArray *files, CrmDocumentMeter *meter,
                                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** (transfer full): %NULL with @error if none was added. */
CrmDocumentResult *crm_document_add_files_finish (CrmStore *store, GAsyncResult *result, GError **error);
/** crm_document_add_files: waits for it; for the command line and tests. */
CrmDocumentResult *crm_document_add_files (CrmStore *store, const CrmEntity *owner, gint64 id, const char *kind, GPtrArray *files, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDocumentResult, crm_document_result_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDocumentMeter, crm_document_meter_unref)

G_END_DECLS
