/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-next-step-bar.h"

#include <glib/gi18n-lib.h>

#include "crm-client.h"
#include "crm-display.h"
#include "crm-due.h"
#include "crm-snooze-button.h"
#include "crm-step-entry.h"
#include "crm-task-steps.h"
#include "crm-task.h"
#include "crm-tasks.h"
#include "crm-toaster.h"

#define N_SUGGESTIONS 4

struct _CrmNextStepBar {
  AdwBin        parent_instance;

  CrmStore     *store;
  gint64        client;      /* 0: none */
  CrmValues    *step;        /* committed; NULL: there is none, or it is not read yet */
  GCancellable *cancellable;
  gboolean      is_editing;  /* the step that there is */
  gboolean      is_asking;   /* for the next one, since one was done */

  GtkStack     *stack;
  GtkWidget    *icon;
  GtkWidget    *title;
  GtkWidget    *when;
  GtkWidget    *done;
  CrmStepEntry *entry;
};

G_DEFINE_FINAL_TYPE (CrmNextStepBar, crm_next_step_bar, ADW_TYPE_BIN)

/* Showing */

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    is_set)
{
  if (is_set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* (transfer full): "Next step · 2 days late · not shown until tomorrow · sales" */
static char *
describe (const CrmValues *step,
          GDateTime       *now)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  const char *department = crm_values_get_text (step, CRM_TASK_DEPARTMENT);
  const char *snooze = crm_values_get_text (step, CRM_TASK_SNOOZE);

  g_ptr_array_add (words, g_strdup (_("Next step")));
  if (!crm_values_is_null (step, CRM_TASK_DUE))
    g_ptr_array_add (words, crm_due_format (crm_values_get_text (step, CRM_TASK_DUE), crm_values_get_text (step, CRM_TASK_TIME), now));
  if (snooze != NULL && crm_due_days (snooze, now) > 0)
    {
      g_autofree char *day = crm_due_format (snooze, NULL, now);

      g_ptr_array_add (words, g_strdup_printf (_("snoozed until %s"), day));
    }
  if (g_strcmp0 (crm_values_get_text (step, CRM_TASK_PRIORITY), "high") == 0)
    g_ptr_array_add (words, g_strdup (_("high priority")));
  if (department != NULL)
    g_ptr_array_add (words, crm_display_line (department));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" · ", (char **) words->pdata);
}

static void
show_step (CrmNextStepBar *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = crm_display_line (crm_values_get_text (self->step, CRM_TASK_NAME));
  g_autofree char *words = describe (self->step, now);
  gboolean late = crm_due_is_late (crm_values_get_text (self->step, CRM_TASK_DUE), crm_values_get_text (self->step, CRM_TASK_TIME), now);

  gtk_label_set_text (GTK_LABEL (self->title), name);
  gtk_label_set_text (GTK_LABEL (self->when), words);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->icon), late ? "dialog-warning-symbolic" : "crm-task-symbolic");
  set_class (GTK_WIDGET (self), "late", late);
}

static void
update (CrmNextStepBar *self)
{
  gboolean shows_entry = self->step == NULL || self->is_editing || self->is_asking;

  gtk_widget_set_visible (GTK_WIDGET (self), self->client != 0);
  set_class (GTK_WIDGET (self), "none", self->step == NULL && !self->is_asking);
  if (self->step != NULL)
    show_step (self);
  else
    set_class (GTK_WIDGET (self), "late", FALSE);
  crm_step_entry_set_label (self->entry, self->is_asking ? _("Done. What comes next?")
                                         : self->is_editing ? _("What is to be done") : _("Set the next step"));
  crm_step_entry_set_can_cancel (self->entry, self->is_editing || self->is_asking);
  gtk_stack_set_visible_child_name (self->stack, shows_entry ? "entry" : "step");
}

/* Reading */

typedef struct {
  CrmValues *step;
  char     **names;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_clear_pointer (&found->step, crm_values_unref);
  g_strfreev (found->names);
  g_free (found);
}

/* On the reader's thread. */
static gpointer
read_step (CrmDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (GPtrArray) tasks = crm_tasks_read_open (db, CRM_TASK_CLIENT, *(gint64 *) data, error);
  Found *found;

  if (tasks == NULL)
    return NULL;
  found = g_new0 (Found, 1);
  if (tasks->len > 0 && tasks->pdata[0] != NULL && crm_values_get_integer (tasks->pdata[0], CRM_TASK_NEXT) != 0)
    found->step = crm_values_ref (tasks->pdata[0]);
  found->names = crm_tasks_read_names (db, N_SUGGESTIONS, error);
  if (found->names != NULL)
    return found;
  found_free (found);
  return NULL;
}

static void
suggest (CrmNextStepBar *self,
         char          **names)
{
  const char *usual[] = { _("Call"), _("Send an offer"), _("Visit") };
  const char *offered[N_SUGGESTIONS + 1] = { NULL };
  guint n = MIN (g_strv_length (names), N_SUGGESTIONS);

  memcpy (offered, names, n * sizeof *offered);
  for (guint i = 0; i < G_N_ELEMENTS (usual) && n < N_SUGGESTIONS; i++)
    if (!g_strv_contains (offered, usual[i]))
      offered[n++] = usual[i];
  crm_step_entry_suggest (self->entry, offered);
}

static void
on_step_read (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (CrmNextStepBar) self = data;
  g_autoptr (GError) error = NULL;
  Found *found = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    {
      g_clear_pointer (&found, found_free);
      return;
    }
  if (found == NULL)
    {
      if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
        crm_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->step, crm_values_unref);
  self->step = g_steal_pointer (&found->step);
  suggest (self, found->names);
  found_free (found);
  if (self->step == NULL)
    self->is_editing = FALSE;
  else if (self->is_asking && !crm_step_entry_is_changed (self->entry))
    self->is_asking = FALSE; /* it was undone, or somebody else set one */
  update (self);
}

static void
cancel_reading (CrmNextStepBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
reload (CrmNextStepBar *self)
{
  cancel_reading (self);
  self->cancellable = g_cancellable_new ();
  crm_store_read_async (self->store, read_step, g_memdup2 (&self->client, sizeof self->client), g_free, found_free, self->cancellable,
                        on_step_read, g_object_ref (self));
}

static void
on_store_changed (CrmNextStepBar *self,
                  CrmChangeSet   *changes)
{
  if (self->client != 0 && crm_change_set_touches_entity (changes, &crm_task))
    reload (self);
}

/* Acting */

static void
on_save (CrmNextStepBar *self,
         CrmValues      *typed)
{
  g_autoptr (CrmValues) changes = crm_values_new (&crm_task, self->is_editing && self->step != NULL ? crm_values_get_id (self->step) : 0);
  g_autofree char *name = crm_display_line (crm_values_get_text (typed, CRM_TASK_NAME));
  g_autofree char *label = NULL;

  if (self->client == 0)
    return;
  crm_values_merge (changes, typed);
  if (crm_values_get_id (changes) == 0)
    {
      crm_values_set_reference (changes, CRM_TASK_CLIENT, self->client, NULL);
      crm_values_set_integer (changes, CRM_TASK_NEXT, TRUE);
      /* Translators: a step that can be undone; %s is what is to be done */
      label = g_strdup_printf (_("Next step: %s"), name);
    }
  else
    label = g_strdup_printf (_("Edit %s"), name);
  self->is_editing = self->is_asking = FALSE;
  crm_task_save (GTK_WIDGET (self), self->store, g_steal_pointer (&changes), label, NULL);
  crm_step_entry_clear (self->entry);
}

static void
on_cancel (CrmNextStepBar *self)
{
  self->is_editing = self->is_asking = FALSE;
  update (self);
  if (self->step != NULL)
    gtk_widget_grab_focus (self->done);
}

static void
on_done (CrmNextStepBar *self)
{
  const char *name = crm_values_get_text (self->step, CRM_TASK_NAME);
  g_autofree char *shown = crm_display_line (name);

  crm_task_finish (GTK_WIDGET (self), self->store, crm_values_get_id (self->step), shown);
  g_clear_pointer (&self->step, crm_values_unref);
  self->is_asking = TRUE;
  self->is_editing = FALSE;
  crm_step_entry_set (self->entry, NULL, NULL, NULL);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
on_snooze (CrmNextStepBar *self,
           const char     *date)
{
  g_autofree char *name = crm_display_line (crm_values_get_text (self->step, CRM_TASK_NAME));

  crm_task_snooze (GTK_WIDGET (self), self->store, crm_values_get_id (self->step), name, date);
}

/* Building */

static GtkWidget *
create_done (CrmNextStepBar *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "emblem-ok-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _("_Done"));
  adw_button_content_set_use_underline (ADW_BUTTON_CONTENT (content), TRUE);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_done), self);
  return button;
}

static GtkWidget *
create_edit (CrmNextStepBar *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  crm_display_name_control (button, _("Edit the next step"));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (crm_next_step_bar_edit), self);
  return button;
}

static GtkWidget *
create_label (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
create_step (CrmNextStepBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *snooze = crm_snooze_button_new ();

  self->icon = gtk_image_new ();
  gtk_widget_add_css_class (self->icon, "mark");
  self->title = create_label ("heading");
  self->when = create_label ("when");
  self->done = create_done (self);
  gtk_widget_set_margin_end (self->icon, 6);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (text, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (text), self->title);
  gtk_box_append (GTK_BOX (text), self->when);
  g_signal_connect_swapped (snooze, "snooze", G_CALLBACK (on_snooze), self);
  gtk_box_append (GTK_BOX (box), self->icon);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), self->done);
  gtk_box_append (GTK_BOX (box), snooze);
  gtk_box_append (GTK_BOX (box), create_edit (self));
  return box;
}

static void
crm_next_step_bar_dispose (GObject *object)
{
  CrmNextStepBar *self = CRM_NEXT_STEP_BAR (object);

  cancel_reading (self);
  g_clear_pointer (&self->step, crm_values_unref);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_next_step_bar_parent_class)->dispose (object);
}

static void
crm_next_step_bar_class_init (CrmNextStepBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_next_step_bar_dispose;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
crm_next_step_bar_init (CrmNextStepBar *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "next-step");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Next step"), -1);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

GtkWidget *
crm_next_step_bar_new (CrmStore *store)
{
  CrmNextStepBar *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_NEXT_STEP_BAR, NULL);
  self->store = g_object_ref (store);
  self->entry = CRM_STEP_ENTRY (crm_step_entry_new (store, _("Set the next step"), "next-step"));
  gtk_stack_add_named (self->stack, create_step (self), "step");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->entry), "entry");
  g_signal_connect_swapped (self->entry, "save", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (self->entry, "cancel", G_CALLBACK (on_cancel), self);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
crm_next_step_bar_open (CrmNextStepBar *self,
                        gint64          client)
{
  g_return_if_fail (CRM_IS_NEXT_STEP_BAR (self));

  cancel_reading (self);
  g_clear_pointer (&self->step, crm_values_unref);
  self->client = client;
  self->is_editing = self->is_asking = FALSE;
  crm_step_entry_open (self->entry, &crm_client, client);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (client != 0)
    reload (self);
}

void
crm_next_step_bar_put_drafts_back (CrmNextStepBar *self,
                                   GHashTable     *drafts)
{
  g_return_if_fail (CRM_IS_NEXT_STEP_BAR (self));

  if (!crm_step_entry_put_drafts_back (self->entry, drafts) || self->step == NULL)
    return;
  self->is_editing = TRUE;
  update (self);
}

void
crm_next_step_bar_flush (CrmNextStepBar *self)
{
  g_return_if_fail (CRM_IS_NEXT_STEP_BAR (self));

  crm_step_entry_flush (self->entry);
}

void
crm_next_step_bar_edit (CrmNextStepBar *self)
{
  g_return_if_fail (CRM_IS_NEXT_STEP_BAR (self));

  if (self->step != NULL && !self->is_editing && !self->is_asking)
    {
      self->is_editing = TRUE;
      crm_step_entry_set (self->entry, crm_values_get_text (self->step, CRM_TASK_NAME), crm_values_get_text (self->step, CRM_TASK_DUE),
                          crm_values_get_text (self->step, CRM_TASK_TIME));
      update (self);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}
