/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-position-row.h"

#include "crm-display.h"
#include "crm-position.h"
#include "crm-time.h"

#include <glib/gi18n-lib.h>

struct _CrmPositionRow {
  CrmFieldsRow  parent_instance;

  GtkWidget    *open;
};

G_DEFINE_FINAL_TYPE (CrmPositionRow, crm_position_row, CRM_TYPE_FIELDS_ROW)

/* (transfer full): "since 01.03.2019", "01.03.2019 – 01.09.2026"; NULL if nobody knows */
static char *
format_time (const CrmValues *values)
{
  const char *since = crm_values_get_text (values, CRM_POSITION_SINCE);
  const char *until = crm_values_get_text (values, CRM_POSITION_UNTIL);
  g_autofree char *begin = crm_date_format (since);
  g_autofree char *end = crm_date_format (until);

  if (since != NULL && until != NULL)
    return g_strdup_printf ("%s – %s", begin, end);
  if (since != NULL)
    return g_strdup_printf (_("since %s"), begin);
  return until != NULL ? g_strdup_printf (_("until %s"), end) : NULL;
}

/* (transfer full): left, role, role in buying, whether the firm is talked to through the person, when: what of that is known */
static char *
describe (const CrmValues *values,
          gboolean         is_left)
{
  const char *words[6] = { NULL };
  g_autofree char *left = is_left ? crm_values_format (values, CRM_POSITION_KIND) : NULL;
  g_autofree char *role = crm_values_format (values, CRM_POSITION_ROLE);
  g_autofree char *buying_role = crm_values_format (values, CRM_POSITION_BUYING_ROLE);
  g_autofree char *time = format_time (values);
  gboolean is_contact = !is_left && crm_values_get_integer (values, CRM_POSITION_CONTACT) != 0;
  const char *all[] = { left, role, buying_role, is_contact ? crm_field_get_label (&crm_position.fields[CRM_POSITION_CONTACT]) : NULL, time };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i] != NULL && all[i][0] != '\0')
      words[n++] = all[i];
  return g_strjoinv (" · ", (char **) words);
}

static void
crm_position_row_update (CrmFieldsRow    *row,
                         const CrmValues *values)
{
  gboolean is_left = g_strcmp0 (crm_values_get_text (values, CRM_POSITION_KIND), "left") == 0;
  g_autofree char *firm = crm_display_line (crm_values_get_text (values, CRM_POSITION_CLIENT));
  g_autofree char *words = describe (values, is_left);
  g_autofree char *shown = crm_display_line (words);
  g_autofree char *name = g_strdup_printf (_("Open %s"), firm);

  crm_fields_row_set_text (row, firm, shown);
  crm_display_name_control (CRM_POSITION_ROW (row)->open, name);
  if (is_left)
    gtk_widget_add_css_class (GTK_WIDGET (row), "left");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "left");
}

static void
on_open (CrmPositionRow *self)
{
  const CrmValues *values = crm_fields_row_get_values (CRM_FIELDS_ROW (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "x", crm_values_get_integer (values, CRM_POSITION_CLIENT));
}

static void
crm_position_row_class_init (CrmPositionRowClass *klass)
{
  static const guint fields[] = {
    CRM_POSITION_ROLE, CRM_POSITION_BUYING_ROLE, CRM_POSITION_KIND, CRM_POSITION_SINCE, CRM_POSITION_UNTIL, CRM_POSITION_CONTACT,
  };
  CrmFieldsRowClass *row_class = CRM_FIELDS_ROW_CLASS (klass);

  row_class->fields = fields;
  row_class->n_fields = G_N_ELEMENTS (fields);
  row_class->update = crm_position_row_update;
}

static void
crm_position_row_init (CrmPositionRow *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("crm-client-symbolic");

  gtk_widget_add_css_class (icon, "dim-label");
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), icon);
  self->open = crm_fields_row_add_button (CRM_FIELDS_ROW (self), "go-next-symbolic", G_CALLBACK (on_open));
}
