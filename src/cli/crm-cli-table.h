/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-cli-private.h"

G_BEGIN_DECLS

/**
 * CrmCliTable: rows for people, aligned. The first rows are held back to find out how wide the columns are; the others are printed
 * as they come, so that a table of any length takes no memory. What a terminal would take for commands is printed as spaces.
 */
typedef struct _CrmCliTable CrmCliTable;

/** @cli: prints to it and must outlive the table. */
CrmCliTable *crm_cli_table_new  (CrmCli *cli, guint n_columns);
/** crm_cli_table_take: the next cell, in UTF-8, row by row; NULL is an empty one. (transfer full) */
void         crm_cli_table_take (CrmCliTable *self, char *cell);
/** crm_cli_table_free: prints what was held back. */
void         crm_cli_table_free (CrmCliTable *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmCliTable, crm_cli_table_free)

G_END_DECLS
