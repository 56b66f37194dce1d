/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-step-entry.h"

#include <glib/gi18n-lib.h>

#include "crm-columns-layout.h"
#include "crm-due-entry.h"
#include "crm-focus.h"
#include "crm-task.h"
#include "crm-wrap-layout.h"

/* Within two seconds on the disk */
#define DRAFT_DELAY 1000

struct _CrmStepEntry {
  GtkWidget        parent_instance;

  CrmStore        *store;
  const char      *place;
  const CrmEntity *entity;
  gint64           record;
  char            *set_name;      /* as it was set */
  char            *set_due;
  guint            draft_source;
  gboolean         has_focus;
  gboolean         is_set;        /* by the program, not by the user */

  GtkWidget       *fields;
  GtkWidget       *name;
  GtkWidget       *due;
  GtkWidget       *names;         /* suggestions */
  GtkWidget       *days;
  GtkWidget       *buttons;
  GtkWidget       *cancel;
};

G_DEFINE_FINAL_TYPE (CrmStepEntry, crm_step_entry, GTK_TYPE_WIDGET)

enum {
  SAVE,
  CANCEL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What crm_due_parse() reads, whatever is shown */
static const struct {
  const char *words;
  const char *label;
} days[] = {
  { "today", N_("Today") },
  { "tomorrow", N_("Tomorrow") },
  { "in 2 days", N_("In 2 Days") },
  { "next week", N_("Next Week") },
  { "in 2 weeks", N_("In 2 Weeks") },
};

/* Drafts */

static void
keep_draft (CrmStepEntry *self,
            const char   *what,
            const char   *text)
{
  g_autofree char *field = g_strconcat (self->place, "-", what, NULL);

  crm_store_set_draft (self->store, self->entity, self->record, field, text);
}

static void
keep_typed (CrmStepEntry *self)
{
  gboolean is_changed = crm_step_entry_is_changed (self);

  g_clear_handle_id (&self->draft_source, g_source_remove);
  if (self->record == 0)
    return;
  keep_draft (self, "name", is_changed ? gtk_editable_get_text (GTK_EDITABLE (self->name)) : NULL);
  keep_draft (self, "due", is_changed ? crm_due_entry_get_text (CRM_DUE_ENTRY (self->due)) : NULL);
}

static gboolean
on_draft_time (gpointer data)
{
  CrmStepEntry *self = data;

  self->draft_source = 0;
  keep_typed (self);
  return G_SOURCE_REMOVE;
}

/* What helps while typing stands there only then: a place that waits to be filled is one line. */
static void
update_help (CrmStepEntry *self)
{
  gboolean is_used = self->has_focus || gtk_widget_get_visible (self->cancel) || crm_step_entry_is_changed (self);

  gtk_widget_set_visible (self->days, is_used);
  gtk_widget_set_visible (self->buttons, is_used);
  gtk_widget_set_visible (self->names, is_used && gtk_widget_get_first_child (self->names) != NULL &&
                                       *gtk_editable_get_text (GTK_EDITABLE (self->name)) == '\0');
}

static void
on_focus (CrmStepEntry            *self,
          GParamSpec              *pspec,
          GtkEventControllerFocus *focus)
{
  self->has_focus = gtk_event_controller_focus_contains_focus (focus);
  update_help (self);
}

static void
on_changed (CrmStepEntry *self)
{
  update_help (self);
  gtk_widget_remove_css_class (self->name, "error");
  if (!self->is_set && self->draft_source == 0 && self->record != 0)
    self->draft_source = g_timeout_add (DRAFT_DELAY, on_draft_time, self);
}

/* Saving */

static void
save (CrmStepEntry *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  g_autoptr (CrmValues) changes = crm_values_new (&crm_task, 0);
  CrmDue due;

  if (*name == '\0')
    {
      gtk_widget_add_css_class (self->name, "error");
      gtk_widget_grab_focus (self->name);
      return;
    }
  if (!crm_due_entry_read (CRM_DUE_ENTRY (self->due), &due, NULL))
    {
      gtk_widget_grab_focus (self->due);
      return;
    }
  crm_values_set_text (changes, CRM_TASK_NAME, name);
  crm_values_set_text (changes, CRM_TASK_DUE, due.date);
  crm_values_set_text (changes, CRM_TASK_TIME, due.time);
  g_signal_emit (self, signals[SAVE], 0, changes);
}

/* Enter goes to the day first, unless one is there. */
static void
on_name_activate (CrmStepEntry *self)
{
  if (*crm_due_entry_get_text (CRM_DUE_ENTRY (self->due)) == '\0' && *gtk_editable_get_text (GTK_EDITABLE (self->name)) != '\0')
    gtk_widget_grab_focus (self->due);
  else
    save (self);
}

static void
cancel (CrmStepEntry *self)
{
  crm_step_entry_clear (self);
  g_signal_emit (self, signals[CANCEL], 0);
}

/* An Esc with nothing to take back is the window's. */
static gboolean
on_escape (GtkWidget *widget,
           GVariant  *arguments,
           gpointer   data)
{
  CrmStepEntry *self = CRM_STEP_ENTRY (widget);

  if (!crm_step_entry_is_changed (self) && !gtk_widget_get_visible (self->cancel))
    return FALSE;
  cancel (self);
  return TRUE;
}

/* Building */

static void
on_day_clicked (CrmStepEntry *self,
                GtkWidget    *button)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *words = NULL;
  CrmDue due;

  crm_due_parse (g_object_get_data (G_OBJECT (button), "crm-words"), now, &due, NULL);
  words = crm_due_format_exact (due.date, NULL, now);
  crm_due_entry_set_text (CRM_DUE_ENTRY (self->due), words);
  gtk_widget_grab_focus (*gtk_editable_get_text (GTK_EDITABLE (self->name)) == '\0' ? self->name : self->due);
}

static void
on_name_clicked (CrmStepEntry *self,
                 GtkWidget    *button)
{
  gtk_editable_set_text (GTK_EDITABLE (self->name), gtk_button_get_label (GTK_BUTTON (button)));
  gtk_widget_grab_focus (self->due);
}

static GtkWidget *
add_chip (GtkWidget  *parent,
          const char *label,
          GCallback   callback,
          gpointer    data)
{
  GtkWidget *chip = gtk_button_new_with_label (label);

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (chip))), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (chip, "chip");
  g_signal_connect_swapped (chip, "clicked", callback, data);
  gtk_box_append (GTK_BOX (parent), chip);
  return chip;
}

static GtkWidget *
add_line (CrmStepEntry     *self,
          GtkLayoutManager *layout)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_set_layout_manager (line, layout);
  gtk_widget_set_parent (line, GTK_WIDGET (self));
  return line;
}

static void
add_buttons (CrmStepEntry *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Save"));

  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_halign (self->buttons, GTK_ALIGN_END);
  gtk_widget_set_parent (self->buttons, GTK_WIDGET (self));
  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_widget_add_css_class (self->cancel, "flat");
  gtk_widget_set_visible (self->cancel, FALSE);
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (cancel), self);
  gtk_box_append (GTK_BOX (self->buttons), self->cancel);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (save), self);
  gtk_box_append (GTK_BOX (self->buttons), button);
}

static gboolean
crm_step_entry_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (CRM_STEP_ENTRY (widget)->name);
}

static void
crm_step_entry_dispose (GObject *object)
{
  CrmStepEntry *self = CRM_STEP_ENTRY (object);
  GtkWidget *child;

  g_clear_handle_id (&self->draft_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_step_entry_parent_class)->dispose (object);
}

static void
crm_step_entry_finalize (GObject *object)
{
  CrmStepEntry *self = CRM_STEP_ENTRY (object);

  g_free (self->set_name);
  g_free (self->set_due);
  G_OBJECT_CLASS (crm_step_entry_parent_class)->finalize (object);
}

static void
crm_step_entry_class_init (CrmStepEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_step_entry_dispose;
  object_class->finalize = crm_step_entry_finalize;
  widget_class->grab_focus = crm_step_entry_grab_focus;
  widget_class->focus = crm_focus_within;
  signals[SAVE] = g_signal_new ("save", CRM_TYPE_STEP_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CRM_TYPE_VALUES);
  signals[CANCEL] = g_signal_new ("cancel", CRM_TYPE_STEP_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
}

static void
crm_step_entry_init (CrmStepEntry *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));
  GtkEventController *focus = NULL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 8);
  self->fields = add_line (self, crm_columns_layout_new (200, 8));
  self->name = gtk_entry_new ();
  gtk_widget_set_valign (self->name, GTK_ALIGN_START);
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (on_name_activate), self);
  gtk_box_append (GTK_BOX (self->fields), self->name);
  self->due = crm_due_entry_new (_("When it is due"));
  g_signal_connect_swapped (self->due, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->due, "activate", G_CALLBACK (save), self);
  gtk_box_append (GTK_BOX (self->fields), self->due);
  self->names = add_line (self, crm_wrap_layout_new (6));
  self->days = add_line (self, crm_wrap_layout_new (6));
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    g_object_set_data (G_OBJECT (add_chip (self->days, _(days[i].label), G_CALLBACK (on_day_clicked), self)), "crm-words", (char *) days[i].words);
  add_buttons (self);
  focus = gtk_event_controller_focus_new ();
  g_signal_connect_swapped (focus, "notify::contains-focus", G_CALLBACK (on_focus), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

GtkWidget *
crm_step_entry_new (CrmStore   *store,
                    const char *label,
                    const char *place)
{
  CrmStepEntry *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (place != NULL, NULL);

  self = g_object_new (CRM_TYPE_STEP_ENTRY, NULL);
  self->store = g_object_ref (store);
  self->place = place;
  crm_step_entry_set_label (self, label);
  return GTK_WIDGET (self);
}

void
crm_step_entry_open (CrmStepEntry    *self,
                     const CrmEntity *entity,
                     gint64           record)
{
  g_return_if_fail (CRM_IS_STEP_ENTRY (self));

  crm_step_entry_flush (self);
  self->entity = entity;
  self->record = record;
  crm_step_entry_set (self, NULL, NULL, NULL);
}

void
crm_step_entry_set_label (CrmStepEntry *self,
                          const char   *label)
{
  g_return_if_fail (CRM_IS_STEP_ENTRY (self));
  g_return_if_fail (label != NULL);

  gtk_entry_set_placeholder_text (GTK_ENTRY (self->name), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
crm_step_entry_set (CrmStepEntry *self,
                    const char   *name,
                    const char   *date,
                    const char   *time)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  g_return_if_fail (CRM_IS_STEP_ENTRY (self));

  g_free (self->set_name);
  g_free (self->set_due);
  self->set_name = g_strdup (name != NULL ? name : "");
  self->set_due = crm_due_format_exact (date, time, now);
  self->is_set = TRUE;
  /* Ctrl+Z takes back what was typed, not this */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->name), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->name), self->set_name);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->name), TRUE);
  crm_due_entry_set_text (CRM_DUE_ENTRY (self->due), self->set_due);
  self->is_set = FALSE;
  update_help (self);
}

void
crm_step_entry_suggest (CrmStepEntry       *self,
                        const char * const *names)
{
  GtkWidget *child;

  g_return_if_fail (CRM_IS_STEP_ENTRY (self));

  while ((child = gtk_widget_get_first_child (self->names)) != NULL)
    gtk_box_remove (GTK_BOX (self->names), child);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    add_chip (self->names, names[i], G_CALLBACK (on_name_clicked), self);
  update_help (self);
}

void
crm_step_entry_set_can_cancel (CrmStepEntry *self,
                               gboolean      can_cancel)
{
  g_return_if_fail (CRM_IS_STEP_ENTRY (self));

  gtk_widget_set_visible (self->cancel, can_cancel);
  update_help (self);
}

gboolean
crm_step_entry_is_empty (CrmStepEntry *self)
{
  g_return_val_if_fail (CRM_IS_STEP_ENTRY (self), TRUE);

  return *gtk_editable_get_text (GTK_EDITABLE (self->name)) == '\0' && *crm_due_entry_get_text (CRM_DUE_ENTRY (self->due)) == '\0';
}

gboolean
crm_step_entry_is_changed (CrmStepEntry *self)
{
  g_return_val_if_fail (CRM_IS_STEP_ENTRY (self), FALSE);

  return g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->name)), self->set_name) != 0 ||
         g_strcmp0 (crm_due_entry_get_text (CRM_DUE_ENTRY (self->due)), self->set_due) != 0;
}

void
crm_step_entry_clear (CrmStepEntry *self)
{
  g_return_if_fail (CRM_IS_STEP_ENTRY (self));

  crm_step_entry_set (self, NULL, NULL, NULL);
  keep_typed (self);
}

gboolean
crm_step_entry_put_drafts_back (CrmStepEntry *self,
                                GHashTable   *drafts)
{
  g_autofree char *name_field = NULL;
  g_autofree char *due_field = NULL;
  const char *name;
  const char *due;

  g_return_val_if_fail (CRM_IS_STEP_ENTRY (self), FALSE);
  g_return_val_if_fail (drafts != NULL, FALSE);

  name_field = g_strconcat (self->place, "-name", NULL);
  due_field = g_strconcat (self->place, "-due", NULL);
  name = g_hash_table_lookup (drafts, name_field);
  due = g_hash_table_lookup (drafts, due_field);
  if ((name == NULL && due == NULL) || crm_step_entry_is_changed (self))
    return FALSE;
  gtk_editable_set_text (GTK_EDITABLE (self->name), name != NULL ? name : "");
  crm_due_entry_set_text (CRM_DUE_ENTRY (self->due), due);
  return TRUE;
}

void
crm_step_entry_flush (CrmStepEntry *self)
{
  g_return_if_fail (CRM_IS_STEP_ENTRY (self));

  if (self->draft_source != 0)
    keep_typed (self);
}
