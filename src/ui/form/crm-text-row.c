/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-text-row.h"

#include "crm-display.h"
#include "crm-link.h"

#include <glib/gi18n-lib.h>

/* GTK lays a line out as a whole: beyond this it is shown in part and not edited, so that nobody waits */
#define LONGEST_LINE 20000

typedef struct {
  const CrmField *field;
  char           *whole;  /* a text too long to be shown */
  gboolean        is_set; /* by the program, not by the user */
  GtkWidget      *open;   /* of a web address; else NULL */
} CrmTextRowPrivate;

static void crm_text_row_field_row_init (CrmFieldRowInterface *iface);

G_DEFINE_TYPE_WITH_CODE (CrmTextRow, crm_text_row, ADW_TYPE_ENTRY_ROW,
                         G_ADD_PRIVATE (CrmTextRow)
                         G_IMPLEMENT_INTERFACE (CRM_TYPE_FIELD_ROW, crm_text_row_field_row_init))

static GtkWidget *
get_target (CrmFieldRow *row)
{
  return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (row)));
}

static char *
get_text (CrmFieldRow *row)
{
  CrmTextRowPrivate *priv = crm_text_row_get_instance_private (CRM_TEXT_ROW (row));

  return g_strdup (priv->whole != NULL ? priv->whole : gtk_editable_get_text (GTK_EDITABLE (row)));
}

static void
set_text (CrmFieldRow *row,
          const char  *text)
{
  CrmTextRowPrivate *priv = crm_text_row_get_instance_private (CRM_TEXT_ROW (row));
  gboolean is_long = strlen (text) > LONGEST_LINE;
  g_autofree char *shown = NULL;

  if (is_long)
    {
      const char *end = g_utf8_find_prev_char (text, text + LONGEST_LINE / 20);

      shown = g_strdup_printf ("%.*s…", (int) (end - text), text);
    }
  g_free (priv->whole);
  priv->whole = is_long ? g_strdup (text) : NULL;
  gtk_editable_set_editable (GTK_EDITABLE (row), !is_long);
  crm_display_set_tooltip (GTK_WIDGET (row), is_long ? _("Too long to be edited here") : NULL);
  if (strcmp (gtk_editable_get_text (GTK_EDITABLE (row)), is_long ? shown : text) == 0)
    return;
  priv->is_set = TRUE;
  /* Ctrl+Z takes back what was typed, not this: it may be another record's */
  gtk_editable_set_enable_undo (GTK_EDITABLE (row), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), is_long ? shown : text);
  gtk_editable_set_enable_undo (GTK_EDITABLE (row), TRUE);
  priv->is_set = FALSE;
  if (gtk_widget_has_focus (get_target (row)))
    gtk_editable_set_position (GTK_EDITABLE (row), -1);
}

/* In the one form that crm_values_parse() reads whatever the locale is. */
static char *
dup_shown (CrmFieldRow     *row,
           const CrmValues *values,
           guint            field)
{
  CrmTextRowPrivate *priv = crm_text_row_get_instance_private (CRM_TEXT_ROW (row));
  const char *text = crm_values_get_text (values, field);

  if (priv->field->kind == CRM_KIND_DATE && text != NULL && strlen (text) == 10)
    return g_strdup_printf ("%.2s.%.2s.%.4s", text + 8, text + 5, text);
  return crm_values_format (values, field);
}

static void
on_open_clicked (CrmTextRow *self)
{
  g_autofree char *link = crm_link_for_web (gtk_editable_get_text (GTK_EDITABLE (self)));

  if (link != NULL)
    crm_link_open (GTK_WIDGET (self), link);
}

static void
update_open (CrmTextRow *self)
{
  CrmTextRowPrivate *priv = crm_text_row_get_instance_private (self);
  g_autofree char *link = crm_link_for_web (gtk_editable_get_text (GTK_EDITABLE (self)));

  gtk_widget_set_visible (priv->open, link != NULL);
}

static void
add_open (CrmTextRow *self)
{
  CrmTextRowPrivate *priv = crm_text_row_get_instance_private (self);

  priv->open = gtk_button_new_from_icon_name ("crm-web-symbolic");
  gtk_widget_add_css_class (priv->open, "flat");
  gtk_widget_set_valign (priv->open, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (priv->open, FALSE);
  crm_display_name_control (priv->open, _("Open in the browser"));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self), priv->open);
  g_signal_connect_swapped (priv->open, "clicked", G_CALLBACK (on_open_clicked), self);
}

/* The libraries tell of the text of the row, but of the keyboard in the part that is written in: what stands there is said with it.
 * A reason why it was refused goes before. */
static void
on_entered (CrmTextRow *self)
{
  GtkWidget *row = GTK_WIDGET (self);

  if (!gtk_widget_has_css_class (row, "error") && !gtk_widget_has_css_class (row, "warning"))
    gtk_accessible_update_property (GTK_ACCESSIBLE (get_target (CRM_FIELD_ROW (self))), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                    gtk_editable_get_text (GTK_EDITABLE (self)), -1);
}

static void
on_changed (CrmTextRow *self)
{
  CrmTextRowPrivate *priv = crm_text_row_get_instance_private (self);

  if (priv->open != NULL)
    update_open (self);
  if (!priv->is_set)
    crm_field_row_edited (CRM_FIELD_ROW (self));
}

static void
crm_text_row_finalize (GObject *object)
{
  CrmTextRowPrivate *priv = crm_text_row_get_instance_private (CRM_TEXT_ROW (object));

  g_free (priv->whole);
  G_OBJECT_CLASS (crm_text_row_parent_class)->finalize (object);
}

static void
crm_text_row_field_row_init (CrmFieldRowInterface *iface)
{
  iface->get_text = get_text;
  iface->set_text = set_text;
  iface->dup_shown = dup_shown;
  iface->get_target = get_target;
}

static void
crm_text_row_class_init (CrmTextRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = crm_text_row_finalize;
}

static void
crm_text_row_init (CrmTextRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  /* Else nobody hears that the keyboard is there */
  g_object_set (get_target (CRM_FIELD_ROW (self)), "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_entered), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  crm_field_row_watch (CRM_FIELD_ROW (self));
  g_signal_connect (self, "changed", G_CALLBACK (on_changed), NULL);
  g_signal_connect (self, "entry-activated", G_CALLBACK (crm_field_row_commit), NULL);
}

static GtkInputPurpose
get_purpose (CrmFieldKind kind)
{
  switch (kind)
    {
    case CRM_KIND_PHONE:
      return GTK_INPUT_PURPOSE_PHONE;
    case CRM_KIND_EMAIL:
      return GTK_INPUT_PURPOSE_EMAIL;
    case CRM_KIND_URL:
      return GTK_INPUT_PURPOSE_URL;
    case CRM_KIND_INTEGER:
    case CRM_KIND_MONEY:
      return GTK_INPUT_PURPOSE_NUMBER;
    case CRM_KIND_TEXT:
    case CRM_KIND_NOTE:
    case CRM_KIND_BOOL:
    case CRM_KIND_DATE:
    case CRM_KIND_DATETIME:
    case CRM_KIND_CHOICE:
    case CRM_KIND_REFERENCE:
    case CRM_KIND_TAGS:
      break;
    }
  return GTK_INPUT_PURPOSE_FREE_FORM;
}

void
crm_text_row_set_title (CrmTextRow *self,
                        const char *title)
{
  g_return_if_fail (CRM_IS_TEXT_ROW (self));
  g_return_if_fail (title != NULL);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (get_target (CRM_FIELD_ROW (self))), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

void
crm_text_row_set_field (CrmTextRow     *self,
                        const CrmField *field)
{
  CrmTextRowPrivate *priv = crm_text_row_get_instance_private (self);

  g_return_if_fail (CRM_IS_TEXT_ROW (self));
  g_return_if_fail (field != NULL);

  priv->field = field;
  crm_text_row_set_title (self, crm_field_get_label (field));
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self), get_purpose (field->kind));
  if (field->kind == CRM_KIND_URL && priv->open == NULL)
    add_open (self);
}

GtkWidget *
crm_text_row_new (const CrmField *field)
{
  CrmTextRow *self;

  g_return_val_if_fail (field != NULL, NULL);

  self = g_object_new (CRM_TYPE_TEXT_ROW, NULL);
  crm_text_row_set_field (self, field);
  return GTK_WIDGET (self);
}
