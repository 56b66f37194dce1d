/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/**
 * CrmPositionAdder: the rows that add a position in place: on the page of a client who works there, by name and role; on that of a person where it works, by
 * firm and role. Names are completed, and while a new person is typed it tells who is like it; Enter makes the position, and the person if there is none yet, in one step. What is typed is kept as drafts.
 */
#define CRM_TYPE_POSITION_ADDER (crm_position_adder_get_type ())
G_DECLARE_FINAL_TYPE (CrmPositionAdder, crm_position_adder, CRM, POSITION_ADDER, GObject)

/** @owner: field of a position that refers to the record of the page; @action: what its button does: to call crm_position_adder_begin() */
CrmPositionAdder *crm_position_adder_new             (CrmStore *store, guint owner, const char *label, const char *action);
/** (transfer none): rows, to stand one below the other. */
GtkWidget * const *crm_position_adder_get_rows       (CrmPositionAdder *self, guint *n_rows);
/** For which record; 0: none. Closed until crm_position_adder_begin(). */
void              crm_position_adder_open            (CrmPositionAdder *self, gint64 owner);
/** Shows the rows to type into, and puts the cursor there. */
void              crm_position_adder_begin           (CrmPositionAdder *self);
/** @drafts: (element-type utf8 utf8): of the record: if they hold what was typed here, shows it. */
void              crm_position_adder_put_drafts_back (CrmPositionAdder *self, GHashTable *drafts);
/** Keeps what is typed as drafts. */
void              crm_position_adder_flush           (CrmPositionAdder *self);

G_END_DECLS
