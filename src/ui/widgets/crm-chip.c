/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-chip.h"

struct _CrmChip {
  GtkToggleButton parent_instance;
};

G_DEFINE_FINAL_TYPE (CrmChip, crm_chip, GTK_TYPE_TOGGLE_BUTTON)

static void
crm_chip_activate (GtkButton *button)
{
  g_signal_emit_by_name (button, "clicked");
}

static void
crm_chip_class_init (CrmChipClass *klass)
{
  GTK_BUTTON_CLASS (klass)->activate = crm_chip_activate;
}

static void
crm_chip_init (CrmChip *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "log-choice");
}

GtkWidget *
crm_chip_new (void)
{
  return g_object_new (CRM_TYPE_CHIP, NULL);
}
