/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-list-look.h"
#include "crm-selection.h"

G_BEGIN_DECLS

/**
 * CrmListFace: the records of a query as rows of two lines.
 *
 * Signal "activate" (guint position): double click or Enter on a row.
 */
#define CRM_TYPE_LIST_FACE (crm_list_face_get_type ())
G_DECLARE_FINAL_TYPE (CrmListFace, crm_list_face, CRM, LIST_FACE, GtkWidget)

/** @database: the base whose pictures the rows show */
GtkWidget *crm_list_face_new           (const CrmEntity *entity, const char *database);
/** A face that does not show has none: rows nobody sees cost nothing then. */
void       crm_list_face_set_selection (CrmListFace *self, CrmSelection *selection);
/** (transfer none): the list of the rows. */
GtkWidget *crm_list_face_get_list_view (CrmListFace *self);

G_END_DECLS
