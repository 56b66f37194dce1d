/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-due-entry.h"

#include <glib/gi18n-lib.h>

#include "crm-focus.h"

struct _CrmDueEntry {
  GtkWidget  parent_instance;

  GtkWidget *entry;
  GtkWidget *meaning;
};

G_DEFINE_FINAL_TYPE (CrmDueEntry, crm_due_entry, GTK_TYPE_WIDGET)

enum {
  CHANGED,
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_meaning (CrmDueEntry *self,
              const char  *text,
              gboolean     is_refused)
{
  gtk_label_set_text (GTK_LABEL (self->meaning), text);
  gtk_widget_set_visible (self->meaning, text != NULL && *text != '\0');
  if (is_refused)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_refused ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* Half a word is no error yet: that is said on Enter. */
static void
on_changed (CrmDueEntry *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *words = NULL;
  CrmDue due;

  if (crm_due_parse (crm_due_entry_get_text (self), now, &due, NULL))
    words = crm_due_format_exact (due.date, due.time, now);
  show_meaning (self, words, FALSE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_activate (CrmDueEntry *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static gboolean
crm_due_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CRM_DUE_ENTRY (widget)->entry);
}

static void
crm_due_entry_dispose (GObject *object)
{
  CrmDueEntry *self = CRM_DUE_ENTRY (object);

  g_clear_pointer (&self->entry, gtk_widget_unparent);
  g_clear_pointer (&self->meaning, gtk_widget_unparent);
  G_OBJECT_CLASS (crm_due_entry_parent_class)->dispose (object);
}

static void
crm_due_entry_class_init (CrmDueEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_due_entry_dispose;
  widget_class->grab_focus = crm_due_entry_grab_focus;
  widget_class->focus = crm_focus_within;
  signals[CHANGED] = g_signal_new ("changed", CRM_TYPE_DUE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", CRM_TYPE_DUE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
crm_due_entry_init (CrmDueEntry *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  self->entry = gtk_entry_new ();
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_PRIMARY, "x-office-calendar-symbolic");
  gtk_entry_set_icon_activatable (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_PRIMARY, FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 12);
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), _("When: tomorrow, fri 9:00…"));
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  self->meaning = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->meaning), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->meaning), 0);
  gtk_widget_add_css_class (self->meaning, "caption");
  gtk_widget_add_css_class (self->meaning, "due-meaning");
  gtk_widget_set_visible (self->meaning, FALSE);
  gtk_widget_set_parent (self->meaning, GTK_WIDGET (self));
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_activate), self);
}

GtkWidget *
crm_due_entry_new (const char *label)
{
  CrmDueEntry *self = g_object_new (CRM_TYPE_DUE_ENTRY, NULL);

  g_return_val_if_fail (label != NULL, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}

const char *
crm_due_entry_get_text (CrmDueEntry *self)
{
  g_return_val_if_fail (CRM_IS_DUE_ENTRY (self), NULL);

  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

void
crm_due_entry_set_text (CrmDueEntry *self,
                        const char  *text)
{
  g_return_if_fail (CRM_IS_DUE_ENTRY (self));

  /* Ctrl+Z takes back what was typed, not this */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), TRUE);
}

gboolean
crm_due_entry_read (CrmDueEntry  *self,
                    CrmDue       *due,
                    GError      **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GError) refusal = NULL;
  const char *text = NULL;

  g_return_val_if_fail (CRM_IS_DUE_ENTRY (self), FALSE);
  g_return_val_if_fail (due != NULL, FALSE);

  text = crm_due_entry_get_text (self);
  *due = (CrmDue) { "", "" };
  if (text[strspn (text, " ")] == '\0' || crm_due_parse (text, now, due, &refusal))
    return TRUE;
  show_meaning (self, refusal->message, TRUE);
  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}
