/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-store.h"

G_BEGIN_DECLS

/* Which records of an entity may be there twice. */

/** In what a pair agrees. */
typedef enum {
  CRM_DUPLICATE_TAX_NUMBER   = 1 << 0,
  CRM_DUPLICATE_EMAIL        = 1 << 1,
  CRM_DUPLICATE_PHONE        = 1 << 2,
  CRM_DUPLICATE_NAME         = 1 << 3, /* but for case, accents, marks and the legal form */
  CRM_DUPLICATE_WORDS        = 1 << 4, /* the words of the name, in another order */
  CRM_DUPLICATE_SIMILAR_NAME = 1 << 5, /* but for one letter more, less, another, or two exchanged */
  CRM_DUPLICATE_DOMAIN       = 1 << 6, /* of their e-mail or web addresses */
  CRM_DUPLICATE_CITY         = 1 << 7, /* says nothing by itself, as what follows */
  CRM_DUPLICATE_FIRM         = 1 << 8, /* of people */
  CRM_DUPLICATE_BIRTHDAY     = 1 << 9,
} CrmDuplicateReasons;

#define CRM_DUPLICATE_LAST CRM_DUPLICATE_BIRTHDAY

/** Two records. The more seldom what they share, the more it says: a key that hundreds have is passed over. */
typedef struct {
  gint64              a;
  gint64              b;     /* > a */
  CrmDuplicateReasons reasons;
  guint               score; /* 50 … 100 */
} CrmDuplicate;

typedef struct {
  GArray  *pairs;   /* of CrmDuplicate: the best ones, the best first */
  guint64  n_found; /* so many there are */
} CrmDuplicates;

/** Called now and then, in the thread of the search; @done: 0 … 1. */
typedef void   (*CrmDuplicatesProgress)    (double done, gpointer data);

/** crm_duplicates_can_find: are there rules for finding records of the entity twice? */
gboolean       crm_duplicates_can_find     (const CrmEntity *entity);

/**
 * crm_duplicates_find: compares all records that are not in the trash, but pairs that the user told from each other (“distinct_client”, “distinct_person”) and those
 * of which one belongs to the other.
 * @db: a connection that nobody else uses meanwhile; its cancellable stops the search
 * @limit: of the pairs
 * @progress: (nullable)
 */
CrmDuplicates *crm_duplicates_find         (CrmDb *db, const CrmEntity *entity, guint limit, CrmDuplicatesProgress progress, gpointer data,
                                            GError **error);
void           crm_duplicates_free         (CrmDuplicates *self);

/** crm_duplicates_find_async: the same in a thread of its own with a connection of its own, which only reads. @data outlives the search. */
void           crm_duplicates_find_async   (CrmStore *store, const CrmEntity *entity, guint limit, CrmDuplicatesProgress progress, gpointer data,
                                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/** (transfer full): %NULL with @error. */
CrmDuplicates *crm_duplicates_find_finish  (GAsyncResult *result, GError **error);

/** crm_duplicates_get_reason: the name of one reason for files ("phone"), and with @label in words ("Same phone"); %NULL: not one. */
const char    *crm_duplicates_get_reason   (CrmDuplicateReasons reason, const char **label);
/** crm_duplicates_describe: (transfer full): all reasons in words: "Same name, same city". */
char          *crm_duplicates_describe     (CrmDuplicateReasons reasons);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmDuplicates, crm_duplicates_free)

G_END_DECLS
