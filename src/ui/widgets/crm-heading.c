/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-heading.h"

/* Less than any dialog is wide, more than the widest letter of any heading. */
#define MIN_WIDTH 160

void
crm_heading_wrap (GtkWidget *dialog)
{
  GtkWidget *child;

  g_return_if_fail (GTK_IS_WIDGET (dialog));

  if (GTK_IS_LABEL (dialog) && gtk_widget_has_css_class (dialog, "title-2"))
    {
      gtk_label_set_wrap (GTK_LABEL (dialog), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (dialog), PANGO_WRAP_WORD_CHAR);
      gtk_widget_set_size_request (gtk_widget_get_parent (dialog), MIN_WIDTH, -1);
    }
  for (child = gtk_widget_get_first_child (dialog); child != NULL; child = gtk_widget_get_next_sibling (child))
    crm_heading_wrap (child);
}
