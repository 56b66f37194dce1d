/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-record-page-private.h"

#include "crm-client-resources.h"
#include "crm-client.h"
#include "crm-contact-row.h"
#include "crm-error.h"

G_DEFINE_FINAL_TYPE (CrmRecordPage, crm_record_page, GTK_TYPE_WIDGET)

enum {
  PROP_0,
  PROP_SHOW_BACK,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

/* State */

char *
crm_record_page_find_link (CrmRecordPage *self,
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

static void
enable_adding (CrmRecordPage *self,
               gboolean       is_editable)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "record.add-address", is_editable && self->addresses != NULL);
  gtk_widget_action_set_enabled (widget, "record.add-person", is_editable && self->people != NULL);
  gtk_widget_action_set_enabled (widget, "record.add-position", is_editable && self->positions != NULL);
  gtk_widget_action_set_enabled (widget, "record.add-task", is_editable);
  gtk_widget_action_set_enabled (widget, "record.next-step", is_editable && self->next_step_bar != NULL);
  gtk_widget_action_set_enabled (widget, "record.put-template", is_editable && self->next_step_bar != NULL);
  gtk_widget_action_set_enabled (widget, "record.add-tag", is_editable && crm_entity_find_field (self->entity, "tags") >= 0);
}

static void
enable_picture (CrmRecordPage *self,
                gboolean       is_editable)
{
  static const struct { const char *field, *set, *remove; } kinds[] = {
    { "photo", "record.set-photo", "record.remove-photo" },
    { "logo", "record.set-logo", "record.remove-logo" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      int field = crm_entity_find_field (self->entity, kinds[i].field);
      gboolean can_set = is_editable && field >= 0;

      gtk_widget_action_set_enabled (GTK_WIDGET (self), kinds[i].set, can_set);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), kinds[i].remove,
                                     can_set && !crm_values_is_null (crm_record_get_values (self->record), (guint) field));
    }
}

void
crm_record_page_update_actions (CrmRecordPage *self)
{
  static const char * const editing[] = {
    "record.edit", "record.log-mail", "record.add-phone", "record.add-mobile", "record.add-email", "record.add-fax", "record.add-chat", "record.delete", NULL,
  };
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_shown = self->record != NULL;
  gboolean is_deleted = is_shown && crm_record_get_is_deleted (self->record);
  g_autofree char *phone = is_shown ? crm_record_page_find_link (self, "tel:") : NULL;
  g_autofree char *email = is_shown ? crm_record_page_find_link (self, "mailto:") : NULL;
  guint i;

  for (i = 0; editing[i] != NULL; i++)
    gtk_widget_action_set_enabled (widget, editing[i], is_shown && !is_deleted);
  enable_adding (self, is_shown && !is_deleted);
  enable_picture (self, is_shown && !is_deleted);
  gtk_widget_action_set_enabled (widget, "record.call", phone != NULL);
  gtk_widget_action_set_enabled (widget, "record.mail", email != NULL);
  gtk_widget_action_set_enabled (widget, "record.restore", is_deleted);
  gtk_widget_action_set_enabled (widget, "record.history", is_shown);
  gtk_widget_action_set_enabled (widget, "record.data-of", is_shown && self->entity == &crm_person);
  gtk_widget_action_set_enabled (widget, "record.export", is_shown && (self->entity == &crm_client || self->entity == &crm_person));
  gtk_widget_action_set_enabled (widget, "record.erase", is_shown && self->entity == &crm_person);
  gtk_widget_action_set_enabled (widget, "record.copy-name", is_shown);
  gtk_widget_set_sensitive (self->columns, !is_deleted);
  gtk_widget_set_sensitive (GTK_WIDGET (self->documents), !is_deleted);
  gtk_widget_set_visible (self->call, is_shown);
  gtk_widget_set_visible (self->mail, is_shown);
  gtk_widget_set_visible (self->more, is_shown);
  /* Where there is one pane only there is no room for it beside the way back; the menu has it, too */
  gtk_widget_set_visible (self->delete, is_shown && !is_deleted && !self->show_back);
  gtk_revealer_set_reveal_child (self->trash, is_deleted);
}

/* Opening */

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

  if (drafts == NULL)
    {
      g_message ("No drafts: %s", error->message);
      return;
    }
  if (self->record == NULL || crm_record_get_id (self->record) != request->id)
    return;
  for (guint i = 0; i < self->parts->len; i++)
    {
      const CrmCardPart *part = &g_array_index (self->parts, CrmCardPart, i);

      if (part->put_drafts_back != NULL)
        part->put_drafts_back (part->object, drafts);
    }
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

/* What was erased or taken back, here or elsewhere, shows no longer. */
static void
on_notify (CrmRecordPage *self)
{
  if (crm_record_get_is_gone (self->record))
    crm_record_page_open (self, 0);
  else
    crm_record_page_update_actions (self);
}

static void
bind_record (CrmRecordPage *self,
             CrmRecord     *record)
{
  gint64 id = record != NULL ? crm_record_get_id (record) : 0;

  crm_form_bind (self->form, record);
  crm_record_header_bind (self->header, record);
  for (guint i = 0; i < self->parts->len; i++)
    {
      const CrmCardPart *part = &g_array_index (self->parts, CrmCardPart, i);

      if (part->open != NULL)
        part->open (part->object, id);
    }
  if (record != NULL)
    {
      self->record = g_object_ref (record);
      self->notify_handler = g_signal_connect_swapped (record, "notify", G_CALLBACK (on_notify), self);
      load_drafts (self);
    }
  crm_record_page_update_actions (self);
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

static void
on_edge_reached (CrmRecordPage   *self,
                 GtkPositionType  edge)
{
  const char *tab = gtk_stack_get_visible_child_name (self->views);

  if (edge == GTK_POS_BOTTOM && g_strcmp0 (tab, "history") == 0)
    crm_history_view_read_more (self->history);
  else if (edge == GTK_POS_BOTTOM && g_strcmp0 (tab, "documents") == 0)
    crm_documents_page_read_more (self->documents);
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
      crm_record_page_update_actions (self);
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
crm_record_page_finalize (GObject *object)
{
  g_array_unref (CRM_RECORD_PAGE (object)->parts);
  G_OBJECT_CLASS (crm_record_page_parent_class)->finalize (object);
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
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, next_step);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, tabs);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, views);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, columns);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, left);
  gtk_widget_class_bind_template_child (widget_class, CrmRecordPage, right);
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
  object_class->finalize = crm_record_page_finalize;
  properties[PROP_SHOW_BACK] = g_param_spec_boolean ("show-back", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_resources_register (crm_ui_client_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-record-page.ui");
  bind_template (widget_class);
  crm_record_page_install_actions (widget_class);
}

static void
crm_record_page_init (CrmRecordPage *self)
{
  self->parts = g_array_new (FALSE, FALSE, sizeof (CrmCardPart));
  gtk_widget_init_template (GTK_WIDGET (self));
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
  crm_record_page_build (self);
  crm_record_page_update_actions (self);
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
  for (guint i = 0; i < self->parts->len; i++)
    {
      const CrmCardPart *part = &g_array_index (self->parts, CrmCardPart, i);

      if (part->flush != NULL)
        part->flush (part->object);
    }
}
