/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-window-private.h"

#include <glib/gi18n-lib.h>

#include "crm-client.h"
#include "crm-display.h"
#include "crm-empty-page.h"

/* Sections */

static const struct
{
  const CrmEntity *entity;
  const char      *page;
  const char      *title;
  const char      *new_record;
} sections[CRM_WINDOW_N_SECTIONS] = {
  { &crm_client, "clients", N_("Clients"), N_("New Client") },
  { &crm_person, "people", N_("People"), N_("New Person") },
};

static guint
find_section (const CrmEntity *entity)
{
  for (guint i = 0; i < CRM_WINDOW_N_SECTIONS; i++)
    if (sections[i].entity == entity)
      return i;
  g_return_val_if_reached (0);
}

static gboolean
is_trash (CrmWindow *self)
{
  return g_strcmp0 (self->page, "trash") == 0;
}

gboolean
crm_window_is_today (CrmWindow *self)
{
  return g_strcmp0 (self->page, "today") == 0;
}

static void
take_section (CrmWindow       *self,
              const CrmEntity *entity)
{
  const CrmSection *section = &self->sections[find_section (entity)];

  self->entity = entity;
  self->list = section->list;
  self->card = section->card;
}

gboolean
crm_window_shows_table (CrmWindow *self)
{
  g_autofree char *face = NULL;
  gboolean allowed = FALSE;

  if (self->list == NULL)
    return FALSE;

  g_object_get (self->list, "face", &face, "table-allowed", &allowed, NULL);
  return allowed && g_strcmp0 (face, "table") == 0;
}

gboolean
crm_window_shows_empty_page (CrmWindow *self)
{
  return self->is_empty && g_strcmp0 (self->page, "clients") == 0;
}

/* The card */

static void
open_card (CrmWindow *self,
           gint64     id)
{
  if (id != 0 || self->card != NULL)
    crm_record_page_open (crm_window_ensure_card (self), id);
  if (id == 0)
    adw_leaflet_set_visible_child (self->leaflet, self->list_pane);
}

/* A list that does not show may lose the record that its card shows */
static void
on_list_open (CrmWindow   *self,
              gint64       id,
              CrmListPane *list)
{
  if (list == self->list)
    {
      open_card (self, id);
      return;
    }
  for (guint i = 0; i < CRM_WINDOW_N_SECTIONS; i++)
    if (self->sections[i].list == list && self->sections[i].card != NULL)
      crm_record_page_open (self->sections[i].card, id);
}

static void
on_list_activate (CrmWindow *self,
                  gint64     id)
{
  if (id == 0)
    return;
  /* The leaflet would take a focus it finds in the list along, to whatever comes first beside the card. */
  gtk_root_set_focus (GTK_ROOT (self), NULL);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->card_pane));
  if (adw_leaflet_get_folded (self->leaflet))
    gtk_widget_child_focus (GTK_WIDGET (self->card_pane), GTK_DIR_TAB_FORWARD);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

CrmRecordPage *
crm_window_ensure_card (CrmWindow *self)
{
  g_return_val_if_fail (CRM_IS_WINDOW (self), NULL);

  if (self->card == NULL)
    {
      self->card = CRM_RECORD_PAGE (crm_record_page_new (self->store, self->entity));
      self->sections[find_section (self->entity)].card = self->card;
      g_object_set (self->card, "show-back", adw_leaflet_get_folded (self->leaflet), NULL);
      gtk_stack_add_named (self->card_stack, GTK_WIDGET (self->card), self->entity->name);
      gtk_stack_set_visible_child (self->card_stack, GTK_WIDGET (self->card));
    }

  return self->card;
}

/* The list */

static void
on_face_notify (CrmWindow *self)
{
  /* The table leaves no room beside it: who asked for it wants to see it, not the card that was open beside the list */
  if (crm_window_shows_table (self))
    adw_leaflet_set_visible_child (self->leaflet, self->list_pane);
  crm_window_fold (self, self->width);
}

static void
select_in_sidebar (CrmWindow *self)
{
  gint64 view = 0;

  if (self->list != NULL && !crm_window_is_today (self))
    g_object_get (self->list, "view", &view, NULL);
  crm_sidebar_select (self->sidebar, view > 0 ? NULL : self->page, MAX (view, 0));
}

CrmListPane *
crm_window_ensure_list (CrmWindow *self)
{
  g_return_val_if_fail (CRM_IS_WINDOW (self), NULL);

  if (self->list == NULL)
    {
      self->list = CRM_LIST_PANE (crm_list_pane_new (self->store, self->entity, self->settings));
      self->sections[find_section (self->entity)].list = self->list;
      g_signal_connect_object (self->list, "open", G_CALLBACK (on_list_open), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->list, "activate", G_CALLBACK (on_list_activate), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->list, "notify::face", G_CALLBACK (on_face_notify), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->list, "notify::view", G_CALLBACK (select_in_sidebar), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->list_stack, GTK_WIDGET (self->list), self->entity->name);
      crm_window_fold (self, self->width);
    }

  return self->list;
}

/* The page of the day */

static void
on_today_counted (CrmWindow *self,
                  guint      late,
                  guint      today)
{
  crm_sidebar_set_count (self->sidebar, "today", late + today, late > 0);
}

void
crm_window_ensure_today (CrmWindow *self)
{
  if (self->today != NULL)
    return;
  self->today = crm_today_page_new (self->store, self->settings);
  g_signal_connect_object (self->today, "counted", G_CALLBACK (on_today_counted), self, G_CONNECT_SWAPPED);
  /* Else the list would, too, for what is in there */
  gtk_widget_set_hexpand (self->today, FALSE);
  gtk_stack_add_named (self->list_stack, self->today, "today");
}

/* Pages */

/* Where a section has no card yet, nothing shows beside its list */
static void
update_card (CrmWindow *self)
{
  if (self->is_complete && !crm_window_shows_empty_page (self) && !crm_window_is_today (self))
    crm_window_ensure_card (self);
  if (self->card != NULL)
    gtk_stack_set_visible_child (self->card_stack, GTK_WIDGET (self->card));
  else
    gtk_stack_set_visible_child_name (self->card_stack, "none");
}

static void
update_words (CrmWindow *self)
{
  guint section = find_section (self->entity);
  GAction *trash = g_action_map_lookup_action (G_ACTION_MAP (self), "trash-of");

  adw_window_title_set_title (self->list_title, crm_window_is_today (self)   ? _("Today")
                                               : is_trash (self) ? _("Trash")
                                                                 : _(sections[section].title));
  crm_display_name_control (self->new_button, _(sections[section].new_record));
  gtk_widget_set_visible (self->trash_switch, is_trash (self));
  g_simple_action_set_state (G_SIMPLE_ACTION (trash), g_variant_new_string (sections[section].page));
}

void
crm_window_update_page (CrmWindow *self)
{
  GtkWidget *empty = gtk_stack_get_child_by_name (self->list_stack, "empty");

  if (crm_window_is_today (self))
    {
      crm_window_ensure_today (self);
      gtk_stack_set_visible_child (self->list_stack, self->today);
    }
  else if (crm_window_shows_empty_page (self))
    {
      if (empty == NULL)
        gtk_stack_add_named (self->list_stack, crm_empty_page_new (), "empty");
      gtk_stack_set_visible_child_name (self->list_stack, "empty");
    }
  else
    {
      crm_window_ensure_list (self);
      gtk_stack_set_visible_child (self->list_stack, GTK_WIDGET (self->list));
      if (empty != NULL && !self->is_empty)
        gtk_stack_remove (self->list_stack, empty);
    }

  update_card (self);
  update_words (self);
  select_in_sidebar (self);
  crm_window_fold (self, self->width);
}

static void
leave_sidebar (CrmWindow *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  adw_leaflet_set_visible_child (self->leaflet, self->list_pane);
}

/* Of another section; what is typed in the one that is left is saved */
static void
change_section (CrmWindow       *self,
                const CrmEntity *entity)
{
  if (entity == self->entity)
    return;
  if (self->card != NULL)
    crm_record_page_flush (self->card);
  take_section (self, entity);
  crm_window_ensure_list (self);
}

void
crm_window_take_page (CrmWindow  *self,
                      const char *page)
{
  g_free (self->page);
  self->page = g_strdup (page);
}

/* From a page of the same entity: what is shown and selected is of the page that is left */
static void
show_page (CrmWindow       *self,
           const CrmEntity *entity,
           const char      *page)
{
  gboolean trash = g_str_equal (page, "trash");

  change_section (self, entity);
  crm_window_ensure_list (self);
  crm_window_take_page (self, page);
  if (crm_list_pane_shows_trash (self->list) != trash || crm_list_pane_has_view (self->list))
    {
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.clear-selection", NULL);
      open_card (self, 0);
      crm_list_pane_show_page (self->list, trash);
    }

  crm_window_update_page (self);
  leave_sidebar (self);
}

gboolean
crm_window_has_page (const char *page)
{
  for (guint i = 0; i < CRM_WINDOW_N_SECTIONS; i++)
    if (g_strcmp0 (page, sections[i].page) == 0)
      return TRUE;
  return g_strcmp0 (page, "trash") == 0 || g_strcmp0 (page, "today") == 0;
}

static void
show_today (CrmWindow *self)
{
  if (self->card != NULL)
    crm_record_page_flush (self->card);
  crm_window_take_page (self, "today");
  crm_window_update_page (self);
  leave_sidebar (self);
}

void
crm_window_show_page (CrmWindow  *self,
                      const char *page)
{
  g_return_if_fail (CRM_IS_WINDOW (self));
  g_return_if_fail (crm_window_has_page (page));

  if (g_str_equal (page, "today"))
    {
      show_today (self);
      return;
    }
  for (guint i = 0; i < CRM_WINDOW_N_SECTIONS; i++)
    if (g_str_equal (page, sections[i].page))
      {
        show_page (self, sections[i].entity, page);
        return;
      }
  show_page (self, self->entity, page);
}

void
crm_window_show_trash (CrmWindow       *self,
                       const CrmEntity *entity)
{
  g_return_if_fail (CRM_IS_WINDOW (self));
  g_return_if_fail (entity != NULL);

  show_page (self, entity, "trash");
}

static void
show_section (CrmWindow *self)
{
  crm_window_take_page (self, sections[find_section (self->entity)].page);
  crm_window_update_page (self);
  leave_sidebar (self);
}

void
crm_window_show_view (CrmWindow *self,
                      gint64     view)
{
  const CrmEntity *entity = NULL;

  g_return_if_fail (CRM_IS_WINDOW (self));

  entity = crm_sidebar_get_entity (self->sidebar, view);
  if (entity == NULL)
    return;
  change_section (self, entity);
  if (crm_list_pane_show_view (crm_window_ensure_list (self), view))
    show_section (self);
}

void
crm_window_show_record (CrmWindow       *self,
                        const CrmEntity *entity,
                        gint64           id)
{
  const char *page = NULL;

  g_return_if_fail (CRM_IS_WINDOW (self));
  g_return_if_fail (entity == &crm_client || entity == &crm_person);

  page = sections[find_section (entity)].page;
  if (g_strcmp0 (self->page, page) != 0)
    crm_window_show_page (self, page);
  /* Whatever the count of clients said when it was last made, there is one */
  if (entity == &crm_client)
    self->is_empty = FALSE;
  crm_window_update_page (self);
  crm_list_pane_show_record (crm_window_ensure_list (self), id);
  open_card (self, id);
  on_list_activate (self, id);
}

void
crm_window_show_without_step (CrmWindow *self)
{
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);

  g_return_if_fail (CRM_IS_WINDOW (self));

  /* As the page of the day counts them */
  crm_query_add_filter (query, CRM_CLIENT_NEXT_STEP, CRM_FILTER_EMPTY, NULL);
  crm_query_add_filter (query, CRM_CLIENT_KIND, CRM_FILTER_IS_NOT, (const char *[]){ "former", NULL });
  change_section (self, &crm_client);
  crm_list_pane_set_query (crm_window_ensure_list (self), query);
  show_section (self);
}

void
crm_window_show_clients_with (CrmWindow *self,
                              guint      field,
                              gint64     id)
{
  g_autoptr (CrmQuery) query = crm_query_new (&crm_client);
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  g_return_if_fail (CRM_IS_WINDOW (self));

  crm_query_add_filter (query, field, CRM_FILTER_IS, (const char *[]){ value, NULL });
  change_section (self, &crm_client);
  crm_list_pane_set_query (crm_window_ensure_list (self), query);
  show_section (self);
}

void
crm_window_restore_page (CrmWindow *self)
{
  g_autofree char *page = g_settings_get_string (self->settings, "page");

  if (!self->is_empty && crm_window_has_page (page) && !g_str_equal (page, "trash"))
    crm_window_take_page (self, page);
  for (guint i = 0; i < CRM_WINDOW_N_SECTIONS; i++)
    if (g_str_equal (self->page, sections[i].page))
      self->entity = sections[i].entity;
}
