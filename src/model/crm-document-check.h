/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"

G_BEGIN_DECLS

/* Do the rows of documents and the files beside the base agree? */

/**
 * crm_document_check: reads the file of each document, those in the trash too.
 * @findings: (element-type utf8): gets a sentence for each that is missing or altered: the document's name, whose it is, its file
 */
gboolean    crm_document_check         (CrmDb *db, GPtrArray *findings, GCancellable *cancellable, GError **error);

/**
 * crm_document_find_unused: (transfer full) (element-type utf8): the hashes of the files that neither a document names nor anything that undo or redo
 * could bring back. They are what is left of steps that were never committed, of what was erased, and of bases that this one replaced.
 */
GHashTable *crm_document_find_unused   (CrmDb *db, GError **error);

/**
 * crm_document_remove_unused: removes such files, while nobody else can write: for those who were asked to, as a base that was moved aside or an older
 * backup may name them.
 * @n: (out): how many went
 */
gboolean    crm_document_remove_unused (CrmDb *db, guint *n, GError **error);

G_END_DECLS
