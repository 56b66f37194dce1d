/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"
#include "crm-store.h"

G_BEGIN_DECLS

/* What an import does in other threads. Main thread; plain data goes over and comes back. */

/** CrmImportMeter: how far a job is: set by the thread that works, read by the main thread. */
typedef struct _CrmImportMeter CrmImportMeter;

CrmImportMeter *crm_import_meter_new          (void);
void            crm_import_meter_unref        (CrmImportMeter *self);
/** From 0 to 1. */
double          crm_import_meter_get_fraction (CrmImportMeter *self);

/** CrmImportRead: what to find out about a file; what stands above it was chosen by the user. */
typedef enum {
  CRM_IMPORT_READ_ALL,
  CRM_IMPORT_READ_DELIMITER,
  CRM_IMPORT_READ_HEADER,
  CRM_IMPORT_READ_MAPPING,
} CrmImportRead;

/** CrmImportFile: a file of clients, how to read it, and its first rows; of files of cards there are no rows. */
typedef struct {
  CrmImportOptions *options;
  GPtrArray        *rows; /* of GStrv */
} CrmImportFile;

void             crm_import_file_free         (CrmImportFile *self);

/**
 * crm_import_job_read_async:
 * @paths: the file; several only of cards
 * @known: (nullable): what is known of it; needed unless @what is %CRM_IMPORT_READ_ALL
 */
void             crm_import_job_read_async    (const char * const     *paths,
                                               const CrmImportOptions *known,
                                               CrmImportRead           what,
                                               GCancellable           *cancellable,
                                               GAsyncReadyCallback     callback,
                                               gpointer                user_data);
/** Returns: (transfer full): errors as of crm_import_options_new(). */
CrmImportFile   *crm_import_job_read_finish   (GAsyncResult           *result,
                                               GError                **error);

/** crm_import_job_plan_async: the dry run, over a connection of its own so that lists need not wait for it. @database: path */
void             crm_import_job_plan_async    (const char             *database,
                                               const CrmImportOptions *options,
                                               CrmImportMeter         *meter,
                                               GCancellable           *cancellable,
                                               GAsyncReadyCallback     callback,
                                               gpointer                user_data);
/** Returns: (transfer full): errors as of crm_import_plan(). */
CrmImportResult *crm_import_job_plan_finish   (GAsyncResult           *result,
                                               GError                **error);

/** crm_import_job_run_async: the import, as a step. @expected: new and changed ones of the plan */
void             crm_import_job_run_async     (CrmStore               *store,
                                               const CrmImportOptions *options,
                                               guint                   expected,
                                               CrmImportMeter         *meter,
                                               GCancellable           *cancellable,
                                               GAsyncReadyCallback     callback,
                                               gpointer                user_data);
/** Returns: (transfer full): %NULL with @error: nothing was written. */
CrmImportResult *crm_import_job_run_finish    (GAsyncResult           *result,
                                               GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmImportFile, crm_import_file_free)

G_END_DECLS
