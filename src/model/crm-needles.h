/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** What stands where something was erased. */
#define CRM_ERASED "…"

/** CrmNeedles: what somebody is called in texts: names and addresses, compared folded. */
typedef struct _CrmNeedles CrmNeedles;

CrmNeedles   *crm_needles_new     (void);
void        crm_needles_free    (CrmNeedles *self);
/** Adds one; what is there already, or has fewer than three letters, is left out. */
void        crm_needles_add     (CrmNeedles *self, const char *name);
/** (transfer none): the folded names. */
GPtrArray  *crm_needles_get     (const CrmNeedles *self);
/** Does one of them occur in @text, both folded? */
gboolean    crm_needles_occur   (const CrmNeedles *self, const char *text);
/** crm_needles_may_occur: the same, quicker and at times wrongly %TRUE: for looking through many texts. */
gboolean    crm_needles_may_occur (const CrmNeedles *self, const char *text);
/** crm_needles_replace: (transfer full) (nullable): @text with %CRM_ERASED for each; %NULL: there is none in it. */
char       *crm_needles_replace (const CrmNeedles *self, const char *text);
/** crm_needles_is_sure: is what occurs in @text more than one word, as a given name alone, which many have? */
gboolean    crm_needles_is_sure (const CrmNeedles *self, const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CrmNeedles, crm_needles_free)

G_END_DECLS
