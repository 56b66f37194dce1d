/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * CrmLogPeople: who may have taken part in a conversation, as buttons in lines; those pressed did. Hidden while there is nobody.
 *
 * Signal "changed": the user pressed one.
 */
#define CRM_TYPE_LOG_PEOPLE (crm_log_people_get_type ())
G_DECLARE_FINAL_TYPE (CrmLogPeople, crm_log_people, CRM, LOG_PEOPLE, GtkWidget)

/** Ids of those who took part; the buttons follow with the next crm_log_people_show(). No signal. */
void    crm_log_people_set_present (CrmLogPeople *self, GArray *present);
/** (transfer none): ids. */
GArray *crm_log_people_get_present (CrmLogPeople *self);
/** @people: CrmColleague; who has left the firm is shown only if he took part. */
void    crm_log_people_show        (CrmLogPeople *self, GPtrArray *people);

G_END_DECLS
