/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-index.h"

G_BEGIN_DECLS

/* Which clients or people that exist may be the one at hand: the same tax number, phone or e-mail, or a like name. */

typedef enum {
  CRM_LIKE_TAX_NUMBER,
  CRM_LIKE_PHONE,
  CRM_LIKE_EMAIL,
  CRM_LIKE_SAME_NAME,    /* but for case, accents, marks and the legal form */
  CRM_LIKE_SIMILAR_NAME, /* it has all the words, or begins of words, in any order */
} CrmLikeReason;

/** One that exists. */
typedef struct {
  gint64         id;
  char          *name;
  char          *detail; /* the city of a client, the firm of a person; may be NULL */
  CrmLikeReason  reason; /* the strongest */
  char          *shared; /* what is the same, as the one that exists has it */
} CrmLike;

/** What is known of the one at hand; any may be NULL. The texts are its maker's, but of a copy. */
typedef struct {
  const CrmEntity *entity; /* crm_client or crm_person */
  const char *name;
  const char *phone;
  const char *email;
  const char *tax_number;
  gint64      except; /* a record that is not looked for: the one at hand itself; 0: none */
} CrmLikeQuery;

/** (transfer full): with texts of its own, for another thread. */
CrmLikeQuery *crm_like_query_copy (const CrmLikeQuery *query);
/** For a copy. */
void          crm_like_query_free (CrmLikeQuery *query);
void          crm_like_free       (CrmLike *like);

/**
 * crm_like_find: on the reader's thread.
 * Returns: (transfer container) (element-type CrmLike): at most @limit, strongest reason first; NULL with @error
 */
GPtrArray    *crm_like_find       (CrmDb *db, CrmIndex *index, const CrmLikeQuery *query, guint limit, GError **error);

/** (transfer full): the reason in words: "Same phone: 0212 555 01 42". */
char         *crm_like_describe   (const CrmLike *like);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmLikeQuery, crm_like_query_free)

G_END_DECLS
