/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"

G_BEGIN_DECLS

/** One field that changed, or a record that came or went (field -1). */
typedef struct {
  gint64           step;
  char            *label;    /* of the step */
  char            *kind;     /* of the step: do, undo, redo */
  gint64           at;
  char            *who;
  const CrmEntity *entity;
  gint64           record;
  int              op;       /* CrmChangeOp */
  int              field;
  char            *before;   /* shown form; NULL: nothing */
  char            *after;
} CrmHistoryEntry;

void       crm_history_entry_free (CrmHistoryEntry *entry);

/** crm_history_read_record: what happened to a record and its children, newest first, at most @limit entries (0: all). (element-type CrmHistoryEntry) */
GPtrArray *crm_history_read_record (CrmDb *db, gint64 id, guint limit, GError **error);

/** A step, newest first. */
typedef struct {
  gint64 id;
  char  *label;
  char  *kind;   /* do, undo, redo */
  char  *state;  /* done, undone, dropped */
  char  *who;
  gint64 at;
  gint64 changes;
} CrmStepEntry;

void       crm_step_entry_free     (CrmStepEntry *entry);
/** crm_history_read_steps: (transfer full) (element-type CrmStepEntry): the newest @limit steps (0: all). Any connection; errors: of the database. */
GPtrArray *crm_history_read_steps  (CrmDb *db, guint limit, GError **error);

G_END_DECLS
