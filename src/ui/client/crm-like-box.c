/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-like-box.h"

#include <glib/gi18n-lib.h>

#include "crm-display.h"

#define LOOK_UP_DELAY 120 /* ms: so often is looked up while somebody types */
#define N_LIKES 3

struct _CrmLikeBox {
  AdwBin        parent_instance;

  CrmStore     *store;
  char         *action;
  CrmLikeQuery *query;       /* to be looked up */
  guint         source;
  GCancellable *cancellable; /* of the look-up */
  GtkWidget    *box;         /* what shows if there are any */
  GtkListBox   *list;
};

G_DEFINE_FINAL_TYPE (CrmLikeBox, crm_like_box, ADW_TYPE_BIN)

enum {
  CHOSEN,
  SHOWN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Showing */

static GtkWidget *
create_row (CrmLikeBox    *self,
            const CrmLike *like)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = crm_display_line (like->name);
  g_autofree char *reason = crm_like_describe (like);
  g_autofree char *words = like->detail != NULL ? g_strdup_printf ("%s · %s", reason, like->detail) : g_strdup (reason);
  g_autofree char *shown = crm_display_line (words);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), shown);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_set_tooltip_text (row, self->action);
  g_object_set_data_full (G_OBJECT (row), "crm-id", g_memdup2 (&like->id, sizeof like->id), g_free);
  g_object_set_data_full (G_OBJECT (row), "crm-name", g_strdup (like->name), g_free);
  return row;
}

static void
show (CrmLikeBox *self,
      GPtrArray  *found)
{
  GtkListBoxRow *row;

  if (found->len > 0)
    {
      while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
        gtk_list_box_remove (self->list, GTK_WIDGET (row));
      for (guint i = 0; i < found->len; i++)
        gtk_list_box_append (self->list, create_row (self, found->pdata[i]));
    }
  if (gtk_widget_get_visible (self->box) == (found->len > 0))
    return;
  gtk_widget_set_visible (self->box, found->len > 0);
  g_signal_emit (self, signals[SHOWN], 0, found->len > 0);
}

static void
on_row_activated (CrmLikeBox    *self,
                  GtkListBoxRow *row)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "crm-id");
  g_autofree char *name = g_strdup (g_object_get_data (G_OBJECT (row), "crm-name"));

  g_signal_emit (self, signals[CHOSEN], 0, *id, name);
}

/* Looking up */

typedef struct {
  CrmIndex     *index;
  CrmLikeQuery *query;
} LookUp;

static void
look_up_free (LookUp *look_up)
{
  crm_like_query_free (look_up->query);
  g_free (look_up);
}

/* On the reader's thread. */
static gpointer
look_up_likes (CrmDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  LookUp *look_up = data;

  return crm_like_find (db, look_up->index, look_up->query, N_LIKES, error);
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (CrmLikeBox) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  g_clear_object (&self->cancellable);
  /* A record can be made without the warning */
  if (found == NULL)
    g_message ("Like records were not looked for: %s", error->message);
  else
    show (self, found);
}

static gboolean
on_due (gpointer data)
{
  CrmLikeBox *self = data;
  LookUp *look_up = g_new (LookUp, 1);

  self->source = 0;
  self->cancellable = g_cancellable_new ();
  *look_up = (LookUp) { crm_store_get_index (self->store), g_steal_pointer (&self->query) };
  crm_store_read_async (self->store, look_up_likes, look_up, (GDestroyNotify) look_up_free, (GDestroyNotify) g_ptr_array_unref,
                        self->cancellable, on_looked_up, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
cancel (CrmLikeBox *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->query, crm_like_query_free);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* The class */

static void
crm_like_box_dispose (GObject *object)
{
  CrmLikeBox *self = CRM_LIKE_BOX (object);

  cancel (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_like_box_parent_class)->dispose (object);
}

static void
crm_like_box_finalize (GObject *object)
{
  g_free (CRM_LIKE_BOX (object)->action);
  G_OBJECT_CLASS (crm_like_box_parent_class)->finalize (object);
}

static void
crm_like_box_class_init (CrmLikeBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_like_box_dispose;
  object_class->finalize = crm_like_box_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", CRM_TYPE_LIKE_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
  signals[SHOWN] = g_signal_new ("shown", CRM_TYPE_LIKE_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
crm_like_box_init (CrmLikeBox *self)
{
  GtkWidget *title = gtk_label_new (_("Is it one of these?"));

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_widget_add_css_class (title, "heading");
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_RELATION_LABELLED_BY, title, NULL, -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->box, "likes");
  gtk_box_append (GTK_BOX (self->box), title);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->list));
  gtk_widget_set_visible (self->box, FALSE);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

GtkWidget *
crm_like_box_new (CrmStore   *store,
                  const char *action)
{
  CrmLikeBox *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_LIKE_BOX, NULL);
  self->store = g_object_ref (store);
  self->action = g_strdup (action);
  return GTK_WIDGET (self);
}

void
crm_like_box_look (CrmLikeBox         *self,
                   const CrmLikeQuery *query)
{
  g_return_if_fail (CRM_IS_LIKE_BOX (self));
  g_return_if_fail (query != NULL);

  cancel (self);
  self->query = crm_like_query_copy (query);
  self->source = g_timeout_add (LOOK_UP_DELAY, on_due, self);
}

void
crm_like_box_clear (CrmLikeBox *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  g_return_if_fail (CRM_IS_LIKE_BOX (self));

  cancel (self);
  show (self, none);
}
