/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmChildList: the children of one kind of a record, edited in place, main first. Follows the commits.
 * Signal "changed": what crm_child_list_get_values() tells is another.
 */
#define CRM_TYPE_CHILD_LIST (crm_child_list_get_type ())
G_DECLARE_FINAL_TYPE (CrmChildList, crm_child_list, CRM, CHILD_LIST, AdwPreferencesGroup)

/** @child: an entity with a parent; @row_type: a CrmChildRow. */
GtkWidget *crm_child_list_new        (CrmStore *store, const CrmEntity *child, GType row_type);
/** Shows the children of a record; 0: none. What is typed is saved first. */
void       crm_child_list_open       (CrmChildList *self, gint64 parent);
/** Saves what is typed. */
void       crm_child_list_flush      (CrmChildList *self);
/**
 * crm_child_list_add: a row for a child that is inserted once its first field is filled.
 * @values: what it begins with; @place: name under which the parent keeps its draft, by reference
 * @drafts: (element-type utf8 utf8): field → text; NULL: none, the row takes the focus
 */
void       crm_child_list_add        (CrmChildList *self, const CrmValues *values, const char *place, GHashTable *drafts);
/** Appends a row that stays below the children. */
void       crm_child_list_append     (CrmChildList *self, GtkWidget *row);
/** (transfer none) (element-type CrmValues): the committed children, main first; NULL: not read yet. */
GPtrArray *crm_child_list_get_values (CrmChildList *self);
/** The values a new child of the shown record begins with: its parent. */
CrmValues *crm_child_list_create_values (CrmChildList *self);

G_END_DECLS
