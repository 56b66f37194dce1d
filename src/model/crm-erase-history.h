/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "crm-person-rows.h"

G_BEGIN_DECLS

/**
 * crm_erase_find_people: (transfer full) (element-type gint64): the person, and those who were merged into them; their former names go to @names.
 */
GArray  *crm_erase_find_people (CrmDb *db, gint64 person, CrmNeedles *names, GError **error);

/**
 * crm_erase_find_backups: (transfer full) (element-type filename): automatic backups of a base, and bases that a restore moved aside, which hold one of @people or
 * cannot be read. Opens each of them.
 */
GPtrArray *crm_erase_find_backups (const char *database, GArray *people);

/** crm_erase_parse: (transfer full): the object that history keeps of a row; %CRM_ERROR_DAMAGED if it is none. */
JsonNode *crm_erase_parse      (CrmDb *db, const char *before, GError **error);

/**
 * crm_erase_history: takes a person out of history and the labels of steps, within the step that erases them, after everything else of it.
 * @rows: as they were
 * @kept: (element-type utf8): texts that stay, see crm_mention_make_key()
 * @chosen: (element-type utf8): texts in which single words of a name were replaced, too
 * @first: the first history row of this step
 */
gboolean crm_erase_history     (CrmDb *db, GArray *people, GPtrArray *rows, const CrmNeedles *names, GHashTable *kept, GHashTable *chosen,
                                gint64 first, GError **error);

/** crm_erase_empty: puts into @changes what of @values is to be emptied in a row that stays. */
void     crm_erase_empty       (CrmValues *changes, const CrmValues *values);

G_END_DECLS
