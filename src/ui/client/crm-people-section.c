/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-people-section.h"

#include "crm-display.h"
#include "crm-link.h"
#include "crm-people.h"
#include "crm-picture.h"
#include "crm-position-adder.h"
#include "crm-position.h"
#include "crm-time.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

#define AVATAR_SIZE 32

struct _CrmPeopleSection {
  AdwPreferencesGroup parent_instance;

  CrmStore           *store;
  GtkListBox         *list;
  GPtrArray          *rows;    /* of people; not owned */
  CrmPositionAdder   *adder;
  gint64              client;  /* 0: none */
  GCancellable       *cancellable;
};

G_DEFINE_FINAL_TYPE (CrmPeopleSection, crm_people_section, ADW_TYPE_PREFERENCES_GROUP)

static void reload (CrmPeopleSection *self);

/* Rows */

static void
on_link_clicked (GtkWidget *button)
{
  crm_link_open (button, g_object_get_data (G_OBJECT (button), "crm-link"));
}

static void
add_link_button (AdwActionRow *row,
                 const char   *icon,
                 const char   *words,
                 const char   *value,
                 char         *link)
{
  g_autofree char *taken = link;
  g_autofree char *shown = crm_display_line (value);
  g_autofree char *name = g_strdup_printf ("%s %s", words, shown);
  GtkWidget *button = NULL;

  if (link == NULL)
    return;
  button = gtk_button_new_from_icon_name (icon);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "crm-link", g_steal_pointer (&taken), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_link_clicked), NULL);
  adw_action_row_add_suffix (row, button);
}

/* (transfer full): in plain text, that one has left before what one was, and until when */
static char *
describe (const CrmColleague *colleague)
{
  const char *left = crm_field_get_choice_label (&crm_position.fields[CRM_POSITION_KIND], "left");
  g_autofree char *end = crm_date_format (colleague->until);
  g_autofree char *until = colleague->has_left && end != NULL ? g_strdup_printf (_("until %s"), end) : NULL;
  const char *words[] = {
    colleague->has_left ? left : NULL, colleague->role,
    colleague->buying_role != NULL ? crm_field_get_choice_label (&crm_position.fields[CRM_POSITION_BUYING_ROLE], colleague->buying_role) : NULL,
    until,
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words[i]);
  return crm_display_line (text->str);
}

/* The main contact */

static void
on_contact_saved (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (CrmPeopleSection) self = data;
  g_autoptr (GError) error = NULL;

  if (crm_store_save_finish (CRM_STORE (source), result, &error) == 0 && self->store != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    {
      crm_toast_error (GTK_WIDGET (self), error);
      reload (self);
    }
}

static void
on_star_toggled (GtkToggleButton  *star,
                 CrmPeopleSection *self)
{
  const gint64 *position = g_object_get_data (G_OBJECT (star), "crm-position");
  g_autoptr (CrmValues) changes = crm_values_new (&crm_position, *position);

  crm_values_set_integer (changes, CRM_POSITION_CONTACT, gtk_toggle_button_get_active (star));
  crm_store_save_async (self->store, changes, NULL, on_contact_saved, g_object_ref (self));
}

static GtkWidget *
create_star (CrmPeopleSection   *self,
             const CrmColleague *colleague,
             const char         *name)
{
  GtkWidget *star = gtk_toggle_button_new ();
  const char *words = crm_field_get_label (&crm_position.fields[CRM_POSITION_CONTACT]);
  g_autofree char *label = g_strdup_printf ("%s: %s", words, name);

  gtk_button_set_icon_name (GTK_BUTTON (star), colleague->is_contact ? "starred-symbolic" : "non-starred-symbolic");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (star), colleague->is_contact);
  gtk_widget_set_valign (star, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (star, "flat");
  gtk_widget_add_css_class (star, "star");
  gtk_widget_set_tooltip_text (star, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (star), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (star), "crm-position", g_memdup2 (&colleague->position, sizeof colleague->position), g_free);
  g_signal_connect_object (star, "toggled", G_CALLBACK (on_star_toggled), self, 0);
  return star;
}

static GtkWidget *
create_avatar (CrmPeopleSection   *self,
               const char         *name,
               const CrmColleague *colleague)
{
  GtkWidget *avatar = adw_avatar_new (AVATAR_SIZE, name, TRUE);

  crm_picture_show (ADW_AVATAR (avatar), crm_store_get_path (self->store), colleague->photo);
  return avatar;
}

static GtkWidget *
create_row (CrmPeopleSection   *self,
            const CrmColleague *colleague)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  g_autofree char *name = crm_display_line (colleague->name);
  g_autofree char *words = describe (colleague);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_title_lines (row, 1);
  adw_action_row_set_subtitle (row, words);
  adw_action_row_set_subtitle_lines (row, 2);
  adw_action_row_add_prefix (row, create_avatar (self, name, colleague));
  if (!colleague->has_left)
    adw_action_row_add_suffix (row, create_star (self, colleague, name));
  if (!colleague->has_left && colleague->phone != NULL)
    add_link_button (row, "crm-phone-symbolic", _("Call"), colleague->phone, crm_link_for_phone (colleague->phone));
  if (!colleague->has_left && colleague->email != NULL)
    add_link_button (row, "crm-mail-symbolic", _("Write an e-mail"), colleague->email, crm_link_for_email (colleague->email));
  if (colleague->has_left)
    gtk_widget_add_css_class (GTK_WIDGET (row), "left");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-record");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", colleague->person);
  g_object_set_data_full (G_OBJECT (row), "crm-person", g_memdup2 (&colleague->person, sizeof colleague->person), g_free);
  return GTK_WIDGET (row);
}

static void
clear_rows (CrmPeopleSection *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    gtk_list_box_remove (self->list, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
}

static GtkWidget *
find_row (CrmPeopleSection *self,
          gint64            person)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (*(gint64 *) g_object_get_data (self->rows->pdata[i], "crm-person") == person)
      return self->rows->pdata[i];
  return NULL;
}

/* The focus stays with whom it was at. */
static void
show_people (CrmPeopleSection *self,
             GPtrArray        *people)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  gboolean is_row = focus != NULL && g_ptr_array_find (self->rows, focus, NULL);
  gint64 person = is_row ? *(gint64 *) g_object_get_data (G_OBJECT (focus), "crm-person") : 0;

  if (is_row)
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_BACKWARD);
  clear_rows (self);
  for (guint i = 0; i < people->len; i++)
    {
      GtkWidget *row = create_row (self, people->pdata[i]);

      gtk_list_box_insert (self->list, row, (int) i);
      g_ptr_array_add (self->rows, row);
    }
  focus = is_row ? find_row (self, person) : NULL;
  if (focus != NULL)
    gtk_widget_grab_focus (focus);
}

/* Reading */

/* On the reader's thread. */
static gpointer
read_people (CrmDb         *db,
             gpointer       client,
             GCancellable  *cancellable,
             GError       **error)
{
  return crm_people_read (db, *(gint64 *) client, error);
}

static void
on_people_read (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (CrmPeopleSection) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) people = crm_store_read_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  if (people != NULL)
    show_people (self, people);
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
cancel (CrmPeopleSection *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
reload (CrmPeopleSection *self)
{
  cancel (self);
  self->cancellable = g_cancellable_new ();
  crm_store_read_async (self->store, read_people, g_memdup2 (&self->client, sizeof self->client), g_free, (GDestroyNotify) g_ptr_array_unref,
                        self->cancellable, on_people_read, g_object_ref (self));
}

static void
on_store_changed (CrmPeopleSection *self,
                  CrmChangeSet     *changes)
{
  if (self->client != 0 &&
      (crm_change_set_touches_entity (changes, &crm_person) || crm_change_set_touches_entity (changes, &crm_position)))
    reload (self);
}

/* The class */

static void
crm_people_section_dispose (GObject *object)
{
  CrmPeopleSection *self = CRM_PEOPLE_SECTION (object);

  cancel (self);
  g_clear_object (&self->adder);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_people_section_parent_class)->dispose (object);
}

static void
crm_people_section_finalize (GObject *object)
{
  g_ptr_array_unref (CRM_PEOPLE_SECTION (object)->rows);
  G_OBJECT_CLASS (crm_people_section_parent_class)->finalize (object);
}

static void
crm_people_section_class_init (CrmPeopleSectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_people_section_dispose;
  object_class->finalize = crm_people_section_finalize;
}

static void
crm_people_section_init (CrmPeopleSection *self)
{
  self->rows = g_ptr_array_new ();
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("People"), -1);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("People"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->list));
}

GtkWidget *
crm_people_section_new (CrmStore *store)
{
  CrmPeopleSection *self = NULL;
  GtkWidget * const *rows;
  guint n_rows;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);

  self = g_object_new (CRM_TYPE_PEOPLE_SECTION, NULL);
  self->store = g_object_ref (store);
  self->adder = crm_position_adder_new (store, CRM_POSITION_CLIENT, _("Add a Person"), "record.add-person");
  rows = crm_position_adder_get_rows (self->adder, &n_rows);
  for (guint i = 0; i < n_rows; i++)
    gtk_list_box_append (self->list, rows[i]);
  g_signal_connect_object (store, "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
crm_people_section_open (CrmPeopleSection *self,
                         gint64            client)
{
  g_return_if_fail (CRM_IS_PEOPLE_SECTION (self));

  cancel (self);
  self->client = client;
  clear_rows (self);
  crm_position_adder_open (self->adder, client);
  if (client != 0)
    reload (self);
}

void
crm_people_section_add (CrmPeopleSection *self)
{
  g_return_if_fail (CRM_IS_PEOPLE_SECTION (self));

  crm_position_adder_begin (self->adder);
}

void
crm_people_section_put_drafts_back (CrmPeopleSection *self,
                                    GHashTable       *drafts)
{
  g_return_if_fail (CRM_IS_PEOPLE_SECTION (self));

  crm_position_adder_put_drafts_back (self->adder, drafts);
}

void
crm_people_section_flush (CrmPeopleSection *self)
{
  g_return_if_fail (CRM_IS_PEOPLE_SECTION (self));

  crm_position_adder_flush (self->adder);
}
