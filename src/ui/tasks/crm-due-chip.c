/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-due-chip.h"

#include "crm-due.h"

GtkWidget *
crm_due_chip_new (void)
{
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  GtkWidget *mark = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (chip, "badge");
  gtk_widget_add_css_class (chip, "due");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (chip), mark);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_widget_set_visible (chip, FALSE);
  return chip;
}

void
crm_due_chip_set (GtkWidget  *chip,
                  const char *date,
                  const char *time)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gboolean late = crm_due_is_late (date, time, now);
  g_autofree char *words = crm_due_format (date, time, now);
  GtkWidget *mark = NULL;

  g_return_if_fail (GTK_IS_BOX (chip));

  mark = gtk_widget_get_first_child (chip);
  gtk_widget_set_visible (mark, late);
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (mark)), words);
  if (late)
    gtk_widget_add_css_class (chip, "error");
  else
    gtk_widget_remove_css_class (chip, "error");
  gtk_widget_set_visible (chip, *words != '\0');
}
