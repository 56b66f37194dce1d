/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"
#include "crm-id-list.h"
#include "crm-vcard.h"

G_BEGIN_DECLS

/**
 * CrmExport: records to be written to a file.
 * @path: the file; one of vCards if it ends in ".vcf" (clients with the people who work there), else a table (CSV)
 * @version: of the cards
 * @progress: (nullable): told of each record, in the thread that writes
 */
typedef struct {
  const CrmEntity *entity;
  const CrmIdList *ids;
  const char      *path;
  CrmVcardVersion  version;
  void           (*progress) (gpointer data);
  gpointer         data;
} CrmExport;

/** crm_export_is_card_file: is @path the name of a file of vCards? */
gboolean crm_export_is_card_file (const char *path);

/** crm_export_check: can @entity be written there? %CRM_ERROR_INVALID: only clients and people have cards. */
gboolean crm_export_check (const CrmEntity *entity, const char *path, GError **error);

/**
 * crm_export_run: writes them, in order, to a file that appears when it is complete. Not for the main thread.
 * @n_written: (out): records, the people of clients not counted
 */
gboolean crm_export_run   (const CrmExport *self, CrmDb *db, guint *n_written, GCancellable *cancellable, GError **error);

G_END_DECLS
