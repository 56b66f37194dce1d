/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-snooze-button.h"

#include <glib/gi18n-lib.h>

#include "crm-display.h"
#include "crm-due-entry.h"

struct _CrmSnoozeButton {
  AdwBin     parent_instance;

  GtkWidget *button;
  GtkWidget *entry;   /* in the popover; NULL: it was not opened yet */
};

G_DEFINE_FINAL_TYPE (CrmSnoozeButton, crm_snooze_button, ADW_TYPE_BIN)

static guint snooze_signal;

/* What crm_due_parse() reads, whatever is shown */
static const struct {
  const char *words;
  const char *label;
} choices[] = {
  { "tomorrow", N_("Tomorrow") },
  { "in 2 days", N_("In 2 Days") },
  { "next week", N_("Next Week") },
};

static void
choose (CrmSnoozeButton *self,
        const char      *date)
{
  gtk_menu_button_popdown (GTK_MENU_BUTTON (self->button));
  g_signal_emit (self, snooze_signal, 0, date);
}

static void
on_choice (CrmSnoozeButton *self,
           GtkWidget       *button)
{
  choose (self, g_object_get_data (G_OBJECT (button), "crm-date"));
}

static void
on_typed (CrmSnoozeButton *self)
{
  CrmDue due;

  if (crm_due_entry_read (CRM_DUE_ENTRY (self->entry), &due, NULL) && *due.date != '\0')
    choose (self, due.date);
}

static GtkWidget *
create_choice (CrmSnoozeButton *self,
               guint            choice)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 18);
  GtkWidget *label = gtk_label_new (_(choices[choice].label));
  GtkWidget *day = NULL;
  g_autofree char *words = NULL;
  CrmDue due;

  crm_due_parse (choices[choice].words, now, &due, NULL);
  words = crm_due_format_exact (due.date, NULL, now);
  day = gtk_label_new (choice == 0 ? NULL : words);
  gtk_widget_add_css_class (day, "dim-label");
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), day);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _(choices[choice].label), -1);
  g_object_set_data_full (G_OBJECT (button), "crm-date", g_strdup (due.date), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_choice), self);
  return button;
}

/* Anew each time: the days go on. */
static void
create_popover (GtkMenuButton *button,
                gpointer       data)
{
  CrmSnoozeButton *self = data;
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    gtk_box_append (GTK_BOX (box), create_choice (self, i));
  self->entry = crm_due_entry_new (_("Another day"));
  gtk_widget_set_margin_top (self->entry, 3);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_typed), self);
  gtk_box_append (GTK_BOX (box), self->entry);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (button, popover);
}

static void
crm_snooze_button_class_init (CrmSnoozeButtonClass *klass)
{
  snooze_signal = g_signal_new ("snooze", CRM_TYPE_SNOOZE_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
crm_snooze_button_init (CrmSnoozeButton *self)
{
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "alarm-symbolic");
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), create_popover, self, NULL);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "flat");
  crm_display_name_control (self->button, _("Snooze"));
  adw_bin_set_child (ADW_BIN (self), self->button);
}

GtkWidget *
crm_snooze_button_new (void)
{
  return g_object_new (CRM_TYPE_SNOOZE_BUTTON, NULL);
}
