/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CrmSampleWords: the word lists of one file of data/sample, as its README describes them. Immutable.
 */
typedef struct _CrmSampleWords CrmSampleWords;

/** @name: of the file: "tr.txt". They are part of the program: it ends if there is none of that name. */
CrmSampleWords     *crm_sample_words_load  (const char *name);
void                crm_sample_words_free  (CrmSampleWords *self);

/** (transfer none): the columns of an item of a section drawn by weight, the weight not among them. */
const char * const *crm_sample_words_draw  (const CrmSampleWords *self, GRand *random, const char *section);
/** (transfer none) (element-type GStrv): all items of a section. */
const GPtrArray    *crm_sample_words_get   (const CrmSampleWords *self, const char *section);
/** How often the file's country is drawn among others. */
guint               crm_sample_words_get_weight (const CrmSampleWords *self);

/**
 * crm_sample_words_expand: (transfer full): a pattern with its "{section}" drawn and its "#" random digits.
 * @trade: (out) (transfer none) (optional): second column of the trade drawn, if one was; untouched otherwise
 */
char               *crm_sample_words_expand (const CrmSampleWords *self, GRand *random, const char *pattern, const char **trade);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmSampleWords, crm_sample_words_free)

G_END_DECLS
