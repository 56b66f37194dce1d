/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-templates-window.h"

#include <glib/gi18n-lib.h>

#include "crm-activity-template.h"
#include "crm-display.h"
#include "crm-name-dialog.h"
#include "crm-template-group.h"
#include "crm-template-list.h"
#include "crm-template.h"
#include "crm-toaster.h"

struct _CrmTemplatesWindow {
  AdwWindow     parent_instance;

  CrmStore     *store;
  GCancellable *cancellable;
  GHashTable   *groups;     /* id → CrmTemplateGroup, not owned */
  GtkWidget    *toasts;
  GtkStack     *stack;
  GtkBox       *box;
};

G_DEFINE_FINAL_TYPE (CrmTemplatesWindow, crm_templates_window, ADW_TYPE_WINDOW)

/* Showing */

static void
remove_missing (CrmTemplatesWindow *self,
                GPtrArray          *entries)
{
  GHashTableIter iter;
  gpointer key, group;

  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, &key, &group))
    {
      gboolean is_there = FALSE;

      for (guint i = 0; i < entries->len && !is_there; i++)
        is_there = crm_values_get_id (((CrmTemplateEntry *) entries->pdata[i])->template) == *(gint64 *) key;
      if (!is_there)
        {
          gtk_box_remove (self->box, group);
          g_hash_table_iter_remove (&iter);
        }
    }
}

static void
show_entries (CrmTemplatesWindow *self,
              GPtrArray          *entries)
{
  GtkWidget *before = NULL;

  remove_missing (self, entries);
  for (guint i = 0; i < entries->len; i++)
    {
      const CrmTemplateEntry *entry = entries->pdata[i];
      gint64 id = crm_values_get_id (entry->template);
      GtkWidget *group = g_hash_table_lookup (self->groups, &id);

      if (group == NULL)
        {
          group = crm_template_group_new (self->store);
          gtk_box_append (self->box, group);
          g_hash_table_insert (self->groups, g_memdup2 (&id, sizeof id), group);
        }
      crm_template_group_set (CRM_TEMPLATE_GROUP (group), entry->template, entry->steps);
      gtk_box_reorder_child_after (self->box, group, before);
      before = group;
    }
  gtk_stack_set_visible_child_name (self->stack, entries->len > 0 ? "templates" : "none");
}

static void
on_read (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (CrmTemplatesWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (entries != NULL)
    show_entries (self, entries);
  else
    crm_toast_error (self->toasts, error);
}

static void
reload (CrmTemplatesWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  crm_store_read_async (self->store, crm_template_list_read, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, self->cancellable, on_read,
                        g_object_ref (self));
}

static void
on_store_changed (CrmTemplatesWindow *self,
                  CrmChangeSet       *changes)
{
  if (crm_change_set_touches_entity (changes, &crm_activity_template) || crm_change_set_touches_entity (changes, &crm_template_step))
    reload (self);
}

/* Adding */

static void
on_added (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (CrmTemplatesWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (!crm_store_step_finish (CRM_STORE (source), result, &error) && self->store != NULL)
    crm_toast_error (self->toasts, error);
}

static gboolean
add_named (CrmWriter     *writer,
           gpointer       name,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (CrmValues) template = crm_values_new (&crm_activity_template, 0);

  crm_values_set_text (template, CRM_ACTIVITY_TEMPLATE_NAME, name);
  return crm_writer_insert (writer, template, error) != 0;
}

static gboolean
add_sample (CrmWriter     *writer,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  return crm_template_add_sample (writer, error) != 0;
}

static void
add_template (const char *name,
              gpointer    data)
{
  CrmTemplatesWindow *self = data;
  g_autofree char *label = g_strdup_printf (_("New %s"), name);

  crm_store_step_async (self->store, label, add_named, g_strdup (name), g_free, NULL, on_added, g_object_ref (self));
}

static void
on_add (CrmTemplatesWindow *self)
{
  crm_name_dialog_ask (self->toasts, _("New Activity Template"), _("A chain of steps that is put on clients at once, like “After the fair”."), _("_Add"),
                       NULL, add_template, g_object_ref (self), g_object_unref);
}

static void
on_add_sample (CrmTemplatesWindow *self)
{
  g_autofree char *label = g_strdup_printf (_("New %s"), crm_template_get_sample_name ());

  crm_store_step_async (self->store, label, add_sample, NULL, NULL, NULL, on_added, g_object_ref (self));
}

/* The window */

static gboolean
crm_templates_window_close_request (GtkWindow *window)
{
  CrmTemplatesWindow *self = CRM_TEMPLATES_WINDOW (window);
  GHashTableIter iter;
  gpointer group;

  g_hash_table_iter_init (&iter, self->groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    crm_template_group_flush (group);
  return GTK_WINDOW_CLASS (crm_templates_window_parent_class)->close_request (window);
}

static void
crm_templates_window_dispose (GObject *object)
{
  CrmTemplatesWindow *self = CRM_TEMPLATES_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_templates_window_parent_class)->dispose (object);
}

static void
crm_templates_window_finalize (GObject *object)
{
  g_hash_table_unref (CRM_TEMPLATES_WINDOW (object)->groups);
  G_OBJECT_CLASS (crm_templates_window_parent_class)->finalize (object);
}

static void
crm_templates_window_class_init (CrmTemplatesWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_templates_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_templates_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = crm_templates_window_close_request;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static GtkWidget *
create_empty (CrmTemplatesWindow *self)
{
  GtkWidget *page = adw_status_page_new ();
  g_autofree char *label = g_strdup_printf (_("Add “%s”"), crm_template_get_sample_name ());
  GtkWidget *button = gtk_button_new_with_label (label);

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), "crm-task-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (page), _("No Templates Yet"));
  adw_status_page_set_description (ADW_STATUS_PAGE (page), _("A chain of steps that is put on clients at once, like “After the fair”."));
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_add_sample), self);
  adw_status_page_set_child (ADW_STATUS_PAGE (page), button);
  return page;
}

static GtkWidget *
create_list (CrmTemplatesWindow *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 24));
  gtk_widget_add_css_class (GTK_WIDGET (self->box), "today");
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->box));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  return scroller;
}

static void
crm_templates_window_init (CrmTemplatesWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *add = gtk_button_new_from_icon_name ("list-add-symbolic");

  self->groups = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  gtk_window_set_title (GTK_WINDOW (self), _("Activity Templates"));
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 640);
  crm_display_name_control (add, _("New Activity Template"));
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (on_add), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), add);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, adw_bin_new (), "reading");
  gtk_stack_add_named (self->stack, create_empty (self), "none");
  gtk_stack_add_named (self->stack, create_list (self), "templates");
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  self->toasts = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), box);
  adw_window_set_content (ADW_WINDOW (self), self->toasts);
}

GtkWidget *
crm_templates_window_new (CrmStore  *store,
                          GtkWindow *parent)
{
  CrmTemplatesWindow *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);

  self = g_object_new (CRM_TYPE_TEMPLATES_WINDOW, "transient-for", parent, "modal", TRUE, "destroy-with-parent", TRUE, NULL);
  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  reload (self);
  return GTK_WIDGET (self);
}
