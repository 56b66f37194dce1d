/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-import-column-row.h"

#include <glib/gi18n-lib.h>

#include "crm-import-field-popover.h"

#define FIELD_CHARS 16

struct _CrmImportColumnRow
{
  GtkBox           parent_instance;

  GtkWidget       *name;
  GtkWidget       *samples;
  GtkWidget       *button;
  GtkWidget       *field;
  GtkWidget       *popover; /* while the user chooses */

  const CrmEntity *entity;
  CrmImportColumn *column;
  gulong           target_handler;
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmImportColumnRow, crm_import_column_row, GTK_TYPE_BOX)

static gboolean
drop_popover (gpointer user_data)
{
  g_autoptr (GtkWidget) popover = user_data;

  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

static void
on_closed (CrmImportColumnRow *self)
{
  /* Its own signal is still being emitted */
  g_idle_add (drop_popover, g_object_ref (self->popover));
  self->popover = NULL;
}

static void
on_chosen (CrmImportColumnRow *self,
           int                 target)
{
  if (self->column != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, self->column, target);
}

void
crm_import_column_row_choose (CrmImportColumnRow *self)
{
  g_return_if_fail (CRM_IS_IMPORT_COLUMN_ROW (self));

  if (self->column == NULL || self->popover != NULL)
    return;
  self->popover = crm_import_field_popover_new (self->entity, crm_import_column_get_target (self->column));
  g_signal_connect_object (self->popover, "chosen", G_CALLBACK (on_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (on_closed), self, G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->popover, self->button);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
update_target (CrmImportColumnRow *self)
{
  const char *name = crm_import_column_get_name (self->column);
  int target = crm_import_column_get_target (self->column);
  const char *field = crm_mapping_target_get_label (self->entity, target);
  GtkWidget *item = gtk_widget_get_parent (GTK_WIDGET (self));
  /* Translators: a column of a file and the field it goes to, for a screen reader */
  g_autofree char *label = g_strdup_printf (_("%s: %s"), name, field);

  gtk_label_set_text (GTK_LABEL (self->field), field);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (item != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (target == CRM_MAPPING_NONE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "not-imported");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "not-imported");
}

void
crm_import_column_row_set_column (CrmImportColumnRow *self,
                                  CrmImportColumn    *column)
{
  g_autofree char *samples = NULL;

  g_return_if_fail (CRM_IS_IMPORT_COLUMN_ROW (self));
  g_return_if_fail (column == NULL || CRM_IS_IMPORT_COLUMN (column));

  if (self->popover != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_clear_signal_handler (&self->target_handler, self->column);
  g_set_object (&self->column, column);
  if (column == NULL)
    return;

  samples = crm_import_column_dup_samples (column);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->name), crm_import_column_get_name (column));
  gtk_inscription_set_text (GTK_INSCRIPTION (self->samples), *samples == '\0' ? "–" : samples);
  self->target_handler = g_signal_connect_swapped (column, "notify::target", G_CALLBACK (update_target), self);
  update_target (self);
}

static void
crm_import_column_row_dispose (GObject *object)
{
  CrmImportColumnRow *self = CRM_IMPORT_COLUMN_ROW (object);

  g_clear_signal_handler (&self->target_handler, self->column);
  g_clear_object (&self->column);
  g_clear_pointer (&self->popover, gtk_widget_unparent);

  G_OBJECT_CLASS (crm_import_column_row_parent_class)->dispose (object);
}

static void
crm_import_column_row_class_init (CrmImportColumnRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_import_column_row_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", CRM_TYPE_IMPORT_COLUMN_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 2, CRM_TYPE_IMPORT_COLUMN, G_TYPE_INT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "importcolumn");
}

static GtkWidget *
create_inscription (const char *style)
{
  GtkWidget *inscription = gtk_inscription_new (NULL);

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (inscription), 8);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (inscription), 30);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (inscription), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (inscription, style);
  return inscription;
}

static GtkWidget *
create_button (CrmImportColumnRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new ();

  self->field = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->field), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->field), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (self->field), FIELD_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (self->field), FIELD_CHARS);
  gtk_widget_set_hexpand (self->field, TRUE);
  gtk_box_append (GTK_BOX (box), self->field);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));

  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (button, FALSE);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (crm_import_column_row_choose), self);
  return button;
}

static void
crm_import_column_row_init (CrmImportColumnRow *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  self->name = create_inscription ("title");
  self->samples = create_inscription ("two-line-subtitle");
  gtk_box_append (GTK_BOX (texts), self->name);
  gtk_box_append (GTK_BOX (texts), self->samples);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);

  self->button = create_button (self);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_box_append (GTK_BOX (self), texts);
  gtk_box_append (GTK_BOX (self), self->button);
}

GtkWidget *
crm_import_column_row_new (const CrmEntity *entity)
{
  CrmImportColumnRow *self = NULL;

  g_return_val_if_fail (entity != NULL, NULL);

  self = g_object_new (CRM_TYPE_IMPORT_COLUMN_ROW, NULL);
  self->entity = entity;
  return GTK_WIDGET (self);
}
