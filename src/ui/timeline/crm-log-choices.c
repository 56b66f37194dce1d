/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-log-choices.h"

#include "crm-chip.h"
#include "crm-timeline-words.h"
#include "crm-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define GAP 6
#define MOST_CHOICES 16

struct _CrmLogChoices {
  GtkWidget        parent_instance;

  const CrmChoice *choices;
  gboolean         is_optional;
  gboolean         is_setting;
  guint            n;
  GtkToggleButton *buttons[MOST_CHOICES];
  gunichar         keys[MOST_CHOICES];
};

G_DEFINE_FINAL_TYPE (CrmLogChoices, crm_log_choices, GTK_TYPE_WIDGET)

static guint changed_signal;

static void
press (CrmLogChoices *self,
       guint          chosen)
{
  self->is_setting = TRUE;
  for (guint i = 0; i < self->n; i++)
    gtk_toggle_button_set_active (self->buttons[i], i == chosen);
  self->is_setting = FALSE;
}

static guint
find_chosen (CrmLogChoices *self)
{
  guint i = 0;

  while (i < self->n && !gtk_toggle_button_get_active (self->buttons[i]))
    i++;
  return i;
}

static guint
find_button (CrmLogChoices *self,
             gpointer       button)
{
  guint i = 0;

  while (i < self->n && (gpointer) self->buttons[i] != button)
    i++;
  return i;
}

static void
on_toggled (CrmLogChoices   *self,
            GtkToggleButton *button)
{
  if (self->is_setting)
    return;
  if (gtk_toggle_button_get_active (button) || !self->is_optional)
    press (self, find_button (self, button));
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
on_key_pressed (CrmLogChoices   *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  guint at = find_button (self, gtk_widget_get_focus_child (GTK_WIDGET (self)));
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean back = key == GDK_KEY_Left || key == GDK_KEY_KP_Left;

  if (at == self->n || (!back && key != GDK_KEY_Right && key != GDK_KEY_KP_Right))
    return GDK_EVENT_PROPAGATE;
  at = (at + (back != rtl ? self->n - 1 : 1)) % self->n;
  press (self, at);
  gtk_widget_grab_focus (GTK_WIDGET (self->buttons[at]));
  g_signal_emit (self, changed_signal, 0);
  return GDK_EVENT_STOP;
}

static void
crm_log_choices_dispose (GObject *object)
{
  CrmLogChoices *self = CRM_LOG_CHOICES (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->n = 0;
  G_OBJECT_CLASS (crm_log_choices_parent_class)->dispose (object);
}

static void
crm_log_choices_class_init (CrmLogChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_log_choices_dispose;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
crm_log_choices_init (CrmLogChoices *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_set_layout_manager (GTK_WIDGET (self), crm_wrap_layout_new (GAP));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* Building */

static GtkToggleButton *
create_button (const char *icon,
               const char *label)
{
  GtkWidget *button = crm_chip_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, GAP);
  GtkWidget *words = gtk_label_new_with_mnemonic (label);

  if (icon != NULL)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (button), box);
  return GTK_TOGGLE_BUTTON (button);
}

static gunichar
get_letter (const char *label)
{
  const char *mark = strchr (label, '_');

  return mark == NULL ? 0 : g_unichar_tolower (g_utf8_get_char (mark + 1));
}

static void
add_choice (CrmLogChoices *self,
            const char    *letter_label)
{
  const CrmChoice *choice = &self->choices[self->n];
  const char *label = _(choice->label);
  GtkToggleButton *button;

  if (letter_label != NULL)
    {
      char letter[7] = "";

      self->keys[self->n] = get_letter (_(letter_label));
      letter[g_unichar_to_utf8 (g_unichar_toupper (self->keys[self->n]), letter)] = '\0';
      button = create_button (crm_timeline_words_get_channel_icon (choice->name), _(letter_label));
      gtk_widget_set_tooltip_text (GTK_WIDGET (button), letter);
    }
  else
    {
      g_autofree char *numbered = g_strdup_printf ("%u %s", self->n + 1, label);

      self->keys[self->n] = '1' + self->n;
      button = create_button (NULL, numbered);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled), self);
  gtk_widget_set_parent (GTK_WIDGET (button), GTK_WIDGET (self));
  self->buttons[self->n++] = button;
}

GtkWidget *
crm_log_choices_new (const CrmField     *field,
                     const char * const *labels,
                     const char         *name,
                     gboolean            optional)
{
  CrmLogChoices *self;

  g_return_val_if_fail (field != NULL && field->choices != NULL, NULL);

  self = g_object_new (CRM_TYPE_LOG_CHOICES, NULL);
  self->choices = field->choices;
  self->is_optional = optional;
  while (self->n < MOST_CHOICES && self->choices[self->n].name != NULL)
    add_choice (self, labels != NULL ? labels[self->n] : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

void
crm_log_choices_set (CrmLogChoices *self,
                     const char    *choice)
{
  guint i = 0;

  g_return_if_fail (CRM_IS_LOG_CHOICES (self));

  while (i < self->n && g_strcmp0 (self->choices[i].name, choice) != 0)
    i++;
  press (self, i);
}

const char *
crm_log_choices_get (CrmLogChoices *self)
{
  guint chosen;

  g_return_val_if_fail (CRM_IS_LOG_CHOICES (self), "");

  chosen = find_chosen (self);
  return chosen < self->n ? self->choices[chosen].name : "";
}

gboolean
crm_log_choices_take_key (CrmLogChoices *self,
                          gunichar       key)
{
  g_return_val_if_fail (CRM_IS_LOG_CHOICES (self), FALSE);

  for (guint i = 0; i < self->n; i++)
    if (key != 0 && self->keys[i] == g_unichar_tolower (key))
      {
        press (self, i);
        g_signal_emit (self, changed_signal, 0);
        return TRUE;
      }
  return FALSE;
}

void
crm_log_choices_focus (CrmLogChoices *self)
{
  guint chosen;

  g_return_if_fail (CRM_IS_LOG_CHOICES (self));

  chosen = find_chosen (self);
  if (self->n > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->buttons[chosen < self->n ? chosen : 0]));
}
