/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-field-notice.h"

#include "crm-display.h"

#include <glib/gi18n-lib.h>

struct _CrmFieldNotice {
  GtkListBoxRow parent_instance;

  GtkLabel     *label;
  GtkButton    *button;
  GtkButton    *discard;
};

G_DEFINE_FINAL_TYPE (CrmFieldNotice, crm_field_notice, GTK_TYPE_LIST_BOX_ROW)

enum {
  ACTIVATED,
  DISCARDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_clicked (CrmFieldNotice *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
on_discard_clicked (CrmFieldNotice *self)
{
  g_signal_emit (self, signals[DISCARDED], 0);
}

static void
crm_field_notice_class_init (CrmFieldNoticeClass *klass)
{
  signals[ACTIVATED] = g_signal_new ("activated", CRM_TYPE_FIELD_NOTICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DISCARDED] = g_signal_new ("discarded", CRM_TYPE_FIELD_NOTICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_field_notice_init (CrmFieldNotice *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_wrap_mode (self->label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (self->label, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->label), TRUE);
  self->discard = GTK_BUTTON (gtk_button_new_with_mnemonic (_("_Discard")));
  gtk_widget_add_css_class (GTK_WIDGET (self->discard), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self->discard), GTK_ALIGN_CENTER);
  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_use_underline (self->button, TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->button), GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->discard));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->button));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "field-notice");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_clicked), self);
  g_signal_connect_swapped (self->discard, "clicked", G_CALLBACK (on_discard_clicked), self);
}

GtkWidget *
crm_field_notice_new (void)
{
  return g_object_new (CRM_TYPE_FIELD_NOTICE, NULL);
}

void
crm_field_notice_set (CrmFieldNotice *self,
                      const char     *text,
                      const char     *css_class,
                      const char     *button,
                      gboolean        can_discard)
{
  g_autofree char *shown = NULL;

  g_return_if_fail (CRM_IS_FIELD_NOTICE (self));
  g_return_if_fail (text != NULL && css_class != NULL);

  shown = crm_display_line (text);
  gtk_label_set_text (self->label, shown);
  gtk_widget_set_css_classes (GTK_WIDGET (self->label), (const char *[]) { css_class, "caption", NULL });
  gtk_widget_set_visible (GTK_WIDGET (self->button), button != NULL);
  gtk_button_set_label (self->button, button != NULL ? button : "");
  gtk_widget_set_visible (GTK_WIDGET (self->discard), can_discard);
}
