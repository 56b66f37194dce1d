/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-window-private.h"

#include <glib/gi18n-lib.h>

#include "crm-display.h"
#include "crm-progress.h"
#include "crm-steps-window.h"

static void
update_undo_button (CrmWindow  *self,
                    GtkWidget  *button,
                    const char *action,
                    gboolean    enabled,
                    const char *words)
{
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), action)), enabled);
  crm_display_name_control (button, words);
}

static void
update_undo (CrmWindow *self)
{
  const char *done = crm_store_get_undo_label (self->store);
  const char *undone = crm_store_get_redo_label (self->store);
  /* Translators: %s is what was done: "Edit Ağaoğlu Gıda" */
  g_autofree char *undo_words = done == NULL ? g_strdup (_("Undo")) : g_strdup_printf (_("Undo: %s"), done);
  /* Translators: %s is what was done: "Edit Ağaoğlu Gıda" */
  g_autofree char *redo_words = undone == NULL ? g_strdup (_("Redo")) : g_strdup_printf (_("Redo: %s"), undone);

  update_undo_button (self, self->undo_button, "undo", done != NULL, undo_words);
  update_undo_button (self, self->redo_button, "redo", undone != NULL, redo_words);
}

typedef struct
{
  CrmWindow   *window;
  CrmProgress *progress;
  gboolean     redo;
} TakingBack;

static void
on_taken_back (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree TakingBack *taking = user_data;
  g_autoptr (CrmWindow) self = taking->window;
  g_autoptr (GError) error = NULL;
  g_autofree char *step = crm_store_undo_finish (CRM_STORE (source), result, &error);
  g_autofree char *text = NULL;

  crm_progress_free (taking->progress);
  if (self->store == NULL)
    return;
  if (step == NULL)
    {
      crm_window_toast_error (self, error);
      return;
    }

  /* Translators: %s is what was done: "Edit Ağaoğlu Gıda" */
  text = taking->redo ? g_strdup_printf (_("Done again: %s"), step) : g_strdup_printf (_("Taken back: %s"), step);
  crm_window_toast (self, text);
}

static void
take_back (CrmWindow *self,
           gboolean   redo)
{
  TakingBack *taking = g_new (TakingBack, 1);

  /* What is being typed is a change as well, and the last one */
  if (self->card != NULL && !redo)
    crm_record_page_flush (self->card);
  taking->progress = crm_progress_new (GTK_WIDGET (self), redo ? _("Doing Again") : _("Taking Back"), 0);
  crm_progress_set_detail (taking->progress, redo ? crm_store_get_redo_label (self->store) : crm_store_get_undo_label (self->store));
  taking->window = g_object_ref (self);
  taking->redo = redo;
  crm_store_undo_async (self->store, redo, crm_progress_get_cancellable (taking->progress), on_taken_back, taking);
}

static void
undo (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  take_back (CRM_WINDOW (user_data), FALSE);
}

static void
redo (GSimpleAction *action,
      GVariant      *parameter,
      gpointer       user_data)
{
  take_back (CRM_WINDOW (user_data), TRUE);
}

static void
show_history (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);

  gtk_window_present (GTK_WINDOW (crm_steps_window_new (self->store, GTK_WINDOW (self))));
}

void
crm_window_add_undo_actions (CrmWindow *self)
{
  const GActionEntry entries[] = {
    { "undo", undo },
    { "redo", redo },
    { "history", show_history },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->store, "notify::undo-label", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->store, "notify::redo-label", G_CALLBACK (update_undo), self, G_CONNECT_SWAPPED);
  update_undo (self);
}
