/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-store.h"

G_BEGIN_DECLS

/** CrmAddressRow: an address of a client as it stands on an envelope; opened, its fields. */
#define CRM_TYPE_ADDRESS_ROW (crm_address_row_get_type ())
G_DECLARE_FINAL_TYPE (CrmAddressRow, crm_address_row, CRM, ADDRESS_ROW, AdwExpanderRow)

G_END_DECLS
