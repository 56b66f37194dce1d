/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "crm-entity.h"

G_BEGIN_DECLS

/**
 * CrmColumnMenu: the menu of a table that chooses which columns show: a toggle for each, in groups as the form has them. The name always
 * shows, the time of deletion when there is one: neither can be chosen. Main thread.
 */
typedef struct _CrmColumnMenu CrmColumnMenu;

/** Told when the user has chosen. @field: the name of a field of the entity */
typedef void (*CrmColumnMenuFunc) (const char *field, gboolean shown, gpointer data);

/** crm_column_menu_new: nothing is shown yet, see crm_column_menu_set_shown(). @data: outlives the menu */
CrmColumnMenu *crm_column_menu_new         (const CrmEntity *entity, CrmColumnMenuFunc chosen, gpointer data);
void           crm_column_menu_free        (CrmColumnMenu *self);
/** crm_column_menu_set_shown: has the toggle say so; one that cannot be chosen has none. Nobody is told. */
void           crm_column_menu_set_shown   (CrmColumnMenu *self, const CrmField *field, gboolean shown);
/** (transfer none): its actions are those of crm_column_menu_get_actions(), under the prefix "column". */
GMenuModel    *crm_column_menu_get_model   (CrmColumnMenu *self);
/** (transfer none) */
GActionGroup  *crm_column_menu_get_actions (CrmColumnMenu *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmColumnMenu, crm_column_menu_free)

G_END_DECLS
