/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmLogDialog: a conversation is written down, or changed. What is typed is kept as a draft while it is typed and put back when the dialog is
 * opened for the same again. Outside of texts a letter chooses the channel and a digit the outcome; Ctrl+Enter saves.
 *
 * Signal "saved": it is in the base.
 */
#define CRM_TYPE_LOG_DIALOG (crm_log_dialog_get_type ())
G_DECLARE_FINAL_TYPE (CrmLogDialog, crm_log_dialog, CRM, LOG_DIALOG, AdwWindow)

/** Under which field of interaction 0 (a new one) or of the one that is edited the draft is kept. */
#define CRM_LOG_DRAFT "log"

/** @client, @person: with whom; 0: to be chosen. */
GtkWidget *crm_log_dialog_new      (CrmStore *store, GtkWindow *parent, gint64 client, gint64 person);
/** To change an interaction. */
GtkWidget *crm_log_dialog_new_edit (CrmStore *store, GtkWindow *parent, gint64 interaction);

G_END_DECLS
