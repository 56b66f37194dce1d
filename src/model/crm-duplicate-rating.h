/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicate-set.h"
#include "crm-duplicates.h"

G_BEGIN_DECLS

/* How much two records of a set look like the same one. Any thread. */

/** A key that more records share is no evidence, and would make pairs without number. */
#define CRM_DUPLICATE_MOST_SHARED 100

/** Two folded names, parted into what they have in common at both ends and what they have not. */
typedef struct {
  const char *a;
  const char *b;
  gsize       start;
  gsize       a_length; /* of what differs, in bytes */
  gsize       b_length;
} CrmNameDifference;

/** Keys that two records share. */
typedef struct {
  CrmDuplicateReasons reasons;
  guint               shared[CRM_N_ALIKE]; /* by kind: by how many, of the seldomest one */
  guint64             first;               /* the lowest of those that are evidence; 0: none */
  gboolean            has_tax_number[2];
} CrmCommonKeys;

/** crm_duplicate_is_inside_letter: is the byte of UTF-8 another than the first of a letter? */
static inline gboolean
crm_duplicate_is_inside_letter (const char *at)
{
  return ((guchar) *at & 0xC0) == 0x80;
}

/** Points into the names of both, which must outlive it. */
CrmNameDifference crm_duplicate_compare_names  (const CrmAlikeRecord *a, const CrmAlikeRecord *b);
/** crm_duplicate_is_one_edit: one letter more, less, another, or two exchanged. */
gboolean          crm_duplicate_is_one_edit    (const CrmNameDifference *difference);
/** crm_duplicate_is_long_enough: is one letter not too much of the name? */
gboolean          crm_duplicate_is_long_enough (const CrmAlikeRecord *record);
/** crm_duplicate_find_common: @common: (out) */
void              crm_duplicate_find_common    (const CrmDuplicateSet *set, const CrmAlikeRecord *a, const CrmAlikeRecord *b, CrmCommonKeys *common);
/** crm_duplicate_rate: the pair with its reasons and score, whatever that is. */
CrmDuplicate      crm_duplicate_rate           (const CrmDuplicateSet *set, const CrmAlikeRecord *a, const CrmAlikeRecord *b,
                                                const CrmCommonKeys *common);

G_END_DECLS
