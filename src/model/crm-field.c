/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-field.h"

#include <glib/gi18n-lib.h>

#include "crm-fold.h"

const char *
crm_field_get_label (const CrmField *field)
{
  return _(field->label);
}

const char *
crm_field_get_choice_label (const CrmField *field,
                            const char     *name)
{
  for (const CrmChoice *c = field->choices; c != NULL && c->name != NULL; c++)
    if (g_strcmp0 (c->name, name) == 0)
      return _(c->label);
  return name;
}

static gboolean
folds_to (const char *text,
          const char *folded)
{
  g_autofree char *other = crm_fold (text);

  return strcmp (other, folded) == 0;
}

const char *
crm_field_find_choice (const CrmField *field,
                       const char     *text)
{
  g_autofree char *folded = NULL;

  for (const CrmChoice *c = field->choices; c != NULL && c->name != NULL; c++)
    if (g_strcmp0 (c->name, text) == 0)
      return c->name;
  folded = crm_fold (text);
  for (const CrmChoice *c = field->choices; c != NULL && c->name != NULL; c++)
    if (folds_to (c->name, folded) || folds_to (c->label, folded) || folds_to (_(c->label), folded))
      return c->name;
  return NULL;
}

gboolean
crm_field_is_integer (const CrmField *field)
{
  switch (field->kind)
    {
    case CRM_KIND_INTEGER:
    case CRM_KIND_MONEY:
    case CRM_KIND_BOOL:
    case CRM_KIND_DATETIME:
    case CRM_KIND_REFERENCE:
      return TRUE;
    default:
      return FALSE;
    }
}
