/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-timeline-view.h"

#include "crm-display.h"
#include "crm-interaction.h"
#include "crm-timeline-row.h"
#include "crm-timeline.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

/* Whatever else is on the card, so much of the timeline is to be seen */
#define LOWEST 340
/* Older entries are asked for so many heights of the view before they are needed */
#define AHEAD 4

struct _CrmTimelineView {
  GtkWidget          parent_instance;

  CrmStore          *store;
  CrmTimeline       *timeline;
  GHashTable        *open;       /* ids of entries that are open */

  GtkSearchEntry    *search;
  GtkDropDown       *channel;
  GtkToggleButton   *woven;
  GtkStack          *stack;
  GtkScrolledWindow *scroller;
  GtkListView       *list;
  AdwStatusPage     *failure;
};

G_DEFINE_FINAL_TYPE (CrmTimelineView, crm_timeline_view, GTK_TYPE_WIDGET)

/* What shows */

static void
update_state (CrmTimelineView *self,
              const GError    *error)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->timeline));

  if (error != NULL)
    {
      g_autofree char *description = g_markup_escape_text (error->message, -1);

      adw_status_page_set_description (self->failure, description);
      gtk_stack_set_visible_child_name (self->stack, "failed");
    }
  else if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (crm_timeline_is_loaded (self->timeline))
    gtk_stack_set_visible_child_name (self->stack, crm_timeline_is_filtered (self->timeline) ? "none" : "empty");
}

static void
on_loaded (CrmTimelineView *self,
           const GError    *error)
{
  update_state (self, error);
}

static void
read_ahead (CrmTimelineView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);

  if (gtk_adjustment_get_value (adjustment) + (1 + AHEAD) * page > gtk_adjustment_get_upper (adjustment))
    crm_timeline_read_more (self->timeline);
}

/* Who looks at the newest wants to see what is newer */
static void
on_items_changed (CrmTimelineView *self,
                  guint            position,
                  guint            removed,
                  guint            added)
{
  if (position == 0 && added > 0 && gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (self->scroller)) < 1)
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", 0);
}

/* Rows */

static void
on_setup (CrmTimelineView *self,
          GtkListItem     *item)
{
  gtk_list_item_set_child (item, crm_timeline_row_new (self->store));
}

static void
on_bind (CrmTimelineView *self,
         GtkListItem     *item)
{
  CrmTimelineItem *entry = gtk_list_item_get_item (item);
  gboolean is_open = g_hash_table_contains (self->open, &crm_timeline_item_get (entry)->id);

  crm_timeline_row_set_item (CRM_TIMELINE_ROW (gtk_list_item_get_child (item)), entry, is_open);
}

static void
on_unbind (CrmTimelineView *self,
           GtkListItem     *item)
{
  crm_timeline_row_set_item (CRM_TIMELINE_ROW (gtk_list_item_get_child (item)), NULL, FALSE);
}

static CrmTimelineRow *
find_row (CrmTimelineView *self,
          CrmTimelineItem *item)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (CRM_IS_TIMELINE_ROW (row) && crm_timeline_row_get_item (CRM_TIMELINE_ROW (row)) == item)
        return CRM_TIMELINE_ROW (row);
    }
  return NULL;
}

static void
on_activate (CrmTimelineView *self,
             guint            position)
{
  g_autoptr (CrmTimelineItem) item = g_list_model_get_item (G_LIST_MODEL (self->timeline), position);
  CrmTimelineRow *row = find_row (self, item);
  gint64 id = crm_timeline_item_get (item)->id;
  gboolean is_open = !g_hash_table_remove (self->open, &id);

  if (is_open)
    g_hash_table_add (self->open, g_memdup2 (&id, sizeof id));
  if (row != NULL)
    crm_timeline_row_set_open (row, is_open);
}

/* Actions */

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (CrmTimelineView) self = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = crm_store_step_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (is_done)
    crm_toast_undo (GTK_WIDGET (self), _("Conversation deleted"));
  else
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  CrmTimelineView *self = CRM_TIMELINE_VIEW (widget);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = g_variant_get_int64 (parameter);

  g_array_append_val (ids, id);
  crm_store_delete_async (self->store, &crm_interaction, ids, NULL, on_deleted, g_object_ref (self));
}

/* (nullable): the interaction whose row has the focus. */
static const CrmTimelineEntry *
get_focused (CrmTimelineView *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  GtkWidget *row = child != NULL ? gtk_widget_get_first_child (child) : NULL;
  CrmTimelineItem *item = CRM_IS_TIMELINE_ROW (row) ? crm_timeline_row_get_item (CRM_TIMELINE_ROW (row)) : NULL;

  if (item == NULL || crm_timeline_item_get (item)->kind != CRM_TIMELINE_INTERACTION)
    return NULL;
  return crm_timeline_item_get (item);
}

static gboolean
on_key_pressed (CrmTimelineView *self,
                guint            key,
                guint            code,
                GdkModifierType  modifiers)
{
  const CrmTimelineEntry *entry = get_focused (self);

  if (entry == NULL || modifiers & gtk_accelerator_get_default_mod_mask () || (key != GDK_KEY_Delete && key != GDK_KEY_F2))
    return GDK_EVENT_PROPAGATE;
  gtk_widget_activate_action (GTK_WIDGET (self), key == GDK_KEY_Delete ? "timeline.delete" : "win.edit-conversation", "x", entry->id);
  return GDK_EVENT_STOP;
}

/* Filters */

static void
on_search_changed (CrmTimelineView *self)
{
  crm_timeline_set_text (self->timeline, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
on_search_stopped (CrmTimelineView *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
on_channel_changed (CrmTimelineView *self)
{
  const CrmChoice *channels = crm_interaction.fields[CRM_INTERACTION_CHANNEL].choices;
  guint selected = gtk_drop_down_get_selected (self->channel);

  crm_timeline_set_channel (self->timeline, selected == 0 ? NULL : channels[selected - 1].name);
  /* A channel has nothing woven in */
  gtk_widget_set_sensitive (GTK_WIDGET (self->woven), selected == 0);
}

static void
on_woven_toggled (CrmTimelineView *self)
{
  crm_timeline_set_woven (self->timeline, gtk_toggle_button_get_active (self->woven));
}

/* The class */

static void
crm_timeline_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (crm_timeline_view_parent_class)->map (widget);
  crm_timeline_set_active (CRM_TIMELINE_VIEW (widget)->timeline, TRUE);
}

static void
crm_timeline_view_unmap (GtkWidget *widget)
{
  crm_timeline_set_active (CRM_TIMELINE_VIEW (widget)->timeline, FALSE);
  GTK_WIDGET_CLASS (crm_timeline_view_parent_class)->unmap (widget);
}

static void
crm_timeline_view_dispose (GObject *object)
{
  CrmTimelineView *self = CRM_TIMELINE_VIEW (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->timeline);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_timeline_view_parent_class)->dispose (object);
}

static void
crm_timeline_view_finalize (GObject *object)
{
  g_hash_table_unref (CRM_TIMELINE_VIEW (object)->open);
  G_OBJECT_CLASS (crm_timeline_view_parent_class)->finalize (object);
}

static void
crm_timeline_view_class_init (CrmTimelineViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_timeline_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = crm_timeline_view_finalize;
  widget_class->map = crm_timeline_view_map;
  widget_class->unmap = crm_timeline_view_unmap;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_install_action (widget_class, "timeline.delete", "x", delete_action);
}

static void
crm_timeline_view_init (CrmTimelineView *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 12);
  self->open = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

/* Building */

static GtkWidget *
create_channels (CrmTimelineView *self)
{
  const CrmChoice *channels = crm_interaction.fields[CRM_INTERACTION_CHANNEL].choices;
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _("All Channels"));
  for (guint i = 0; channels[i].name != NULL; i++)
    gtk_string_list_append (names, _(channels[i].label));
  self->channel = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  crm_display_set_tooltip (GTK_WIDGET (self->channel), _("Channel"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->channel), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Channel"), -1);
  g_signal_connect_swapped (self->channel, "notify::selected", G_CALLBACK (on_channel_changed), self);
  return GTK_WIDGET (self->channel);
}

static GtkWidget *
create_log_button (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.log");
  gtk_widget_set_tooltip_text (button, _("Log a conversation"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Log a conversation"), -1);
  return button;
}

static GtkWidget *
create_tools (CrmTimelineView *self)
{
  GtkWidget *tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *words = _("Show changes, imports and finished tasks, too");

  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->search, "placeholder-text", _("Search in the timeline"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Search in the timeline"), -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->search), TRUE);
  /* On a telephone's screen it leaves their place to the others */
  gtk_editable_set_width_chars (GTK_EDITABLE (self->search), 3);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (on_search_stopped), self);
  self->woven = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_button_set_icon_name (GTK_BUTTON (self->woven), "crm-history-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->woven), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->woven), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_swapped (self->woven, "toggled", G_CALLBACK (on_woven_toggled), self);
  gtk_box_append (GTK_BOX (tools), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (tools), create_channels (self));
  gtk_box_append (GTK_BOX (tools), GTK_WIDGET (self->woven));
  gtk_box_append (GTK_BOX (tools), create_log_button ());
  return tools;
}

static GtkWidget *
create_list (CrmTimelineView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkAdjustment *adjustment;

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_bind), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_unbind), self, G_CONNECT_SWAPPED);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (NULL, factory));
  gtk_list_view_set_single_click_activate (self->list, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "timeline");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Timeline"), -1);
  g_signal_connect_swapped (self->list, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (self->scroller, LOWEST);
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->list));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (read_ahead), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (read_ahead), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (GTK_WIDGET (self->scroller), TRUE);
  gtk_box_append (GTK_BOX (frame), GTK_WIDGET (self->scroller));
  gtk_widget_add_css_class (frame, "timeline-frame");
  return frame;
}

static AdwStatusPage *
add_status (CrmTimelineView *self,
            const char      *name,
            const char      *icon,
            const char      *title,
            const char      *description)
{
  GtkWidget *page = adw_status_page_new ();

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (page), icon);
  adw_status_page_set_title (ADW_STATUS_PAGE (page), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (page), description);
  gtk_widget_add_css_class (page, "compact");
  gtk_stack_add_named (self->stack, page, name);
  return ADW_STATUS_PAGE (page);
}

static GtkWidget *
create_first_button (void)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Log a Conversation"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.log");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static GtkWidget *
create_stack (CrmTimelineView *self)
{
  AdwStatusPage *page;

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), "waiting");
  gtk_stack_add_named (self->stack, create_list (self), "list");
  page = add_status (self, "empty", "crm-interaction-symbolic", _("Nothing Said Yet"),
                     _("Calls, e-mails and visits stand here, the newest first. Ctrl+L writes one down from anywhere."));
  adw_status_page_set_child (page, create_first_button ());
  add_status (self, "none", "system-search-symbolic", _("Nothing Found"), _("Look for other words, or in all channels."));
  self->failure = add_status (self, "failed", "dialog-warning-symbolic", _("The Timeline Cannot Be Shown"), NULL);
  return GTK_WIDGET (self->stack);
}

GtkWidget *
crm_timeline_view_new (CrmStore        *store,
                       const CrmEntity *entity)
{
  CrmTimelineView *self;
  GtkWidget *tools;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL, NULL);

  self = g_object_new (CRM_TYPE_TIMELINE_VIEW, NULL);
  self->store = g_object_ref (store);
  self->timeline = crm_timeline_new (store, entity);
  tools = create_tools (self);
  gtk_widget_set_parent (tools, GTK_WIDGET (self));
  gtk_widget_set_parent (create_stack (self), GTK_WIDGET (self));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->timeline)))));
  g_signal_connect_object (self->timeline, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->timeline, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return GTK_WIDGET (self);
}

void
crm_timeline_view_open (CrmTimelineView *self,
                        gint64           id)
{
  g_return_if_fail (CRM_IS_TIMELINE_VIEW (self));

  g_hash_table_remove_all (self->open);
  gtk_stack_set_visible_child_name (self->stack, "waiting");
  crm_timeline_open (self->timeline, id);
  update_state (self, NULL);
}
