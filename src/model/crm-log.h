/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-due.h"
#include "crm-writer.h"

G_BEGIN_DECLS

/* A conversation is written down: with who took part, and with what comes of it, in one step. */

typedef struct {
  CrmValues *interaction; /* of crm_interaction; id 0: a new one */
  GArray    *people;      /* ids of those who take part; NULL: as they are */
  char      *next_name;   /* of a new task that comes of it, the client's next step; NULL: none */
  CrmDue     next_due;    /* date "": no day */
} CrmLog;

/** @interaction: (transfer full) */
CrmLog  *crm_log_new   (CrmValues *interaction);
void     crm_log_free  (CrmLog *self);
/** crm_log_write: a CrmStepFunc for a CrmLog; sets the id of a new interaction. */
gboolean crm_log_write (CrmWriter *writer, gpointer log, GCancellable *cancellable, GError **error);

/** What there is to know before a conversation is written down or changed. */
typedef struct {
  gint64     interaction; /* asked for; 0: a new one */
  gint64     client;      /* asked for; of a person alone or of the interaction it is found */
  gint64     person;      /* who is to take part; 0: nobody yet */

  char      *client_name; /* NULL: none */
  GPtrArray *people;      /* (element-type CrmColleague): of the client, and who takes part though from elsewhere */
  GArray    *present;     /* ids of those of them who take part */
  CrmValues *values;      /* of the interaction; NULL: a new one */
} CrmLogContext;

CrmLogContext *crm_log_context_new  (gint64 interaction, gint64 client, gint64 person);
void           crm_log_context_free (CrmLogContext *self);
/** crm_log_context_read: a CrmJobFunc for the reader: a new context with what @context asks for. */
gpointer       crm_log_context_read (CrmDb *db, gpointer context, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLog, crm_log_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLogContext, crm_log_context_free)

G_END_DECLS
