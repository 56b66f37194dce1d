/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

#include "crm-values.h"

G_BEGIN_DECLS

/* What a search matched, for showing it. @words: folded words of the query, NULL-terminated; NULL: none. Any thread. */

/** (transfer full): sets the matched parts of @text in bold; %NULL if there are none. */
PangoAttrList *crm_match_bold        (const char *text, const char * const *words);

/**
 * crm_match_find_elsewhere: the text of the first searched field that has a word which none of @shown has: the reason why the record was found.
 * @shown: texts that show anyway, NULL for nothing; a long text is cut to a line around the match
 * Returns: (transfer full): plain text; %NULL if there is nothing to explain
 */
char          *crm_match_find_elsewhere (const CrmValues *values, const char * const *words, const char * const *shown, guint n_shown);

G_END_DECLS
