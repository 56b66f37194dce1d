/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"

G_BEGIN_DECLS

/*
 * What the user did with a file of the same header before: its mapping and by what its clients were matched, in the settings. Only what
 * differs from the guess is worth the place. Main thread.
 */

/** crm_import_memory_keep: what is as guessed is forgotten. @guess: what the mapping would be without the user */
void     crm_import_memory_keep           (GSettings *settings, const CrmImportOptions *options, const CrmMapping *guess);
/** crm_import_memory_recall_mapping: sets @mapping as it was for such a file. %FALSE: nothing else than @guess is known. */
gboolean crm_import_memory_recall_mapping (GSettings *settings, CrmMapping *mapping, const CrmMapping *guess);
/** crm_import_memory_recall_match: sets by what clients are matched as it was for such a file, if that is known. */
void     crm_import_memory_recall_match   (GSettings *settings, CrmImportOptions *options);

G_END_DECLS
