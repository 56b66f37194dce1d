/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmNewRecordDialog: a new client or person; of a client warns while typing when a like one exists, with the reason, one click to open it.
 * What is typed survives closing and kill -9 as a draft.
 *
 * Signal "created" (gint64 id): saved. Signal "open-existing" (gint64 id): the user chose the one that exists.
 */
#define CRM_TYPE_NEW_RECORD_DIALOG (crm_new_record_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrmNewRecordDialog, crm_new_record_dialog, CRM, NEW_RECORD_DIALOG, AdwWindow)

/** @name: to begin with, may be NULL (what was searched for and not found). */
GtkWidget *crm_new_record_dialog_new (CrmStore *store, const CrmEntity *entity, GtkWindow *parent, const char *name);

G_END_DECLS
