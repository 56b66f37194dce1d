/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-switch-row.h"

struct _CrmSwitchRow {
  AdwActionRow parent_instance;

  GtkSwitch   *toggle;
  gboolean     is_set; /* by the program, not by the user */
};

static void crm_switch_row_field_row_init (CrmFieldRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmSwitchRow, crm_switch_row, ADW_TYPE_ACTION_ROW,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_FIELD_ROW, crm_switch_row_field_row_init))

static char *
get_text (CrmFieldRow *row)
{
  return g_strdup (gtk_switch_get_active (CRM_SWITCH_ROW (row)->toggle) ? "1" : "");
}

static void
set_text (CrmFieldRow *row,
          const char  *text)
{
  CrmSwitchRow *self = CRM_SWITCH_ROW (row);

  self->is_set = TRUE;
  gtk_switch_set_active (self->toggle, text[0] != '\0');
  self->is_set = FALSE;
}

static char *
dup_shown (CrmFieldRow     *row,
           const CrmValues *values,
           guint            field)
{
  return g_strdup (crm_values_get_integer (values, field) != 0 ? "1" : "");
}

static gboolean
collect (CrmFieldRow  *row,
         CrmValues    *changes,
         guint         field,
         GError      **error)
{
  crm_values_set_integer (changes, field, gtk_switch_get_active (CRM_SWITCH_ROW (row)->toggle) ? 1 : 0);
  return TRUE;
}

static GtkWidget *
get_target (CrmFieldRow *row)
{
  return GTK_WIDGET (CRM_SWITCH_ROW (row)->toggle);
}

static void
on_toggled (CrmSwitchRow *self)
{
  if (self->is_set)
    return;
  crm_field_row_edited (CRM_FIELD_ROW (self));
  crm_field_row_commit (CRM_FIELD_ROW (self));
}

static void
crm_switch_row_field_row_init (CrmFieldRowInterface *iface)
{
  iface->get_text = get_text;
  iface->set_text = set_text;
  iface->dup_shown = dup_shown;
  iface->collect = collect;
  iface->get_target = get_target;
}

static void
crm_switch_row_class_init (CrmSwitchRowClass *klass)
{
}

static void
crm_switch_row_init (CrmSwitchRow *self)
{
  self->toggle = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->toggle), GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->toggle));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  crm_field_row_watch (CRM_FIELD_ROW (self));
  g_signal_connect_swapped (self->toggle, "notify::active", G_CALLBACK (on_toggled), self);
}

GtkWidget *
crm_switch_row_new (const CrmField *field)
{
  CrmSwitchRow *self;

  g_return_val_if_fail (field != NULL, NULL);

  self = g_object_new (CRM_TYPE_SWITCH_ROW, "title", crm_field_get_label (field), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->toggle), GTK_ACCESSIBLE_PROPERTY_LABEL, crm_field_get_label (field), -1);
  return GTK_WIDGET (self);
}
