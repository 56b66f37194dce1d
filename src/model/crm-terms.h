/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** More words than that nobody types; the rest of a pasted text is not looked at. */
#define CRM_TERMS_MAX_WORDS 32

/** One thing that a record must have to be found. */
typedef struct {
  char    *needle;     /* what to find in the folded text */
  gsize    length;     /* of it, bytes */
  gboolean only_begins; /* a single letter is looked for at the beginning of words alone */
  char   **spellings;  /* a number: the other ways in which the words of a text may begin with it; else NULL */
  char   **parts;      /* a number: the words it was typed as, which may stand apart as well; else NULL */
} CrmTerm;

/**
 * CrmTerms: what a search text asks for, all of it at once: words, and numbers. Neighbouring words of digits, four or more together,
 * are one number however it is spaced: leading zeros and, where a number is written internationally, the Turkish country code
 * do not count.
 */
typedef struct {
  CrmTerm *terms;
  guint    n_terms;
  char    *folded;     /* the whole text */
  char   **words;      /* the needles, for showing what matched; NULL-terminated */
} CrmTerms;

/** crm_terms_parse: (transfer full): never NULL; without terms if @text (nullable) has neither letters nor digits. */
CrmTerms *crm_terms_parse       (const char *text);
void      crm_terms_free        (CrmTerms *self);
/** crm_terms_to_fts: (transfer full): the full-text expression for records whose words begin with all terms. */
char     *crm_terms_to_fts      (const CrmTerms *self);
/** crm_terms_are_words: no numbers among them: whatever crm_terms_match_prefix() then also crm_terms_match_inside(). */
gboolean  crm_terms_are_words   (const CrmTerms *self);
/** crm_terms_get_rarest: the term to look for first when looking inside words; %NULL: nothing to find there. */
const CrmTerm *crm_terms_get_rarest (const CrmTerms *self);
/**
 * crm_terms_match_inside: are all terms somewhere in a folded text, be it inside words? @known: (nullable): a term that is; it is not looked for.
 * The text must be followed by %CRM_TEXT_SLACK readable bytes.
 */
gboolean  crm_terms_match_inside (const CrmTerms *self, const CrmTerm *known, const char *text, gsize length);
/** crm_terms_match_prefix: what crm_terms_to_fts() says: do words of a folded text (as above) begin with all terms? */
gboolean  crm_terms_match_prefix (const CrmTerms *self, const char *text, gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmTerms, crm_terms_free)

G_END_DECLS
