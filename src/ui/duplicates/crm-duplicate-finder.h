/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-duplicate-item.h"
#include "crm-store.h"

G_BEGIN_DECLS

typedef enum {
  CRM_FINDER_SEARCHING,
  CRM_FINDER_FOUND,
  CRM_FINDER_STOPPED, /* by the user, or by the error of crm_duplicate_finder_get_error() */
} CrmFinderState;

/**
 * CrmDuplicateFinder: the pairs of records of an entity that may be the same, the surest first. Searched for in the background; after that a pair goes
 * from the list, or comes back, as records are merged, deleted, told apart, and that is undone. Main thread.
 *
 * Signal "changed": the state, or how far the search is, or how many pairs there are.
 */
#define CRM_TYPE_DUPLICATE_FINDER (crm_duplicate_finder_get_type ())
G_DECLARE_FINAL_TYPE (CrmDuplicateFinder, crm_duplicate_finder, CRM, DUPLICATE_FINDER, GObject)

/** It does not search yet. */
CrmDuplicateFinder *crm_duplicate_finder_new          (CrmStore *store, const CrmEntity *entity);
/** Searches, anew if it did before. */
void                crm_duplicate_finder_start        (CrmDuplicateFinder *self);
/** Breaks off a search that runs; the state is then %CRM_FINDER_STOPPED. */
void                crm_duplicate_finder_stop         (CrmDuplicateFinder *self);
/** What it is doing. */
CrmFinderState      crm_duplicate_finder_get_state    (CrmDuplicateFinder *self);
/** (transfer none) (nullable) */
const GError       *crm_duplicate_finder_get_error    (CrmDuplicateFinder *self);
/** 0 … 1. */
double              crm_duplicate_finder_get_fraction (CrmDuplicateFinder *self);
/** (transfer none): of CrmDuplicateItem */
GListModel         *crm_duplicate_finder_get_pairs    (CrmDuplicateFinder *self);
/** How many more there are than are listed. */
guint64             crm_duplicate_finder_get_n_more   (CrmDuplicateFinder *self);
/** (transfer none) */
const CrmEntity    *crm_duplicate_finder_get_entity   (CrmDuplicateFinder *self);

/** crm_duplicate_finder_tell_apart_async: keeps as a step that the two are not the same. finish by crm_store_step_finish(). @label: of the step */
void                crm_duplicate_finder_tell_apart_async (CrmDuplicateFinder *self, const CrmDuplicate *pair, const char *label,
                                                           GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
