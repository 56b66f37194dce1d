/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-query-label.h"

#include <glib/gi18n-lib.h>

#include "crm-entity.h"

/* Whole phrases, as a field's label in the middle of a sentence is wrong in most languages */
static const struct {
  const char *field;
  const char *label;
} none_labels[] = {
  { "phone", N_("Has no phone") },
  { "email", N_("Has no e-mail") },
  { "city", N_("Has no address") },
  { "tax_number", N_("Has no tax number") },
  { "segment", N_("Has no segment") },
  { "tags", N_("Has no tag") },
  { "next_step", N_("Has no next step") },
  { "may_contact", N_("May not be contacted for marketing") },
};

const char *
crm_field_get_none_label (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (none_labels); i++)
    {
      if (g_str_equal (none_labels[i].field, field->name))
        return _(none_labels[i].label);
    }
  return NULL;
}

const char *
crm_field_get_late_label (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, NULL);

  return g_str_equal (field->name, "next_due") ? _("Next step is late") : NULL;
}

gboolean
crm_field_has_value_filter (const CrmField *field)
{
  g_return_val_if_fail (field != NULL, FALSE);

  /* A number that is another for each record is looked for, not filtered by */
  if (!(field->flags & CRM_FIELD_FILTER) || g_str_equal (field->name, "tax_number"))
    return FALSE;
  return field->kind == CRM_KIND_CHOICE || field->kind == CRM_KIND_REFERENCE || field->kind == CRM_KIND_TAGS ||
         field->kind == CRM_KIND_TEXT;
}

char *
crm_filter_describe_value (const CrmField *field,
                           const char     *value)
{
  g_return_val_if_fail (field != NULL, NULL);

  if (field->choices != NULL)
    return g_strdup (crm_field_get_choice_label (field, value));
  return g_strdup (value);
}

static char *
join_values (const CrmField  *field,
             char           **values)
{
  char *joined = NULL;

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      g_autofree char *value = crm_filter_describe_value (field, values[i]);
      char *longer;

      /* Translators: alternatives of a filter: "Key client or Partner" */
      longer = joined == NULL ? g_strdup (value) : g_strdup_printf (_("%s or %s"), joined, value);
      g_free (joined);
      joined = longer;
    }
  return joined != NULL ? joined : g_strdup ("");
}

char *
crm_filter_describe (const CrmEntity *entity,
                     const CrmFilter *filter)
{
  const CrmField *field;
  const char *label;
  g_autofree char *values = NULL;

  g_return_val_if_fail (entity != NULL && filter != NULL && filter->field < entity->n_fields, NULL);

  field = &entity->fields[filter->field];
  label = crm_field_get_label (field);
  values = join_values (field, filter->values);
  switch (filter->op)
    {
    case CRM_FILTER_IS:
      /* The kinds speak for themselves, a grade "A" or a city that is also a name do not */
      if (g_str_equal (field->name, "kind"))
        return g_steal_pointer (&values);
      /* Translators: a filter: field and value */
      return g_strdup_printf (_("%s: %s"), label, values);
    case CRM_FILTER_IS_NOT:
      return g_strdup_printf (_("%s: not %s"), label, values);
    case CRM_FILTER_CONTAINS:
      return g_strdup_printf (_("%s: “%s” in it"), label, values);
    case CRM_FILTER_EMPTY:
      return crm_field_get_none_label (field) != NULL ? g_strdup (crm_field_get_none_label (field))
                                                      : g_strdup_printf (_("%s: none"), label);
    case CRM_FILTER_NOT_EMPTY:
      return g_strdup_printf (_("%s: any"), label);
    case CRM_FILTER_AT_LEAST:
      return g_strdup_printf (_("%s: %s or more"), label, values);
    case CRM_FILTER_AT_MOST:
      if (g_str_equal (field->name, "next_due") && filter->values != NULL && g_strcmp0 (filter->values[0], CRM_LATE) == 0)
        return g_strdup (crm_field_get_late_label (field));
      return g_strdup_printf (_("%s: %s or less"), label, values);
    default:
      g_return_val_if_reached (NULL);
    }
}

char *
crm_query_describe (const CrmQuery *query)
{
  GString *all = g_string_new (NULL);

  g_return_val_if_fail (query != NULL, NULL);

  for (guint i = 0; i < query->filters->len; i++)
    {
      g_autofree char *one = crm_filter_describe (query->entity, query->filters->pdata[i]);

      if (i > 0)
        g_string_append (all, ", ");
      g_string_append (all, one);
    }
  return g_string_free (all, FALSE);
}
