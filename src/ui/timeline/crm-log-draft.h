/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-log.h"

G_BEGIN_DECLS

/** What stands in a CrmLogDialog, for the time it is typed and as a draft. Texts are never NULL; choices by their stored names, "": none. */
typedef struct {
  gint64  client;
  char   *client_text; /* as it stands in the entry */
  GArray *people;      /* ids */
  char   *channel;
  char   *direction;
  char   *outcome;
  char   *text;
  char   *when;
  char   *length;
  char   *next;
  char   *due;
} CrmLogDraft;

CrmLogDraft *crm_log_draft_new       (void);
/** (transfer full): what stands there before anybody has typed: a call just made, or the interaction as it is. */
CrmLogDraft *crm_log_draft_new_begun (const CrmLogContext *context);
void         crm_log_draft_free      (CrmLogDraft *self);
/** Has anything been typed that were a loss? */
gboolean     crm_log_draft_is_worth_keeping (const CrmLogDraft *self);
/** (transfer full) */
char        *crm_log_draft_to_text   (const CrmLogDraft *self);
/** (transfer full): NULL: @text is no such thing. */
CrmLogDraft *crm_log_draft_from_text (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLogDraft, crm_log_draft_free)

G_END_DECLS
