/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-mail.h"

G_BEGIN_DECLS

/**
 * CrmMailBook: whom the addresses of some e-mails belong to: people, clients by their addresses, clients by the domain of their e-mail and web
 * addresses, and the user. Read in one go through the base's contact points, for those addresses alone. The thread of the connection.
 */
typedef struct _CrmMailBook CrmMailBook;

/** What is known of an address. The ids of records, 0: none. */
typedef struct {
  gint64   person;
  gint64   firm;      /* where the person works */
  gint64   client;    /* that has the address itself */
  gint64   neighbour; /* the only client under the domain: no more than a hint */
  gboolean is_own;    /* the user's: e-mails that went out were sent from there */
} CrmMailMatch;

CrmMailBook *crm_mail_book_new  (void);
void         crm_mail_book_free (CrmMailBook *self);
/** crm_mail_book_want: before it is read: the addresses of an e-mail will be asked for. */
void         crm_mail_book_want (CrmMailBook *self, const CrmMail *mail);
/** crm_mail_book_want_address: the same of one address. @address: as written */
void         crm_mail_book_want_address (CrmMailBook *self, const char *address);
/** Looks all of them up. Errors: of the database. */
gboolean     crm_mail_book_read (CrmMailBook *self, CrmDb *db, GError **error);
/** crm_mail_book_find: @client: (0: none): of several people with the address the one who works there is meant, else the one of that name. */
gboolean     crm_mail_book_find (CrmMailBook *self, CrmDb *db, const CrmMailAddress *address, gint64 client, CrmMailMatch *match, GError **error);
/** crm_mail_find_firm: where a person works: the main one; 0: nowhere. */
gboolean     crm_mail_find_firm (CrmDb *db, gint64 person, gint64 *client, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmMailBook, crm_mail_book_free)

G_END_DECLS
