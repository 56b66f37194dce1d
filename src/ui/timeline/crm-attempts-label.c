/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-attempts-label.h"

#include "crm-interaction.h"

#include <glib/gi18n-lib.h>

struct _CrmAttemptsLabel {
  GtkWidget        parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;
  gint64           id;
  GCancellable    *cancellable; /* while reading */
  GtkLabel        *label;
};

G_DEFINE_FINAL_TYPE (CrmAttemptsLabel, crm_attempts_label, GTK_TYPE_WIDGET)

typedef struct {
  const CrmEntity *entity;
  gint64           id;
} Request;

static void
attempts_free (gpointer attempts)
{
  crm_attempts_clear (attempts);
  g_free (attempts);
}

/* On the reader's thread. */
static gpointer
read_attempts (CrmDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  const Request *request = data;
  g_autofree CrmAttempts *attempts = g_new0 (CrmAttempts, 1);

  if (!crm_attempts_read (db, request->entity, request->id, attempts, error))
    return NULL;
  return g_steal_pointer (&attempts);
}

static char *
describe (const CrmAttempts *attempts)
{
  const char *last = crm_field_get_choice_label (&crm_interaction.fields[CRM_INTERACTION_OUTCOME], attempts->last);

  /* Translators: calls in vain, and how the last came out: "3 attempts, last: In a meeting" */
  return g_strdup_printf (ngettext ("%u attempt, last: %s", "%u attempts, last: %s", attempts->n), attempts->n, last);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (CrmAttemptsLabel) self = data;
  g_autoptr (GError) error = NULL;
  CrmAttempts *attempts = crm_store_read_finish (CRM_STORE (source), result, &error);
  g_autofree char *text = NULL;

  if (attempts == NULL || self->store == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_clear_pointer (&attempts, attempts_free);
      return;
    }
  g_clear_object (&self->cancellable);
  if (attempts->n > 0)
    text = describe (attempts);
  gtk_label_set_text (self->label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  attempts_free (attempts);
}

static void
cancel (CrmAttemptsLabel *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
read_anew (CrmAttemptsLabel *self)
{
  Request request = { self->entity, self->id };

  cancel (self);
  self->cancellable = g_cancellable_new ();
  crm_store_read_async (self->store, read_attempts, g_memdup2 (&request, sizeof request), g_free, attempts_free, self->cancellable, on_read,
                        g_object_ref (self));
}

static void
on_store_changed (CrmAttemptsLabel *self,
                  CrmChangeSet     *changes)
{
  if (self->id != 0 && (crm_change_set_touches_entity (changes, &crm_interaction) || crm_change_set_touches_entity (changes, &crm_participant)))
    read_anew (self);
}

static void
crm_attempts_label_dispose (GObject *object)
{
  CrmAttemptsLabel *self = CRM_ATTEMPTS_LABEL (object);

  cancel (self);
  g_clear_object (&self->store);
  if (self->label != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->label));
  self->label = NULL;
  G_OBJECT_CLASS (crm_attempts_label_parent_class)->dispose (object);
}

static void
crm_attempts_label_class_init (CrmAttemptsLabelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_attempts_label_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
crm_attempts_label_init (CrmAttemptsLabel *self)
{
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "two-line-subtitle");
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
crm_attempts_label_new (CrmStore        *store,
                        const CrmEntity *entity)
{
  CrmAttemptsLabel *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL, NULL);

  self = g_object_new (CRM_TYPE_ATTEMPTS_LABEL, NULL);
  self->store = g_object_ref (store);
  self->entity = entity;
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
crm_attempts_label_open (CrmAttemptsLabel *self,
                         gint64            id)
{
  g_return_if_fail (CRM_IS_ATTEMPTS_LABEL (self));

  cancel (self);
  self->id = id;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (id != 0)
    read_anew (self);
}
