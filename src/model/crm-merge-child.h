/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-entity.h"

G_BEGIN_DECLS

/** A child of one of two records that become one. */
typedef struct _CrmMergeChild CrmMergeChild;
struct _CrmMergeChild {
  CrmValues     *before;
  CrmValues     *after;
  gboolean       is_others; /* it moves */
  gboolean       is_dropped;
  CrmMergeChild *survivor;  /* of a dropped one: which says the same; %NULL: it has nothing to say any more */
};

/** crm_merge_child_new: @kept: the record that it will belong to. Freed by crm_merge_child_free(). */
CrmMergeChild   *crm_merge_child_new        (CrmValues *values, gint64 kept, gboolean is_others);
void             crm_merge_child_free       (gpointer self);
/** (transfer none) */
const CrmEntity *crm_merge_child_get_entity (const CrmMergeChild *self);
/** crm_merge_child_get_survivor: the one that stays and says it; itself if it stays; %NULL: none. */
CrmMergeChild   *crm_merge_child_get_survivor (CrmMergeChild *self);
/** crm_merge_child_drop: @survivor says the same, and gets what it lacks. */
void             crm_merge_child_drop       (CrmMergeChild *self, CrmMergeChild *survivor);
/** Will it be the main one of its kind? */
gboolean         crm_merge_child_is_main    (const CrmMergeChild *self);
/** Only of an entity that has main ones. */
void             crm_merge_child_set_main   (CrmMergeChild *self, gboolean main);

/** crm_merge_is_once: is the child a phone number, an address, a tag, who took part: what is said by its words, and not that it happened at a time? */
gboolean         crm_merge_is_once          (const CrmEntity *entity);
/** crm_merge_says_no_more: of two children of one record: does @a say nothing that @b does not say? Only of what is the same if there twice. */
gboolean         crm_merge_says_no_more     (const CrmValues *a, const CrmValues *b);
/** crm_merge_absorb: fills what @into lacks and @from has. */
void             crm_merge_absorb           (CrmValues *into, const CrmValues *from);
/** crm_merge_take_marks: @into, which takes the place of @from, is the main one or the only one where that was. */
void             crm_merge_take_marks       (CrmValues *into, const CrmValues *from);
/** crm_merge_absorb_extra: what a newer version wrote of either is kept. */
void             crm_merge_absorb_extra     (CrmValues *into, const CrmValues *from);
/** crm_merge_get_integer: 0 if there is no such field. */
gint64           crm_merge_get_integer      (const CrmValues *values, const char *name);
/** crm_merge_get_text: %NULL if there is no such field. */
const char      *crm_merge_get_text         (const CrmValues *values, const char *name);

G_END_DECLS
