/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-record-page.h"

#include "crm-address-row.h"
#include "crm-address.h"
#include "crm-child-list.h"
#include "crm-record-header.h"
#include "crm-client-resources.h"
#include "crm-client.h"
#include "crm-columns-layout.h"
#include "crm-contact-point.h"
#include "crm-contact-row.h"
#include "crm-display.h"
#include "crm-error.h"
#include "crm-form.h"
#include "crm-history-view.h"
#include "crm-link.h"
#include "crm-people-section.h"
#include "crm-position-adder.h"
#include "crm-position-row.h"
#include "crm-position.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

/* What a page says of the records it is for. All are N_(). */
typedef struct {
  const char *choose;
  const char *cannot_show;
  const char *in_trash;
  const char *more;
} Words;

static const Words client_words = {
  .choose = N_("Choose a Client"),
  .cannot_show = N_("This Client Cannot Be Shown"),
  .in_trash = N_("This client is in the trash."),
  .more = N_("More for this client"),
};

static const Words person_words = {
  .choose = N_("Choose a Person"),
  .cannot_show = N_("This Person Cannot Be Shown"),
  .in_trash = N_("This person is in the trash."),
  .more = N_("More for this person"),
};

struct _CrmRecordPage {
  GtkWidget        parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;
  gint64           id;           /* to be shown; 0: none */
  CrmRecord       *record;       /* shown: another than id while that is read; NULL: none */
  gulong           notify_handler;
  GCancellable    *cancellable;  /* while it is read */
  gboolean         show_back;

  CrmForm         *form;
  CrmRecordHeader *header;
  CrmChildList    *contacts;
  CrmChildList    *addresses;    /* of a client; else NULL */
  CrmPeopleSection *people;      /* who works at a client; else NULL */
  CrmChildList    *positions;    /* where a person works; else NULL */
  CrmPositionAdder *position_adder;
  GtkWidget       *add_phone;    /* rows where there is none yet */
  GtkWidget       *add_email;
  GtkWidget       *add_first_address;
  CrmHistoryView  *history;

  /* Template */
  GtkWidget       *content;
  GtkWidget       *call;
  GtkWidget       *mail;
  GtkWidget       *delete;
  GtkWidget       *more;
  GtkRevealer     *trash;
  GtkLabel        *in_trash;
  GtkStack        *states;
  AdwStatusPage   *nothing;
  AdwStatusPage   *failure;
  GtkScrolledWindow *scroller;
  GtkWidget       *card;
  GtkStack        *views;
  GtkWidget       *columns;
  GtkBox          *left;
  GtkBox          *right;
  AdwBin          *history_bin;
  GtkWidget       *add_contact;
  GtkWidget       *add_address;
};

G_DEFINE_FINAL_TYPE (CrmRecordPage, crm_record_page, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SHOW_BACK,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* State */

/* (transfer full): what record.call and record.mail open: of the main contact point that has it; NULL: none. */
static char *
find_link (CrmRecordPage *self,
           const char    *scheme)
{
  GPtrArray *values = crm_child_list_get_values (self->contacts);
  guint i;

  for (i = 0; values != NULL && i < values->len; i++)
    {
      g_autofree char *link = crm_contact_point_get_link (values->pdata[i]);

      if (link != NULL && g_str_has_prefix (link, scheme))
        return g_steal_pointer (&link);
    }
  return NULL;
}

static gboolean
has_contact (CrmRecordPage *self,
             gboolean       is_number)
{
  GPtrArray *values = crm_child_list_get_values (self->contacts);
  guint i;

  for (i = 0; values != NULL && i < values->len; i++)
    if (is_number ? crm_contact_point_is_number (values->pdata[i])
                  : g_strcmp0 (crm_values_get_text (values->pdata[i], CRM_CONTACT_POINT_KIND), "email") == 0)
      return TRUE;
  return FALSE;
}

static void
enable_adding (CrmRecordPage *self,
               gboolean       is_editable)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "record.add-address", is_editable && self->addresses != NULL);
  gtk_widget_action_set_enabled (widget, "record.add-person", is_editable && self->people != NULL);
  gtk_widget_action_set_enabled (widget, "record.add-position", is_editable && self->positions != NULL);
  gtk_widget_action_set_enabled (widget, "record.add-tag", is_editable && crm_entity_find_field (self->entity, "tags") >= 0);
}

static void
update_actions (CrmRecordPage *self)
{
  static const char * const editing[] = {
    "record.edit", "record.add-phone", "record.add-mobile", "record.add-email", "record.add-fax", "record.add-chat", "record.delete", NULL,
  };
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_shown = self->record != NULL;
  gboolean is_deleted = is_shown && crm_record_get_is_deleted (self->record);
  g_autofree char *phone = is_shown ? find_link (self, "tel:") : NULL;
  g_autofree char *email = is_shown ? find_link (self, "mailto:") : NULL;
  guint i;

  for (i = 0; editing[i] != NULL; i++)
    gtk_widget_action_set_enabled (widget, editing[i], is_shown && !is_deleted);
  enable_adding (self, is_shown && !is_deleted);
  gtk_widget_action_set_enabled (widget, "record.call", phone != NULL);
  gtk_widget_action_set_enabled (widget, "record.mail", email != NULL);
  gtk_widget_action_set_enabled (widget, "record.restore", is_deleted);
  gtk_widget_action_set_enabled (widget, "record.history", is_shown);
  gtk_widget_action_set_enabled (widget, "record.copy-name", is_shown);
  gtk_widget_set_sensitive (self->columns, !is_deleted);
  gtk_widget_set_visible (self->call, is_shown);
  gtk_widget_set_visible (self->mail, is_shown);
  gtk_widget_set_visible (self->more, is_shown);
  /* Where there is one pane only there is no room for it beside the way back; the menu has it, too */
  gtk_widget_set_visible (self->delete, is_shown && !is_deleted && !self->show_back);
  gtk_revealer_set_reveal_child (self->trash, is_deleted);
}

static void
on_contacts_changed (CrmRecordPage *self)
{
  gtk_widget_set_visible (self->add_phone, crm_child_list_get_values (self->contacts) != NULL && !has_contact (self, TRUE));
  gtk_widget_set_visible (self->add_email, crm_child_list_get_values (self->contacts) != NULL && !has_contact (self, FALSE));
  update_actions (self);
}

static void
on_addresses_changed (CrmRecordPage *self)
{
  GPtrArray *values = crm_child_list_get_values (self->addresses);

  gtk_widget_set_visible (self->add_first_address, values != NULL && values->len == 0);
}

/* Opening */

/* The row of a contact point of that kind to be filled in; @text: its draft, or NULL. */
static void
add_contact (CrmRecordPage *self,
             const char    *kind,
             const char    *text)
{
  g_autoptr (CrmValues) values = crm_child_list_create_values (self->contacts);
  g_autoptr (GHashTable) drafts = NULL;

  crm_values_set_text (values, CRM_CONTACT_POINT_KIND, kind);
  if (text != NULL)
    {
      drafts = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_insert (drafts, (char *) "value", (char *) text);
    }
  crm_child_list_add (self->contacts, values, kind, drafts);
}

/* The row of an address to be filled in; @drafts: field → text, or NULL. */
static void
add_address (CrmRecordPage *self,
             GHashTable    *drafts)
{
  g_autoptr (CrmValues) values = crm_child_list_create_values (self->addresses);

  crm_values_set_text (values, CRM_ADDRESS_KIND, crm_address.fields[CRM_ADDRESS_KIND].choices[0].name);
  crm_child_list_add (self->addresses, values, CRM_ADDRESS_DRAFT, drafts);
}

static void
put_address_back (CrmRecordPage *self,
                  GHashTable    *drafts)
{
  g_autoptr (GHashTable) of_address = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer name, text;

  g_hash_table_iter_init (&iter, drafts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    if (g_str_has_prefix (name, CRM_ADDRESS_DRAFT))
      g_hash_table_insert (of_address, (char *) name + strlen (CRM_ADDRESS_DRAFT), text);
  if (g_hash_table_size (of_address) > 0)
    add_address (self, of_address);
}

typedef struct {
  CrmRecordPage *page;
  gint64         id;
} DraftRequest;

static void
on_drafts_loaded (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autofree DraftRequest *request = data;
  g_autoptr (CrmRecordPage) self = request->page;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) drafts = crm_store_load_drafts_finish (CRM_STORE (source), result, &error);
  const CrmChoice *kinds = crm_contact_point.fields[CRM_CONTACT_POINT_KIND].choices;
  guint i;

  if (drafts == NULL)
    {
      g_message ("No drafts: %s", error->message);
      return;
    }
  if (self->record == NULL || crm_record_get_id (self->record) != request->id)
    return;
  for (i = 0; kinds[i].name != NULL; i++)
    {
      const char *text = g_hash_table_lookup (drafts, kinds[i].name);

      if (text != NULL)
        add_contact (self, kinds[i].name, text);
    }
  if (self->addresses != NULL)
    put_address_back (self, drafts);
  if (self->people != NULL)
    crm_people_section_put_drafts_back (self->people, drafts);
  if (self->position_adder != NULL)
    crm_position_adder_put_drafts_back (self->position_adder, drafts);
}

/* Of what was being added: the record keeps them. */
static void
load_drafts (CrmRecordPage *self)
{
  DraftRequest *request = g_new (DraftRequest, 1);

  *request = (DraftRequest) { g_object_ref (self), crm_record_get_id (self->record) };
  crm_store_load_drafts_async (self->store, self->entity, request->id, on_drafts_loaded, request);
}

static void
unbind (CrmRecordPage *self)
{
  if (self->record != NULL)
    g_clear_signal_handler (&self->notify_handler, self->record);
  g_clear_object (&self->record);
}

static void
cancel (CrmRecordPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
bind_record (CrmRecordPage *self,
             CrmRecord     *record)
{
  gint64 id = record != NULL ? crm_record_get_id (record) : 0;

  crm_form_bind (self->form, record);
  crm_record_header_bind (self->header, record);
  crm_child_list_open (self->contacts, id);
  if (self->addresses != NULL)
    crm_child_list_open (self->addresses, id);
  if (self->people != NULL)
    crm_people_section_open (self->people, id);
  if (self->positions != NULL)
    {
      crm_child_list_open (self->positions, id);
      crm_position_adder_open (self->position_adder, id);
    }
  crm_history_view_open (self->history, self->entity, id);
  if (record != NULL)
    {
      self->record = g_object_ref (record);
      self->notify_handler = g_signal_connect_swapped (record, "notify::is-deleted", G_CALLBACK (update_actions), self);
      load_drafts (self);
    }
  update_actions (self);
}

static void
on_record_read (GObject      *source,
                GAsyncResult *result,
                gpointer      data)
{
  g_autoptr (CrmRecordPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CrmRecord) record = crm_store_get_record_finish (CRM_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->store == NULL)
    return;
  g_clear_object (&self->cancellable);
  unbind (self);
  if (record == NULL)
    {
      g_autofree char *description = g_markup_escape_text (error->message, -1);

      bind_record (self, NULL);
      adw_status_page_set_description (self->failure, description);
      gtk_stack_set_visible_child_name (self->states, "failed");
      return;
    }
  bind_record (self, record);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  gtk_stack_set_visible_child_name (self->states, "card");
}

/* Actions */

static void
open_link (CrmRecordPage *self,
           const char    *scheme)
{
  g_autofree char *link = find_link (self, scheme);

  if (link != NULL)
    crm_link_open (GTK_WIDGET (self), link);
}

static void
call_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  open_link (CRM_RECORD_PAGE (widget), "tel:");
}

static void
mail_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  open_link (CRM_RECORD_PAGE (widget), "mailto:");
}

static void
show_overview (CrmRecordPage *self)
{
  gtk_stack_set_visible_child_name (self->views, "overview");
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  show_overview (self);
  crm_form_focus (self->form, "name");
}

static void
history_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gtk_stack_set_visible_child_name (CRM_RECORD_PAGE (widget)->views, "history");
}

static void
add_tag_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  crm_record_header_add_tag (CRM_RECORD_PAGE (widget)->header);
}

static void
copy_name_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), crm_record_get_title (self->record));
  crm_toast (widget, _("Copied"));
}

static void
add_contact_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);
  const CrmChoice *kinds = crm_contact_point.fields[CRM_CONTACT_POINT_KIND].choices;
  guint i;

  show_overview (self);
  /* The name that lasts: drafts are kept under it */
  for (i = 0; kinds[i].name != NULL; i++)
    if (strcmp (kinds[i].name, name + strlen ("record.add-")) == 0)
      add_contact (self, kinds[i].name, NULL);
}

static void
add_address_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  show_overview (self);
  add_address (self, NULL);
}

static void
add_person_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  show_overview (self);
  crm_people_section_add (self->people);
}

static void
add_position_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);

  show_overview (self);
  crm_position_adder_begin (self->position_adder);
}

typedef struct {
  CrmRecordPage *page;
  char          *name;
} Deletion;

static void
on_deleted (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autofree Deletion *deletion = data;
  g_autoptr (CrmRecordPage) self = deletion->page;
  g_autofree char *name = deletion->name;
  g_autofree char *text = g_strdup_printf (_("“%s” moved to the trash"), name);
  g_autoptr (GError) error = NULL;
  gboolean is_done = crm_store_step_finish (CRM_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (is_done)
    crm_toast_undo (GTK_WIDGET (self), text);
  else
    crm_toast_error (GTK_WIDGET (self), error);
}

static void
on_restored (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (CrmRecordPage) self = data;
  g_autoptr (GError) error = NULL;

  if (!crm_store_step_finish (CRM_STORE (source), result, &error) && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    crm_toast_error (GTK_WIDGET (self), error);
}

static GArray *
create_ids (CrmRecordPage *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = crm_record_get_id (self->record);

  return g_array_append_val (ids, id);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);
  g_autoptr (GArray) ids = create_ids (self);
  Deletion *deletion = g_new (Deletion, 1);

  crm_record_page_flush (self);
  *deletion = (Deletion) { g_object_ref (self), crm_display_line (crm_record_get_title (self->record)) };
  crm_store_delete_async (self->store, self->entity, ids, NULL, on_deleted, deletion);
}

static void
restore_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (widget);
  g_autoptr (GArray) ids = create_ids (self);

  crm_store_restore_async (self->store, self->entity, ids, NULL, on_restored, g_object_ref (self));
}

static void
on_edge_reached (CrmRecordPage   *self,
                 GtkPositionType  edge)
{
  if (edge == GTK_POS_BOTTOM && g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "history") == 0)
    crm_history_view_read_more (self->history);
}

/* The class */

static void
crm_record_page_get_property (GObject    *object,
                              guint       id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SHOW_BACK:
      g_value_set_boolean (value, CRM_RECORD_PAGE (object)->show_back);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_record_page_set_property (GObject      *object,
                              guint         id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (object);

  switch (id)
    {
    case PROP_SHOW_BACK:
      if (self->show_back == g_value_get_boolean (value))
        break;
      self->show_back = g_value_get_boolean (value);
      update_actions (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
crm_record_page_dispose (GObject *object)
{
  CrmRecordPage *self = CRM_RECORD_PAGE (object);

  cancel (self);
  unbind (self);
  if (self->form != NULL)
    crm_form_bind (self->form, NULL);
  g_clear_object (&self->form);
  g_clear_object (&self->position_adder);
  g_clear_object (&self->store);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (crm_record_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "record.call", NULL, call_action);
  gtk_widget_class_install_action (widget_class, "record.mail", NULL, mail_action);
  gtk_widget_class_install_action (widget_class, "record.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "record.history", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "record.copy-name", NULL, copy_name_action);
  gtk_widget_class_install_action (widget_class, "record.add-tag", NULL, add_tag_action);
  gtk_widget_class_install_action (widget_class, "record.add-phone", NULL, add_contact_action);
  gtk_widget_class_install_action (widget_class, "record.add-mobile", NULL, add_contact_action);
  gtk_widget_class_install_action (widget_class, "record.add-email", NULL, add_contact_action);
  gtk_widget_class_install_action (widget_class, "record.add-fax", NULL, add_contact_action);
  gtk_widget_class_install_action (widget_class, "record.add-chat", NULL, add_contact_action);
  gtk_widget_class_install_action (widget_class, "record.add-address", NULL, add_address_action);
  gtk_widget_class_install_action (widget_class, "record.add-person", NULL, add_person_action);
  gtk_widget_class_install_action (widget_class, "record.add-position", NULL, add_position_action);
  gtk_widget_class_install_action (widget_class, "record.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "record.restore", NULL, restore_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "record.edit", NULL);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, content);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, call);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, mail);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, delete);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, more);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, trash);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, in_trash);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, states);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, failure);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, card);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, views);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, columns);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, left);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, right);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, history_bin);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, add_contact);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, add_address);
  gtk_widget_class_bind_template_callback (widget_class, on_edge_reached);
}

static void
crm_record_page_class_init (CrmRecordPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = crm_record_page_get_property;
  object_class->set_property = crm_record_page_set_property;
  object_class->dispose = crm_record_page_dispose;
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_resources_register (crm_ui_client_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-record-page.ui");
  bind_template (widget_class);
  install_actions (widget_class);
}

static void
crm_record_page_init (CrmRecordPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Building */

static GtkWidget *
create_add_row (const char *label,
                const char *action)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_underline (ADW_PREFERENCES_ROW (row), TRUE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  gtk_widget_add_css_class (row, "add-row");
  gtk_widget_set_visible (row, FALSE);
  return row;
}

static void
build_contacts (CrmRecordPage *self)
{
  const CrmEntity *point = self->entity == &crm_person ? &crm_person_point : &crm_contact_point;

  self->contacts = CRM_CHILD_LIST (crm_child_list_new (self->store, point, CRM_TYPE_CONTACT_ROW));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->contacts), _("Contact"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->contacts), self->add_contact);
  self->add_phone = create_add_row (_("Add a Phone Number"), "record.add-phone");
  self->add_email = create_add_row (_("Add an E-mail Address"), "record.add-email");
  crm_child_list_append (self->contacts, self->add_phone);
  crm_child_list_append (self->contacts, self->add_email);
  g_signal_connect_swapped (self->contacts, "changed", G_CALLBACK (on_contacts_changed), self);
}

static void
build_addresses (CrmRecordPage *self)
{
  self->addresses = CRM_CHILD_LIST (crm_child_list_new (self->store, &crm_address, CRM_TYPE_ADDRESS_ROW));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self->addresses), self->add_address);
  self->add_first_address = create_add_row (_("Add an Address"), "record.add-address");
  crm_child_list_append (self->addresses, self->add_first_address);
  g_signal_connect_swapped (self->addresses, "changed", G_CALLBACK (on_addresses_changed), self);
}

static void
build_positions (CrmRecordPage *self)
{
  GtkWidget * const *rows;
  guint n_rows;

  self->positions = CRM_CHILD_LIST (crm_child_list_new (self->store, &crm_position, CRM_TYPE_POSITION_ROW));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->positions), _("Firms"));
  self->position_adder = crm_position_adder_new (self->store, CRM_POSITION_PERSON, _("Add a Firm"), "record.add-position");
  rows = crm_position_adder_get_rows (self->position_adder, &n_rows);
  for (guint i = 0; i < n_rows; i++)
    crm_child_list_append (self->positions, rows[i]);
}

static void
build_children (CrmRecordPage *self)
{
  build_contacts (self);
  if (self->entity == &crm_person)
    {
      build_positions (self);
      return;
    }
  build_addresses (self);
  self->people = CRM_PEOPLE_SECTION (crm_people_section_new (self->store));
}

static void
set_words (CrmRecordPage *self)
{
  const Words *words = self->entity == &crm_person ? &person_words : &client_words;

  adw_status_page_set_icon_name (self->nothing, self->entity->icon);
  adw_status_page_set_title (self->nothing, _(words->choose));
  adw_status_page_set_title (self->failure, _(words->cannot_show));
  gtk_label_set_text (self->in_trash, _(words->in_trash));
  gtk_widget_set_tooltip_text (self->more, _(words->more));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, _(words->more), -1);
}

/* Left how to reach it, who is there and the terms, right who it is; groups that are new in the table of fields come last on the right. */
static void
place_groups (CrmRecordPage *self)
{
  GtkWidget *contact = crm_form_get_group (self->form, "Contact");
  GtkWidget *commercial = crm_form_get_group (self->form, "Commercial");
  GPtrArray *groups = crm_form_get_groups (self->form);
  guint i;

  gtk_box_append (self->left, GTK_WIDGET (self->contacts));
  if (contact != NULL)
    {
      /* Part of the section above */
      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (contact), "");
      gtk_box_append (self->left, contact);
    }
  if (self->positions != NULL)
    gtk_box_append (self->left, GTK_WIDGET (self->positions));
  if (self->people != NULL)
    gtk_box_append (self->left, GTK_WIDGET (self->people));
  if (self->addresses != NULL)
    gtk_box_append (self->left, GTK_WIDGET (self->addresses));
  if (commercial != NULL)
    gtk_box_append (self->left, commercial);
  for (i = 0; i < groups->len; i++)
    if (groups->pdata[i] != contact && groups->pdata[i] != commercial)
      gtk_box_append (self->right, groups->pdata[i]);
}

GtkWidget *
crm_record_page_new (CrmStore        *store,
                     const CrmEntity *entity)
{
  CrmRecordPage *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity == &crm_client || entity == &crm_person, NULL);

  self = g_object_new (CRM_TYPE_RECORD_PAGE, NULL);
  self->store = g_object_ref (store);
  self->entity = entity;
  self->form = crm_form_new (store, entity);
  self->header = CRM_RECORD_HEADER (crm_record_header_new (store, entity));
  self->history = CRM_HISTORY_VIEW (crm_history_view_new (store));
  gtk_box_prepend (GTK_BOX (self->card), GTK_WIDGET (self->header));
  gtk_widget_set_layout_manager (self->columns, crm_columns_layout_new (340, 24));
  adw_bin_set_child (self->history_bin, GTK_WIDGET (self->history));
  build_children (self);
  place_groups (self);
  set_words (self);
  update_actions (self);
  return GTK_WIDGET (self);
}

void
crm_record_page_open (CrmRecordPage *self,
                      gint64         id)
{
  g_return_if_fail (CRM_IS_RECORD_PAGE (self));
  g_return_if_fail (id >= 0);

  if (id == self->id)
    return;
  cancel (self);
  self->id = id;
  if (id == 0)
    {
      unbind (self);
      bind_record (self, NULL);
      gtk_stack_set_visible_child_name (self->states, "none");
      return;
    }
  self->cancellable = g_cancellable_new ();
  crm_store_get_record_async (self->store, self->entity, id, self->cancellable, on_record_read, g_object_ref (self));
}

gint64
crm_record_page_get_id (CrmRecordPage *self)
{
  g_return_val_if_fail (CRM_IS_RECORD_PAGE (self), 0);

  return self->id;
}

void
crm_record_page_flush (CrmRecordPage *self)
{
  g_return_if_fail (CRM_IS_RECORD_PAGE (self));

  crm_form_flush (self->form);
  crm_child_list_flush (self->contacts);
  if (self->addresses != NULL)
    crm_child_list_flush (self->addresses);
  if (self->people != NULL)
    crm_people_section_flush (self->people);
  if (self->positions != NULL)
    {
      crm_child_list_flush (self->positions);
      crm_position_adder_flush (self->position_adder);
    }
}
