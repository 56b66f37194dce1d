/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-table-column.h"

#include "crm-list-cursor.h"
#include "crm-table-cells.h"

/* The name is never narrower, until its edge is dragged */
#define TITLE_CHARS 24

const CrmField *
crm_table_column_get_field (const CrmTableColumn *self)
{
  return &self->entity->fields[self->field];
}

gboolean
crm_table_column_is_title (const CrmTableColumn *self)
{
  return g_str_equal (crm_table_column_get_field (self)->name, self->entity->title);
}

gboolean
crm_table_column_is_deletion_time (const CrmTableColumn *self)
{
  return g_str_equal (crm_table_column_get_field (self)->name, "deleted");
}

/* Cells */

static void
on_setup (CrmTableColumn *column,
          GtkListItem    *item)
{
  GtkWidget *cell = crm_table_cells_new_cell (crm_table_column_get_field (column));

  if (crm_table_column_is_title (column))
    gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), TITLE_CHARS);
  gtk_list_item_set_child (item, cell);
}

static void
on_bind (CrmTableColumn *column,
         GtkListItem    *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  CrmRow *row = gtk_list_item_get_item (item);

  crm_table_cells_bind (row, column->field, cell);
  if (crm_table_column_is_title (column))
    crm_list_cursor_bind (column->list_view, row, cell);
}

static void
on_unbind (CrmTableColumn *column,
           GtkListItem    *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  CrmRow *row = gtk_list_item_get_item (item);

  crm_table_cells_unbind (row, column->field, cell);
  if (crm_table_column_is_title (column))
    crm_list_cursor_unbind (column->list_view, row, cell);
}

/* The column */

static int
get_first_width (const CrmTableColumn *column)
{
  if (crm_table_column_is_title (column))
    return -1;
  switch (crm_table_column_get_field (column)->kind)
    {
    case CRM_KIND_EMAIL:
    case CRM_KIND_URL:
      return 220;
    case CRM_KIND_PHONE:
    case CRM_KIND_REFERENCE:
    case CRM_KIND_TAGS:
    case CRM_KIND_DATETIME:
      return 160;
    case CRM_KIND_TEXT:
    case CRM_KIND_NOTE:
      return 140;
    case CRM_KIND_INTEGER:
    case CRM_KIND_MONEY:
    case CRM_KIND_BOOL:
    case CRM_KIND_DATE:
    case CRM_KIND_CHOICE:
    default:
      return 120;
    }
}

gboolean
crm_table_column_is_possible (const CrmField *field)
{
  if (field->flags & CRM_FIELD_SYSTEM)
    return field->kind == CRM_KIND_DATETIME || field->derived != NULL;
  return !(field->flags & CRM_FIELD_VIRTUAL) && field->kind != CRM_KIND_NOTE;
}

void
crm_table_column_free (gpointer column)
{
  CrmTableColumn *self = column;

  g_object_unref (self->column);
  g_free (self);
}

CrmTableColumn *
crm_table_column_new (const CrmEntity *entity,
                      guint            field,
                      GtkWidget       *list_view)
{
  CrmTableColumn *self = g_new0 (CrmTableColumn, 1);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  self->entity = entity;
  self->field = field;
  self->list_view = list_view;
  self->shown = (crm_table_column_get_field (self)->flags & CRM_FIELD_COLUMN) != 0;
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (on_unbind), self);

  self->column = gtk_column_view_column_new (crm_field_get_label (crm_table_column_get_field (self)), factory);
  g_object_set_data (G_OBJECT (self->column), "crm-column", self);
  gtk_column_view_column_set_resizable (self->column, TRUE);
  gtk_column_view_column_set_expand (self->column, crm_table_column_is_title (self));
  crm_table_column_reset_width (self);
  return self;
}

CrmTableColumn *
crm_table_column_of (GtkColumnViewColumn *column)
{
  return g_object_get_data (G_OBJECT (column), "crm-column");
}

void
crm_table_column_reset_width (CrmTableColumn *self)
{
  gtk_column_view_column_set_fixed_width (self->column, get_first_width (self));
}
