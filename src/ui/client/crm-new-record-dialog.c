/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-new-record-dialog.h"

#include "crm-client-resources.h"
#include "crm-client.h"
#include "crm-display.h"
#include "crm-field-binding.h"
#include "crm-like-box.h"
#include "crm-person.h"

#include <glib/gi18n-lib.h>

#define MOST_ASKED 8

/* A field asked for, and whether a group ends after it */
typedef struct {
  guint    field;
  gboolean ends_group;
} Asked;

static const Asked asked_of_client[] = {
  { CRM_CLIENT_NAME, FALSE },
  { CRM_CLIENT_KIND, FALSE },
  { CRM_CLIENT_SEGMENT, TRUE },
  { CRM_CLIENT_PHONE, FALSE },
  { CRM_CLIENT_EMAIL, FALSE },
  { CRM_CLIENT_CITY, FALSE },
  { CRM_CLIENT_TAX_NUMBER, TRUE },
  { CRM_CLIENT_NOTES, TRUE },
};

static const Asked asked_of_person[] = {
  { CRM_PERSON_NAME, TRUE },
  { CRM_PERSON_FIRM, FALSE },
  { CRM_PERSON_ROLE, TRUE },
  { CRM_PERSON_PHONE, FALSE },
  { CRM_PERSON_EMAIL, TRUE },
  { CRM_PERSON_NOTES, TRUE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (asked_of_client) <= MOST_ASKED && G_N_ELEMENTS (asked_of_person) <= MOST_ASKED);

struct _CrmNewRecordDialog {
  AdwWindow        parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;
  const Asked     *asked;
  guint            n_asked;
  char            *name;        /* to begin with, or NULL */
  CrmFieldRow     *rows[MOST_ASKED];
  CrmFieldBinding *bindings[MOST_ASKED];
  gboolean         is_creating;

  CrmLikeBox      *likes;

  /* Template */
  GtkRevealer     *restored;
  GtkBox          *groups;
  GtkRevealer     *failed;
  GtkLabel        *failure;
  AdwBin          *warning;
};

G_DEFINE_FINAL_TYPE (CrmNewRecordDialog, crm_new_record_dialog, ADW_TYPE_WINDOW)

enum {
  CREATED,
  OPEN_EXISTING,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static CrmFieldRow *
find_row (CrmNewRecordDialog *self,
          guint               field)
{
  guint i;

  for (i = 0; i < self->n_asked; i++)
    if (self->asked[i].field == field)
      return self->rows[i];
  return NULL;
}

static CrmFieldRow *
find_name (CrmNewRecordDialog *self)
{
  return find_row (self, crm_entity_get_title_field (self->entity));
}

static char *
get_text (CrmNewRecordDialog *self,
          guint               field)
{
  return g_strstrip (crm_field_row_get_text (find_row (self, field)));
}

/* Those that are like it */

static void
look_for_likes (CrmNewRecordDialog *self)
{
  gboolean is_person = self->entity == &crm_person;
  g_autofree char *name = get_text (self, crm_entity_get_title_field (self->entity));
  g_autofree char *phone = get_text (self, is_person ? CRM_PERSON_PHONE : CRM_CLIENT_PHONE);
  g_autofree char *email = get_text (self, is_person ? CRM_PERSON_EMAIL : CRM_CLIENT_EMAIL);
  g_autofree char *tax_number = is_person ? NULL : get_text (self, CRM_CLIENT_TAX_NUMBER);

  crm_like_box_look (self->likes, &(CrmLikeQuery) { self->entity, name, phone, email, tax_number, 0 });
}

static void
on_like_chosen (CrmNewRecordDialog *self,
                gint64              id)
{
  g_object_ref (self);
  g_signal_emit (self, signals[OPEN_EXISTING], 0, id);
  gtk_window_close (GTK_WINDOW (self));
  g_object_unref (self);
}

/* Typing */

static void
update_actions (CrmNewRecordDialog *self)
{
  g_autofree char *name = get_text (self, crm_entity_get_title_field (self->entity));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.create", name[0] != '\0' && !self->is_creating);
}

static void
on_edited (CrmNewRecordDialog *self)
{
  gtk_revealer_set_reveal_child (self->failed, FALSE);
  update_actions (self);
  look_for_likes (self);
}

static void
begin (CrmNewRecordDialog *self)
{
  if (self->entity == &crm_client)
    crm_field_row_set_text (find_row (self, CRM_CLIENT_KIND), "prospect");
  if (self->name != NULL)
    crm_field_row_set_text (find_name (self), self->name);
  gtk_widget_grab_focus (crm_field_row_get_target (find_name (self)));
  on_edited (self);
}

static void
forget_typed (CrmNewRecordDialog *self)
{
  guint i;

  for (i = 0; i < self->n_asked; i++)
    crm_field_binding_revert (self->bindings[i]);
}

static void
discard_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  CrmNewRecordDialog *self = CRM_NEW_RECORD_DIALOG (widget);

  forget_typed (self);
  gtk_revealer_set_reveal_child (self->restored, FALSE);
  begin (self);
}

static void
on_drafts_loaded (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (CrmNewRecordDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) drafts = crm_store_load_drafts_finish (CRM_STORE (source), result, &error);
  gboolean is_restored = FALSE;
  guint i;

  if (drafts == NULL || self->store == NULL)
    {
      if (error != NULL)
        g_message ("No drafts: %s", error->message);
      return;
    }
  for (i = 0; i < self->n_asked; i++)
    {
      const char *text = g_hash_table_lookup (drafts, self->entity->fields[self->asked[i].field].name);

      if (text == NULL)
        continue;
      crm_field_binding_set_draft (self->bindings[i], text);
      is_restored |= self->entity != &crm_client || self->asked[i].field != CRM_CLIENT_KIND;
    }
  gtk_revealer_set_reveal_child (self->restored, is_restored);
  on_edited (self);
}

/* Creating */

static void
refuse (CrmNewRecordDialog *self,
        const char         *message)
{
  g_autofree char *shown = crm_display_line (message);
  guint i;

  for (i = 0; i < self->n_asked; i++)
    if (g_str_has_prefix (message, crm_field_get_label (&self->entity->fields[self->asked[i].field])))
      {
        crm_field_binding_refuse (self->bindings[i], message);
        gtk_widget_grab_focus (crm_field_row_get_target (self->rows[i]));
        return;
      }
  gtk_label_set_text (self->failure, shown);
  gtk_revealer_set_reveal_child (self->failed, TRUE);
}

static void
on_created (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (CrmNewRecordDialog) self = data;
  g_autoptr (GError) error = NULL;
  gint64 id = crm_store_save_finish (CRM_STORE (source), result, &error);

  self->is_creating = FALSE;
  if (self->store == NULL)
    return;
  update_actions (self);
  if (id == 0)
    {
      refuse (self, error->message);
      return;
    }
  forget_typed (self);
  g_signal_emit (self, signals[CREATED], 0, id);
  gtk_window_close (GTK_WINDOW (self));
}

/* (transfer full): NULL: something was refused, and it is said where. */
static CrmValues *
collect (CrmNewRecordDialog *self)
{
  g_autoptr (CrmValues) values = crm_values_new (self->entity, 0);
  gboolean is_complete = TRUE;
  guint i;

  for (i = 0; i < self->n_asked; i++)
    {
      g_autoptr (GError) error = NULL;

      if (crm_field_row_collect (self->rows[i], values, self->asked[i].field, &error))
        continue;
      crm_field_binding_refuse (self->bindings[i], error->message);
      if (is_complete)
        gtk_widget_grab_focus (crm_field_row_get_target (self->rows[i]));
      is_complete = FALSE;
    }
  return is_complete ? g_steal_pointer (&values) : NULL;
}

static void
create_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  CrmNewRecordDialog *self = CRM_NEW_RECORD_DIALOG (widget);
  g_autoptr (CrmValues) values = collect (self);

  if (values == NULL)
    return;
  self->is_creating = TRUE;
  update_actions (self);
  crm_store_save_async (self->store, values, NULL, on_created, g_object_ref (self));
}

static void
on_entry_activated (CrmNewRecordDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "dialog.create", NULL);
}

/* The class */

static gboolean
crm_new_record_dialog_close_request (GtkWindow *window)
{
  CrmNewRecordDialog *self = CRM_NEW_RECORD_DIALOG (window);
  guint i;

  for (i = 0; i < self->n_asked; i++)
    crm_field_binding_flush (self->bindings[i]);
  return GTK_WINDOW_CLASS (crm_new_record_dialog_parent_class)->close_request (window);
}

static void
crm_new_record_dialog_dispose (GObject *object)
{
  CrmNewRecordDialog *self = CRM_NEW_RECORD_DIALOG (object);

  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_new_record_dialog_parent_class)->dispose (object);
}

static void
crm_new_record_dialog_finalize (GObject *object)
{
  g_free (CRM_NEW_RECORD_DIALOG (object)->name);
  G_OBJECT_CLASS (crm_new_record_dialog_parent_class)->finalize (object);
}

static void
crm_new_record_dialog_class_init (CrmNewRecordDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_new_record_dialog_dispose;
  object_class->finalize = crm_new_record_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = crm_new_record_dialog_close_request;
  signals[CREATED] = g_signal_new ("created", CRM_TYPE_NEW_RECORD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[OPEN_EXISTING] = g_signal_new ("open-existing", CRM_TYPE_NEW_RECORD_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_INT64);

  g_resources_register (crm_ui_client_get_resource ());
  gtk_widget_class_set_template_from_resource (widget_class, "/com/example/Crm/ui/crm-new-record-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CrmNewRecordDialog, restored);
  gtk_widget_class_bind_template_child (widget_class, CrmNewRecordDialog, groups);
  gtk_widget_class_bind_template_child (widget_class, CrmNewRecordDialog, failed);
  gtk_widget_class_bind_template_child (widget_class, CrmNewRecordDialog, failure);
  gtk_widget_class_bind_template_child (widget_class, CrmNewRecordDialog, warning);

  gtk_widget_class_install_action (widget_class, "dialog.create", NULL, create_action);
  gtk_widget_class_install_action (widget_class, "dialog.discard", NULL, discard_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "dialog.create", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "dialog.create", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
crm_new_record_dialog_init (CrmNewRecordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
build (CrmNewRecordDialog *self)
{
  GtkWidget *group = NULL;
  guint i;

  for (i = 0; i < self->n_asked; i++)
    {
      guint field = self->asked[i].field;
      GtkWidget *row = crm_field_row_new (self->store, self->entity, field);

      if (group == NULL)
        {
          group = adw_preferences_group_new ();
          gtk_box_append (self->groups, group);
        }
      self->rows[i] = CRM_FIELD_ROW (row);
      self->bindings[i] = crm_field_binding_new (self->store, self->entity, field, row);
      crm_field_binding_set_values (self->bindings[i], NULL);
      g_signal_connect_object (row, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
      if (ADW_IS_ENTRY_ROW (row))
        g_signal_connect_object (row, "entry-activated", G_CALLBACK (on_entry_activated), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      if (self->asked[i].ends_group)
        group = NULL;
    }
}

GtkWidget *
crm_new_record_dialog_new (CrmStore        *store,
                           const CrmEntity *entity,
                           GtkWindow       *parent,
                           const char      *name)
{
  CrmNewRecordDialog *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity == &crm_client || entity == &crm_person, NULL);
  g_return_val_if_fail (parent == NULL || GTK_IS_WINDOW (parent), NULL);

  self = g_object_new (CRM_TYPE_NEW_RECORD_DIALOG, "transient-for", parent, NULL);
  self->store = g_object_ref (store);
  self->name = g_strdup (name);
  self->entity = entity;
  self->asked = entity == &crm_person ? asked_of_person : asked_of_client;
  self->n_asked = entity == &crm_person ? G_N_ELEMENTS (asked_of_person) : G_N_ELEMENTS (asked_of_client);
  gtk_window_set_title (GTK_WINDOW (self), entity == &crm_person ? _("New Person") : _("New Client"));
  self->likes = CRM_LIKE_BOX (crm_like_box_new (store, entity == &crm_person ? _("Open this person instead") : _("Open this client instead")));
  g_signal_connect_object (self->likes, "chosen", G_CALLBACK (on_like_chosen), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->warning, GTK_WIDGET (self->likes));
  build (self);
  begin (self);
  crm_store_load_drafts_async (store, entity, 0, on_drafts_loaded, g_object_ref (self));
  return GTK_WIDGET (self);
}
