/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

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
 * crm_merge_request_choose: also for the fields that go together with it: an amount and its currency, the lines of an address, the parts of a name.
 * Errors: %CRM_ERROR_INVALID if the field cannot be chosen, or not so: system fields, tags (always of both).
 */
gboolean         crm_merge_request_choose (CrmMergeRequest *self, guint field, CrmMergeSide side, GError **error);
/** crm_merge_get_group: the first of the fields that are chosen together with @field; @field itself if it is alone. */
guint            crm_merge_get_group      (const CrmEntity *entity, guint field);
/** crm_merge_can_choose: is there a choice for the field? */
gboolean         crm_merge_can_choose     (const CrmEntity *entity, guint field);
/** crm_merge_can_unite: can the result have what both have? Notes. */
gboolean         crm_merge_can_unite      (const CrmEntity *entity, guint field);

/* For the plan */

/** crm_merge_is_through: is the field seen through one child, of which the parent has a main one? */
gboolean         crm_merge_is_through     (const CrmField *field);
/** crm_merge_is_of_money: is it an amount in the record's currency, or that currency? */
gboolean         crm_merge_is_of_money    (const CrmEntity *entity, guint field);
/** crm_merge_goes_with: are the two chosen together? */
gboolean         crm_merge_goes_with      (const CrmEntity *entity, guint a, guint b);

G_END_DECLS
