/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-views.h"

#include "crm-saved-view.h"

struct _CrmViews
{
  GObject          parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;
  GPtrArray       *views; /* of CrmView */
  gint64           last_place;
  gboolean         is_read;
  GCancellable    *cancellable;
};

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmViews, crm_views, G_TYPE_OBJECT)

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  gint64 x = crm_values_get_integer (*(CrmValues * const *) a, CRM_SAVED_VIEW_PLACE);
  gint64 y = crm_values_get_integer (*(CrmValues * const *) b, CRM_SAVED_VIEW_PLACE);

  return x < y ? -1 : x > y;
}

/* A view that cannot be read (a newer version's) is left out, and stays in the database as it is */
static void
add_view (CrmViews        *self,
          const CrmValues *values)
{
  const char *json = crm_values_get_text (values, CRM_SAVED_VIEW_QUERY);
  g_autoptr (CrmView) view = NULL;

  if (g_strcmp0 (crm_values_get_text (values, CRM_SAVED_VIEW_ENTITY), self->entity->name) != 0)
    return;
  view = crm_view_from_json (self->entity, json != NULL ? json : "", NULL);
  if (view == NULL)
    return;
  view->id = crm_values_get_id (values);
  view->name = g_strdup (crm_values_get_text (values, CRM_SAVED_VIEW_NAME));
  g_ptr_array_add (self->views, g_steal_pointer (&view));
  self->last_place = crm_values_get_integer (values, CRM_SAVED_VIEW_PLACE);
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (CrmViews) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = crm_store_get_children_finish (CRM_STORE (source), result, &error);

  if (all == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("Saved views cannot be read: %s", error->message);
      return;
    }
  g_ptr_array_sort (all, compare_places);
  g_ptr_array_set_size (self->views, 0);
  self->last_place = 0;
  self->is_read = TRUE;
  for (guint i = 0; i < all->len; i++)
    add_view (self, all->pdata[i]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
reload (CrmViews *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  crm_store_get_all_async (self->store, &crm_saved_view, self->cancellable, on_read, g_object_ref (self));
}

static void
on_store_changed (CrmViews     *self,
                  CrmChangeSet *changes)
{
  if (crm_change_set_touches_entity (changes, &crm_saved_view))
    reload (self);
}

static void
crm_views_dispose (GObject *object)
{
  CrmViews *self = CRM_VIEWS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_views_parent_class)->dispose (object);
}

static void
crm_views_finalize (GObject *object)
{
  g_ptr_array_unref (CRM_VIEWS (object)->views);

  G_OBJECT_CLASS (crm_views_parent_class)->finalize (object);
}

static void
crm_views_class_init (CrmViewsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_views_dispose;
  object_class->finalize = crm_views_finalize;

  signals[SIGNAL_CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
crm_views_init (CrmViews *self)
{
  self->views = g_ptr_array_new_with_free_func ((GDestroyNotify) crm_view_free);
}

CrmViews *
crm_views_new (CrmStore        *store,
               const CrmEntity *entity)
{
  CrmViews *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL, NULL);

  self = g_object_new (CRM_TYPE_VIEWS, NULL);
  self->store = g_object_ref (store);
  self->entity = entity;
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  reload (self);
  return self;
}

gboolean
crm_views_is_read (CrmViews *self)
{
  g_return_val_if_fail (CRM_IS_VIEWS (self), FALSE);

  return self->is_read;
}

guint
crm_views_get_size (CrmViews *self)
{
  g_return_val_if_fail (CRM_IS_VIEWS (self), 0);

  return self->views->len;
}

const CrmView *
crm_views_get (CrmViews *self,
               guint     index)
{
  g_return_val_if_fail (CRM_IS_VIEWS (self), NULL);
  g_return_val_if_fail (index < self->views->len, NULL);

  return self->views->pdata[index];
}

const CrmView *
crm_views_find (CrmViews *self,
                gint64    id)
{
  g_return_val_if_fail (CRM_IS_VIEWS (self), NULL);

  for (guint i = 0; i < self->views->len; i++)
    {
      const CrmView *view = self->views->pdata[i];

      if (view->id == id)
        return view;
    }
  return NULL;
}

const CrmView *
crm_views_find_query (CrmViews       *self,
                      const CrmQuery *query)
{
  const CrmView *found = NULL;

  g_return_val_if_fail (CRM_IS_VIEWS (self), NULL);
  g_return_val_if_fail (query != NULL, NULL);

  for (guint i = 0; i < self->views->len; i++)
    {
      const CrmView *view = self->views->pdata[i];

      if (crm_view_matches (view, query) && (found == NULL || (found->query->text == NULL && view->query->text != NULL)))
        found = view;
    }
  return found;
}

CrmValues *
crm_views_make_values (CrmViews      *self,
                       gint64         id,
                       const char    *name,
                       const CrmView *content)
{
  CrmValues *values;

  g_return_val_if_fail (CRM_IS_VIEWS (self), NULL);

  values = crm_values_new (&crm_saved_view, id);
  if (name != NULL)
    crm_values_set_text (values, CRM_SAVED_VIEW_NAME, name);
  if (content != NULL)
    {
      g_autofree char *json = crm_view_to_json (content);

      crm_values_set_text (values, CRM_SAVED_VIEW_QUERY, json);
    }
  if (id == 0)
    {
      crm_values_set_text (values, CRM_SAVED_VIEW_ENTITY, self->entity->name);
      crm_values_set_integer (values, CRM_SAVED_VIEW_PLACE, self->last_place + 1);
    }
  return values;
}
