/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"

G_BEGIN_DECLS

/* Within exchange. */

CrmImportResult *crm_import_result_new      (const CrmImportOptions *options);
GArray          *crm_import_differences_new (void);
/** Adds a message to those of a result, unless it has @max. @file: its number; @text: copied */
void             crm_import_messages_add    (GArray *messages, guint max, guint file, guint64 line, const char *text);

G_END_DECLS
