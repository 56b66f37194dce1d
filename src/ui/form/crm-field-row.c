/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-choice-row.h"
#include "crm-field-row.h"
#include "crm-note-row.h"
#include "crm-reference-row.h"
#include "crm-switch-row.h"
#include "crm-text-row.h"

G_DEFINE_INTERFACE (CrmFieldRow, crm_field_row, ADW_TYPE_PREFERENCES_ROW)

enum {
  EDITED,
  COMMIT,
  REVERT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
crm_field_row_default_init (CrmFieldRowInterface *iface)
{
  signals[EDITED] = g_signal_new ("edited", CRM_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COMMIT] = g_signal_new ("commit", CRM_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REVERT] = g_signal_new ("revert", CRM_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, g_signal_accumulator_true_handled, NULL,
                                  NULL, G_TYPE_BOOLEAN, 0);
}

/* A firm of a person is another record, which is found while its name is typed. */
static gboolean
is_reference (const CrmField *field)
{
  return field->kind == CRM_KIND_REFERENCE ||
         (field->through != NULL && field->kind != CRM_KIND_TAGS &&
          crm_entity_get_field (crm_entity_find (field->through->entity), field->through->field)->kind == CRM_KIND_REFERENCE);
}

GtkWidget *
crm_field_row_new (CrmStore        *store,
                   const CrmEntity *entity,
                   guint            field)
{
  const CrmField *description = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL && field < entity->n_fields, NULL);

  description = &entity->fields[field];
  if (is_reference (description))
    return crm_reference_row_new (store, description);
  switch (description->kind)
    {
    case CRM_KIND_NOTE:
      return crm_note_row_new (description);
    case CRM_KIND_BOOL:
      return crm_switch_row_new (description);
    case CRM_KIND_CHOICE:
      return crm_choice_row_new (description);
    case CRM_KIND_TEXT:
    case CRM_KIND_INTEGER:
    case CRM_KIND_MONEY:
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
    case CRM_KIND_PHONE:
    case CRM_KIND_EMAIL:
    case CRM_KIND_URL:
      return crm_text_row_new (description);
    case CRM_KIND_TAGS:
    case CRM_KIND_REFERENCE:
      break;
    }
  g_return_val_if_reached (NULL);
}

char *
crm_field_row_get_text (CrmFieldRow *self)
{
  g_return_val_if_fail (CRM_IS_FIELD_ROW (self), NULL);

  return CRM_FIELD_ROW_GET_IFACE (self)->get_text (self);
}

void
crm_field_row_set_text (CrmFieldRow *self,
                        const char  *text)
{
  g_return_if_fail (CRM_IS_FIELD_ROW (self));

  CRM_FIELD_ROW_GET_IFACE (self)->set_text (self, text != NULL ? text : "");
}

char *
crm_field_row_dup_shown (CrmFieldRow     *self,
                         const CrmValues *values,
                         guint            field)
{
  CrmFieldRowInterface *iface = NULL;
  char *text = NULL;

  g_return_val_if_fail (CRM_IS_FIELD_ROW (self), NULL);

  iface = CRM_FIELD_ROW_GET_IFACE (self);
  if (values != NULL)
    text = iface->dup_shown != NULL ? iface->dup_shown (self, values, field) : crm_values_format (values, field);
  return text != NULL ? text : g_strdup ("");
}

gboolean
crm_field_row_collect (CrmFieldRow  *self,
                       CrmValues    *changes,
                       guint         field,
                       GError      **error)
{
  CrmFieldRowInterface *iface = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (CRM_IS_FIELD_ROW (self), FALSE);

  iface = CRM_FIELD_ROW_GET_IFACE (self);
  if (iface->collect != NULL)
    return iface->collect (self, changes, field, error);
  text = crm_field_row_get_text (self);
  return crm_values_parse (changes, field, text, error);
}

GtkWidget *
crm_field_row_get_target (CrmFieldRow *self)
{
  CrmFieldRowInterface *iface = NULL;

  g_return_val_if_fail (CRM_IS_FIELD_ROW (self), NULL);

  iface = CRM_FIELD_ROW_GET_IFACE (self);
  return iface->get_target != NULL ? iface->get_target (self) : GTK_WIDGET (self);
}

static gboolean
on_escape (GtkWidget *widget,
        GVariant  *arguments,
        gpointer   data)
{
  /* An Esc that has nothing to take back is the window's */
  return crm_field_row_revert (CRM_FIELD_ROW (widget));
}

void
crm_field_row_watch (CrmFieldRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (crm_field_row_commit), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (shortcuts),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
}

void
crm_field_row_edited (CrmFieldRow *self)
{
  g_signal_emit (self, signals[EDITED], 0);
}

void
crm_field_row_commit (CrmFieldRow *self)
{
  g_signal_emit (self, signals[COMMIT], 0);
}

gboolean
crm_field_row_revert (CrmFieldRow *self)
{
  gboolean was_changed = FALSE;

  g_signal_emit (self, signals[REVERT], 0, &was_changed);
  return was_changed;
}
