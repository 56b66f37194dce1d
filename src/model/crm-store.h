/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-change.h"
#include "crm-index.h"
#include "crm-query.h"
#include "crm-record.h"
#include "crm-worker.h"
#include "crm-writer.h"

G_BEGIN_DECLS

/**
 * CrmStore: the client base: one file, one writer thread, one reader thread. Main thread.
 *
 * Signal "changed" (CrmChangeSet *): a commit, ours or of another process. Emitted after the reader's index follows it and records are up to date.
 * Property "undo-label", "redo-label": of the step that undo or redo would act on; NULL: there is none.
 */
#define CRM_TYPE_STORE (crm_store_get_type ())
G_DECLARE_FINAL_TYPE (CrmStore, crm_store, CRM, STORE, GObject)

/** (transfer full): $XDG_DATA_HOME/crm/crm.db. */
char      *crm_store_get_default_path (void);

/**
 * crm_store_open: opens the database, migrating an older one; @create: makes it if the file is missing.
 * Blocks for the milliseconds this takes (a migration: longer). Errors as of crm_db_open() and crm_schema_migrate().
 */
CrmStore  *crm_store_open        (const char *path, gboolean create, GError **error);
/** crm_store_watch: from now on "changed" is emitted, records and labels follow the commits of this and other processes. For programs with a main loop. */
void       crm_store_watch       (CrmStore *self);
/** Finishes what waits and closes the file. */
void       crm_store_close       (CrmStore *self);
/** (transfer none): of the base. */
const char *crm_store_get_path   (CrmStore *self);

/**
 * crm_store_tidy_async: what a window does once after its start, in the background: empties what has been in the trash for 30 days,
 * puts the order of names into the user's language, does what an erasure left to be done (crm_erase_scrub()). finish by crm_store_step_finish().
 */
void       crm_store_tidy_async  (CrmStore *self, GAsyncReadyCallback callback, gpointer user_data);

/* Writing */

/** Runs on the writer's thread within one transaction: %FALSE with @error undoes all it did. */
typedef gboolean (*CrmStepFunc) (CrmWriter *writer, gpointer data, GCancellable *cancellable, GError **error);

/**
 * crm_store_step_async: runs a labelled step ("Edit Ağaoğlu Gıda"; translated). Acknowledged when it is committed and on disk.
 */
void       crm_store_step_async  (CrmStore *self, const char *label, CrmStepFunc func, gpointer data, GDestroyNotify free_data,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** %FALSE with @error: nothing was changed. */
gboolean   crm_store_step_finish (CrmStore *self, GAsyncResult *result, GError **error);
/** Waits for it; for the command line and tests. */
gboolean   crm_store_step        (CrmStore *self, const char *label, CrmStepFunc func, gpointer data, GCancellable *cancellable, GError **error);

/** crm_store_save_async: inserts (id 0) or updates by @changes as one step with a fitting label. finish returns the id, 0 on error. */
void       crm_store_save_async  (CrmStore *self, CrmValues *changes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** The id, a new record's too; 0 with @error: nothing was saved. */
gint64     crm_store_save_finish (CrmStore *self, GAsyncResult *result, GError **error);
/** The same, waiting for it: for the command line and tests. */
gint64     crm_store_save        (CrmStore *self, CrmValues *changes, GError **error);
/** crm_store_delete_async: any number of records of an entity, as one step. @ids: (element-type gint64) */
void       crm_store_delete_async (CrmStore *self, const CrmEntity *entity, GArray *ids, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** crm_store_restore_async: the same, out of the trash. Both are finished by crm_store_step_finish(). */
void       crm_store_restore_async (CrmStore *self, const CrmEntity *entity, GArray *ids, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

/** crm_store_undo_async: takes back the last step in force, or does the last undone one again. finish returns its label (transfer full). */
void       crm_store_undo_async  (CrmStore *self, gboolean redo, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** (transfer full): the label of the step that was taken back, or done again; %NULL with @error. */
char      *crm_store_undo_finish (CrmStore *self, GAsyncResult *result, GError **error);
/** %CRM_ERROR_NOT_FOUND if there is nothing to undo. */
char      *crm_store_undo        (CrmStore *self, gboolean redo, GError **error);
/** (transfer none) (nullable): of the step that would be taken back; %NULL: none. Property "undo-label". */
const char *crm_store_get_undo_label (CrmStore *self);
/** (transfer none) (nullable): of the step that would be done again. Property "redo-label". */
const char *crm_store_get_redo_label (CrmStore *self);

/** crm_store_maintain: waits for a job of one's own on the writer's connection, outside of a step: checks, backups of the command line. */
gpointer   crm_store_maintain    (CrmStore *self, CrmJobFunc func, gpointer data, GCancellable *cancellable, GError **error);

/** crm_store_set_draft: keeps (or with NULL forgets) what is typed in a field and not saved; @record may be 0 for a new record of @entity. Within 2 s on disk. Of a closed store: nothing. */
void       crm_store_set_draft   (CrmStore *self, const CrmEntity *entity, gint64 record, const char *field, const char *text);
/** crm_store_load_drafts_async: result of finish: (element-type utf8 utf8) field → text. */
void       crm_store_load_drafts_async (CrmStore *self, const CrmEntity *entity, gint64 record, GAsyncReadyCallback callback, gpointer user_data);
/** (transfer full): %NULL with @error. */
GHashTable *crm_store_load_drafts_finish (CrmStore *self, GAsyncResult *result, GError **error);

/* Reading */

/** crm_store_read_async: a job of one's own on the reader's connection; data as of crm_worker_run_async(). finish by crm_store_read_finish(). Of a closed store: G_IO_ERROR_CANCELLED. */
void       crm_store_read_async  (CrmStore *self, CrmJobFunc func, gpointer data, GDestroyNotify free_data, GDestroyNotify free_result,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** What the job returned; owned as the job has it. */
gpointer   crm_store_read_finish (CrmStore *self, GAsyncResult *result, GError **error);
/** The same, waiting for it: for the command line and tests. */
gpointer   crm_store_read        (CrmStore *self, CrmJobFunc func, gpointer data, GError **error);
/** The reader's index, up to date with every commit: only within a job of the reader. */
CrmIndex  *crm_store_get_index   (CrmStore *self);

/** crm_store_get_record_async: finish returns (transfer full) the one object of that id; CRM_ERROR_NOT_FOUND. */
void       crm_store_get_record_async (CrmStore *self, const CrmEntity *entity, gint64 id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** %NULL with @error. */
CrmRecord *crm_store_get_record_finish (CrmStore *self, GAsyncResult *result, GError **error);

/** crm_store_get_children_async: finish returns (transfer container) (element-type CrmValues), main first, else in order of id. */
void       crm_store_get_children_async (CrmStore *self, const CrmEntity *child, gint64 parent, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** %NULL with @error. */
GPtrArray *crm_store_get_children_finish (CrmStore *self, GAsyncResult *result, GError **error);

/** crm_store_get_all_async: all records of a small entity (segments, tags, saved views) in order of title. finish by crm_store_get_children_finish(). */
void       crm_store_get_all_async (CrmStore *self, const CrmEntity *entity, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
