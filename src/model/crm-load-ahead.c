/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-load-ahead.h"

/* What inside hits need is loaded when the start is over. */
#define AFTER_MS 500

struct _CrmLoadAhead {
  CrmStore        *store;
  const CrmEntity *entity;
  GCancellable    *loading; /* NULL: nothing is */
  gboolean         is_loaded;
  guint            source;
};

typedef struct {
  CrmStore        *store;
  const CrmEntity *entity;
} Loading;

CrmLoadAhead *
crm_load_ahead_new (CrmStore *store)
{
  CrmLoadAhead *self = g_rc_box_new0 (CrmLoadAhead);

  self->store = g_object_ref (store);
  return self;
}

static void
clear (gpointer data)
{
  CrmLoadAhead *self = data;

  g_clear_object (&self->store);
  g_clear_object (&self->loading);
}

void
crm_load_ahead_free (CrmLoadAhead *self)
{
  crm_load_ahead_stop (self);
  g_rc_box_release_full (self, clear);
}

static gpointer
run_loading (CrmDb         *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Loading *loading = data;

  return GINT_TO_POINTER (crm_index_load (crm_store_get_index (loading->store), db, loading->entity, error));
}

static void
on_loaded (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  CrmLoadAhead *self = user_data;

  /* Whoever needs it next tells of an error. */
  if (crm_store_read_finish (CRM_STORE (source), result, NULL) != NULL)
    self->is_loaded = TRUE;
  g_clear_object (&self->loading);
  g_rc_box_release_full (self, clear);
}

static gboolean
load (gpointer data)
{
  CrmLoadAhead *self = data;
  Loading *loading = g_new (Loading, 1);

  self->source = 0;
  self->loading = g_cancellable_new ();
  *loading = (Loading) { self->store, self->entity };
  crm_store_read_async (self->store, run_loading, loading, g_free, NULL, self->loading, on_loaded, g_rc_box_acquire (self));
  return G_SOURCE_REMOVE;
}

void
crm_load_ahead_start (CrmLoadAhead    *self,
                      const CrmEntity *entity)
{
  self->entity = entity;
  if (!self->is_loaded && self->loading == NULL && self->source == 0)
    self->source = g_timeout_add_full (G_PRIORITY_LOW, AFTER_MS, load, self, NULL);
}

void
crm_load_ahead_stop (CrmLoadAhead *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
}
