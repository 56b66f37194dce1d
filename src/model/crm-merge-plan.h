/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-merge-child.h"
#include "crm-merge-request.h"

G_BEGIN_DECLS

/** How many records of an entity come with the other one: children that move, and records that refer to it. */
typedef struct {
  const CrmEntity *entity;
  guint            n;
} CrmMergeMove;

/** CrmMergeMark: a mark that one record at most has of all that refer to the same one (CrmOnlyOne), and that the other record's has. */
typedef struct {
  const CrmEntity *entity;
  char            *kept;  /* what the kept record's is called, which stays; %NULL: it has none, so the other's keeps the mark */
  char            *other; /* what the other record's is called */
} CrmMergeMark;

/** CrmMergePlan: two records and what will become of them. Plain data. */
typedef struct {
  CrmValues    *kept;                  /* as it is, with the fields seen through */
  CrmValues    *other;
  CrmValues    *result;                /* as it will be, but for the time of the change */
  CrmMergeSide  sides[CRM_MAX_FIELDS]; /* none is %CRM_MERGE_DEFAULT */
  GPtrArray    *children;              /* of CrmMergeChild, of both */
  guint         n_moved;               /* children of the other that the kept one gets */
  guint         n_references;          /* fields of other records that refer to the other one */
  GArray       *moves;                 /* of CrmMergeMove: both by entity, none of them 0 */
  GArray       *marks;                 /* of CrmMergeMark */
} CrmMergePlan;

/**
 * crm_merge_plan_make: the preview: exactly what crm_merge_run() will do. Any connection.
 * Errors: %CRM_ERROR_NOT_FOUND; %CRM_ERROR_INVALID: they are the same or in the trash, or a record would belong to itself, directly or by others
 */
CrmMergePlan    *crm_merge_plan_make      (CrmDb *db, const CrmMergeRequest *request, GError **error);
void             crm_merge_plan_free      (CrmMergePlan *self);

/** crm_merge_plan_describe_marks: (transfer full): a sentence for each mark, one on each line; %NULL: there are none. */
char            *crm_merge_plan_describe_marks (const CrmMergePlan *self);

/** crm_merge_refers: is it a field by which other records than children refer to the entity? */
gboolean         crm_merge_refers         (const CrmEntity *from, guint field, const CrmEntity *entity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmMergePlan, crm_merge_plan_free)

G_END_DECLS
