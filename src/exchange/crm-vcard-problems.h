/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** CrmVcardProblem: @line: of the file, from 1; @text: what is wrong there, a translated sentence. */
typedef struct {
  guint64  line;
  char    *text;
} CrmVcardProblem;

/** The most problems reported of a card. */
#define CRM_VCARD_MAX_PROBLEMS 100

/**
 * crm_vcard_problems_add: one more, or none if there are too many already.
 * @problems: (inout) (element-type CrmVcardProblem) (nullable): made with the first
 * @text: (transfer full)
 */
void crm_vcard_problems_add (GPtrArray **problems, guint64 line, char *text);

G_END_DECLS
