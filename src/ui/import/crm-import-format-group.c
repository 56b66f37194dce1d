/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-format-group.h"

#include <glib/gi18n-lib.h>

#include "crm-number.h"

struct _CrmImportFormatGroup
{
  AdwPreferencesGroup  parent_instance;

  AdwExpanderRow      *file_row;
  AdwComboRow         *encoding_row;
  AdwComboRow         *delimiter_row;
  GtkSwitch           *header_switch;
  AdwComboRow         *match_row;

  CrmCsvFormat         format;
  gint64               n_rows;
  gboolean             is_set; /* by the program, not by the user */
};

enum
{
  SIGNAL_CHANGED,
  SIGNAL_MATCH_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportFormatGroup, crm_import_format_group, ADW_TYPE_PREFERENCES_GROUP)

GResource *crm_ui_import_get_resource (void);

static void
append_fact (GString    *facts,
             const char *fact)
{
  if (facts->len > 0)
    g_string_append (facts, " · ");
  g_string_append (facts, fact);
}

static void
update_facts (CrmImportFormatGroup *self)
{
  g_autoptr (GString) facts = g_string_new (NULL);
  g_autofree char *header = NULL;

  append_fact (facts, crm_csv_encoding_get_label (self->format.encoding));
  append_fact (facts, crm_csv_delimiter_get_label (self->format.delimiter));
  if (self->format.has_header)
    header = g_strdup_printf (_("header in line %u"), MAX (self->format.header_row, 1));
  append_fact (facts, header != NULL ? header : _("no header"));
  if (self->n_rows >= 0)
    {
      g_autofree char *rows = crm_number_fill (g_dngettext (GETTEXT_PACKAGE, "%s row", "%s rows", (gulong) self->n_rows),
                                               self->n_rows);

      append_fact (facts, rows);
    }
  adw_expander_row_set_subtitle (self->file_row, facts->str);
}

static void
change (CrmImportFormatGroup *self,
        CrmImportRead         what)
{
  update_facts (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0, (int) what);
}

static void
on_encoding_selected (CrmImportFormatGroup *self)
{
  CrmCsvEncoding encoding = (CrmCsvEncoding) adw_combo_row_get_selected (self->encoding_row);

  if (self->is_set || encoding == self->format.encoding)
    return;
  self->format.encoding = encoding;
  change (self, CRM_IMPORT_READ_DELIMITER);
}

static void
on_delimiter_selected (CrmImportFormatGroup *self)
{
  char delimiter = CRM_CSV_DELIMITERS[adw_combo_row_get_selected (self->delimiter_row)];

  if (self->is_set || delimiter == self->format.delimiter)
    return;
  self->format.delimiter = delimiter;
  change (self, CRM_IMPORT_READ_HEADER);
}

static void
on_header_switched (CrmImportFormatGroup *self)
{
  gboolean has_header = gtk_switch_get_active (self->header_switch);

  if (self->is_set || has_header == self->format.has_header)
    return;
  self->format.has_header = has_header;
  change (self, CRM_IMPORT_READ_MAPPING);
}

static void
on_match_selected (CrmImportFormatGroup *self)
{
  if (!self->is_set)
    g_signal_emit (self, signals[SIGNAL_MATCH_CHANGED], 0);
}

static void
crm_import_format_group_class_init (CrmImportFormatGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", CRM_TYPE_IMPORT_FORMAT_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_INT);
  signals[SIGNAL_MATCH_CHANGED] = g_signal_new ("match-changed", CRM_TYPE_IMPORT_FORMAT_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                                NULL, G_TYPE_NONE, 0);

  g_resources_register (crm_ui_import_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-import-format-group.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmImportFormatGroup, file_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFormatGroup, encoding_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFormatGroup, delimiter_row);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFormatGroup, header_switch);
  gtk_widget_class_bind_template_child (widget_class, CrmImportFormatGroup, match_row);
  gtk_widget_class_bind_template_callback (widget_class, on_encoding_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_delimiter_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_header_switched);
  gtk_widget_class_bind_template_callback (widget_class, on_match_selected);
}

static void
fill (CrmImportFormatGroup *self)
{
  g_autoptr (GtkStringList) encodings = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) delimiters = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) matches = gtk_string_list_new (NULL);

  for (guint i = 0; i < CRM_CSV_N_ENCODINGS; i++)
    gtk_string_list_append (encodings, crm_csv_encoding_get_label (i));
  for (const char *delimiter = CRM_CSV_DELIMITERS; *delimiter != '\0'; delimiter++)
    gtk_string_list_append (delimiters, crm_csv_delimiter_get_label (*delimiter));
  for (guint i = 0; i < CRM_N_MATCHES; i++)
    gtk_string_list_append (matches, crm_match_get_label (i));
  adw_combo_row_set_model (self->encoding_row, G_LIST_MODEL (encodings));
  adw_combo_row_set_model (self->delimiter_row, G_LIST_MODEL (delimiters));
  adw_combo_row_set_model (self->match_row, G_LIST_MODEL (matches));
}

static void
crm_import_format_group_init (CrmImportFormatGroup *self)
{
  self->is_set = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The name of a file is no markup */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->file_row), FALSE);
  fill (self);
  self->is_set = FALSE;
  self->n_rows = -1;
}

void
crm_import_format_group_set (CrmImportFormatGroup *self,
                             const char           *name,
                             const CrmCsvFormat   *format,
                             CrmMatch              match)
{
  g_return_if_fail (CRM_IS_IMPORT_FORMAT_GROUP (self));
  g_return_if_fail (name != NULL);
  g_return_if_fail (format != NULL);

  self->format = *format;
  self->is_set = TRUE;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file_row), name);
  adw_combo_row_set_selected (self->encoding_row, format->encoding);
  adw_combo_row_set_selected (self->delimiter_row, (guint) (strchr (CRM_CSV_DELIMITERS, format->delimiter) - CRM_CSV_DELIMITERS));
  gtk_switch_set_active (self->header_switch, format->has_header);
  adw_combo_row_set_selected (self->match_row, match);
  self->is_set = FALSE;
  update_facts (self);
}

void
crm_import_format_group_set_rows (CrmImportFormatGroup *self,
                                  gint64                n_rows)
{
  g_return_if_fail (CRM_IS_IMPORT_FORMAT_GROUP (self));

  self->n_rows = n_rows;
  update_facts (self);
}

CrmCsvFormat
crm_import_format_group_get (CrmImportFormatGroup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_FORMAT_GROUP (self), (CrmCsvFormat) { 0 });

  return self->format;
}

CrmMatch
crm_import_format_group_get_match (CrmImportFormatGroup *self)
{
  g_return_val_if_fail (CRM_IS_IMPORT_FORMAT_GROUP (self), CRM_MATCH_AUTO);

  return (CrmMatch) adw_combo_row_get_selected (self->match_row);
}
