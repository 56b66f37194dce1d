/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"

G_BEGIN_DECLS

/** How often a client was called in vain since somebody was reached last. */
typedef struct {
  guint   n;
  char   *last;  /* stored name of the newest outcome; NULL: none */
  gint64  at;    /* of the newest */
} CrmAttempts;

/** Frees what it holds. */
void     crm_attempts_clear (CrmAttempts *self);
/** Is an outcome one of a call that reached nobody? @outcome: (nullable): stored name */
gboolean crm_attempts_is_failure (const char *outcome);
/** crm_attempts_read: of a client or a person; @attempts: (out). The reader's thread. */
gboolean crm_attempts_read  (CrmDb *db, const CrmEntity *entity, gint64 id, CrmAttempts *attempts, GError **error);

G_END_DECLS
