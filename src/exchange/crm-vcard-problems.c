/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-vcard-problems.h"

static void
problem_free (gpointer data)
{
  CrmVcardProblem *problem = data;

  g_free (problem->text);
  g_free (problem);
}

void
crm_vcard_problems_add (GPtrArray **problems,
                        guint64     line,
                        char       *text)
{
  CrmVcardProblem *problem;

  if (*problems == NULL)
    *problems = g_ptr_array_new_with_free_func (problem_free);
  if ((*problems)->len == CRM_VCARD_MAX_PROBLEMS)
    {
      g_free (text);
      return;
    }
  problem = g_new (CrmVcardProblem, 1);
  *problem = (CrmVcardProblem) { line, text };
  g_ptr_array_add (*problems, problem);
}
