/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"

G_BEGIN_DECLS

/* What asks for attention on a day: tasks, clients without a next step or unheard for too long, birthdays. */

/** In the order in which they are shown. */
typedef enum {
  CRM_TODAY_LATE,
  CRM_TODAY_NOW,       /* due today */
  CRM_TODAY_COMING,    /* within seven days */
  CRM_TODAY_NO_STEP,   /* clients for which nothing is to be done next */
  CRM_TODAY_SILENT,    /* clients and key clients nobody was in touch with for longer than their rhythm */
  CRM_TODAY_BIRTHDAYS, /* today and within seven days */
  CRM_TODAY_N_PARTS
} CrmTodayPart;

#define CRM_TODAY_N_GRADES 4

typedef struct {
  gint64 task;      /* 0: none */
  gint64 client;    /* 0: none */
  gint64 person;    /* 0: none */
  char  *what;      /* what is to be done; of a birthday NULL */
  char  *who;       /* name of the client, else of the person; may be NULL */
  char  *with;      /* name of the person beside the client, or a person's firm; may be NULL */
  char  *date;      /* due, or of the birthday this time; may be NULL */
  char  *time;      /* may be NULL */
  char  *priority;  /* of a task; may be NULL */
  char  *detail;    /* department, grade, or the year of birth; may be NULL */
  char  *phone;     /* of the person, else of the client; may be NULL */
  int    days;      /* without a contact */
  gboolean is_next; /* the task is the next step of its client */
} CrmTodayRow;

typedef struct {
  GPtrArray *rows[CRM_TODAY_N_PARTS];   /* of CrmTodayRow: the first ones */
  guint      counts[CRM_TODAY_N_PARTS]; /* of all */
} CrmToday;

typedef struct {
  char  date[11];                       /* the day, ISO */
  gint64 midnight;                      /* its beginning, UTC µs */
  int   rhythms[CRM_TODAY_N_GRADES];    /* days between contacts, for the grades A to D; 0: no matter */
  guint limits[CRM_TODAY_N_PARTS];      /* how many rows are read */
} CrmTodayRequest;

/** crm_today_request_init: for the day that @now is in, with @limit rows of each part. */
void      crm_today_request_init (CrmTodayRequest *self, GDateTime *now, guint limit);
/** crm_today_read: The reader's thread. NULL with @error. */
CrmToday *crm_today_read         (CrmDb *db, const CrmTodayRequest *request, GError **error);
void      crm_today_free         (CrmToday *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmToday, crm_today_free)

G_END_DECLS
