/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-fields-row.h"

G_BEGIN_DECLS

/** What the names begin with under which a client keeps the drafts of an address that is new; the name of a field follows. */
#define CRM_ADDRESS_DRAFT "address-"

/** CrmAddressRow: an address of a client as it stands on an envelope; opened, its fields. One that is new is inserted once something is filled in. */
#define CRM_TYPE_ADDRESS_ROW (crm_address_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmAddressRow, crm_address_row, CRM, ADDRESS_ROW, CrmFieldsRow)

G_END_DECLS
