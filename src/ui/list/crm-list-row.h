/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-list-look.h"

G_BEGIN_DECLS

/** CrmListRow: the two lines of one record in a list: name and what tells it apart, at the end a star and a word. Light: two hundred live at a time. */
#define CRM_TYPE_LIST_ROW (crm_list_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmListRow, crm_list_row, CRM, LIST_ROW, GtkWidget)

GtkWidget *crm_list_row_new     (CrmListLook *look);
/** Shows a row of the model and follows it; %NULL: nothing. */
void       crm_list_row_set_row (CrmListRow *self, CrmRow *row);

G_END_DECLS
