/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-collator.h"
#include "crm-db.h"

G_BEGIN_DECLS

/*
 * Undo and redo: a new step that puts back, newest first, the images of rows that history kept of an earlier one.
 * Redo puts back what the undo changed. Writer's thread.
 */

/** A step that undo or redo would act on: (transfer full) label, NULL if there is none (@error unset). @step: (out) (optional). */
char    *crm_undo_find (CrmDb *db, gboolean redo, gint64 *step, GError **error);

/** Takes back the newest step in force or, with @redo, does the last undone one again. Returns its label; %CRM_ERROR_NOT_FOUND if there is none. */
char    *crm_undo_run  (CrmDb *db, CrmCollator *collator, gboolean redo, GError **error);

G_END_DECLS
