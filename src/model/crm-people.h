/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"

G_BEGIN_DECLS

/** CrmColleague: one who works at a client, or did. */
typedef struct {
  gint64   person;
  gint64   position;   /* 0: none there */
  char    *name;
  char    *role;       /* there; may be NULL */
  char    *buying_role; /* a choice of the position; may be NULL */
  char    *until;      /* a date; may be NULL */
  char    *phone;      /* the main ones; may be NULL */
  char    *email;
  char    *photo;      /* the hash of a document; may be NULL */
  gboolean is_contact; /* the main contact there */
  gboolean has_left;
} CrmColleague;

void crm_colleague_free (CrmColleague *colleague);

/**
 * crm_people_read: (transfer container) (element-type CrmColleague): who works at a client: main contacts first, those who left last, by name.
 * Those in the trash are left out. The reader's thread. NULL with @error.
 */
GPtrArray *crm_people_read (CrmDb *db, gint64 client, GError **error);

G_END_DECLS
