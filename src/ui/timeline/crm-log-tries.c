/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-log-tries.h"

#include "crm-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define GAP 6

/* crm_due_parse() has to read the translations, too. */
static const char * const again[] = { N_("in 1 hour"), N_("tomorrow 9:00"), NULL };

struct _CrmLogTries {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (CrmLogTries, crm_log_tries, GTK_TYPE_WIDGET)

static guint chosen_signal;

static void
on_clicked (CrmLogTries *self,
            GtkButton   *button)
{
  g_signal_emit (self, chosen_signal, 0, gtk_button_get_label (button));
}

static void
crm_log_tries_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (crm_log_tries_parent_class)->dispose (object);
}

static void
crm_log_tries_class_init (CrmLogTriesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_log_tries_dispose;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
crm_log_tries_init (CrmLogTries *self)
{
  GtkWidget *label = gtk_label_new (_("Try again:"));

  gtk_widget_set_layout_manager (GTK_WIDGET (self), crm_wrap_layout_new (GAP));
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  for (guint i = 0; again[i] != NULL; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_(again[i]));

      gtk_widget_add_css_class (button, "log-choice");
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_clicked), self);
      gtk_widget_set_parent (button, GTK_WIDGET (self));
    }
}
