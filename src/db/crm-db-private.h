/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"

G_BEGIN_DECLS

/* Statements that are found without hashing their text: most are asked for by the same constant. */
#define CRM_DB_N_RECENT 64

struct _CrmDb {
  sqlite3      *handle;
  char         *path;
  char         *name;
  GHashTable   *statements;
  CrmStmt      *recent[CRM_DB_N_RECENT]; /* by the address of their text */
  GCancellable *cancellable;
  gint64        busy_since;
};

/** Is the cancellable in force cancelled? */
gboolean crm_db_is_cancelled (CrmDb *self);

G_END_DECLS
