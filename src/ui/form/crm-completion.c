/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-completion.h"

#include "crm-apart.h"
#include "crm-display.h"
#include "crm-sql.h"

#define N_SUGGESTIONS 8

struct _CrmCompletion {
  GtkPopover       parent_instance;

  CrmStore        *store;
  const CrmEntity *entity;
  GtkEditable     *editable; /* it holds us */
  GtkListBox      *list;
  GPtrArray       *found;    /* of CrmValues; NULL: nothing looked up */
  GCancellable    *cancellable;
  GtkAdjustment   *scrolled; /* while it shows: where its page stands, if that scrolls */
};

G_DEFINE_FINAL_TYPE (CrmCompletion, crm_completion, GTK_TYPE_POPOVER)

enum {
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

typedef struct {
  CrmIndex *index;
  CrmQuery *query;
} LookUp;

static void
look_up_free (LookUp *look_up)
{
  crm_query_free (look_up->query);
  g_free (look_up);
}

/* On the reader's thread. */
static gpointer
look_up_names (CrmDb         *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  LookUp *look_up = data;
  g_autoptr (CrmIdList) ids = crm_index_query (look_up->index, db, look_up->query, TRUE, error);
  gint64 first[N_SUGGESTIONS];
  guint n, i;

  if (ids == NULL)
    return NULL;
  n = MIN (crm_id_list_get_length (ids), N_SUGGESTIONS);
  for (i = 0; i < n; i++)
    first[i] = crm_id_list_get (ids, i);
  return crm_sql_read_many (db, look_up->query->entity, first, n, error);
}

static const char *
get_name (CrmCompletion   *self,
          const CrmValues *values)
{
  const char *name = crm_values_get_text (values, crm_entity_find_field (self->entity, self->entity->title));

  return name != NULL ? name : "";
}

static void
choose (CrmCompletion *self,
        guint          position)
{
  g_autoptr (CrmValues) values = NULL;

  if (self->found == NULL || position >= self->found->len)
    return;
  values = crm_values_ref (self->found->pdata[position]);
  crm_completion_close (self);
  g_signal_emit (self, signals[CHOSEN], 0, crm_values_get_id (values), get_name (self, values));
}

static void
on_row_activated (CrmCompletion *self,
                  GtkListBoxRow *row)
{
  choose (self, gtk_list_box_row_get_index (row));
}

static GtkWidget *
create_line (const char *text,
             const char *css_class)
{
  g_autofree char *shown = crm_display_line (text);
  GtkWidget *label = gtk_label_new (shown);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* The name, and what tells the record from another one of that name */
static GtkWidget *
create_suggestion (CrmCompletion   *self,
                   const CrmValues *values)
{
  g_autofree char *apart = crm_apart_describe (values);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  gtk_box_append (GTK_BOX (box), create_line (get_name (self, values), NULL));
  if (apart != NULL)
    gtk_box_append (GTK_BOX (box), create_line (apart, "two-line-subtitle"));
  return box;
}

static void
show_found (CrmCompletion *self)
{
  GtkListBoxRow *row;
  guint i;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (i = 0; i < self->found->len; i++)
    gtk_list_box_append (self->list, create_suggestion (self, self->found->pdata[i]));
  gtk_list_box_unselect_all (self->list);
}

static gboolean
has_focus (CrmCompletion *self)
{
  GtkEditable *delegate = gtk_editable_get_delegate (self->editable);

  return gtk_widget_has_focus (delegate != NULL ? GTK_WIDGET (delegate) : GTK_WIDGET (self->editable));
}

/* Beside what is scrolled out of its page there is no place: under X11 it may be outside of the screen. */
static gboolean
is_in_view (GtkWidget *widget,
            GtkWidget *scroller)
{
  graphene_rect_t page, bounds;

  return scroller == NULL || (gtk_widget_compute_bounds (scroller, scroller, &page) && gtk_widget_compute_bounds (widget, scroller, &bounds) &&
                              graphene_rect_intersection (&page, &bounds, NULL));
}

static void
pop_up (CrmCompletion *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *scroller = gtk_widget_get_ancestor (parent, GTK_TYPE_SCROLLED_WINDOW);

  if (!is_in_view (parent, scroller))
    return;

  if (scroller != NULL && self->scrolled == NULL)
    {
      self->scrolled = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)));
      g_signal_connect_object (self->scrolled, "value-changed", G_CALLBACK (crm_completion_close), self, G_CONNECT_SWAPPED);
    }
  gtk_widget_set_size_request (GTK_WIDGET (self), MIN (360, gtk_widget_get_width (parent)), -1);
  gtk_popover_popup (GTK_POPOVER (self));
}

static void
forget_scrolled (CrmCompletion *self)
{
  if (self->scrolled != NULL)
    g_signal_handlers_disconnect_by_data (self->scrolled, self);
  g_clear_object (&self->scrolled);
}

static void
on_looked_up (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (CrmCompletion) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = crm_store_read_finish (CRM_STORE (source), result, &error);
  gboolean is_useful;
  guint i;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->editable == NULL)
    return;
  if (found == NULL)
    {
      /* Suggestions are a convenience: what is typed can be saved without */
      g_info ("No suggestions: %s", error->message);
      found = g_ptr_array_new ();
    }
  for (i = found->len; i > 0; i--)
    if (found->pdata[i - 1] == NULL)
      g_ptr_array_remove_index (found, i - 1);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  self->found = g_steal_pointer (&found);
  is_useful = self->found->len > 1 || (self->found->len == 1 && strcmp (get_name (self, self->found->pdata[0]),
                                                                        gtk_editable_get_text (self->editable)) != 0);
  show_found (self);
  if (is_useful && has_focus (self))
    pop_up (self);
  else
    gtk_popover_popdown (GTK_POPOVER (self));
}

static void
move_cursor (CrmCompletion *self,
             int            direction)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int n = (int) self->found->len;
  int position = row != NULL ? gtk_list_box_row_get_index (row) + direction : direction > 0 ? 0 : n - 1;

  if (position >= 0 && position < n)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, position));
  else
    gtk_list_box_unselect_all (self->list);
}

static gboolean
on_key_pressed (CrmCompletion   *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)) || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_cursor (self, key == GDK_KEY_Down || key == GDK_KEY_KP_Down ? 1 : -1);
      return TRUE;
    case GDK_KEY_Escape:
      crm_completion_close (self);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      if (row == NULL)
        break;
      choose (self, gtk_list_box_row_get_index (row));
      return TRUE;
    default:
      return FALSE;
    }
  crm_completion_close (self);
  return FALSE;
}

static void
crm_completion_closed (GtkPopover *popover)
{
  forget_scrolled (CRM_COMPLETION (popover));
}

static void
crm_completion_dispose (GObject *object)
{
  CrmCompletion *self = CRM_COMPLETION (object);

  forget_scrolled (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->found, g_ptr_array_unref);
  g_clear_object (&self->store);
  self->editable = NULL;
  G_OBJECT_CLASS (crm_completion_parent_class)->dispose (object);
}

static void
crm_completion_class_init (CrmCompletionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = crm_completion_dispose;
  GTK_POPOVER_CLASS (klass)->closed = crm_completion_closed;
  signals[CHOSEN] = g_signal_new ("chosen", CRM_TYPE_COMPLETION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
}

static void
crm_completion_init (CrmCompletion *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "suggestions");
  gtk_popover_set_child (GTK_POPOVER (self), GTK_WIDGET (self->list));
  gtk_popover_set_autohide (GTK_POPOVER (self), FALSE);
  gtk_popover_set_has_arrow (GTK_POPOVER (self), FALSE);
  gtk_popover_set_position (GTK_POPOVER (self), GTK_POS_BOTTOM);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_can_focus (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "menu");
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
}

GtkWidget *
crm_completion_new (CrmStore        *store,
                    const CrmEntity *entity,
                    GtkWidget       *parent,
                    GtkEditable     *editable)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  CrmCompletion *self = g_object_new (CRM_TYPE_COMPLETION, NULL);

  g_return_val_if_fail (CRM_IS_STORE (store), NULL);
  g_return_val_if_fail (entity != NULL, NULL);

  self->store = g_object_ref (store);
  self->entity = entity;
  self->editable = editable;
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (editable), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (crm_completion_close), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (editable), focus);
  gtk_widget_set_parent (GTK_WIDGET (self), parent);
  return GTK_WIDGET (self);
}

void
crm_completion_update (CrmCompletion *self)
{
  const char *text = NULL;
  LookUp *look_up = NULL;

  g_return_if_fail (CRM_IS_COMPLETION (self));

  text = gtk_editable_get_text (self->editable);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (text[0] == '\0')
    {
      crm_completion_close (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  look_up = g_new0 (LookUp, 1);
  look_up->index = crm_store_get_index (self->store);
  look_up->query = crm_query_new (self->entity);
  look_up->query->text = g_strdup (text);
  crm_store_read_async (self->store, look_up_names, look_up, (GDestroyNotify) look_up_free, (GDestroyNotify) g_ptr_array_unref,
                        self->cancellable, on_looked_up, g_object_ref (self));
}

void
crm_completion_close (CrmCompletion *self)
{
  g_return_if_fail (CRM_IS_COMPLETION (self));

  gtk_list_box_unselect_all (self->list);
  gtk_popover_popdown (GTK_POPOVER (self));
}
