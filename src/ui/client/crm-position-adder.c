/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-position-adder.h"

#include "crm-add-row.h"
#include "crm-display.h"
#include "crm-field-binding.h"
#include "crm-like-box.h"
#include "crm-person.h"
#include "crm-position.h"
#include "crm-reference-row.h"
#include "crm-toaster.h"

#include <glib/gi18n-lib.h>

enum {
  ROW_BUTTON,
  ROW_OTHER,  /* person or firm */
  ROW_LIKES,  /* people like the one that is typed: nothing is typed there */
  ROW_ROLE,
  N_ROWS,
};

/* Under which the record of the page keeps drafts */
static const char * const places[N_ROWS] = { [ROW_OTHER] = "position-other", [ROW_ROLE] = "position-role" };

struct _CrmPositionAdder {
  GObject          parent_instance;

  CrmStore        *store;
  guint            owner;             /* field that refers to the record of the page */
  guint            fields[N_ROWS];
  gint64           record;            /* of the page; 0: none */
  gboolean         is_adding;
  GtkWidget       *rows[N_ROWS];      /* belong to the list they are in */
  CrmFieldBinding *bindings[N_ROWS];  /* belong to their rows */
  CrmLikeBox      *likes;             /* belongs to its row; NULL: a firm is asked for */
};

G_DEFINE_FINAL_TYPE (CrmPositionAdder, crm_position_adder, G_TYPE_OBJECT)

static void
show_rows (CrmPositionAdder *self,
           gboolean          shown)
{
  gtk_widget_set_visible (self->rows[ROW_BUTTON], !shown);
  gtk_widget_set_visible (self->rows[ROW_OTHER], shown);
  gtk_widget_set_visible (self->rows[ROW_ROLE], shown);
  if (!shown && self->likes != NULL)
    crm_like_box_clear (self->likes);
}

/* Those that are like it */

/* Whoever was chosen is no new person. */
static void
on_edited (CrmPositionAdder *self)
{
  g_autofree char *name = g_strstrip (crm_field_row_get_text (CRM_FIELD_ROW (self->rows[ROW_OTHER])));

  if (name[0] == '\0' || crm_reference_row_get_chosen (CRM_REFERENCE_ROW (self->rows[ROW_OTHER])) != 0)
    crm_like_box_clear (self->likes);
  else
    crm_like_box_look (self->likes, &(CrmLikeQuery) { .entity = &crm_person, .name = name });
}

static void
on_like_chosen (CrmPositionAdder *self,
                gint64            id,
                const char       *name)
{
  crm_reference_row_choose (CRM_REFERENCE_ROW (self->rows[ROW_OTHER]), id, name);
  gtk_widget_grab_focus (crm_field_row_get_target (CRM_FIELD_ROW (self->rows[ROW_ROLE])));
}

static void
on_likes_shown (CrmPositionAdder *self,
                gboolean          shown)
{
  gtk_widget_set_visible (self->rows[ROW_LIKES], shown);
}

static void
create_likes_row (CrmPositionAdder *self)
{
  GtkWidget *row = gtk_list_box_row_new ();

  g_set_weak_pointer (&self->rows[ROW_LIKES], row);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_set_visible (row, FALSE);
  if (self->owner != CRM_POSITION_CLIENT)
    return;
  self->likes = CRM_LIKE_BOX (crm_like_box_new (self->store, _("Take this person")));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), GTK_WIDGET (self->likes));
  g_signal_connect_object (self->likes, "chosen", G_CALLBACK (on_like_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->likes, "shown", G_CALLBACK (on_likes_shown), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->rows[ROW_OTHER], "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->rows[ROW_OTHER], "chosen", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
end (CrmPositionAdder *self)
{
  gboolean had_focus = gtk_widget_get_focus_child (self->rows[ROW_OTHER]) != NULL || gtk_widget_get_focus_child (self->rows[ROW_ROLE]) != NULL;

  crm_field_binding_revert (self->bindings[ROW_OTHER]);
  crm_field_binding_revert (self->bindings[ROW_ROLE]);
  gtk_widget_set_visible (self->rows[ROW_BUTTON], TRUE);
  if (had_focus)
    gtk_widget_grab_focus (self->rows[ROW_BUTTON]);
  show_rows (self, FALSE);
}

/* On the writer's thread. @data: CrmValues; a person that has no id yet is made. */
static gboolean
add_position (CrmWriter     *writer,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (CrmValues) position = crm_values_copy (data);

  if (crm_values_get_integer (position, CRM_POSITION_PERSON) == 0)
    {
      g_autoptr (CrmValues) person = crm_values_new (&crm_person, 0);
      gint64 id;

      crm_values_set_text (person, CRM_PERSON_NAME, crm_values_get_text (position, CRM_POSITION_PERSON));
      id = crm_writer_insert (writer, person, error);
      if (id == 0)
        return FALSE;
      crm_values_set_reference (position, CRM_POSITION_PERSON, id, NULL);
    }
  return crm_writer_insert (writer, position, error) != 0;
}

typedef struct {
  CrmPositionAdder *self;
  gint64            record;
} Adding;

static void
on_added (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autofree Adding *adding = data;
  g_autoptr (CrmPositionAdder) self = adding->self;
  g_autoptr (GError) error = NULL;
  gboolean is_done = crm_store_step_finish (CRM_STORE (source), result, &error);

  self->is_adding = FALSE;
  if (self->rows[ROW_OTHER] == NULL || gtk_widget_get_root (self->rows[ROW_OTHER]) == NULL)
    return;
  if (adding->record != self->record)
    {
      if (!is_done)
        crm_toast_error (self->rows[ROW_OTHER], error);
      return;
    }
  if (is_done)
    end (self);
  else
    crm_field_binding_refuse (self->bindings[ROW_OTHER], error->message);
}

/* (transfer full): NULL: something was refused, and it is said where. */
static CrmValues *
collect (CrmPositionAdder *self)
{
  g_autoptr (CrmValues) values = crm_values_new (&crm_position, 0);

  crm_values_set_reference (values, self->owner, self->record, NULL);
  for (guint i = ROW_OTHER; i < N_ROWS; i++)
    {
      g_autoptr (GError) error = NULL;

      if (places[i] == NULL || crm_field_row_collect (CRM_FIELD_ROW (self->rows[i]), values, self->fields[i], &error))
        continue;
      crm_field_binding_refuse (self->bindings[i], error->message);
      return NULL;
    }
  return g_steal_pointer (&values);
}

static void
on_activated (CrmPositionAdder *self)
{
  g_autofree char *text = g_strstrip (crm_field_row_get_text (CRM_FIELD_ROW (self->rows[ROW_OTHER])));
  g_autofree char *shown = crm_display_line (text);
  g_autofree char *label = NULL;
  g_autoptr (CrmValues) values = NULL;
  Adding *adding = NULL;

  if (self->is_adding || self->record == 0)
    return;
  if (text[0] == '\0')
    {
      end (self);
      return;
    }
  values = collect (self);
  if (values == NULL)
    return;
  self->is_adding = TRUE;
  adding = g_new (Adding, 1);
  *adding = (Adding) { g_object_ref (self), self->record };
  /* Translators: a step that can be undone; a person to a client, or a firm to a person */
  label = g_strdup_printf (_("Add %s"), shown);
  crm_store_step_async (self->store, label, add_position, g_steal_pointer (&values), (GDestroyNotify) crm_values_unref, NULL, on_added, adding);
}

static gboolean
on_revert (CrmPositionAdder *self)
{
  end (self);
  return TRUE;
}

/* The class */

static void
crm_position_adder_dispose (GObject *object)
{
  CrmPositionAdder *self = CRM_POSITION_ADDER (object);

  for (guint i = 0; i < N_ROWS; i++)
    g_clear_weak_pointer (&self->rows[i]);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (crm_position_adder_parent_class)->dispose (object);
}

static void
crm_position_adder_class_init (CrmPositionAdderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = crm_position_adder_dispose;
}

static void
crm_position_adder_init (CrmPositionAdder *self)
{
}

static void
create_field_row (CrmPositionAdder *self,
                  guint             place,
                  guint             field)
{
  GtkWidget *row = crm_field_row_new (self->store, &crm_position, field);

  self->fields[place] = field;
  g_set_weak_pointer (&self->rows[place], row);
  self->bindings[place] = crm_field_binding_new (self->store, &crm_position, field, row);
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (on_activated), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "revert", G_CALLBACK (on_revert), self, G_CONNECT_SWAPPED);
}

CrmPositionAdder *
crm_position_adder_new (CrmStore   *store,
                        guint       owner,
                        const char *label,
                        const char *action)
{
  CrmPositionAdder *self = NULL;

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (owner == CRM_POSITION_CLIENT || owner == CRM_POSITION_PERSON, NULL);

  self = g_object_new (CRM_TYPE_POSITION_ADDER, NULL);
  self->store = g_object_ref (store);
  self->owner = owner;
  g_set_weak_pointer (&self->rows[ROW_BUTTON], crm_add_row_new (label, action));
  create_field_row (self, ROW_OTHER, owner == CRM_POSITION_CLIENT ? CRM_POSITION_PERSON : CRM_POSITION_CLIENT);
  create_field_row (self, ROW_ROLE, CRM_POSITION_ROLE);
  create_likes_row (self);
  show_rows (self, FALSE);
  return self;
}

GtkWidget * const *
crm_position_adder_get_rows (CrmPositionAdder *self,
                             guint            *n_rows)
{
  g_return_val_if_fail (CRM_IS_POSITION_ADDER (self), NULL);
  g_return_val_if_fail (n_rows != NULL, NULL);

  *n_rows = N_ROWS;
  return self->rows;
}

void
crm_position_adder_open (CrmPositionAdder *self,
                         gint64            owner)
{
  const CrmEntity *entity = NULL;

  g_return_if_fail (CRM_IS_POSITION_ADDER (self));

  crm_position_adder_flush (self);
  self->record = owner;
  entity = crm_entity_find (crm_position.fields[self->owner].refers);
  for (guint i = ROW_OTHER; i < N_ROWS; i++)
    {
      if (places[i] == NULL)
        continue;
      crm_field_binding_set_values (self->bindings[i], NULL);
      crm_field_binding_set_place (self->bindings[i], entity, owner, places[i]);
    }
  show_rows (self, FALSE);
}

/* The menu that it was asked for in gives the focus back as it closes. */
static gboolean
take_focus (gpointer data)
{
  CrmPositionAdder *self = data;

  if (self->rows[ROW_OTHER] != NULL && gtk_widget_get_visible (self->rows[ROW_OTHER]))
    gtk_widget_grab_focus (crm_field_row_get_target (CRM_FIELD_ROW (self->rows[ROW_OTHER])));
  return G_SOURCE_REMOVE;
}

void
crm_position_adder_begin (CrmPositionAdder *self)
{
  g_return_if_fail (CRM_IS_POSITION_ADDER (self));

  show_rows (self, TRUE);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, take_focus, g_object_ref (self), g_object_unref);
}

void
crm_position_adder_put_drafts_back (CrmPositionAdder *self,
                                    GHashTable       *drafts)
{
  g_return_if_fail (CRM_IS_POSITION_ADDER (self));
  g_return_if_fail (drafts != NULL);

  for (guint i = ROW_OTHER; i < N_ROWS; i++)
    {
      const char *text = places[i] == NULL ? NULL : g_hash_table_lookup (drafts, places[i]);

      if (text == NULL)
        continue;
      crm_field_binding_set_draft (self->bindings[i], text);
      show_rows (self, TRUE);
      if (i == ROW_OTHER && self->likes != NULL)
        on_edited (self);
    }
}

void
crm_position_adder_flush (CrmPositionAdder *self)
{
  g_return_if_fail (CRM_IS_POSITION_ADDER (self));

  crm_field_binding_flush_all (self->bindings, N_ROWS);
}
