/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-log-dialog.h"

#include "crm-display.h"
#include "crm-erase.h"
#include "crm-interaction.h"
#include "crm-log-draft.h"
#include "crm-log-form.h"
#include "crm-log.h"
#include "crm-person.h"
#include "crm-timeline-resources.h"

#include <glib/gi18n-lib.h>

#define DRAFT_DELAY 400

struct _CrmLogDialog {
  AdwWindow         parent_instance;

  CrmStore         *store;
  CrmLogForm       *form;
  gint64            interaction;  /* that is changed; 0: a new one */
  gint64            person;       /* to begin with */
  gint64            begun_client; /* to begin with */
  gboolean          is_saving;
  gboolean          is_done;
  guint             draft_source;
  GCancellable     *cancellable;  /* while people are read */

  /* Template */
  GtkRevealer      *restored;
  AdwClamp         *clamp;
};

G_DEFINE_FINAL_TYPE (CrmLogDialog, crm_log_dialog, ADW_TYPE_WINDOW)

static guint saved_signal;

/* The draft */

static gboolean
save_draft (gpointer data)
{
  CrmLogDialog *self = data;
  g_autoptr (CrmLogDraft) draft = crm_log_form_collect (self->form);
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
  if (!self->is_done && self->draft_source == 0)
    self->draft_source = g_timeout_add (DRAFT_DELAY, save_draft, self);
}

/* Reading */

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
    crm_log_form_show_problem (self->form, error->message);
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
    crm_log_form_show_context (self->form, context);
}

static void
read_people (CrmLogDialog *self)
{
  g_autoptr (CrmLogDraft) draft = crm_log_form_collect (self->form);
  CrmLogContext *asked = crm_log_context_new (0, draft->client, 0);

  g_array_append_vals (asked->present, draft->people->data, draft->people->len);
  read_context (self, asked, on_people_read);
}

/* Who is erased */

static void
forget_people (GArray *present,
               GArray *people)
{
  for (guint i = present->len; i > 0; i--)
    for (guint e = 0; e < people->len; e++)
      if (g_array_index (people, gint64, e) == g_array_index (present, gint64, i - 1))
        {
          g_array_remove_index (present, i - 1);
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
  g_autoptr (CrmLogDraft) draft = NULL;

  if (erased == NULL || erased->len == 0 || self->store == NULL || self->is_done || self->is_saving)
    return;
  draft = crm_log_form_collect (self->form);
  forget_people (draft->people, erased);
  if (draft->people->len > 0)
    {
      crm_log_form_fill (self->form, draft);
      read_people (self);
      g_clear_handle_id (&self->draft_source, g_source_remove);
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
  g_autoptr (CrmLogDraft) draft = crm_log_form_collect (self->form);
  gboolean is_touched = FALSE;

  for (guint i = 0; i < draft->people->len; i++)
    is_touched |= crm_change_set_touches (changes, &crm_person, g_array_index (draft->people, gint64, i));
  if (is_touched)
    crm_store_read_async (self->store, find_erased, g_array_copy (draft->people), (GDestroyNotify) g_array_unref, (GDestroyNotify) g_array_unref,
                          NULL, on_erased_found, g_object_ref (self));
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
  crm_log_form_fill (self->form, draft);
  gtk_revealer_set_reveal_child (self->restored, TRUE);
  read_people (self);
  crm_log_form_focus_text (self->form);
}

static void
on_begun (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (CrmLogDialog) self = data;
  g_autoptr (CrmLogContext) context = finish_context (self, source, result);
  g_autoptr (CrmLogDraft) draft = NULL;

  if (context == NULL)
    return;
  draft = crm_log_draft_new_begun (context);
  crm_log_form_fill (self->form, draft);
  crm_log_form_show_context (self->form, context);
  if (self->interaction != 0)
    crm_log_form_focus_text (self->form);
  else
    crm_log_form_focus_first (self->form);
  if (!gtk_revealer_get_reveal_child (self->restored) && !self->is_done)
    crm_store_load_drafts_async (self->store, &crm_interaction, self->interaction, on_drafts_loaded, g_object_ref (self));
}

static void
begin (CrmLogDialog *self)
{
  read_context (self, crm_log_context_new (self->interaction, self->begun_client, self->person), on_begun);
}

/* Saving */

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
        crm_log_form_show_problem (self->form, error->message);
      return;
    }
  self->is_done = TRUE;
  if (self->store == NULL)
    return;
  forget_draft (self);
  g_signal_emit (self, saved_signal, 0);
  gtk_window_close (GTK_WINDOW (self));
}

/* (transfer full): of a step that can be undone. */
static char *
create_label (CrmLogDialog *self)
{
  g_autoptr (CrmLogDraft) draft = crm_log_form_collect (self->form);
  g_autofree char *with = crm_display_line (draft->client_text);

  if (with[0] == '\0')
    return g_strdup (_("Log a conversation"));
  /* Translators: a step that can be undone; %s is a client */
  return g_strdup_printf (self->interaction == 0 ? _("Log a conversation with %s") : _("Edit a conversation with %s"), with);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CrmLogDialog *self = CRM_LOG_DIALOG (widget);
  g_autofree char *label = NULL;
  CrmLog *log;

  if (self->is_saving || self->is_done)
    return;
  log = crm_log_form_create_log (self->form, self->interaction);
  if (log == NULL)
    return;
  label = create_label (self);
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

static gboolean
on_key_pressed (CrmLogDialog    *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  gboolean is_enter = key == GDK_KEY_Return || key == GDK_KEY_KP_Enter || key == GDK_KEY_ISO_Enter;

  /* Before the text takes it for a line break */
  if (modifiers & GDK_CONTROL_MASK && is_enter)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "log.save", NULL);
      return GDK_EVENT_STOP;
    }
  if (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return GDK_EVENT_PROPAGATE;
  return crm_log_form_take_key (self->form, key);
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
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_log_dialog_parent_class)->dispose (object);
}

static void
crm_log_dialog_class_init (CrmLogDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_log_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = crm_log_dialog_close_request;
  saved_signal = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_resources_register (crm_ui_timeline_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-log-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, restored);
  gtk_widget_class_bind_template_child (widget_class, CrmLogDialog, clamp);
  gtk_widget_class_install_action (widget_class, "log.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "log.discard", NULL, discard_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
crm_log_dialog_init (CrmLogDialog *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* Building */

static CrmLogDialog *
create (CrmStore  *store,
        GtkWindow *parent)
{
  CrmLogDialog *self = g_object_new (CRM_TYPE_LOG_DIALOG, "transient-for", parent, NULL);

  self->store = g_object_ref (store);
  self->form = CRM_LOG_FORM (crm_log_form_new (store));
  adw_clamp_set_child (self->clamp, GTK_WIDGET (self->form));
  g_signal_connect_swapped (self->form, "edited", G_CALLBACK (on_edited), self);
  g_signal_connect_swapped (self->form, "client-chosen", G_CALLBACK (read_people), self);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
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
