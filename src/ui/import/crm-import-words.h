/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "crm-import.h"

G_BEGIN_DECLS

/* What the window of an import says of a result, in the user's language. Any thread. */

/** (transfer full): how many are new, changed, unchanged, rejected, on one line. */
char       *crm_import_words_sum_up     (const CrmImportResult *result);
/** (transfer full): what the button would do, with a mnemonic. */
char       *crm_import_words_button     (const CrmImportResult *result);
/** (transfer none): a sentence that tells why there is nothing to import; %NULL: there is. */
const char *crm_import_words_hindrance  (const CrmImportResult *result);
/** (transfer full): what was done: "498 clients imported". */
char       *crm_import_words_done       (const CrmImportResult *result);

G_END_DECLS
