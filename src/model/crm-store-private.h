/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-collator.h"
#include "crm-store.h"

G_BEGIN_DECLS

/* What the files of the store share: crm-store.c (the object), -prepare (a connection fit for steps), -steps, -save, -trash, -drafts (writing), -follow (commits), -reads. */

struct _CrmStore {
  GObject       parent_instance;

  char         *path;
  CrmWorker    *writer;
  CrmWorker    *reader;
  CrmCollator  *collator;   /* writer's thread */
  CrmIndex     *index;      /* reader's thread, as the next four */
  gint64        index_seen; /* history row the index is up to date with */
  gint64        data_version;
  char         *order;      /* that names have in the index */
  gboolean      reordered;  /* nobody has been told yet that it changed */

  GHashTable   *records;    /* id → CrmRecord, not owned */
  gint64        seen;       /* history row the main thread knows */
  gboolean      following;
  gboolean      follow_again;
  char         *undo_label;
  char         *redo_label;
  GFileMonitor *monitor;
  guint         timer;
};

/** crm_store_prepare: makes the writer's connection fit for steps, if it is not yet: history's triggers, sort keys in the base's order. Writer's thread. */
gboolean     crm_store_prepare        (CrmStore *self, CrmDb *db, GError **error);
/** Puts names into another order. Writer's thread. */
gboolean     crm_store_adopt_collator (CrmDb *db, CrmCollator *collator, GError **error);
/** @value: (out) (transfer full) (nullable) */
gboolean     crm_store_read_setting   (CrmDb *db, const char *name, char **value, GError **error);

/** A step on its way to the writer. */
typedef struct {
  CrmStore      *store;
  char          *label;
  CrmStepFunc    func;
  gpointer       data;
  GDestroyNotify free_data;
} CrmStoreStep;

CrmStoreStep *crm_store_step_new      (CrmStore *self, const char *label, CrmStepFunc func, gpointer data, GDestroyNotify free_data);
/** A CrmJobFunc: runs the CrmStoreStep @step. */
gpointer      crm_store_run_step      (CrmDb *db, gpointer step, GCancellable *cancellable, GError **error);
/** Sends a job with a CrmStoreStep to the writer and follows its commit. @tag: of the task that is given to @callback. */
void          crm_store_write_async   (CrmStore *self, CrmJobFunc run, CrmStoreStep *step, gpointer tag, GDestroyNotify free_result,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** The same, waiting for it. */
gpointer      crm_store_write         (CrmStore *self, CrmJobFunc run, CrmStoreStep *step, GCancellable *cancellable, GError **error);
/** (transfer full): the title of a record as labels of steps have it: short, never empty. */
char         *crm_store_get_title     (CrmWriter *writer, const CrmEntity *entity, gint64 id);

/** Brings the index up to date with every commit. Reader's thread. */
gboolean      crm_store_catch_up      (CrmStore *self, CrmDb *db, GError **error);
/** Looks for commits that the main thread does not know, and tells of them. */
void          crm_store_follow        (CrmStore *self);
/** Begins to notice the commits of other processes. */
void          crm_store_notice_others (CrmStore *self);
/** The labels and the signal, for crm_store_follow(). */
void          crm_store_take_labels   (CrmStore *self, char **undo_label, char **redo_label);
/** Updates the living records and emits "changed". Main thread. */
void          crm_store_emit_changed  (CrmStore *self, CrmChangeSet *changes);

/** A weak notify of a record: takes it out of @records. */
void          crm_store_forget_record (gpointer records, GObject *record);

G_END_DECLS
