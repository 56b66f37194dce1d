/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-values.h"
#include "crm-writer.h"

G_BEGIN_DECLS

/* What is to be done at a client or with a person. */

/**
 * crm_tasks_read_open: (transfer container) (element-type CrmValues): the open tasks of a record, its next step first, then by due date, those without last.
 * @owner: the field that refers to it, %CRM_TASK_CLIENT or %CRM_TASK_PERSON. The reader's thread. NULL with @error.
 */
GPtrArray *crm_tasks_read_open  (CrmDb *db, guint owner, gint64 record, GError **error);

/** crm_tasks_read_names: (transfer full): the names that several of some hundred tasks have, most frequent first, at most @limit names. The reader's thread. NULL with @error. */
char     **crm_tasks_read_names (CrmDb *db, guint limit, GError **error);

G_END_DECLS
