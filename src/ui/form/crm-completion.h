/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmCompletion: suggests records of an entity below an entry while a name is typed. Down and Up choose, Enter takes, Esc closes.
 * The focus stays in the entry. A child of the widget it is made for, which unparents it in its dispose.
 *
 * Signal "chosen" (gint64 id, const char *name): one was taken.
 */
#define CRM_TYPE_COMPLETION (crm_completion_get_type ())
G_DECLARE_FINAL_TYPE (CrmCompletion, crm_completion, CRM, COMPLETION, GtkPopover)

/** @parent: below which it opens, with a layout manager; @editable: @parent or within it. */
GtkWidget *crm_completion_new    (CrmStore *store, const CrmEntity *entity, GtkWidget *parent, GtkEditable *editable);
/** Looks up what is in the entry, superseding an earlier look-up; to be called when the user changed it. */
void       crm_completion_update (CrmCompletion *self);
/** Takes the suggestions away. */
void       crm_completion_close  (CrmCompletion *self);

G_END_DECLS
