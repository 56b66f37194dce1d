/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Folding: the one form in which rows and queries are compared. Lower case, without diacritics, I/İ/ı/i all "i",
 * ß "ss", æ "ae", ø "o", ł "l", đ "d", þ "th", other scripts case-folded and kept; words of letters and digits
 * parted by exactly one space, no space at either end. An apostrophe, and the dot behind a single letter, join
 * ("A.Ş." is "as", "O'Brien" is "obrien"); every other mark parts ("Ltd. Şti." is "ltd sti").
 * Invisible format characters join as well. Invalid UTF-8 bytes part words. Folding what is folded changes nothing. Any thread.
 */

/**
 * crm_fold: Returns: (transfer full): the folded form of @text; "" for %NULL.
 */
char  *crm_fold          (const char *text);

/**
 * crm_fold_append:
 * @into: receives the folded form of @text, parted by a space from what is there; nothing if @text folds to nothing
 * @length: bytes of @text, or -1 up to its NUL
 */
void   crm_fold_append   (GString *into, const char *text, gssize length);

/**
 * crm_fold_digits_append: appends the digits of @text as one word, so that a number is found however it is spaced.
 */
void   crm_fold_digits_append (GString *into, const char *text);

/**
 * crm_fold_name: (transfer full): as crm_fold(), less the legal form of a firm
 * (a.ş., ltd. şti., san. tic., gmbh, ag, kg, inc., llc, s.p.a., s.a., s.à r.l., b.v., as, oy …) at its end:
 * what two spellings of one firm have in common. Never "" unless @text folds to nothing.
 */
char  *crm_fold_name     (const char *text);

/**
 * crm_fold_name_length: how much of a name that is folded already stands before its legal form, in bytes.
 */
gsize  crm_fold_name_length (const char *folded);

/**
 * crm_phone_key: (transfer full): what two spellings of one phone number have in common: its digits without the
 * leading zeros, without the Turkish country code and without an extension ("dahili 12"), at most the last ten.
 * "" if fewer than four digits are left.
 */
char  *crm_phone_key     (const char *text);

/** A stretch of the original text, in bytes. */
typedef struct {
  guint start;
  guint end;
} CrmSpan;

/**
 * crm_fold_find_spans:
 * @text: a text as the user wrote it (valid UTF-8)
 * @words: folded words of a query
 *
 * Which parts of @text a query matched, for showing them in bold: every place where a word of @words stands at the
 * beginning of a word of @text, and, for a word that stands at no beginning, every place inside. A word of four digits or more
 * also matches across the spaces of a number ("5550142" in "+90 212 555 01 42").
 *
 * Returns: (transfer full) (element-type CrmSpan): spans in ascending order, not overlapping; may be empty
 */
GArray *crm_fold_find_spans (const char *text, const char * const *words);

/**
 * crm_fold_find_phrase: where a text as the user wrote it has a phrase, folded words, from the beginning of a word on; the last word may go on
 * (as names do that are inflected: "Yılmaz'ın"), and is then part of the place to its end.
 *
 * Returns: (transfer full) (element-type CrmSpan): spans in ascending order, not overlapping; may be empty
 */
GArray *crm_fold_find_phrase (const char *text, const char *phrase);

G_END_DECLS
