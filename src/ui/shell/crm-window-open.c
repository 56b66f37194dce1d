/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-window-private.h"

#include <glib/gi18n-lib.h>

#include "crm-client.h"
#include "crm-home.h"
#include "crm-toaster.h"

/* Going to a record, wherever it is shown */

gboolean
crm_window_can_open (const CrmEntity *entity)
{
  return entity == &crm_client || entity == &crm_person || entity == &crm_segment || entity == &crm_tag || entity == &crm_saved_view;
}

void
crm_window_open (CrmWindow       *self,
                 const CrmEntity *entity,
                 gint64           id)
{
  g_return_if_fail (CRM_IS_WINDOW (self));
  g_return_if_fail (entity != NULL);

  if (entity == &crm_client || entity == &crm_person)
    crm_window_show_record (self, entity, id);
  else if (entity == &crm_segment)
    crm_window_show_clients_with (self, CRM_CLIENT_SEGMENT, id);
  else if (entity == &crm_tag)
    crm_window_show_clients_with (self, CRM_CLIENT_TAGS, id);
  else if (entity == &crm_saved_view)
    crm_window_show_view (self, id);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.open-record", "x", id);
}

/* @data: the id */
static gpointer
find_home (CrmDb         *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree CrmHome *home = g_new0 (CrmHome, 1);

  return crm_home_find (db, *(gint64 *) data, home, error) ? g_steal_pointer (&home) : NULL;
}

typedef struct
{
  CrmWindow *window;
  gint64     id;
} Opening;

/* What stands on the tab of a card is shown there. */
static void
show_tab_of (CrmWindow       *self,
             const CrmEntity *entity)
{
  const char *tab = entity == &crm_interaction ? "timeline" : entity == &crm_document ? "documents" : NULL;

  if (tab != NULL && self->card != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self->card), "record.tab", "s", tab);
}

static void
on_home_found (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autofree Opening *opening = user_data;
  g_autoptr (CrmWindow) self = opening->window;
  g_autoptr (GError) error = NULL;
  g_autofree CrmHome *home = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (self->store == NULL)
    return;
  if (home == NULL)
    crm_window_toast_error (self, error);
  else if (home->entity == home->guest && !crm_window_can_open (home->entity))
    crm_toast (GTK_WIDGET (self), _("This belongs to no client and no person."));
  else
    {
      crm_window_open (self, home->entity, home->id);
      show_tab_of (self, home->guest);
    }
}

static void
open_record (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  CrmWindow *self = CRM_WINDOW (user_data);
  Opening *opening = g_new (Opening, 1);

  opening->window = g_object_ref (self);
  opening->id = g_variant_get_int64 (parameter);
  crm_store_read_async (self->store, find_home, g_memdup2 (&opening->id, sizeof opening->id), g_free, g_free, NULL,
                        on_home_found, opening);
}

void
crm_window_add_open_actions (CrmWindow *self)
{
  const GActionEntry entries[] = {
    { "open-record", open_record, "x" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
