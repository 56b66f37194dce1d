/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-mail-book.h"
#include "crm-mail-log.h"

G_BEGIN_DECLS

/* What the sources of the log of e-mails share. */

/** A file that was read. */
typedef struct {
  char      *file;
  char      *reason;    /* why not; else NULL */
  CrmMail   *mail;      /* without the bytes of its attachments */
  GPtrArray *documents; /* (element-type CrmValues): its attachments, kept, without whose they are */
} CrmMailItem;

typedef struct {
  CrmMailLogOptions  options;
  GPtrArray         *items;   /* (element-type CrmMailItem) */
  CrmMailLog        *result;
  gboolean           is_rehearsed; /* a dry run found out what it was to */
} CrmMailJob;

/** crm_mail_job_run: a CrmStepFunc for a CrmMailJob; of a dry run it always fails, its result being there. */
gboolean         crm_mail_job_run      (CrmWriter *writer, gpointer job, GCancellable *cancellable, GError **error);

/** crm_mail_stranger_new: (nullable): if it may be a person: no machine, and an address that can be kept. */
CrmMailStranger *crm_mail_stranger_new (const CrmMailAddress *address);
/** crm_mail_stranger_meet: makes a person of it, and it the one who took part. */
gboolean         crm_mail_stranger_meet (CrmMailStranger *self, CrmWriter *writer, GError **error);

G_END_DECLS
