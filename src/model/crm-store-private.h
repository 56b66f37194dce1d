/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-collator.h"
#include "crm-db.h"

G_BEGIN_DECLS

/** crm_store_prepare_writer: makes a connection fit for steps: history's triggers, sort keys in the base's order. Returns (transfer full) the collator. */
CrmCollator *crm_store_prepare_writer (CrmDb *db, GError **error);

G_END_DECLS
