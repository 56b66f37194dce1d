/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-log-dialog.h"

#include "crm-attempts-label.h"
#include "crm-completion.h"
#include "crm-display.h"
#include "crm-due.h"
#include "crm-erase.h"
#include "crm-error.h"
#include "crm-interaction.h"
#include "crm-log-choices.h"
#include "crm-log-draft.h"
#include "crm-log.h"
#include "crm-people.h"
#include "crm-person.h"
#include "crm-timeline-resources.h"
#include "crm-when.h"
#include "crm-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define DRAFT_DELAY 400
#define GAP 6

/* Whoever types these letters means the channel; in the order of the choices. */
static const char * const channel_labels[] = {
  N_("_Phone"), N_("_E-mail"), N_("_Visit"), N_("C_hat"), N_("_Letter"), N_("_Fax"), N_("_Other"), NULL,
};

/* When to try again; crm_due_parse() has to read the translations, too. */
static const char * const again[] = { N_("in 1 hour"), N_("tomorrow 9:00"), NULL };

struct _CrmLogDialog {
  AdwWindow         parent_instance;

  CrmStore         *store;
  gint64            interaction;  /* that is changed; 0: a new one */
  gint64            client;       /* 0: none */
  gint64            person;       /* to begin with */
  gint64            begun_client; /* to begin with */
  GArray           *present;      /* ids of those chosen */
  gboolean          is_filling;
  gboolean          is_saving;
  gboolean          is_done;
  guint             draft_source;
  GCancellable     *cancellable;  /* while people are read */
  CrmCompletion    *completion;
  CrmAttemptsLabel *attempts;
  CrmLogChoices    *channel;
  CrmLogChoices    *outcome;

  /* Template */
  GtkRevealer      *restored;
  GtkLabel         *problem;
  AdwEntryRow      *client_row;
  AdwBin           *attempts_bin;
  GtkBox           *people;
  GtkBox           *channels;
  GtkBox           *outcomes;
  GtkTextView      *text;
  AdwEntryRow      *next_row;
  AdwEntryRow      *due_row;
  GtkBox           *tries;
  AdwEntryRow      *when_row;
  AdwEntryRow      *length_row;
  AdwComboRow      *direction_row;
};

G_DEFINE_FINAL_TYPE (CrmLogDialog, crm_log_dialog, ADW_TYPE_WINDOW)

static guint saved_signal;

/* What stands there */

static const char *
get_row (AdwEntryRow *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
take_text (char       **into,
           const char  *text)
{
  g_free (*into);
  *into = g_strdup (text != NULL ? text : "");
}

static const char *
get_direction (CrmLogDialog *self)
{
  return crm_interaction.fields[CRM_INTERACTION_DIRECTION].choices[adw_combo_row_get_selected (self->direction_row)].name;
}

static char *
dup_text (CrmLogDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static CrmLogDraft *
collect (CrmLogDialog *self)
{
  CrmLogDraft *draft = crm_log_draft_new ();

  draft->client = self->client;
  g_array_append_vals (draft->people, self->present->data, self->present->len);
  take_text (&draft->client_text, get_row (self->client_row));
  take_text (&draft->channel, crm_log_choices_get (self->channel));
  take_text (&draft->direction, get_direction (self));
  take_text (&draft->outcome, crm_log_choices_get (self->outcome));
  g_free (draft->text);
  draft->text = dup_text (self);
  take_text (&draft->when, get_row (self->when_row));
  take_text (&draft->length, get_row (self->length_row));
  take_text (&draft->next, get_row (self->next_row));
  take_text (&draft->due, get_row (self->due_row));
  return draft;
}

/* The draft */

static gboolean
save_draft (gpointer data)
{
  CrmLogDialog *self = data;
  g_autoptr (CrmLogDraft) draft = collect (self);
  g_autofree char *text = crm_log_draft_is_worth_keeping (draft) ? crm_log_draft_to_text (draft) : NULL;

  self->draft_source = 0;
  crm_store_set_draft (self->store, &crm_interaction, self->interaction, CRM_LOG_DRAFT, text);
  return G_SOURCE_REMOVE;
}

static void
forget_draft (CrmLogDialog *self)
{
  g_clear_handle_id (&self->draft_source, g_source_remove);
  crm_store_set_draft (self->store, &crm_interaction, self->interaction, CRM_LOG_DRAFT, NULL);
}

/* Not put off by what is typed meanwhile: it is on disk soon whoever types without a pause. */
static void
on_edited (CrmLogDialog *self)
{
  if (self->is_filling || self->is_done)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  if (self->draft_source == 0)
    self->draft_source = g_timeout_add (DRAFT_DELAY, save_draft, self);
}

/* Filling in */

static void
update_outcome (CrmLogDialog *self)
{
  const char *channel = crm_log_choices_get (self->channel);
  const char *outcome = crm_log_choices_get (self->outcome);
  gboolean is_answered = g_str_equal (channel, "call") || g_str_equal (channel, "visit") || g_str_equal (channel, "chat");

  gtk_widget_set_visible (GTK_WIDGET (self->outcomes), is_answered);
  gtk_widget_set_visible (GTK_WIDGET (self->tries), is_answered && crm_attempts_is_failure (outcome));
}

static void
set_choice (AdwComboRow     *row,
            const CrmChoice *choices,
            const char      *name)
{
  for (guint i = 0; choices[i].name != NULL; i++)
    if (g_strcmp0 (choices[i].name, name) == 0)
      adw_combo_row_set_selected (row, i);
}

static void
fill (CrmLogDialog      *self,
      const CrmLogDraft *draft)
{
  self->is_filling = TRUE;
  self->client = draft->client;
  g_array_set_size (self->present, 0);
  g_array_append_vals (self->present, draft->people->data, draft->people->len);
  gtk_editable_set_text (GTK_EDITABLE (self->client_row), draft->client_text);
  crm_log_choices_set (self->channel, draft->channel);
  crm_log_choices_set (self->outcome, draft->outcome);
  set_choice (self->direction_row, crm_interaction.fields[CRM_INTERACTION_DIRECTION].choices, draft->direction);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), draft->text, -1);
  gtk_editable_set_text (GTK_EDITABLE (self->when_row), draft->when);
  gtk_editable_set_text (GTK_EDITABLE (self->length_row), draft->length);
  gtk_editable_set_text (GTK_EDITABLE (self->next_row), draft->next);
  gtk_editable_set_text (GTK_EDITABLE (self->due_row), draft->due);
  self->is_filling = FALSE;
  update_outcome (self);
}

static void
take_values (CrmLogDraft     *draft,
             const CrmValues *values)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  take_text (&draft->channel, crm_values_get_text (values, CRM_INTERACTION_CHANNEL));
  take_text (&draft->direction, crm_values_get_text (values, CRM_INTERACTION_DIRECTION));
  take_text (&draft->outcome, crm_values_get_text (values, CRM_INTERACTION_OUTCOME));
  take_text (&draft->text, crm_values_get_text (values, CRM_INTERACTION_TEXT));
  g_free (draft->when);
  draft->when = crm_when_format (crm_values_get_integer (values, CRM_INTERACTION_AT), now);
  g_free (draft->length);
  draft->length = crm_values_is_null (values, CRM_INTERACTION_LENGTH) ? g_strdup ("") : crm_values_to_plain (values, CRM_INTERACTION_LENGTH);
}

/* What it is before anybody has typed: a call just made, or the interaction as it stands. */
static void
fill_begun (CrmLogDialog        *self,
            const CrmLogContext *context)
{
  g_autoptr (CrmLogDraft) draft = crm_log_draft_new ();

  draft->client = context->client;
  g_array_append_vals (draft->people, context->present->data, context->present->len);
  take_text (&draft->client_text, context->client_name);
  take_text (&draft->channel, "call");
  take_text (&draft->direction, "out");
  take_text (&draft->when, self->interaction == 0 ? _("now") : "");
  if (context->values != NULL)
    take_values (draft, context->values);
  fill (self, draft);
}

/* Who took part */

static void
on_person_toggled (CrmLogDialog    *self,
                   GtkToggleButton *button)
{
  gint64 person = *(gint64 *) g_object_get_data (G_OBJECT (button), "person");

  for (guint i = 0; i < self->present->len; i++)
    if (g_array_index (self->present, gint64, i) == person)
      {
        g_array_remove_index (self->present, i);
        break;
      }
  if (gtk_toggle_button_get_active (button))
    g_array_append_val (self->present, person);
  on_edited (self);
}

static gboolean
is_present (CrmLogDialog *self,
            gint64        person)
{
  for (guint i = 0; i < self->present->len; i++)
    if (g_array_index (self->present, gint64, i) == person)
      return TRUE;
  return FALSE;
}

static void
show_people (CrmLogDialog *self,
             GPtrArray    *people)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->people))) != NULL)
    gtk_box_remove (self->people, child);
  for (guint i = 0; i < people->len; i++)
    {
      const CrmColleague *colleague = people->pdata[i];
      g_autofree char *name = crm_display_line (colleague->name);
      GtkWidget *button;

      if (colleague->has_left && !is_present (self, colleague->person))
        continue;
      button = gtk_toggle_button_new_with_label (name);
      gtk_widget_add_css_class (button, "log-choice");
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), is_present (self, colleague->person));
      g_object_set_data_full (G_OBJECT (button), "person", g_memdup2 (&colleague->person, sizeof colleague->person), g_free);
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_person_toggled), self);
      gtk_box_append (self->people, button);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->people), gtk_widget_get_first_child (GTK_WIDGET (self->people)) != NULL);
}

static void
show_problem (CrmLogDialog *self,
              const char   *text,
              gpointer      row)
{
  gtk_label_set_text (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  if (row != NULL)
    gtk_widget_grab_focus (row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row != NULL ? row : (gpointer) self->problem), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
show_context (CrmLogDialog        *self,
              const CrmLogContext *context)
{
  show_people (self, context->people);
  crm_attempts_label_open (self->attempts, self->interaction == 0 ? context->client : 0);
}

static void
cancel (CrmLogDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static CrmLogContext *
finish_context (CrmLogDialog *self,
                GObject      *source,
                GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  CrmLogContext *context = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    {
      g_clear_pointer (&context, crm_log_context_free);
      return NULL;
    }
  g_clear_object (&self->cancellable);
  if (context == NULL)
    show_problem (self, error->message, NULL);
  return context;
}

static void
read_context (CrmLogDialog        *self,
              CrmLogContext       *asked,
              GAsyncReadyCallback  callback)
{
  cancel (self);
  self->cancellable = g_cancellable_new ();
  crm_store_read_async (self->store, crm_log_context_read, asked, (GDestroyNotify) crm_log_context_free,
                        (GDestroyNotify) crm_log_context_free, self->cancellable, callback, g_object_ref (self));
}

/* Another client was chosen, or a draft put back. */
static void
on_people_read (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (CrmLogDialog) self = data;
  g_autoptr (CrmLogContext) context = finish_context (self, source, result);

  if (context != NULL)
    show_context (self, context);
}

static void
read_people (CrmLogDialog *self)
{
  CrmLogContext *asked = crm_log_context_new (0, self->client, 0);

  g_array_append_vals (asked->present, self->present->data, self->present->len);
  read_context (self, asked, on_people_read);
}

static void
forget_people (CrmLogDialog *self,
               GArray       *people)
{
  for (guint i = self->present->len; i > 0; i--)
    for (guint e = 0; e < people->len; e++)
      if (g_array_index (people, gint64, e) == g_array_index (self->present, gint64, i - 1))
        {
          g_array_remove_index (self->present, i - 1);
          break;
        }
}

/* What is being written of somebody who is erased goes as what was written before: of nobody else, all of it. */
static void
on_erased_found (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (CrmLogDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) erased = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (erased == NULL || erased->len == 0 || self->store == NULL || self->is_done || self->is_saving)
    return;
  forget_people (self, erased);
  if (self->present->len > 0)
    {
      read_people (self);
      save_draft (self);
      return;
    }
  self->is_done = TRUE;
  forget_draft (self);
  gtk_window_close (GTK_WINDOW (self));
}

static gpointer
find_erased (CrmDb         *db,
             gpointer       people,
             GCancellable  *cancellable,
             GError       **error)
{
  return crm_erase_find_erased (db, people, error);
}

static void
on_store_changed (CrmLogDialog *self,
                  CrmChangeSet *changes)
{
  gboolean is_touched = FALSE;

  for (guint i = 0; i < self->present->len; i++)
    is_touched |= crm_change_set_touches (changes, &crm_person, g_array_index (self->present, gint64, i));
  if (is_touched)
    crm_store_read_async (self->store, find_erased, g_array_copy (self->present), (GDestroyNotify) g_array_unref, (GDestroyNotify) g_array_unref,
                          NULL, on_erased_found, g_object_ref (self));
}

static void
focus_first (CrmLogDialog *self)
{
  if (self->interaction != 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->text));
  else if (self->client == 0 && self->present->len == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->client_row));
  else
    crm_log_choices_focus (self->channel);
}

static void
on_drafts_loaded (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (CrmLogDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) drafts = crm_store_load_drafts_finish (CRM_STORE (source), result, &error);
  const char *text = drafts == NULL ? NULL : g_hash_table_lookup (drafts, CRM_LOG_DRAFT);
  g_autoptr (CrmLogDraft) draft = text == NULL ? NULL : crm_log_draft_from_text (text);

  if (self->store == NULL || draft == NULL)
    return;
  fill (self, draft);
  gtk_revealer_set_reveal_child (self->restored, TRUE);
  read_people (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
on_begun (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (CrmLogDialog) self = data;
  g_autoptr (CrmLogContext) context = finish_context (self, source, result);

  if (context == NULL)
    return;
  fill_begun (self, context);
  show_context (self, context);
  focus_first (self);
  if (!gtk_revealer_get_reveal_child (self->restored) && !self->is_done)
    crm_store_load_drafts_async (self->store, &crm_interaction, self->interaction, on_drafts_loaded, g_object_ref (self));
}

static void
begin (CrmLogDialog *self)
{
  read_context (self, crm_log_context_new (self->interaction, self->begun_client, self->person), on_begun);
}

/* The client */

static void
on_client_edited (CrmLogDialog *self)
{
  if (self->is_filling)
    return;
  self->client = 0;
  crm_attempts_label_open (self->attempts, 0);
  crm_completion_update (self->completion);
  on_edited (self);
}

static void
on_client_chosen (CrmLogDialog *self,
                  gint64        id,
                  const char   *name)
{
  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->client_row), name);
  self->is_filling = FALSE;
  self->client = id;
  g_array_set_size (self->present, 0);
  read_people (self);
  on_edited (self);
  crm_log_choices_focus (self->channel);
}

/* Trying again */

static void
on_again (CrmLogDialog *self,
          GtkButton    *button)
{
  gtk_editable_set_text (GTK_EDITABLE (self->due_row), gtk_button_get_label (button));
  if (get_row (self->next_row)[0] == '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->next_row), _("Call again"));
}

static void
on_outcome_changed (CrmLogDialog *self)
{
  update_outcome (self);
  on_edited (self);
}

/* Saving */

static gboolean
take_client (CrmLogDialog *self,
             CrmValues    *values,
             GError      **error)
{
  if (self->client != 0)
    crm_values_set_reference (values, CRM_INTERACTION_CLIENT, self->client, NULL);
  else if (get_row (self->client_row)[0] != '\0')
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("Choose the client from the list that opens as you type."));
      return FALSE;
    }
  else if (self->present->len == 0)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("Choose the client the conversation was with."));
      return FALSE;
    }
  else
    crm_values_set_null (values, CRM_INTERACTION_CLIENT);
  return TRUE;
}

static gboolean
take_when (CrmLogDialog  *self,
           CrmValues     *values,
           GError       **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gint64 when;

  if (!crm_when_parse (get_row (self->when_row), now, &when, error))
    return FALSE;
  crm_values_set_integer (values, CRM_INTERACTION_AT, when);
  return TRUE;
}

static gboolean
take_next (CrmLogDialog  *self,
           CrmLog        *log,
           GError       **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_strstrip (g_strdup (get_row (self->next_row)));
  const char *due = get_row (self->due_row);

  if (name[0] == '\0' && due[0] == '\0')
    return TRUE;
  if (due[0] != '\0' && !crm_due_parse (due, now, &log->next_due, error))
    return FALSE;
  log->next_name = name[0] != '\0' ? g_steal_pointer (&name) : g_strdup (_("Call again"));
  return TRUE;
}

/* (transfer full): NULL: something was refused, and it is said where. */
static CrmLog *
create_log (CrmLogDialog *self)
{
  g_autoptr (CrmLog) log = crm_log_new (crm_values_new (&crm_interaction, self->interaction));
  CrmValues *values = log->interaction;
  g_autofree char *text = dup_text (self);
  g_autoptr (GError) error = NULL;
  gpointer row = self->client_row;

  crm_values_set_text (values, CRM_INTERACTION_CHANNEL, crm_log_choices_get (self->channel));
  crm_values_set_text (values, CRM_INTERACTION_DIRECTION, get_direction (self));
  crm_values_set_text (values, CRM_INTERACTION_OUTCOME,
                       gtk_widget_get_visible (GTK_WIDGET (self->outcomes)) ? crm_log_choices_get (self->outcome) : NULL);
  crm_values_set_text (values, CRM_INTERACTION_TEXT, g_strchomp (text));
  log->people = g_array_copy (self->present);
  if (take_client (self, values, &error) && (row = self->when_row, take_when (self, values, &error)) &&
      (row = self->length_row, crm_values_parse (values, CRM_INTERACTION_LENGTH, get_row (self->length_row), &error)) &&
      (row = self->due_row, take_next (self, log, &error)))
    return g_steal_pointer (&log);
  show_problem (self, error->message, row);
  return NULL;
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (CrmLogDialog) self = data;
  g_autoptr (GError) error = NULL;

  self->is_saving = FALSE;
  if (!crm_store_step_finish (CRM_STORE (source), result, &error))
    {
      if (self->store != NULL)
        show_problem (self, error->message, NULL);
      return;
    }
  self->is_done = TRUE;
  if (self->store == NULL)
    return;
  forget_draft (self);
  g_signal_emit (self, saved_signal, 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CrmLogDialog *self = CRM_LOG_DIALOG (widget);
  g_autofree char *with = crm_display_line (get_row (self->client_row));
  g_autofree char *label = NULL;
  CrmLog *log;

  if (self->is_saving || self->is_done)
    return;
  log = create_log (self);
  if (log == NULL)
    return;
  if (with[0] == '\0')
    label = g_strdup (_("Log a conversation"));
  else
    /* Translators: a step that can be undone; %s is a client */
    label = g_strdup_printf (self->interaction == 0 ? _("Log a conversation with %s") : _("Edit a conversation with %s"), with);
  self->is_saving = TRUE;
  crm_store_step_async (self->store, label, crm_log_write, log, (GDestroyNotify) crm_log_free, NULL, on_saved, g_object_ref (self));
}

static void
discard_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  CrmLogDialog *self = CRM_LOG_DIALOG (widget);

  forget_draft (self);
  gtk_revealer_set_reveal_child (self->restored, FALSE);
  begin (self);
}

/* Keys */

/* Letters and digits mean something only where nothing is typed. */
static gboolean
on_key_pressed (CrmLogDialog    *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  gunichar letter = gdk_keyval_to_unicode (key);
  gboolean is_enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter;

  /* Before the text takes it for a line break */
  if (modifiers & GDK_CONTROL_MASK && is_enter)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "log.save", NULL);
      return GDK_EVENT_STOP;
    }
  if (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK) || GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
    return GDK_EVENT_PROPAGATE;
  if (crm_log_choices_take_key (self->channel, letter))
    {
      crm_log_choices_focus (self->channel);
      return GDK_EVENT_STOP;
    }
  if (gtk_widget_get_visible (GTK_WIDGET (self->outcomes)) && crm_log_choices_take_key (self->outcome, letter))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->text));
      return GDK_EVENT_STOP;
    }
  if (is_enter && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->channel)))
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->text));
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

/* The class */

/* What was typed for a new one is there again the next time; a change that is given up is gone. */
static gboolean
crm_log_dialog_close_request (GtkWindow *window)
{
  CrmLogDialog *self = CRM_LOG_DIALOG (window);

  if (self->is_saving)
    return TRUE;
  if (!self->is_done && self->interaction != 0)
    forget_draft (self);
  else if (self->draft_source != 0)
    {
      g_clear_handle_id (&self->draft_source, g_source_remove);
      save_draft (self);
    }
  return GTK_WINDOW_CLASS (crm_log_dialog_parent_class)->close_request (window);
}

static void
crm_log_dialog_dispose (GObject *object)
{
  CrmLogDialog *self = CRM_LOG_DIALOG (object);

  g_clear_handle_id (&self->draft_source, g_source_remove);
  cancel (self);
  if (self->completion != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->completion)));
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_log_dialog_parent_class)->dispose (object);
}

static void
crm_log_dialog_finalize (GObject *object)
{
  g_array_unref (CRM_LOG_DIALOG (object)->present);
  G_OBJECT_CLASS (crm_log_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, restored);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, client_row);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, attempts_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, people);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, channels);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, outcomes);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, text);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, next_row);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, due_row);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, tries);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, when_row);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, length_row);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, direction_row);
}

static void
crm_log_dialog_class_init (CrmLogDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_log_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_log_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = crm_log_dialog_close_request;
  saved_signal = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_resources_register (crm_ui_timeline_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-log-dialog.ui");
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "log.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "log.discard", NULL, discard_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
crm_log_dialog_init (CrmLogDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->present = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* Building */

static void
build_choices (CrmLogDialog *self)
{
  const CrmChoice *directions = crm_interaction.fields[CRM_INTERACTION_DIRECTION].choices;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  self->channel = CRM_LOG_CHOICES (crm_log_choices_new (&crm_interaction.fields[CRM_INTERACTION_CHANNEL], channel_labels, _("Channel"), FALSE));
  self->outcome = CRM_LOG_CHOICES (crm_log_choices_new (&crm_interaction.fields[CRM_INTERACTION_OUTCOME], NULL, _("Outcome"), TRUE));
  gtk_widget_set_hexpand (GTK_WIDGET (self->channel), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->outcome), TRUE);
  gtk_box_append (self->channels, GTK_WIDGET (self->channel));
  gtk_box_append (self->outcomes, GTK_WIDGET (self->outcome));
  g_signal_connect_swapped (self->channel, "changed", G_CALLBACK (on_outcome_changed), self);
  g_signal_connect_swapped (self->outcome, "changed", G_CALLBACK (on_outcome_changed), self);
  for (guint i = 0; directions[i].name != NULL; i++)
    gtk_string_list_append (names, _(directions[i].label));
  adw_combo_row_set_model (self->direction_row, G_LIST_MODEL (names));
  g_signal_connect_swapped (self->direction_row, "notify::selected", G_CALLBACK (on_edited), self);
}

static void
build_tries (CrmLogDialog *self)
{
  GtkWidget *label = gtk_label_new (_("Try again:"));

  gtk_widget_set_layout_manager (GTK_WIDGET (self->tries), crm_wrap_layout_new (GAP));
  gtk_widget_add_css_class (label, "dim-label");
  gtk_box_append (self->tries, label);
  for (guint i = 0; again[i] != NULL; i++)
    {
      GtkWidget *button = gtk_button_new_with_label (_(again[i]));

      gtk_widget_add_css_class (button, "log-choice");
      g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_again), self);
      gtk_box_append (self->tries, button);
    }
}

static void
build_rows (CrmLogDialog *self)
{
  AdwEntryRow *rows[] = { self->next_row, self->due_row, self->when_row, self->length_row };

  self->completion = CRM_COMPLETION (crm_completion_new (self->store, &crm_client, GTK_WIDGET (self->client_row), GTK_EDITABLE (self->client_row)));
  g_signal_connect_swapped (self->completion, "chosen", G_CALLBACK (on_client_chosen), self);
  g_signal_connect_swapped (self->client_row, "changed", G_CALLBACK (on_client_edited), self);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_signal_connect_swapped (rows[i], "changed", G_CALLBACK (on_edited), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (on_edited), self);
  gtk_widget_set_layout_manager (GTK_WIDGET (self->people), crm_wrap_layout_new (GAP));
  self->attempts = CRM_ATTEMPTS_LABEL (crm_attempts_label_new (self->store, &crm_client));
  adw_bin_set_child (self->attempts_bin, GTK_WIDGET (self->attempts));
}

static CrmLogDialog *
create (CrmStore  *store,
        GtkWindow *parent)
{
  CrmLogDialog *self = g_object_new (CRM_TYPE_LOG_DIALOG, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  self->is_filling = TRUE;
  build_choices (self);
  build_tries (self);
  build_rows (self);
  return self;
}

GtkWidget *
crm_log_dialog_new (CrmStore  *store,
                    GtkWindow *parent,
                    gint64     client,
                    gint64     person)
{
  CrmLogDialog *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = create (store, parent);
  self->begun_client = client;
  self->person = person;
  begin (self);
  return GTK_WIDGET (self);
}

GtkWidget *
crm_log_dialog_new_edit (CrmStore  *store,
                         GtkWindow *parent,
                         gint64     interaction)
{
  CrmLogDialog *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = create (store, parent);
  self->interaction = interaction;
  gtk_window_set_title (GTK_WINDOW (self), _("Edit a Conversation"));
  begin (self);
  return GTK_WIDGET (self);
}
