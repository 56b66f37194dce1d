/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-form.h"

#include "crm-field-binding.h"
#include "crm-note-row.h"

#include <glib/gi18n-lib.h>

struct _CrmForm {
  GObject          parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;
  GPtrArray       *groups;   /* of AdwPreferencesGroup */
  GPtrArray       *headings; /* of const char *, untranslated: of each group */
  GtkWidget      **rows;     /* by field; NULL: none. Each is alive as long as its group */
  CrmFieldBinding **bindings;
  CrmRecord       *record;
  gulong           notify_handler;
  guint            generation; /* drafts asked for earlier are of another record */
};

G_DEFINE_FINAL_TYPE (CrmForm, crm_form, G_TYPE_OBJECT)

typedef struct {
  CrmForm *form;
  guint    generation;
} DraftRequest;

static void
update_rows (CrmForm *self)
{
  const CrmValues *values = self->record != NULL ? crm_record_get_values (self->record) : NULL;

  crm_field_binding_set_values_all (self->bindings, self->entity->n_fields, values);
}

static void
on_drafts_loaded (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autofree DraftRequest *request = data;
  g_autoptr (CrmForm) self = request->form;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) drafts = crm_store_load_drafts_finish (CRM_STORE (source), result, &error);
  guint i;

  if (drafts == NULL)
    {
      g_message ("No drafts: %s", error->message);
      return;
    }
  if (request->generation != self->generation)
    return;
  for (i = 0; i < self->entity->n_fields; i++)
    {
      const char *text = g_hash_table_lookup (drafts, self->entity->fields[i].name);

      if (self->bindings[i] != NULL && text != NULL)
        crm_field_binding_set_draft (self->bindings[i], text);
    }
}

static void
load_drafts (CrmForm *self)
{
  DraftRequest *request = g_new (DraftRequest, 1);

  request->form = g_object_ref (self);
  request->generation = self->generation;
  crm_store_load_drafts_async (self->store, self->entity, crm_record_get_id (self->record), on_drafts_loaded, request);
}

static gboolean
has_row (const CrmField *field)
{
  return (field->flags & (CRM_FIELD_SYSTEM | CRM_FIELD_VIRTUAL)) == 0 && field->through == NULL && field->kind != CRM_KIND_TAGS;
}

static AdwPreferencesGroup *
ensure_group (CrmForm    *self,
              const char *heading)
{
  GtkWidget *group = crm_form_get_group (self, heading);

  if (group == NULL)
    {
      g_autofree char *title = heading != NULL ? g_markup_escape_text (_(heading), -1) : NULL;

      group = g_object_ref_sink (adw_preferences_group_new ());
      if (title != NULL)
        adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
      g_ptr_array_add (self->groups, group);
      g_ptr_array_add (self->headings, (gpointer) heading);
    }
  return ADW_PREFERENCES_GROUP (group);
}

static void
build (CrmForm *self)
{
  guint i;

  self->rows = g_new0 (GtkWidget *, self->entity->n_fields);
  self->bindings = g_new0 (CrmFieldBinding *, self->entity->n_fields);
  for (i = 0; i < self->entity->n_fields; i++)
    {
      const CrmField *field = &self->entity->fields[i];

      if (!has_row (field))
        continue;
      self->rows[i] = crm_field_row_new (self->store, self->entity, i);
      self->bindings[i] = crm_field_binding_new (self->store, self->entity, i, self->rows[i]);
      adw_preferences_group_add (ensure_group (self, field->group), self->rows[i]);
      if (field->kind == CRM_KIND_NOTE && g_strcmp0 (field->group, field->label) == 0)
        crm_note_row_hide_title (CRM_NOTE_ROW (self->rows[i]));
    }
}

static void
unbind (CrmForm *self)
{
  if (self->record != NULL)
    g_clear_signal_handler (&self->notify_handler, self->record);
  g_clear_object (&self->record);
}

static void
crm_form_dispose (GObject *object)
{
  CrmForm *self = CRM_FORM (object);

  unbind (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_form_parent_class)->dispose (object);
}

static void
crm_form_finalize (GObject *object)
{
  CrmForm *self = CRM_FORM (object);

  g_free (self->rows);
  g_free (self->bindings);
  g_ptr_array_unref (self->groups);
  g_ptr_array_unref (self->headings);
  G_OBJECT_CLASS (crm_form_parent_class)->finalize (object);
}

static void
crm_form_class_init (CrmFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_form_dispose;
  object_class->finalize = crm_form_finalize;
}

static void
crm_form_init (CrmForm *self)
{
  self->groups = g_ptr_array_new_with_free_func (g_object_unref);
  self->headings = g_ptr_array_new ();
}

CrmForm *
crm_form_new (CrmStore        *store,
              const CrmEntity *entity)
{
  CrmForm *self;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL, NULL);

  self = g_object_new (CRM_TYPE_FORM, NULL);
  self->store = g_object_ref (store);
  self->entity = entity;
  build (self);
  update_rows (self);
  return self;
}

GPtrArray *
crm_form_get_groups (CrmForm *self)
{
  g_return_val_if_fail (CRM_IS_FORM (self), NULL);

  return self->groups;
}

GtkWidget *
crm_form_get_group (CrmForm    *self,
                    const char *heading)
{
  guint i;

  g_return_val_if_fail (CRM_IS_FORM (self), NULL);

  for (i = 0; i < self->groups->len; i++)
    if (g_strcmp0 (self->headings->pdata[i], heading) == 0)
      return self->groups->pdata[i];
  return NULL;
}

void
crm_form_bind (CrmForm   *self,
               CrmRecord *record)
{
  g_return_if_fail (CRM_IS_FORM (self));
  g_return_if_fail (record == NULL || crm_record_get_entity (record) == self->entity);

  if (record == self->record)
    return;
  unbind (self);
  self->generation++;
  if (record != NULL)
    {
      self->record = g_object_ref (record);
      self->notify_handler = g_signal_connect_swapped (record, "notify", G_CALLBACK (update_rows), self);
    }
  update_rows (self);
  if (record != NULL)
    load_drafts (self);
}

void
crm_form_flush (CrmForm *self)
{
  g_return_if_fail (CRM_IS_FORM (self));

  crm_field_binding_flush_all (self->bindings, self->entity->n_fields);
}

void
crm_form_focus (CrmForm    *self,
                const char *field)
{
  int index;

  g_return_if_fail (CRM_IS_FORM (self));

  index = crm_entity_find_field (self->entity, field);
  g_return_if_fail (index >= 0 && self->rows[index] != NULL);

  gtk_widget_grab_focus (crm_field_row_get_target (CRM_FIELD_ROW (self->rows[index])));
}
