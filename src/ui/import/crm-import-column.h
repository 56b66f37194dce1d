/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-mapping.h"

G_BEGIN_DECLS

/**
 * CrmImportColumn: a column of the file in the list of the import window. Main thread.
 *
 * Property "target" (int): what the column is for, as of crm_mapping_get_target().
 */
#define CRM_TYPE_IMPORT_COLUMN (crm_import_column_get_type ())
G_DECLARE_FINAL_TYPE (CrmImportColumn, crm_import_column, CRM, IMPORT_COLUMN, GObject)

/** @rows: the first rows of the file, of GStrv */
CrmImportColumn *crm_import_column_new            (guint            number,
                                                   const char      *name,
                                                   int              target,
                                                   GPtrArray       *rows);
/** Its place in the file, from 0. */
guint            crm_import_column_get_number     (CrmImportColumn *self);
/** (transfer none): as the header has it. */
const char      *crm_import_column_get_name       (CrmImportColumn *self);
/** (transfer full): what the first rows have in the column, in one line; empty if they have nothing. */
char            *crm_import_column_dup_samples    (CrmImportColumn *self);
/** Does its name hold @folded (see crm_fold())? */
gboolean         crm_import_column_matches        (CrmImportColumn *self,
                                                   const char      *folded);
/** Property "target". */
int              crm_import_column_get_target     (CrmImportColumn *self);
/** Notifies "target" if it is another. */
void             crm_import_column_set_target     (CrmImportColumn *self,
                                                   int              target);

G_END_DECLS
