/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-palette-row.h"

#include <glib/gi18n-lib.h>

#include "crm-client.h"
#include "crm-fold.h"
#include "crm-person.h"

/* What fits on a line; longer texts only cost time */
#define LONGEST_TITLE 200

struct _CrmPaletteRow
{
  GtkListBoxRow     parent_instance;

  const CrmCommand *command;
  const CrmEntity  *entity;
  gint64            id;
};

G_DEFINE_FINAL_TYPE (CrmPaletteRow, crm_palette_row, GTK_TYPE_LIST_BOX_ROW)

static void
crm_palette_row_class_init (CrmPaletteRowClass *klass)
{
}

static void
crm_palette_row_init (CrmPaletteRow *self)
{
}

static PangoAttrList *
create_bold (const char         *text,
             const char * const *words)
{
  g_autoptr (GArray) spans = crm_fold_find_spans (text, words);
  PangoAttrList *attributes = pango_attr_list_new ();

  for (guint i = 0; i < spans->len; i++)
    {
      PangoAttribute *bold = pango_attr_weight_new (PANGO_WEIGHT_BOLD);

      bold->start_index = g_array_index (spans, CrmSpan, i).start;
      bold->end_index = g_array_index (spans, CrmSpan, i).end;
      pango_attr_list_insert (attributes, bold);
    }

  return attributes;
}

static GtkWidget *
create_label (const char         *text,
              const char * const *words)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *line = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), LONGEST_TITLE));
  g_autoptr (PangoAttrList) bold = create_bold (line, words);
  GtkWidget *label = gtk_label_new (line);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_attributes (GTK_LABEL (label), bold);
  return label;
}

static CrmPaletteRow *
create_row (const char         *icon,
            const char         *title,
            const char         *aside,
            const char * const *words)
{
  CrmPaletteRow *self = g_object_new (CRM_TYPE_PALETTE_ROW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = create_label (title, words);
  g_autofree char *name = NULL;

  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  if (aside != NULL)
    {
      GtkWidget *aside_label = create_label (aside, words);

      gtk_widget_add_css_class (aside_label, "dim-label");
      gtk_widget_add_css_class (aside_label, "caption");
      gtk_box_append (GTK_BOX (box), aside_label);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);

  name = aside == NULL ? g_strdup (gtk_label_get_text (GTK_LABEL (label)))
                       : g_strdup_printf ("%s, %s", gtk_label_get_text (GTK_LABEL (label)), aside);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return self;
}

GtkWidget *
crm_palette_row_new_command (const CrmCommand   *command,
                             const char * const *words)
{
  CrmPaletteRow *self = NULL;
  g_autofree char *accel = NULL;

  g_return_val_if_fail (command != NULL, NULL);

  accel = crm_command_get_accel_label (command);
  self = create_row (command->icon, _(command->title), accel, words);
  self->command = command;
  return GTK_WIDGET (self);
}

/* The name of the client or person a record belongs to, or what it is. */
static const char *
get_whose (const CrmValues *values)
{
  const CrmEntity *entity = crm_values_get_entity (values);

  for (guint i = 0; i < entity->n_fields; i++)
    if (entity->fields[i].kind == CRM_KIND_REFERENCE && crm_values_get_text (values, i) != NULL)
      return crm_values_get_text (values, i);
  return _(entity->label);
}

GtkWidget *
crm_palette_row_new_record (const CrmValues    *values,
                            const char * const *words)
{
  CrmPaletteRow *self = NULL;
  const CrmEntity *entity = NULL;
  const char *title = NULL;
  const char *aside = NULL;

  g_return_val_if_fail (values != NULL, NULL);

  entity = crm_values_get_entity (values);
  title = crm_values_get_text (values, (guint) crm_entity_find_field (entity, entity->title));
  if (entity == &crm_client)
    aside = crm_values_get_text (values, CRM_CLIENT_CITY);
  else if (entity == &crm_person && !crm_values_is_null (values, CRM_PERSON_FIRM))
    aside = crm_values_get_text (values, CRM_PERSON_FIRM);
  else
    aside = get_whose (values);

  self = create_row (entity->icon, title == NULL ? _(entity->label) : title, aside, words);
  self->entity = entity;
  self->id = crm_values_get_id (values);
  return GTK_WIDGET (self);
}

const CrmCommand *
crm_palette_row_get_command (CrmPaletteRow *self)
{
  g_return_val_if_fail (CRM_IS_PALETTE_ROW (self), NULL);

  return self->command;
}

const CrmEntity *
crm_palette_row_get_entity (CrmPaletteRow *self)
{
  g_return_val_if_fail (CRM_IS_PALETTE_ROW (self), NULL);

  return self->entity;
}

gint64
crm_palette_row_get_id (CrmPaletteRow *self)
{
  g_return_val_if_fail (CRM_IS_PALETTE_ROW (self), 0);

  return self->id;
}
