/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "crm-mapping.h"

G_BEGIN_DECLS

/**
 * CrmImportFieldPopover: chooses the field that a column of a file goes to.
 *
 * Signal "chosen" (int): a target as of crm_mapping_get_target(); the popover closes.
 */
#define CRM_TYPE_IMPORT_FIELD_POPOVER (crm_import_field_popover_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportFieldPopover, crm_import_field_popover, CRM, IMPORT_FIELD_POPOVER, GtkPopover)

/** @current: the target that is chosen so far */
GtkWidget *crm_import_field_popover_new (const CrmEntity *entity,
                                         int              current);

G_END_DECLS
