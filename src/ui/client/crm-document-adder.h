/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-document-store.h"

G_BEGIN_DECLS

/* Files become documents of a record: chosen, dropped or pasted. What was done, and what could not be, shows near @near. Main thread. */

/** crm_document_adder_add: @kind as of crm_document_add_files_async(); @files: (element-type GFile). */
void crm_document_adder_add     (GtkWidget *near, CrmStore *store, const CrmEntity *owner, gint64 id, const char *kind, GPtrArray *files);

/** crm_document_adder_choose: asks for files, or for a photo or logo for one picture, and adds them. */
void crm_document_adder_choose  (GtkWidget *near, CrmStore *store, const CrmEntity *owner, gint64 id, const char *kind);

/** (transfer full) (element-type GFile): of a GdkFileList. */
GPtrArray *crm_document_adder_get_files (const GValue *list);

G_END_DECLS
