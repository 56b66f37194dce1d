/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-mail.h"
#include "crm-store.h"

G_BEGIN_DECLS

/*
 * E-mails become conversations: with who wrote and got them, matched to people and clients by their addresses, and with their attachments.
 * One that nobody known sent to somebody known went out; any other came in.
 */

typedef struct {
  gint64   client;     /* that all of them are about; 0: found by the addresses */
  gint64   person;     /* who has to do with all of them; 0: found by the addresses */
  gboolean new_people; /* make people of those who are not known */
  gboolean dry_run;    /* find out what would be done, and do nothing */
} CrmMailLogOptions;

typedef enum {
  CRM_MAIL_LOGGED,
  CRM_MAIL_KNOWN,    /* it was logged before */
  CRM_MAIL_REFUSED,
} CrmMailState;

/** What came of a file. */
typedef struct {
  CrmMailState  state;
  char         *file;
  char         *reason;        /* of one that was refused */
  gint64        interaction;   /* of a dry run: 0 */
  char         *subject;
  gint64        at;            /* 0: unknown */
  gboolean      is_outgoing;
  gint64        client;        /* 0: none */
  char         *client_name;
  GPtrArray    *people;        /* (element-type utf8): names of those it was matched to */
  guint         n_attachments;
  GPtrArray    *problems;      /* (element-type utf8): what could not be read of it */
} CrmMailEntry;

/** One who wrote or got e-mails and is nobody in the base. */
typedef struct {
  char   *name;         /* as written, or made from the address */
  char   *address;
  gint64  client;       /* the firm by the domain of the address, or the one that was given; 0: none */
  char   *client_name;
  gint64  person;       /* that was made of it; 0: none */
  GArray *participants; /* (element-type gint64): where it took part */
} CrmMailStranger;

typedef struct {
  GPtrArray *entries;   /* (element-type CrmMailEntry): of each file, in order */
  GPtrArray *strangers; /* (element-type CrmMailStranger) */
  guint      n_logged;
  guint      n_known;
  guint      n_refused;
} CrmMailLog;

void        crm_mail_log_free   (CrmMailLog *self);

/** CrmMailMeter: how far it is; any thread. */
typedef struct _CrmMailMeter CrmMailMeter;

CrmMailMeter *crm_mail_meter_new      (void);
void          crm_mail_meter_unref    (CrmMailMeter *self);
/** crm_mail_meter_get_read: of how many files the reading is done. */
guint         crm_mail_meter_get_read (CrmMailMeter *self);

/**
 * crm_mail_log_async: logs e-mails, as one step. Read in a thread of its own. A file that is none is told in the result; it is no error.
 * @files: (element-type GFile)
 * @meter: (nullable)
 */
void        crm_mail_log_async  (CrmStore *store, GPtrArray *files, const CrmMailLogOptions *options, CrmMailMeter *meter, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
/** (transfer full): what was done; %NULL with @error if nothing was. */
CrmMailLog *crm_mail_log_finish (CrmStore *store, GAsyncResult *result, GError **error);
/** crm_mail_log: waits for it; for the command line and tests. */
CrmMailLog *crm_mail_log        (CrmStore *store, GPtrArray *files, const CrmMailLogOptions *options, GError **error);

/**
 * crm_mail_log_add_people_async: makes people of strangers, as one step: with their address, their firm, and their e-mails. One whose address
 * somebody has meanwhile is that one. Finished by crm_store_step_finish().
 * @strangers: (transfer full) (element-type CrmMailStranger)
 */
void        crm_mail_log_add_people_async (CrmStore *store, GPtrArray *strangers, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** crm_mail_stranger_copy: (transfer full) */
CrmMailStranger *crm_mail_stranger_copy (const CrmMailStranger *self);
void        crm_mail_stranger_free (CrmMailStranger *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmMailLog, crm_mail_log_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmMailMeter, crm_mail_meter_unref)

G_END_DECLS
