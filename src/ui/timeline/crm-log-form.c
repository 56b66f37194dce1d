/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-log-form.h"

#include "crm-attempts-label.h"
#include "crm-completion.h"
#include "crm-due.h"
#include "crm-error.h"
#include "crm-hinted-text.h"
#include "crm-interaction.h"
#include "crm-log-choices.h"
#include "crm-log-people.h"
#include "crm-log-tries.h"
#include "crm-timeline-resources.h"
#include "crm-when.h"

#include <glib/gi18n-lib.h>

/* Whoever types these letters means the channel; in the order of the choices. */
static const char * const channel_labels[] = {
  N_("_Phone"), N_("_E-mail"), N_("_Visit"), N_("C_hat"), N_("_Letter"), N_("_Fax"), N_("_Other"), NULL,
};

struct _CrmLogForm {
  AdwBin            parent_instance;

  CrmStore         *store;
  gint64            client;     /* 0: none */
  gboolean          is_filling;
  CrmCompletion    *completion;
  CrmAttemptsLabel *attempts;
  CrmLogChoices    *channel;
  CrmLogChoices    *outcome;

  /* Template */
  GtkLabel         *problem;
  AdwEntryRow      *client_row;
  AdwBin           *attempts_bin;
  CrmLogPeople     *people;
  GtkBox           *channels;
  GtkBox           *outcomes;
  GtkTextView      *text;
  AdwEntryRow      *next_row;
  AdwEntryRow      *due_row;
  CrmLogTries      *tries;
  AdwEntryRow      *when_row;
  AdwEntryRow      *length_row;
  AdwComboRow      *direction_row;
};

G_DEFINE_FINAL_TYPE (CrmLogForm, crm_log_form, ADW_TYPE_BIN)

enum {
  EDITED,
  CLIENT_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

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
get_direction (CrmLogForm *self)
{
  return crm_interaction.fields[CRM_INTERACTION_DIRECTION].choices[adw_combo_row_get_selected (self->direction_row)].name;
}

static char *
dup_text (CrmLogForm *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
on_edited (CrmLogForm *self)
{
  if (self->is_filling)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  g_signal_emit (self, signals[EDITED], 0);
}

/* Filling in */

static void
update_outcome (CrmLogForm *self)
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
show_problem (CrmLogForm *self,
              const char *text,
              gpointer    row)
{
  gtk_label_set_text (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
  if (row != NULL)
    gtk_widget_grab_focus (row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row != NULL ? row : (gpointer) self->problem), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

/* The client */

static void
on_client_edited (CrmLogForm *self)
{
  if (self->is_filling)
    return;
  self->client = 0;
  crm_attempts_label_open (self->attempts, 0);
  crm_completion_update (self->completion);
  on_edited (self);
}

static void
on_client_chosen (CrmLogForm *self,
                  gint64      id,
                  const char *name)
{
  g_autoptr (GArray) nobody = g_array_new (FALSE, FALSE, sizeof (gint64));

  self->is_filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->client_row), name);
  self->is_filling = FALSE;
  self->client = id;
  crm_log_people_set_present (self->people, nobody);
  g_signal_emit (self, signals[CLIENT_CHOSEN], 0);
  on_edited (self);
  crm_log_choices_focus (self->channel);
}

/* Trying again */

static void
on_again (CrmLogForm *self,
          const char *due)
{
  gtk_editable_set_text (GTK_EDITABLE (self->due_row), due);
  if (get_row (self->next_row)[0] == '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->next_row), _("Call again"));
}

static void
on_outcome_changed (CrmLogForm *self)
{
  update_outcome (self);
  on_edited (self);
}

/* What is to be saved */

static gboolean
take_client (CrmLogForm  *self,
             CrmValues   *values,
             GError     **error)
{
  if (self->client != 0)
    crm_values_set_reference (values, CRM_INTERACTION_CLIENT, self->client, NULL);
  else if (get_row (self->client_row)[0] != '\0')
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("Choose the client from the list that opens as you type."));
      return FALSE;
    }
  else if (crm_log_people_get_present (self->people)->len == 0)
    {
      g_set_error_literal (error, CRM_ERROR, CRM_ERROR_INVALID, _("Choose the client the conversation was with."));
      return FALSE;
    }
  else
    crm_values_set_null (values, CRM_INTERACTION_CLIENT);
  return TRUE;
}

static gboolean
take_when (CrmLogForm  *self,
           CrmValues   *values,
           GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  gint64 when;

  if (!crm_when_parse (get_row (self->when_row), now, &when, error))
    return FALSE;
  crm_values_set_integer (values, CRM_INTERACTION_AT, when);
  return TRUE;
}

static gboolean
take_next (CrmLogForm  *self,
           CrmLog      *log,
           GError     **error)
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

/* The class */

static void
crm_log_form_dispose (GObject *object)
{
  CrmLogForm *self = CRM_LOG_FORM (object);

  if (self->completion != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->completion)));
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_log_form_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, problem);
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, client_row);
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, attempts_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, people);
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, channels);
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, outcomes);
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, text);
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, next_row);
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, due_row);
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, tries);
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, when_row);
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, length_row);
  gtk_widget_class_bind_template_child (widget_class, CrmLogForm, direction_row);
}

static void
crm_log_form_class_init (CrmLogFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_log_form_dispose;
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLIENT_CHOSEN] = g_signal_new ("client-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CRM_TYPE_HINTED_TEXT);
  g_type_ensure (CRM_TYPE_LOG_PEOPLE);
  g_type_ensure (CRM_TYPE_LOG_TRIES);
  g_resources_register (crm_ui_timeline_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-log-form.ui");
  bind_template (widget_class);
}

static void
crm_log_form_init (CrmLogForm *self)
{
  self->is_filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Building */

static void
build_choices (CrmLogForm *self)
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
build_rows (CrmLogForm *self)
{
  AdwEntryRow *rows[] = { self->next_row, self->due_row, self->when_row, self->length_row };

  self->completion = CRM_COMPLETION (crm_completion_new (self->store, &crm_client, GTK_WIDGET (self->client_row), GTK_EDITABLE (self->client_row)));
  g_signal_connect_swapped (self->completion, "chosen", G_CALLBACK (on_client_chosen), self);
  g_signal_connect_swapped (self->client_row, "changed", G_CALLBACK (on_client_edited), self);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_signal_connect_swapped (rows[i], "changed", G_CALLBACK (on_edited), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->text), "changed", G_CALLBACK (on_edited), self);
  g_signal_connect_swapped (self->people, "changed", G_CALLBACK (on_edited), self);
  g_signal_connect_swapped (self->tries, "chosen", G_CALLBACK (on_again), self);
  self->attempts = CRM_ATTEMPTS_LABEL (crm_attempts_label_new (self->store, &crm_client));
  adw_bin_set_child (self->attempts_bin, GTK_WIDGET (self->attempts));
}

GtkWidget *
crm_log_form_new (CrmStore *store)
{
  CrmLogForm *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_LOG_FORM, NULL);
  self->store = g_object_ref (store);
  build_choices (self);
  build_rows (self);
  return GTK_WIDGET (self);
}

void
crm_log_form_fill (CrmLogForm        *self,
                   const CrmLogDraft *draft)
{
  g_return_if_fail (CRM_IS_LOG_FORM (self));
  g_return_if_fail (draft != NULL);

  self->is_filling = TRUE;
  self->client = draft->client;
  crm_log_people_set_present (self->people, draft->people);
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

CrmLogDraft *
crm_log_form_collect (CrmLogForm *self)
{
  CrmLogDraft *draft;
  GArray *present;

  g_return_val_if_fail (CRM_IS_LOG_FORM (self), NULL);

  draft = crm_log_draft_new ();
  present = crm_log_people_get_present (self->people);
  draft->client = self->client;
  g_array_append_vals (draft->people, present->data, present->len);
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

void
crm_log_form_show_context (CrmLogForm          *self,
                           const CrmLogContext *context)
{
  g_return_if_fail (CRM_IS_LOG_FORM (self));
  g_return_if_fail (context != NULL);

  crm_log_people_show (self->people, context->people);
  crm_attempts_label_open (self->attempts, context->interaction == 0 ? context->client : 0);
}

void
crm_log_form_show_problem (CrmLogForm *self,
                           const char *problem)
{
  g_return_if_fail (CRM_IS_LOG_FORM (self));
  g_return_if_fail (problem != NULL);

  show_problem (self, problem, NULL);
}

CrmLog *
crm_log_form_create_log (CrmLogForm *self,
                         gint64      interaction)
{
  g_autoptr (CrmLog) log = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gpointer row;
  CrmValues *values;

  g_return_val_if_fail (CRM_IS_LOG_FORM (self), NULL);

  log = crm_log_new (crm_values_new (&crm_interaction, interaction));
  values = log->interaction;
  text = dup_text (self);
  row = self->client_row;
  crm_values_set_text (values, CRM_INTERACTION_CHANNEL, crm_log_choices_get (self->channel));
  crm_values_set_text (values, CRM_INTERACTION_DIRECTION, get_direction (self));
  crm_values_set_text (values, CRM_INTERACTION_OUTCOME,
                       gtk_widget_get_visible (GTK_WIDGET (self->outcomes)) ? crm_log_choices_get (self->outcome) : NULL);
  crm_values_set_text (values, CRM_INTERACTION_TEXT, g_strchomp (text));
  log->people = g_array_copy (crm_log_people_get_present (self->people));
  if (take_client (self, values, &error) && (row = self->when_row, take_when (self, values, &error)) &&
      (row = self->length_row, crm_values_parse (values, CRM_INTERACTION_LENGTH, get_row (self->length_row), &error)) &&
      (row = self->due_row, take_next (self, log, &error)))
    return g_steal_pointer (&log);
  show_problem (self, error->message, row);
  return NULL;
}

void
crm_log_form_focus_first (CrmLogForm *self)
{
  g_return_if_fail (CRM_IS_LOG_FORM (self));

  if (self->client == 0 && crm_log_people_get_present (self->people)->len == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->client_row));
  else
    crm_log_choices_focus (self->channel);
}

void
crm_log_form_focus_text (CrmLogForm *self)
{
  g_return_if_fail (CRM_IS_LOG_FORM (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

gboolean
crm_log_form_take_key (CrmLogForm *self,
                       guint       key)
{
  GtkWidget *focus;
  gunichar letter = gdk_keyval_to_unicode (key);
  gboolean is_enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter;

  g_return_val_if_fail (CRM_IS_LOG_FORM (self), FALSE);

  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  if (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))
    return FALSE;
  if (crm_log_choices_take_key (self->channel, letter))
    crm_log_choices_focus (self->channel);
  else if ((gtk_widget_get_visible (GTK_WIDGET (self->outcomes)) && crm_log_choices_take_key (self->outcome, letter)) ||
           (is_enter && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->channel))))
    crm_log_form_focus_text (self);
  else
    return FALSE;
  return TRUE;
}
