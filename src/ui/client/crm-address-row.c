/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-address-row.h"

#include "crm-address.h"
#include "crm-display.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

struct _CrmAddressRow {
  CrmFieldsRow  parent_instance;

  GtkWidget    *copy;
};

/* Under these names the client keeps what is typed of a new one; by the names of the fields it has other drafts */
static const char * const draft_names[] = {
  [CRM_ADDRESS_KIND] = CRM_ADDRESS_DRAFT "kind",
  [CRM_ADDRESS_STREET] = CRM_ADDRESS_DRAFT "street",
  [CRM_ADDRESS_DISTRICT] = CRM_ADDRESS_DRAFT "district",
  [CRM_ADDRESS_CITY] = CRM_ADDRESS_DRAFT "city",
  [CRM_ADDRESS_REGION] = CRM_ADDRESS_DRAFT "region",
  [CRM_ADDRESS_POSTCODE] = CRM_ADDRESS_DRAFT "postcode",
  [CRM_ADDRESS_COUNTRY] = CRM_ADDRESS_DRAFT "country",
};

G_DEFINE_FINAL_TYPE (CrmAddressRow, crm_address_row, CRM_TYPE_FIELDS_ROW)

static void
append (GString         *lines,
        const char      *separator,
        const CrmValues *values,
        guint            field)
{
  g_autofree char *text = crm_display_line (crm_values_get_text (values, field));

  if (text[0] == '\0')
    return;
  if (lines->len > 0)
    g_string_append (lines, separator);
  g_string_append (lines, text);
}

/* In up to four lines, as on an envelope; "" if all its fields are empty. */
static char *
format_address (const CrmValues *values)
{
  GString *lines = g_string_new (NULL);

  append (lines, "\n", values, CRM_ADDRESS_STREET);
  append (lines, ", ", values, CRM_ADDRESS_DISTRICT);
  append (lines, "\n", values, CRM_ADDRESS_POSTCODE);
  append (lines, crm_values_is_null (values, CRM_ADDRESS_POSTCODE) ? "\n" : " ", values, CRM_ADDRESS_CITY);
  append (lines, ", ", values, CRM_ADDRESS_REGION);
  append (lines, "\n", values, CRM_ADDRESS_COUNTRY);
  return g_string_free (lines, FALSE);
}

static void
crm_address_row_update (CrmFieldsRow    *row,
                        const CrmValues *values)
{
  const CrmField *field = &crm_address.fields[CRM_ADDRESS_KIND];
  g_autofree char *lines = format_address (values);

  crm_fields_row_set_text (row, lines[0] != '\0' ? lines : _("New address"),
                           crm_field_get_choice_label (field, crm_values_get_text (values, CRM_ADDRESS_KIND)));
  gtk_widget_set_visible (CRM_ADDRESS_ROW (row)->copy, lines[0] != '\0');
}

static void
on_copy (CrmAddressRow *self)
{
  g_autofree char *lines = format_address (crm_fields_row_get_values (CRM_FIELDS_ROW (self)));

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), lines);
  crm_toast (GTK_WIDGET (self), _("Copied"));
}

static void
crm_address_row_class_init (CrmAddressRowClass *klass)
{
  static const guint fields[] = {
    CRM_ADDRESS_STREET, CRM_ADDRESS_DISTRICT, CRM_ADDRESS_POSTCODE, CRM_ADDRESS_CITY, CRM_ADDRESS_REGION, CRM_ADDRESS_COUNTRY, CRM_ADDRESS_KIND,
  };
  CrmFieldsRowClass *row_class = CRM_FIELDS_ROW_CLASS (klass);

  row_class->fields = fields;
  row_class->n_fields = G_N_ELEMENTS (fields);
  row_class->draft_names = draft_names;
  row_class->update = crm_address_row_update;
}

static void
crm_address_row_init (CrmAddressRow *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("crm-address-symbolic");

  gtk_widget_add_css_class (icon, "dim-label");
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), icon);
  self->copy = crm_fields_row_add_button (CRM_FIELDS_ROW (self), "edit-copy-symbolic", G_CALLBACK (on_copy));
  crm_display_name_control (self->copy, _("Copy the address"));
}
