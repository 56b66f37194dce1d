/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/* What is done to tasks: each is one step that can be undone. What fails shows as a toast near the widget that asked for it. */

/** crm_task_save: inserts (id 0) or updates. @changes: (transfer full); @label: of the step; @toast: (nullable): said when it is done, with Undo */
void crm_task_save   (GtkWidget *near, CrmStore *store, CrmValues *changes, const char *label, const char *toast);
/** It is done now. @name: of the task. */
void crm_task_finish (GtkWidget *near, CrmStore *store, gint64 id, const char *name);
/** It is not shown before @date, ISO. */
void crm_task_snooze (GtkWidget *near, CrmStore *store, gint64 id, const char *name, const char *date);

G_END_DECLS
