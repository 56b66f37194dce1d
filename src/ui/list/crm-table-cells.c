/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-table-cells.h"

#include "crm-match.h"

typedef struct {
  CrmRow    *row;
  gulong     handler;
  guint      n_cells;
  GtkWidget *cells[CRM_MAX_FIELDS];
} Cells;

static GQuark
cells_quark (void)
{
  static GQuark quark;

  if (quark == 0)
    quark = g_quark_from_static_string ("crm-table-cells");
  return quark;
}

static gboolean
is_number (const CrmField *field)
{
  return field->kind == CRM_KIND_INTEGER || field->kind == CRM_KIND_MONEY;
}

/* What a table shows of most fields is what is kept: no copy for two thousand cells */
static const char *
get_text (const CrmValues  *values,
          guint             field,
          char            **owned)
{
  const CrmField *f = &crm_values_get_entity (values)->fields[field];

  switch (f->kind)
    {
    case CRM_KIND_TEXT:
    case CRM_KIND_PHONE:
    case CRM_KIND_EMAIL:
    case CRM_KIND_URL:
    case CRM_KIND_REFERENCE:
      return crm_values_get_text (values, field);

    case CRM_KIND_CHOICE:
      {
        const char *name = crm_values_get_text (values, field);

        return name != NULL ? crm_field_get_choice_label (f, name) : NULL;
      }

    case CRM_KIND_TAGS:
      if (f->choices == NULL)
        return crm_values_get_text (values, field);
      *owned = crm_values_format (values, field);
      return *owned;

    case CRM_KIND_NOTE:
    case CRM_KIND_INTEGER:
    case CRM_KIND_MONEY:
    case CRM_KIND_BOOL:
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
    default:
      *owned = crm_values_format (values, field);
      return *owned;
    }
}

static void
update_cell (Cells *self,
             guint  field)
{
  GtkInscription *cell = GTK_INSCRIPTION (self->cells[field]);
  const CrmValues *values = crm_row_get_values (self->row);
  g_autofree char *owned = NULL;
  const char *text = values != NULL ? get_text (values, field, &owned) : NULL;
  g_autoptr (PangoAttrList) bold = NULL;

  if (values != NULL && (crm_values_get_entity (values)->fields[field].flags & CRM_FIELD_SEARCH))
    bold = crm_match_bold (text, crm_row_get_words (self->row));
  gtk_inscription_set_text (cell, text != NULL ? text : "");
  if (bold != NULL || gtk_inscription_get_attributes (cell) != NULL)
    gtk_inscription_set_attributes (cell, bold);
}

static void
update (Cells *self)
{
  for (guint i = 0, left = self->n_cells; left > 0; i++)
    {
      if (self->cells[i] == NULL)
        continue;
      update_cell (self, i);
      left--;
    }
}

GtkWidget *
crm_table_cells_new_cell (const CrmField *field)
{
  GtkWidget *cell = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (cell), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), 0);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (cell), is_number (field) ? 1 : 0);
  return cell;
}

void
crm_table_cells_bind (CrmRow    *row,
                      guint      field,
                      GtkWidget *cell)
{
  Cells *self = g_object_get_qdata (G_OBJECT (row), cells_quark ());

  g_return_if_fail (field < CRM_MAX_FIELDS);

  if (self == NULL)
    {
      self = g_new0 (Cells, 1);
      self->row = row;
      self->handler = g_signal_connect_swapped (row, "changed", G_CALLBACK (update), self);
      g_object_set_qdata_full (G_OBJECT (row), cells_quark (), self, g_free);
    }
  if (self->cells[field] == NULL)
    self->n_cells++;
  self->cells[field] = cell;
  update_cell (self, field);
}

void
crm_table_cells_unbind (CrmRow    *row,
                        guint      field,
                        GtkWidget *cell)
{
  Cells *self = g_object_get_qdata (G_OBJECT (row), cells_quark ());

  /* It may have been given to another cell before this one lost it */
  if (self == NULL || self->cells[field] != cell)
    return;
  self->cells[field] = NULL;
  self->n_cells--;
  if (self->n_cells > 0)
    return;
  g_signal_handler_disconnect (row, self->handler);
  g_object_set_qdata (G_OBJECT (row), cells_quark (), NULL);
}
