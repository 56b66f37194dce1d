/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-fields-row.h"

#include "crm-child-row.h"
#include "crm-field-binding.h"

#include <glib/gi18n-lib.h>

typedef struct {
  CrmStore        *store;
  const CrmEntity *entity;
  CrmValues       *values;    /* committed */
  GtkWidget       *main_mark;
  GtkWidget       *make_main;
  GtkWidget       *first;     /* row of the first field; NULL: there are no rows yet */
  CrmFieldBinding *bindings[CRM_MAX_FIELDS]; /* NULL: no row */
  GtkWidget       *fields[CRM_MAX_FIELDS];

  /* Of one that is new */
  const CrmEntity *draft_entity;
  gint64           draft_record;
  gboolean         is_inserting;
  guint            leaving;     /* source */
} CrmFieldsRowPrivate;

static void crm_fields_row_child_row_init (CrmChildRowInterface *iface);

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (CrmFieldsRow, crm_fields_row, ADW_TYPE_EXPANDER_ROW,
                                  G_ADD_PRIVATE (CrmFieldsRow)
                                  G_IMPLEMENT_INTERFACE (CRM_TYPE_CHILD_ROW, crm_fields_row_child_row_init))

static CrmFieldsRowPrivate *
get_private (gpointer self)
{
  return crm_fields_row_get_instance_private (CRM_FIELDS_ROW (self));
}

static void
update (CrmFieldsRow *self)
{
  CrmFieldsRowPrivate *priv = get_private (self);
  int main_field = crm_entity_find_field (priv->entity, "main");
  gboolean is_main = main_field >= 0 && crm_values_get_integer (priv->values, (guint) main_field) != 0;
  gboolean is_saved = crm_values_get_id (priv->values) != 0;

  CRM_FIELDS_ROW_GET_CLASS (self)->update (self, priv->values);
  gtk_widget_set_visible (priv->main_mark, is_main);
  if (priv->make_main != NULL)
    gtk_widget_set_sensitive (priv->make_main, is_saved && !is_main);
}

/* Building */

static GtkWidget *
create_buttons (CrmFieldsRow *self)
{
  CrmFieldsRowPrivate *priv = get_private (self);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *remove = crm_child_row_new_button (_("_Remove"), G_CALLBACK (crm_child_row_ask_removal), self);

  if (crm_entity_find_field (priv->entity, "main") >= 0)
    {
      priv->make_main = crm_child_row_new_button (_("Make _Main"), G_CALLBACK (crm_child_row_ask_main), self);
      gtk_box_append (GTK_BOX (box), priv->make_main);
    }
  gtk_widget_add_css_class (remove, "error");
  gtk_widget_set_hexpand (remove, TRUE);
  gtk_widget_set_halign (remove, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_widget_add_css_class (row, "buttons");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  return row;
}

/* A new one: nothing is saved before something is filled in, and then all of it at once */

static gboolean
is_new (CrmFieldsRow *self)
{
  CrmFieldsRowPrivate *priv = get_private (self);

  return crm_values_get_id (priv->values) == 0;
}

/* But for what it begins with. */
static gboolean
is_empty (CrmFieldsRow *self)
{
  CrmFieldsRowPrivate *priv = get_private (self);
  guint i;

  for (i = 0; i < priv->entity->n_fields; i++)
    if (priv->fields[i] != NULL && crm_values_is_null (priv->values, i))
      {
        g_autofree char *text = crm_field_row_get_text (CRM_FIELD_ROW (priv->fields[i]));

        if (text[strspn (text, " ")] != '\0')
          return FALSE;
      }
  return TRUE;
}

static void
begin_new (CrmFieldsRow *self)
{
  CrmFieldsRowPrivate *priv = get_private (self);
  CrmFieldsRowClass *klass = CRM_FIELDS_ROW_GET_CLASS (self);
  guint i;

  for (i = 0; i < priv->entity->n_fields; i++)
    if (priv->bindings[i] != NULL)
      {
        crm_field_binding_set_place (priv->bindings[i], priv->draft_entity, priv->draft_record, klass->draft_names[i]);
        /* It keeps the draft only: the first to be left does not know the others */
        crm_field_binding_set_values (priv->bindings[i], NULL);
        if (!crm_values_is_null (priv->values, i))
          crm_field_row_set_text (CRM_FIELD_ROW (priv->fields[i]), crm_values_get_text (priv->values, i));
      }
}

static void
forget_drafts (CrmFieldsRow    *self,
               CrmStore        *store,
               const CrmEntity *entity,
               gint64           record)
{
  const CrmFieldsRowClass *klass = CRM_FIELDS_ROW_GET_CLASS (self);

  for (guint i = 0; i < klass->n_fields; i++)
    crm_store_set_draft (store, entity, record, klass->draft_names[klass->fields[i]], NULL);
}

/* What was typed since it was sent stays, and is saved if the cursor is elsewhere by now. */
static void
show_inserted (CrmFieldsRow    *self,
               const CrmValues *inserted)
{
  CrmFieldsRowPrivate *priv = get_private (self);
  char *texts[CRM_MAX_FIELDS] = { NULL };
  guint i;

  for (i = 0; i < priv->entity->n_fields; i++)
    if (priv->fields[i] != NULL)
      {
        texts[i] = crm_field_row_get_text (CRM_FIELD_ROW (priv->fields[i]));
        crm_field_binding_revert (priv->bindings[i]);
      }
  crm_child_row_set_values (CRM_CHILD_ROW (self), inserted);
  for (i = 0; i < priv->entity->n_fields; i++)
    {
      const char *sent = crm_values_get_text (inserted, i);

      if (texts[i] != NULL && strcmp (texts[i], sent != NULL ? sent : "") != 0)
        {
          crm_field_row_set_text (CRM_FIELD_ROW (priv->fields[i]), texts[i]);
          crm_field_row_edited (CRM_FIELD_ROW (priv->fields[i]));
          if (gtk_widget_get_focus_child (GTK_WIDGET (priv->fields[i])) == NULL)
            crm_field_row_commit (CRM_FIELD_ROW (priv->fields[i]));
        }
      g_free (texts[i]);
    }
}

typedef struct {
  CrmFieldsRow    *row;
  CrmValues       *values;
  const CrmEntity *draft_entity;
  gint64           draft_record;
} Insertion;

static void
insertion_free (Insertion *insertion)
{
  g_object_unref (insertion->row);
  crm_values_unref (insertion->values);
  g_free (insertion);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Insertion, insertion_free)

static void
on_inserted (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (Insertion) insertion = data;
  CrmFieldsRow *self = insertion->row;
  CrmFieldsRowPrivate *priv = get_private (self);
  CrmFieldsRowClass *klass = CRM_FIELDS_ROW_GET_CLASS (self);
  g_autoptr (GError) error = NULL;
  gint64 id = crm_store_save_finish (CRM_STORE (source), result, &error);
  gboolean is_here = gtk_widget_get_root (GTK_WIDGET (self)) != NULL;

  priv->is_inserting = FALSE;
  if (id == 0)
    {
      /* Its drafts are kept, and leaving a field or Enter tries again */
      if (is_here)
        crm_field_binding_refuse (priv->bindings[klass->fields[0]], error->message);
      else
        g_message ("Not saved: %s", error->message);
      return;
    }
  forget_drafts (self, CRM_STORE (source), insertion->draft_entity, insertion->draft_record);
  if (!is_here)
    return;
  crm_values_set_id (insertion->values, id);
  show_inserted (self, insertion->values);
  crm_child_row_tell_saved (CRM_CHILD_ROW (self), id);
}

static gboolean
collect (CrmFieldsRow *self,
         CrmValues     *values)
{
  CrmFieldsRowPrivate *priv = get_private (self);
  guint i;

  for (i = 0; i < priv->entity->n_fields; i++)
    {
      g_autoptr (GError) error = NULL;

      if (priv->fields[i] != NULL && !crm_field_row_collect (CRM_FIELD_ROW (priv->fields[i]), values, i, &error))
        {
          crm_field_binding_refuse (priv->bindings[i], error->message);
          return FALSE;
        }
    }
  return TRUE;
}

static void
insert (CrmFieldsRow *self)
{
  CrmFieldsRowPrivate *priv = get_private (self);
  g_autoptr (CrmValues) values = NULL;
  Insertion *insertion;

  if (priv->is_inserting || priv->first == NULL || is_empty (self))
    return;
  values = crm_values_copy (priv->values);
  if (!collect (self, values))
    return;
  insertion = g_new (Insertion, 1);
  *insertion = (Insertion) { g_object_ref (self), crm_values_ref (values), priv->draft_entity, priv->draft_record };
  priv->is_inserting = TRUE;
  crm_store_save_async (priv->store, values, NULL, on_inserted, insertion);
}

static void
on_field_commit (CrmFieldsRow *self)
{
  if (is_new (self))
    insert (self);
}

static gboolean
is_window_active (CrmFieldsRow *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root));
}

static gboolean
remove_if_empty (gpointer data)
{
  CrmFieldsRow *self = data;
  CrmFieldsRowPrivate *priv = get_private (self);

  priv->leaving = 0;
  /* Whoever looks something up in another program comes back to it */
  if (is_new (self) && !priv->is_inserting && is_empty (self) && is_window_active (self) &&
      gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    crm_child_row_ask_removal (CRM_CHILD_ROW (self));
  return G_SOURCE_REMOVE;
}

/* Not while GTK moves the focus. */
static void
on_left (CrmFieldsRow *self)
{
  CrmFieldsRowPrivate *priv = get_private (self);

  if (is_new (self) && priv->leaving == 0)
    priv->leaving = g_idle_add (remove_if_empty, self);
}

/* Esc: first what was typed in the field goes, then the row with nothing in it. */
static gboolean
on_field_revert (GtkWidget     *field,
                 CrmFieldsRow *self)
{
  CrmFieldsRowPrivate *priv = get_private (self);
  guint i;

  if (!is_new (self))
    return FALSE;
  for (i = 0; i < priv->entity->n_fields; i++)
    if (priv->fields[i] == field && crm_values_is_null (priv->values, i))
      crm_field_binding_revert (priv->bindings[i]);
  if (is_empty (self) && !priv->is_inserting)
    {
      forget_drafts (self, priv->store, priv->draft_entity, priv->draft_record);
      crm_child_row_ask_removal (CRM_CHILD_ROW (self));
    }
  return TRUE;
}

/* Most are never opened. */
static void
ensure_fields (CrmFieldsRow *self)
{
  CrmFieldsRowPrivate *priv = get_private (self);
  CrmFieldsRowClass *klass = CRM_FIELDS_ROW_GET_CLASS (self);

  if (priv->first != NULL)
    return;
  for (guint i = 0; i < klass->n_fields; i++)
    {
      guint field = klass->fields[i];
      GtkWidget *row = crm_field_row_new (priv->store, priv->entity, field);

      g_signal_connect_object (row, "revert", G_CALLBACK (on_field_revert), self, 0);
      priv->bindings[field] = crm_field_binding_new (priv->store, priv->entity, field, row);
      priv->fields[field] = row;
      if (!is_new (self))
        crm_field_binding_set_values (priv->bindings[field], priv->values);
      g_signal_connect_object (row, "commit", G_CALLBACK (on_field_commit), self, G_CONNECT_AFTER | G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
      if (i == 0)
        priv->first = row;
    }
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), create_buttons (self));
  if (is_new (self))
    begin_new (self);
  update (self);
}

/* CrmChildRow */

static void
set_values (CrmChildRow     *row,
            const CrmValues *values)
{
  CrmFieldsRow *self = CRM_FIELDS_ROW (row);
  CrmFieldsRowPrivate *priv = get_private (self);

  g_clear_pointer (&priv->values, crm_values_unref);
  priv->values = crm_values_copy (values);
  crm_field_binding_set_values_all (priv->bindings, priv->entity->n_fields, values);
  update (self);
}

static void
clear (CrmChildRow *row)
{
  CrmFieldsRow *self = CRM_FIELDS_ROW (row);
  CrmFieldsRowPrivate *priv = get_private (self);

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), FALSE);
  crm_field_binding_set_values_all (priv->bindings, priv->entity->n_fields, NULL);
}

static void
set_draft (CrmChildRow *row,
           const char  *field,
           const char  *text)
{
  CrmFieldsRow *self = CRM_FIELDS_ROW (row);
  CrmFieldsRowPrivate *priv = get_private (self);
  int index = crm_entity_find_field (priv->entity, field);

  ensure_fields (self);
  if (index < 0 || priv->bindings[index] == NULL)
    return;
  if (is_new (self))
    {
      crm_field_row_set_text (CRM_FIELD_ROW (priv->fields[index]), text);
      crm_field_row_edited (CRM_FIELD_ROW (priv->fields[index]));
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
      return;
    }
  crm_field_binding_set_draft (priv->bindings[index], text);
  if (crm_field_binding_is_dirty (priv->bindings[index]))
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
}

static void
set_place (CrmChildRow     *row,
           const CrmEntity *entity,
           gint64           record,
           const char      *field)
{
  CrmFieldsRow *self = CRM_FIELDS_ROW (row);
  CrmFieldsRowPrivate *priv = get_private (self);

  priv->draft_entity = entity;
  priv->draft_record = record;
}

static void
edit (CrmChildRow *row)
{
  CrmFieldsRow *self = CRM_FIELDS_ROW (row);
  CrmFieldsRowPrivate *priv = get_private (self);

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  gtk_widget_grab_focus (crm_field_row_get_target (CRM_FIELD_ROW (priv->first)));
}

static void
flush (CrmChildRow *row)
{
  CrmFieldsRow *self = CRM_FIELDS_ROW (row);
  CrmFieldsRowPrivate *priv = get_private (self);

  crm_field_binding_flush_all (priv->bindings, priv->entity->n_fields);
  on_field_commit (self);
}

static void
set_up (CrmChildRow     *row,
        CrmStore        *store,
        const CrmEntity *entity)
{
  CrmFieldsRow *self = CRM_FIELDS_ROW (row);
  CrmFieldsRowPrivate *priv = get_private (self);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  priv->store = g_object_ref (store);
  priv->entity = entity;
  if (crm_entity_find_field (entity, "main") >= 0)
    gtk_widget_set_tooltip_text (priv->main_mark, crm_field_get_label (crm_entity_get_field (entity, "main")));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (ensure_fields), NULL);
}

static void
crm_fields_row_child_row_init (CrmChildRowInterface *iface)
{
  iface->set_up = set_up;
  iface->set_values = set_values;
  iface->clear = clear;
  iface->set_draft = set_draft;
  iface->set_place = set_place;
  iface->edit = edit;
  iface->flush = flush;
}

static void
crm_fields_row_dispose (GObject *object)
{
  CrmFieldsRow *self = CRM_FIELDS_ROW (object);
  CrmFieldsRowPrivate *priv = get_private (self);

  g_clear_handle_id (&priv->leaving, g_source_remove);
  g_clear_object (&priv->store);
  G_OBJECT_CLASS (crm_fields_row_parent_class)->dispose (object);
}

static void
crm_fields_row_finalize (GObject *object)
{
  g_clear_pointer (&get_private (object)->values, crm_values_unref);
  G_OBJECT_CLASS (crm_fields_row_parent_class)->finalize (object);
}

static void
crm_fields_row_class_init (CrmFieldsRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_fields_row_dispose;
  object_class->finalize = crm_fields_row_finalize;
}

static void
crm_fields_row_init (CrmFieldsRow *self)
{
  CrmFieldsRowPrivate *priv = get_private (self);

  priv->main_mark = gtk_image_new_from_icon_name ("starred-symbolic");
  gtk_widget_add_css_class (priv->main_mark, "dim-label");
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), priv->main_mark);
}

/* For subclasses */

const CrmValues *
crm_fields_row_get_values (CrmFieldsRow *self)
{
  g_return_val_if_fail (CRM_IS_FIELDS_ROW (self), NULL);

  return get_private (self)->values;
}

void
crm_fields_row_set_text (CrmFieldsRow *self,
                         const char   *title,
                         const char   *subtitle)
{
  g_autofree char *title_markup = NULL;
  g_autofree char *subtitle_markup = NULL;

  g_return_if_fail (CRM_IS_FIELDS_ROW (self));
  g_return_if_fail (title != NULL && subtitle != NULL);

  title_markup = g_markup_escape_text (title, -1);
  subtitle_markup = g_markup_escape_text (subtitle, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title_markup);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle_markup);
}

GtkWidget *
crm_fields_row_add_button (CrmFieldsRow *self,
                           const char   *icon,
                           GCallback     callback)
{
  GtkWidget *button = NULL;

  g_return_val_if_fail (CRM_IS_FIELDS_ROW (self), NULL);
  g_return_val_if_fail (icon != NULL && callback != NULL, NULL);

  button = gtk_button_new_from_icon_name (icon);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", callback, self);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), button);
  return button;
}
