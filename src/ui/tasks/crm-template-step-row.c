/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-template-step-row.h"

#include <glib/gi18n-lib.h>

#include "crm-activity-template.h"
#include "crm-child-row.h"
#include "crm-display.h"

struct _CrmTemplateStepRow {
  CrmFieldsRow parent_instance;
};

G_DEFINE_FINAL_TYPE (CrmTemplateStepRow, crm_template_step_row, CRM_TYPE_FIELDS_ROW)

static void
crm_template_step_row_update (CrmFieldsRow    *row,
                              const CrmValues *step)
{
  gint64 days = crm_values_get_integer (step, CRM_TEMPLATE_STEP_DAYS);
  const char *department = crm_values_get_text (step, CRM_TEMPLATE_STEP_DEPARTMENT);
  g_autofree char *name = crm_display_line (crm_values_get_text (step, CRM_TEMPLATE_STEP_NAME));
  g_autofree char *when = days == 0 ? g_strdup (_("on the first day"))
                                    : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "after %d day", "after %d days", (gulong) days), (int) days);
  g_autoptr (GString) words = g_string_new (when);
  g_autofree char *shown = NULL;

  if (g_strcmp0 (crm_values_get_text (step, CRM_TEMPLATE_STEP_PRIORITY), "high") == 0)
    g_string_append_printf (words, " · %s", _("high priority"));
  if (department != NULL)
    g_string_append_printf (words, " · %s", department);
  shown = crm_display_line (words->str);
  crm_fields_row_set_text (row, name, shown);
}

static void
crm_template_step_row_class_init (CrmTemplateStepRowClass *klass)
{
  static const guint fields[] = { CRM_TEMPLATE_STEP_NAME, CRM_TEMPLATE_STEP_DAYS, CRM_TEMPLATE_STEP_PRIORITY, CRM_TEMPLATE_STEP_DEPARTMENT };
  CrmFieldsRowClass *row_class = CRM_FIELDS_ROW_CLASS (klass);

  row_class->fields = fields;
  row_class->n_fields = G_N_ELEMENTS (fields);
  row_class->update = crm_template_step_row_update;
}

static void
crm_template_step_row_init (CrmTemplateStepRow *self)
{
}

GtkWidget *
crm_template_step_row_new (CrmStore *store)
{
  GtkWidget *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_TEMPLATE_STEP_ROW, NULL);
  crm_child_row_set_up (CRM_CHILD_ROW (self), store, &crm_template_step);
  return self;
}
