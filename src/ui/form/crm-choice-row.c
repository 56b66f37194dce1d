/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-choice-row.h"

struct _CrmChoiceRow {
  AdwComboRow     parent_instance;

  const CrmField *field;
  guint           first;  /* position of the first choice: "—" may stand before it */
  gboolean        is_set; /* by the program, not by the user */
};

static void crm_choice_row_field_row_init (CrmFieldRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmChoiceRow, crm_choice_row, ADW_TYPE_COMBO_ROW,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_FIELD_ROW, crm_choice_row_field_row_init))

static char *
get_text (CrmFieldRow *row)
{
  CrmChoiceRow *self = CRM_CHOICE_ROW (row);
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));

  if (selected == GTK_INVALID_LIST_POSITION || selected < self->first)
    return g_strdup ("");
  return g_strdup (self->field->choices[selected - self->first].name);
}

static void
set_text (CrmFieldRow *row,
          const char  *text)
{
  CrmChoiceRow *self = CRM_CHOICE_ROW (row);
  guint selected = self->first > 0 ? 0 : GTK_INVALID_LIST_POSITION;
  guint i;

  for (i = 0; self->field->choices[i].name != NULL; i++)
    if (strcmp (self->field->choices[i].name, text) == 0)
      selected = i + self->first;
  self->is_set = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), selected);
  self->is_set = FALSE;
}

static char *
dup_shown (CrmFieldRow     *row,
           const CrmValues *values,
           guint            field)
{
  return g_strdup (crm_values_get_text (values, field));
}

static void
on_selected (CrmChoiceRow *self)
{
  if (self->is_set)
    return;
  crm_field_row_edited (CRM_FIELD_ROW (self));
  crm_field_row_commit (CRM_FIELD_ROW (self));
}

static void
crm_choice_row_field_row_init (CrmFieldRowInterface *iface)
{
  iface->get_text = get_text;
  iface->set_text = set_text;
  iface->dup_shown = dup_shown;
}

static void
crm_choice_row_class_init (CrmChoiceRowClass *klass)
{
}

static void
crm_choice_row_init (CrmChoiceRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  crm_field_row_watch (CRM_FIELD_ROW (self));
}

GtkWidget *
crm_choice_row_new (const CrmField *field)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  CrmChoiceRow *self;
  guint i;

  g_return_val_if_fail (field != NULL && field->choices != NULL, NULL);

  self = g_object_new (CRM_TYPE_CHOICE_ROW, "title", crm_field_get_label (field), NULL);
  self->field = field;
  if ((field->flags & CRM_FIELD_REQUIRED) == 0)
    {
      gtk_string_list_append (labels, "—");
      self->first = 1;
    }
  for (i = 0; field->choices[i].name != NULL; i++)
    gtk_string_list_append (labels, crm_field_get_choice_label (field, field->choices[i].name));
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (labels));
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected), NULL);
  return GTK_WIDGET (self);
}
