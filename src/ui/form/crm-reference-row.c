/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-completion.h"
#include "crm-reference-row.h"

struct _CrmReferenceRow {
  CrmTextRow     parent_instance;

  CrmCompletion *completion;
  gint64         chosen; /* the record of the name in the row, if it was chosen; else 0 */
  gboolean       is_choosing;
};

static const char *
get_referred (const CrmField *field)
{
  return field->refers != NULL ? field->refers
                               : crm_entity_get_field (crm_entity_find (field->through->entity), field->through->field)->refers;
}

static CrmFieldRowInterface *parent_iface;

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void crm_reference_row_field_row_init (CrmFieldRowInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CrmReferenceRow, crm_reference_row, CRM_TYPE_TEXT_ROW,
                               G_IMPLEMENT_INTERFACE (CRM_TYPE_FIELD_ROW, crm_reference_row_field_row_init))

static void
set_text (CrmFieldRow *row,
          const char  *text)
{
  CRM_REFERENCE_ROW (row)->chosen = 0;
  parent_iface->set_text (row, text);
}

static gboolean
collect (CrmFieldRow  *row,
         CrmValues    *changes,
         guint         field,
         GError      **error)
{
  CrmReferenceRow *self = CRM_REFERENCE_ROW (row);
  g_autofree char *name = g_strstrip (crm_field_row_get_text (row));

  if (name[0] == '\0')
    crm_values_set_null (changes, field);
  else if (crm_values_get_entity (changes)->fields[field].kind == CRM_KIND_REFERENCE)
    crm_values_set_reference (changes, field, self->chosen, name);
  else if (self->chosen == 0)
    crm_values_set_text (changes, field, name);
  else
    /* Seen through a reference, which an id says as well */
    crm_values_take_text (changes, field, g_strdup_printf ("%" G_GINT64_FORMAT, self->chosen));
  return TRUE;
}

static void
on_edited (CrmReferenceRow *self)
{
  if (self->is_choosing)
    return;
  self->chosen = 0;
  crm_completion_update (self->completion);
}

void
crm_reference_row_choose (CrmReferenceRow *self,
                          gint64           id,
                          const char      *name)
{
  g_return_if_fail (CRM_IS_REFERENCE_ROW (self));

  crm_completion_close (self->completion);
  self->is_choosing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), name);
  gtk_editable_set_position (GTK_EDITABLE (self), -1);
  self->is_choosing = FALSE;
  self->chosen = id;
  crm_field_row_commit (CRM_FIELD_ROW (self));
  g_signal_emit (self, signals[CHOSEN], 0);
}

gint64
crm_reference_row_get_chosen (CrmReferenceRow *self)
{
  g_return_val_if_fail (CRM_IS_REFERENCE_ROW (self), 0);

  return self->chosen;
}

static void
crm_reference_row_dispose (GObject *object)
{
  CrmReferenceRow *self = CRM_REFERENCE_ROW (object);

  if (self->completion != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->completion)));
  G_OBJECT_CLASS (crm_reference_row_parent_class)->dispose (object);
}

static void
crm_reference_row_field_row_init (CrmFieldRowInterface *iface)
{
  parent_iface = g_type_interface_peek_parent (iface);
  iface->set_text = set_text;
  iface->collect = collect;
}

static void
crm_reference_row_class_init (CrmReferenceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_reference_row_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", CRM_TYPE_REFERENCE_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_reference_row_init (CrmReferenceRow *self)
{
}

GtkWidget *
crm_reference_row_new (CrmStore       *store,
                       const CrmField *field)
{
  CrmReferenceRow *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (field != NULL && (field->refers != NULL || field->through != NULL), NULL);

  self = g_object_new (CRM_TYPE_REFERENCE_ROW, NULL);
  crm_text_row_set_field (CRM_TEXT_ROW (self), field);
  self->completion = CRM_COMPLETION (crm_completion_new (store, crm_entity_find (get_referred (field)), GTK_WIDGET (self), GTK_EDITABLE (self)));
  g_signal_connect (self, "edited", G_CALLBACK (on_edited), NULL);
  g_signal_connect_swapped (self->completion, "chosen", G_CALLBACK (crm_reference_row_choose), self);
  return GTK_WIDGET (self);
}
