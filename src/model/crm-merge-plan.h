/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-db.h"
#include "crm-entity.h"

G_BEGIN_DECLS

/** Whose value a field of two records that become one will have. */
typedef enum {
  CRM_MERGE_DEFAULT, /* the kept one's, or where it has none the other's; notes and tags of both */
  CRM_MERGE_KEPT,
  CRM_MERGE_OTHER,
  CRM_MERGE_BOTH,    /* notes one behind the other, tags united */
} CrmMergeSide;

/** Which two records of an entity are to become one, and how: plain data, freed by g_free(). */
typedef struct {
  const CrmEntity *entity;
  gint64           kept;
  gint64           other;                 /* will be no more */
  CrmMergeSide     sides[CRM_MAX_FIELDS];
} CrmMergeRequest;

CrmMergeRequest *crm_merge_request_new    (const CrmEntity *entity, gint64 kept, gint64 other);
/**
 * crm_merge_request_choose: also for the fields that go together with it: an amount and its currency, the lines of an address.
 * Errors: %CRM_ERROR_INVALID if the field cannot be chosen, or not so: system fields, tags (always of both).
 */
gboolean         crm_merge_request_choose (CrmMergeRequest *self, guint field, CrmMergeSide side, GError **error);
/** crm_merge_get_group: the first of the fields that are chosen together with @field; @field itself if it is alone. */
guint            crm_merge_get_group      (const CrmEntity *entity, guint field);
/** crm_merge_can_choose: is there a choice for the field? */
gboolean         crm_merge_can_choose     (const CrmEntity *entity, guint field);

/** A child of one of the two. */
typedef struct _CrmMergeChild CrmMergeChild;
struct _CrmMergeChild {
  CrmValues     *before;
  CrmValues     *after;
  gboolean       is_others; /* it moves */
  gboolean       is_dropped;
  CrmMergeChild *survivor;  /* of a dropped one: which says the same; %NULL: it has nothing to say any more */
};

/** CrmMergePlan: two records and what will become of them. Plain data. */
typedef struct {
  CrmValues    *kept;                  /* as it is, with the fields seen through */
  CrmValues    *other;
  CrmValues    *result;                /* as it will be, but for the time of the change */
  CrmMergeSide  sides[CRM_MAX_FIELDS]; /* none is %CRM_MERGE_DEFAULT */
  GPtrArray    *children;              /* of CrmMergeChild, of both */
  guint         n_moved;               /* children of the other that the kept one gets */
  guint         n_references;          /* fields of other records that refer to the other one */
} CrmMergePlan;

/**
 * crm_merge_plan_make: the preview: exactly what crm_merge_run() will do. Any connection.
 * Errors: %CRM_ERROR_NOT_FOUND; %CRM_ERROR_INVALID: they are the same or in the trash, or a record would belong to itself, directly or by others
 */
CrmMergePlan    *crm_merge_plan_make      (CrmDb *db, const CrmMergeRequest *request, GError **error);
void             crm_merge_plan_free      (CrmMergePlan *self);

/* For crm-merge.c */

/** crm_merge_refers: is it a field by which other records than children refer to the entity? */
gboolean         crm_merge_refers         (const CrmEntity *from, guint field, const CrmEntity *entity);
/** crm_merge_says_no_more: of two children of one record: does @a say nothing that @b does not say? Only of what is the same if there twice. */
gboolean         crm_merge_says_no_more   (const CrmValues *a, const CrmValues *b);
/** crm_merge_absorb: fills what @into lacks and @from has. */
void             crm_merge_absorb         (CrmValues *into, const CrmValues *from);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmMergePlan, crm_merge_plan_free)

G_END_DECLS
