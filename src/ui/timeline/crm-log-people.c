/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-log-people.h"

#include "crm-chip.h"
#include "crm-display.h"
#include "crm-people.h"
#include "crm-wrap-layout.h"

#define GAP 6

struct _CrmLogPeople {
  GtkWidget  parent_instance;

  GArray    *present; /* ids */
};

G_DEFINE_FINAL_TYPE (CrmLogPeople, crm_log_people, GTK_TYPE_WIDGET)

static guint changed_signal;

/* @index: (out) (optional) */
static gboolean
find_present (CrmLogPeople *self,
              gint64        person,
              guint        *index)
{
  for (guint i = 0; i < self->present->len; i++)
    if (g_array_index (self->present, gint64, i) == person)
      {
        if (index != NULL)
          *index = i;
        return TRUE;
      }
  return FALSE;
}

static void
on_toggled (CrmLogPeople    *self,
            GtkToggleButton *button)
{
  gint64 person = *(gint64 *) g_object_get_data (G_OBJECT (button), "person");
  guint index;

  if (find_present (self, person, &index))
    g_array_remove_index (self->present, index);
  if (gtk_toggle_button_get_active (button))
    g_array_append_val (self->present, person);
  g_signal_emit (self, changed_signal, 0);
}

static void
add_button (CrmLogPeople       *self,
            const CrmColleague *colleague)
{
  g_autofree char *name = crm_display_line (colleague->name);
  GtkWidget *button = crm_chip_new ();

  gtk_button_set_label (GTK_BUTTON (button), name);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), find_present (self, colleague->person, NULL));
  g_object_set_data_full (G_OBJECT (button), "person", g_memdup2 (&colleague->person, sizeof colleague->person), g_free);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled), self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
}

static void
remove_buttons (CrmLogPeople *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

/* The class */

static void
crm_log_people_dispose (GObject *object)
{
  remove_buttons (CRM_LOG_PEOPLE (object));
  G_OBJECT_CLASS (crm_log_people_parent_class)->dispose (object);
}

static void
crm_log_people_finalize (GObject *object)
{
  g_array_unref (CRM_LOG_PEOPLE (object)->present);
  G_OBJECT_CLASS (crm_log_people_parent_class)->finalize (object);
}

static void
crm_log_people_class_init (CrmLogPeopleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_log_people_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_log_people_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
crm_log_people_init (CrmLogPeople *self)
{
  self->present = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), crm_wrap_layout_new (GAP));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
crm_log_people_set_present (CrmLogPeople *self,
                            GArray       *present)
{
  g_return_if_fail (CRM_IS_LOG_PEOPLE (self));
  g_return_if_fail (present != NULL);

  g_array_set_size (self->present, 0);
  g_array_append_vals (self->present, present->data, present->len);
}

GArray *
crm_log_people_get_present (CrmLogPeople *self)
{
  g_return_val_if_fail (CRM_IS_LOG_PEOPLE (self), NULL);

  return self->present;
}

void
crm_log_people_show (CrmLogPeople *self,
                     GPtrArray    *people)
{
  g_return_if_fail (CRM_IS_LOG_PEOPLE (self));
  g_return_if_fail (people != NULL);

  remove_buttons (self);
  for (guint i = 0; i < people->len; i++)
    {
      const CrmColleague *colleague = people->pdata[i];

      if (!colleague->has_left || find_present (self, colleague->person, NULL))
        add_button (self, colleague);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_widget_get_first_child (GTK_WIDGET (self)) != NULL);
}
