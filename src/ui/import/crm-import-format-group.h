/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "crm-import-job.h"

G_BEGIN_DECLS

/**
 * CrmImportFormatGroup: how the file was read, and by what known clients are recognised; both can be changed.
 *
 * Signal "changed" (CrmImportRead): the user changed the format; what is below it must be found out anew, or just the mapping.
 * Signal "match-changed"
 */
#define CRM_TYPE_IMPORT_FORMAT_GROUP (crm_import_format_group_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportFormatGroup, crm_import_format_group, CRM, IMPORT_FORMAT_GROUP, AdwPreferencesGroup)

/** @name: of the file, for people; plain text */
void         crm_import_format_group_set       (CrmImportFormatGroup *self,
                                                const char           *name,
                                                const CrmCsvFormat   *format,
                                                CrmMatch              match);
/** crm_import_format_group_set_rows: how many rows the file has; negative: not known yet. */
void         crm_import_format_group_set_rows  (CrmImportFormatGroup *self,
                                                gint64                n_rows);
/** The format with what the user changed. */
CrmCsvFormat crm_import_format_group_get       (CrmImportFormatGroup *self);
/** By what the clients of the file are to be found among those there are. */
CrmMatch     crm_import_format_group_get_match (CrmImportFormatGroup *self);

G_END_DECLS
