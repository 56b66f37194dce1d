/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-result-row.h"

#include <glib/gi18n-lib.h>

#include "crm-display.h"
#include "crm-number.h"

#define LINE_CHARS 9

struct _CrmImportResultRow
{
  GtkBox     parent_instance;

  GtkLabel  *line;
  GtkLabel  *title;
  GtkLabel  *detail;
};

G_DEFINE_FINAL_TYPE (CrmImportResultRow, crm_import_result_row, GTK_TYPE_BOX)

static void
crm_import_result_row_class_init (CrmImportResultRowClass *klass)
{
}

static GtkLabel *
create_label (const char *style)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), style);
  return label;
}

static void
crm_import_result_row_init (CrmImportResultRow *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  self->line = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->line, 0);
  gtk_label_set_width_chars (self->line, LINE_CHARS);
  gtk_widget_set_valign (GTK_WIDGET (self->line), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->line), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->line), "numeric");
  self->title = create_label (NULL);
  self->detail = create_label ("two-line-subtitle");
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->title));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->detail));
  gtk_widget_set_hexpand (texts, TRUE);

  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->line));
  gtk_box_append (GTK_BOX (self), texts);
}

GtkWidget *
crm_import_result_row_new (void)
{
  return g_object_new (CRM_TYPE_IMPORT_RESULT_ROW, NULL);
}

void
crm_import_result_row_set_item (CrmImportResultRow  *self,
                                CrmImportResultItem *item)
{
  g_autofree char *line = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;
  g_autofree char *detail = NULL;
  guint64 number = 0;
  gboolean has_line;

  g_return_if_fail (CRM_IS_IMPORT_RESULT_ROW (self));
  g_return_if_fail (CRM_IS_IMPORT_RESULT_ITEM (item));

  number = crm_import_result_item_get_line (item);
  title = crm_display_line (crm_import_result_item_get_title (item));
  if (crm_import_result_item_get_detail (item) != NULL)
    detail = crm_display_lines (crm_import_result_item_get_detail (item));
  has_line = number != 0 && number != G_MAXUINT64;
  if (has_line)
    line = crm_number_fill (_("Line %s"), (gint64) number);
  name = g_strjoin (", ", has_line ? line : title, has_line ? title : detail, detail, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->line), has_line);
  gtk_label_set_text (self->line, has_line ? line : "");
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->detail, detail != NULL ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), detail != NULL);
  if (number == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->title), "heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (self))), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
