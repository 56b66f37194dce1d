/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-address-row.h"

#include "crm-address.h"
#include "crm-child-row.h"
#include "crm-display.h"
#include "crm-field-binding.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

struct _CrmAddressRow {
  AdwExpanderRow   parent_instance;

  CrmStore        *store;
  CrmValues       *values;    /* committed */
  GtkWidget       *main_mark;
  GtkWidget       *copy;
  GtkWidget       *make_main;
  GtkWidget       *first;     /* row of the street; NULL: there are no rows yet */
  CrmFieldBinding *bindings[CRM_ADDRESS_MAIN]; /* NULL: no row */
};

static void crm_address_row_child_row_init (CrmChildRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmAddressRow, crm_address_row, ADW_TYPE_EXPANDER_ROW,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_CHILD_ROW, crm_address_row_child_row_init))

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
update (CrmAddressRow *self)
{
  const CrmField *field = &crm_address.fields[CRM_ADDRESS_KIND];
  g_autofree char *lines = format_address (self->values);
  g_autofree char *title = g_markup_escape_text (lines[0] != '\0' ? lines : _("New address"), -1);
  g_autofree char *subtitle = g_markup_escape_text (crm_field_get_choice_label (field, crm_values_get_text (self->values, CRM_ADDRESS_KIND)), -1);
  gboolean is_main = crm_values_get_integer (self->values, CRM_ADDRESS_MAIN) != 0;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle);
  gtk_widget_set_visible (self->main_mark, is_main);
  if (self->make_main != NULL)
    gtk_widget_set_sensitive (self->make_main, !is_main);
  gtk_widget_set_visible (self->copy, lines[0] != '\0');
}

/* Buttons */

static void
on_copy (CrmAddressRow *self)
{
  g_autofree char *lines = format_address (self->values);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), lines);
  crm_toast (GTK_WIDGET (self), _("Copied"));
}

static GtkWidget *
create_button (const char *label,
               GCallback   callback,
               gpointer    data)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", callback, data);
  return button;
}

static GtkWidget *
create_buttons (CrmAddressRow *self)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *remove = create_button (_("_Remove"), G_CALLBACK (crm_child_row_ask_removal), self);

  self->make_main = create_button (_("Make _Main"), G_CALLBACK (crm_child_row_ask_main), self);
  gtk_widget_add_css_class (remove, "error");
  gtk_widget_set_hexpand (remove, TRUE);
  gtk_widget_set_halign (remove, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), self->make_main);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_widget_add_css_class (row, "buttons");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

/* Most are never opened. */
static void
ensure_fields (CrmAddressRow *self)
{
  static const guint fields[] = {
    CRM_ADDRESS_STREET, CRM_ADDRESS_DISTRICT, CRM_ADDRESS_POSTCODE, CRM_ADDRESS_CITY, CRM_ADDRESS_REGION, CRM_ADDRESS_COUNTRY, CRM_ADDRESS_KIND,
  };
  guint i;

  if (self->first != NULL)
    return;
  for (i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *field = crm_field_row_new (self->store, &crm_address, fields[i]);

      self->bindings[fields[i]] = crm_field_binding_new (self->store, &crm_address, fields[i], field);
      crm_field_binding_set_values (self->bindings[fields[i]], self->values);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), field);
      if (i == 0)
        self->first = field;
    }
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), create_buttons (self));
  update (self);
}

/* CrmChildRow */

static void
set_values (CrmChildRow     *row,
            const CrmValues *values)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);
  guint i;

  g_clear_pointer (&self->values, crm_values_unref);
  self->values = crm_values_copy (values);
  for (i = 0; i < G_N_ELEMENTS (self->bindings); i++)
    if (self->bindings[i] != NULL)
      crm_field_binding_set_values (self->bindings[i], values);
  update (self);
}

static void
clear (CrmChildRow *row)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);
  guint i;

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
  for (i = 0; i < G_N_ELEMENTS (self->bindings); i++)
    if (self->bindings[i] != NULL)
      crm_field_binding_set_values (self->bindings[i], NULL);
}

static void
set_draft (CrmChildRow *row,
           const char  *field,
           const char  *text)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);
  int index = crm_entity_find_field (&crm_address, field);

  ensure_fields (self);
  if (index < 0 || index >= (int) G_N_ELEMENTS (self->bindings) || self->bindings[index] == NULL)
    return;
  crm_field_binding_set_draft (self->bindings[index], text);
  if (crm_field_binding_is_dirty (self->bindings[index]))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
}

static void
edit (CrmChildRow *row)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  gtk_widget_grab_focus (crm_field_row_get_target (CRM_FIELD_ROW (self->first)));
}

static void
flush (CrmChildRow *row)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);

  crm_field_binding_flush_all (self->bindings, G_N_ELEMENTS (self->bindings));
}

static void
set_up (CrmChildRow *row,
        CrmStore    *store)
{
  CrmAddressRow *self = CRM_ADDRESS_ROW (row);

  self->store = g_object_ref (store);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (ensure_fields), NULL);
}

static void
crm_address_row_child_row_init (CrmChildRowInterface *iface)
{
  iface->set_up = set_up;
  iface->set_values = set_values;
  iface->clear = clear;
  iface->set_draft = set_draft;
  iface->edit = edit;
  iface->flush = flush;
}

static void
crm_address_row_dispose (GObject *object)
{
  g_clear_object (&CRM_ADDRESS_ROW (object)->store);
  G_OBJECT_CLASS (crm_address_row_parent_class)->dispose (object);
}

static void
crm_address_row_finalize (GObject *object)
{
  g_clear_pointer (&CRM_ADDRESS_ROW (object)->values, crm_values_unref);
  G_OBJECT_CLASS (crm_address_row_parent_class)->finalize (object);
}

static void
crm_address_row_class_init (CrmAddressRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_address_row_dispose;
  object_class->finalize = crm_address_row_finalize;
}

static void
crm_address_row_init (CrmAddressRow *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("crm-address-symbolic");

  gtk_widget_add_css_class (icon, "dim-label");
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), icon);
  self->main_mark = gtk_image_new_from_icon_name ("starred-symbolic");
  gtk_widget_set_tooltip_text (self->main_mark, _("Main address"));
  gtk_widget_add_css_class (self->main_mark, "dim-label");
  self->copy = gtk_button_new_from_icon_name ("edit-copy-symbolic");
  gtk_widget_set_valign (self->copy, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->copy, "flat");
  gtk_widget_set_tooltip_text (self->copy, _("Copy the address"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Copy the address"), -1);
  g_signal_connect_swapped (self->copy, "clicked", G_CALLBACK (on_copy), self);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->main_mark);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), self->copy);
}
