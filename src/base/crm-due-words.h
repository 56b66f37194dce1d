/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of due dates, for crm-due.c alone: each token of a text with what it means. Any thread. */

typedef enum {
  CRM_DUE_UNKNOWN,
  CRM_DUE_NOISE,     /* "in", "sonra" */
  CRM_DUE_ON,        /* English "on" or Turkish ten */
  CRM_DUE_NUMBER,    /* value */
  CRM_DUE_DATE,      /* value: the day; month; year or 0 */
  CRM_DUE_CLOCK,     /* value: minutes since midnight */
  CRM_DUE_HALF,      /* "9am"; value: is it the afternoon? number: the hour, 0 if it stands before */
  CRM_DUE_AMOUNT,    /* "3d"; value: CrmDueUnit; number */
  CRM_DUE_OFFSET,    /* "tomorrow"; value: days from today */
  CRM_DUE_NOT,       /* "yarın değil …" */
  CRM_DUE_AFTER,     /* "… after tomorrow" */
  CRM_DUE_UNIT,      /* value: CrmDueUnit */
  CRM_DUE_WEEKDAY,   /* value: 1 … 7 */
  CRM_DUE_MONTH,     /* value: 1 … 12 */
  CRM_DUE_WHICH,     /* value: CrmDueWhich */
  CRM_DUE_NEXT_UNIT, /* "haftaya"; value: CrmDueUnit */
  CRM_DUE_EDGE,      /* value: CrmDueEdge */
  CRM_DUE_BACK,      /* "late" */
  CRM_DUE_AT,        /* "at", "saat", which after a number are hours */
} CrmDueMeaning;

typedef enum {
  CRM_DUE_DAY = 1,
  CRM_DUE_WORKING_DAY,
  CRM_DUE_WEEK,
  CRM_DUE_MONTH_UNIT,
  CRM_DUE_YEAR,
  CRM_DUE_HOUR,
  CRM_DUE_MINUTE,
} CrmDueUnit;

typedef enum { CRM_DUE_THIS = 1, CRM_DUE_NEXT, CRM_DUE_COMING } CrmDueWhich;
/* The end of a week is its Friday in English, its Saturday ("hafta sonu") in Turkish. */
typedef enum { CRM_DUE_START = 1, CRM_DUE_END, CRM_DUE_SONU } CrmDueEdge;

typedef struct {
  CrmDueMeaning meaning;
  int           value;
  int           number;
  int           month;
  int           year;
  gboolean      ordinal; /* "15th", "15'i", "15." */
} CrmDueToken;

/** (transfer full) (element-type CrmDueToken): @text: valid UTF-8. */
GArray     *crm_due_split       (const char *text);
/** The short names in the user's language; @weekday 1 … 7 from Monday on, @month 1 … 12. */
const char *crm_due_get_weekday (int weekday);
const char *crm_due_get_month   (int month);

G_END_DECLS
