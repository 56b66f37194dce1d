/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-views-button.h"

#include <glib/gi18n-lib.h>

#include "crm-name-dialog.h"
#include "crm-saved-view.h"
#include "crm-toaster.h"
#include "crm-views-popover.h"

#define LABEL_CHARS 24

struct _CrmViewsButton
{
  GtkWidget      parent_instance;

  CrmStore      *store;
  CrmViews      *views;
  const char    *all; /* what the view of everything is called */
  gint64         current;

  GtkMenuButton *button;
  GtkLabel      *label;
};

G_DEFINE_FINAL_TYPE (CrmViewsButton, crm_views_button, GTK_TYPE_WIDGET)

enum {
  SIGNAL_SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Saving */

static gboolean
finish_saving (CrmViewsButton *self,
               GObject        *source,
               GAsyncResult   *result,
               gint64         *id)
{
  g_autoptr (GError) error = NULL;

  *id = crm_store_save_finish (CRM_STORE (source), result, &error);
  if (*id == 0)
    crm_toast_error (GTK_WIDGET (self), error);
  return *id != 0 && self->store != NULL;
}

static void
on_renamed (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CrmViewsButton) self = user_data;
  gint64 id;

  finish_saving (self, source, result, &id);
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (CrmViewsButton) self = user_data;
  gint64 id;

  if (finish_saving (self, source, result, &id))
    g_signal_emit (self, signals[SIGNAL_SAVED], 0, id);
}

static void
save (CrmViewsButton *self,
      gint64          id,
      const char     *name,
      const CrmView  *content)
{
  g_autoptr (CrmValues) values = crm_views_make_values (self->views, id, name, content);

  crm_store_save_async (self->store, values, NULL, content != NULL ? on_saved : on_renamed, g_object_ref (self));
}

typedef struct {
  CrmViewsButton *button;
  gint64          id;      /* 0: a new one */
  CrmView        *content; /* NULL: as it is */
} Naming;

static void
naming_free (gpointer data)
{
  Naming *naming = data;

  g_object_unref (naming->button);
  crm_view_free (naming->content);
  g_free (naming);
}

static void
on_named (const char *name,
          gpointer    user_data)
{
  Naming *naming = user_data;

  if (naming->button->store != NULL)
    save (naming->button, naming->id, name, naming->content);
}

static Naming *
naming_new (CrmViewsButton *self,
            gint64          id,
            const CrmView  *content)
{
  Naming *naming = g_new (Naming, 1);

  *naming = (Naming) { g_object_ref (self), id, content != NULL ? crm_view_copy (content) : NULL };
  return naming;
}

void
crm_views_button_save (CrmViewsButton *self,
                       const CrmView  *content,
                       const char     *name)
{
  g_return_if_fail (CRM_IS_VIEWS_BUTTON (self));
  g_return_if_fail (content != NULL);

  gtk_menu_button_popdown (self->button);
  crm_name_dialog_ask (GTK_WIDGET (self), _("Save View"), _("Search, filters, order and columns are kept under a name."), _("_Save"), name,
                       on_named, naming_new (self, 0, content), naming_free);
}

void
crm_views_button_update (CrmViewsButton *self,
                         gint64          id,
                         const CrmView  *content)
{
  g_return_if_fail (CRM_IS_VIEWS_BUTTON (self));
  g_return_if_fail (content != NULL);

  if (crm_views_find (self->views, id) != NULL)
    save (self, id, NULL, content);
}

void
crm_views_button_rename (CrmViewsButton *self,
                         gint64          id)
{
  const CrmView *view;

  g_return_if_fail (CRM_IS_VIEWS_BUTTON (self));

  gtk_menu_button_popdown (self->button);
  view = crm_views_find (self->views, id);
  if (view != NULL)
    crm_name_dialog_ask (GTK_WIDGET (self), _("Rename View"), NULL, _("_Rename"), view->name,
                         on_named, naming_new (self, id, NULL), naming_free);
}

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (CrmViewsButton) self = user_data;
  g_autoptr (GError) error = NULL;

  if (crm_store_step_finish (CRM_STORE (source), result, &error))
    crm_toast_undo (GTK_WIDGET (self), _("View deleted"));
  else
    crm_toast_error (GTK_WIDGET (self), error);
}

void
crm_views_button_delete (CrmViewsButton *self,
                         gint64          id)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof id);

  g_return_if_fail (CRM_IS_VIEWS_BUTTON (self));

  gtk_menu_button_popdown (self->button);
  g_array_append_val (ids, id);
  crm_store_delete_async (self->store, &crm_saved_view, ids, NULL, on_deleted, g_object_ref (self));
}

/* Showing */

static void
make_popover (GtkMenuButton *button,
              gpointer       user_data)
{
  CrmViewsButton *self = user_data;

  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, crm_views_popover_new (self->views, _(self->all)));
  crm_views_popover_set_current (CRM_VIEWS_POPOVER (gtk_menu_button_get_popover (button)), self->current);
}

void
crm_views_button_set_current (CrmViewsButton *self,
                              gint64          id)
{
  const CrmView *view;
  const char *name;
  g_autofree char *label = NULL;

  g_return_if_fail (CRM_IS_VIEWS_BUTTON (self));

  self->current = id;
  view = id > 0 ? crm_views_find (self->views, id) : NULL;
  name = view != NULL ? view->name : id == 0 ? _(self->all) : _("Views");
  gtk_label_set_text (self->label, name);
  label = g_strdup_printf (_("Saved views: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (GTK_WIDGET (self->button))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/* Object */

static void
crm_views_button_dispose (GObject *object)
{
  CrmViewsButton *self = CRM_VIEWS_BUTTON (object);

  g_clear_pointer ((GtkWidget **) &self->button, gtk_widget_unparent);
  g_clear_object (&self->views);
  g_clear_object (&self->store);

  G_OBJECT_CLASS (crm_views_button_parent_class)->dispose (object);
}

static void
crm_views_button_class_init (CrmViewsButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_views_button_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_SAVED] =
    g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
crm_views_button_init (CrmViewsButton *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (self->label, LABEL_CHARS);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->label));
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("pan-down-symbolic"));

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_child (self->button, content);
  gtk_menu_button_set_create_popup_func (self->button, make_popover, self, NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _("Saved Views"));
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "chip");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "view-chip");
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));
}

GtkWidget *
crm_views_button_new (CrmStore   *store,
                      CrmViews   *views,
                      const char *all)
{
  CrmViewsButton *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (CRM_IS_VIEWS (views), NULL);
  g_return_val_if_fail (all != NULL, NULL);

  self = g_object_new (CRM_TYPE_VIEWS_BUTTON, NULL);
  self->store = g_object_ref (store);
  self->views = g_object_ref (views);
  self->all = all;
  return GTK_WIDGET (self);
}
