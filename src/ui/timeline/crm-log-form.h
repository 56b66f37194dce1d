/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-log-draft.h"
#include "crm-log.h"
#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmLogForm: what is asked about a conversation: client, people, channel, outcome, what was said, what is to be done next.
 *
 * Signals: "edited": the user changed something; "client-chosen": another client, whose people are to be shown.
 */
#define CRM_TYPE_LOG_FORM (crm_log_form_get_type ())
G_DECLARE_FINAL_TYPE (CrmLogForm, crm_log_form, CRM, LOG_FORM, AdwBin)

/** Tells of no edits until it has been filled. */
GtkWidget   *crm_log_form_new          (CrmStore *store);
/** Puts in what @draft has; no signals. */
void         crm_log_form_fill         (CrmLogForm *self, const CrmLogDraft *draft);
/** (transfer full): what stands there. */
CrmLogDraft *crm_log_form_collect      (CrmLogForm *self);
/** Shows who may have taken part and, for a new conversation, how often the client was not reached. */
void         crm_log_form_show_context (CrmLogForm *self, const CrmLogContext *context);
/** Until the next edit. */
void         crm_log_form_show_problem (CrmLogForm *self, const char *problem);
/** (transfer full) (nullable): to be written; %NULL: something cannot be meant, which is told where it stands. @interaction: 0: a new one. */
CrmLog      *crm_log_form_create_log   (CrmLogForm *self, gint64 interaction);
/** Where a new conversation begins: the client if none is known, else the channel. */
void         crm_log_form_focus_first  (CrmLogForm *self);
void         crm_log_form_focus_text   (CrmLogForm *self);
/** A letter or digit chooses channel or outcome where nothing is typed, Enter goes on to the text. Returns %FALSE if @key means nothing here. */
gboolean     crm_log_form_take_key     (CrmLogForm *self, guint key);

G_END_DECLS
