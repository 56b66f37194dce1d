/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmProgress: how far a long operation is, and its end: a dialog that comes only if the operation takes longer than half a second.
 * Made and ended on the main thread; counted by the thread that works.
 */
typedef struct _CrmProgress CrmProgress;

/** @title: what is being done ("Deleting 1,204 clients"); @total: 0: unknown */
CrmProgress  *crm_progress_new    (GtkWidget *near, const char *title, guint total);
/** What it is done to, below the title. */
void          crm_progress_set_detail (CrmProgress *self, const char *detail);
/** (transfer none): cancelled by the dialog's button. */
GCancellable *crm_progress_get_cancellable (CrmProgress *self);
/** One more is done. Any thread. */
void          crm_progress_count  (CrmProgress *self);
/** So many are done. Any thread. */
void          crm_progress_set    (CrmProgress *self, guint done);
/** Ends it; the dialog goes. */
void          crm_progress_free   (CrmProgress *self);

G_END_DECLS
