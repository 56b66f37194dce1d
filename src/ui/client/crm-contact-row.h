/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-text-row.h"

G_BEGIN_DECLS

/** CrmContactRow: a phone number, e-mail or the like of a client or a person: its value in an entry, with buttons to dial or mail and a popover for the rest. */
#define CRM_TYPE_CONTACT_ROW (crm_contact_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmContactRow, crm_contact_row, CRM, CONTACT_ROW, CrmTextRow)

/** (transfer full): what a click on a contact point opens (see crm-link.h); NULL: nothing. */
char *crm_contact_point_get_link (const CrmValues *values);

G_END_DECLS
