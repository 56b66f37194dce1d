/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-faces.h"

#include "crm-list-cursor.h"
#include "crm-list-face.h"
#include "crm-table.h"

struct _CrmFaces
{
  GtkWidget        parent_instance;

  const CrmEntity *entity;
  GSettings       *settings;
  CrmQueryModel   *model;
  CrmSelection    *selection;

  GtkStack        *stack;
  CrmListFace     *list;    /* NULL until it first shows */
  CrmTable        *table;   /* NULL until it first shows */
  gboolean         is_table;

  guint            sort;
  gboolean         descending;
  gboolean         trash;
  GVariant        *columns; /* of the table instead of those of the settings; NULL: those */
};

enum {
  SIGNAL_ACTIVATE,
  SIGNAL_SORT,
  SIGNAL_CONTEXT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmFaces, crm_faces, GTK_TYPE_WIDGET)

/* Scrolling */

static GtkAdjustment *
get_adjustment (CrmFaces *self)
{
  return gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (crm_faces_get_list_view (self)));
}

GtkWidget *
crm_faces_get_list_view (CrmFaces *self)
{
  g_return_val_if_fail (CRM_IS_FACES (self), NULL);

  return self->is_table ? crm_table_get_list_view (self->table) : crm_list_face_get_list_view (self->list);
}

gboolean
crm_faces_has_focus (CrmFaces *self)
{
  GtkRoot *root;
  GtkWidget *focus;

  g_return_val_if_fail (CRM_IS_FACES (self), FALSE);

  root = gtk_widget_get_root (GTK_WIDGET (self));
  focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  return focus != NULL && gtk_widget_is_ancestor (focus, crm_faces_get_list_view (self));
}

void
crm_faces_scroll_to (CrmFaces *self,
                     gint64    id)
{
  gint64 position;

  g_return_if_fail (CRM_IS_FACES (self));

  position = crm_query_model_find (self->model, id);
  if (position < 0)
    return;
  crm_query_model_reveal (self->model, (guint) position);
  crm_list_cursor_scroll (crm_faces_get_list_view (self), (guint) position);
}

void
crm_faces_scroll_to_top (CrmFaces *self)
{
  g_return_if_fail (CRM_IS_FACES (self));

  gtk_adjustment_set_value (get_adjustment (self), 0);
}

gboolean
crm_faces_focus (CrmFaces *self,
                 gint64    position)
{
  g_return_val_if_fail (CRM_IS_FACES (self), FALSE);

  if (position < 0)
    return FALSE;
  crm_query_model_reveal (self->model, (guint) position);
  return crm_list_cursor_focus (crm_faces_get_list_view (self), (guint) position);
}

void
crm_faces_keep_scroll (CrmFaces  *self,
                       CrmIdList *before)
{
  GtkAdjustment *adjustment;
  double row_height, value;
  gint64 from, to;

  g_return_if_fail (CRM_IS_FACES (self));

  adjustment = get_adjustment (self);
  row_height = crm_list_cursor_get_row_height (crm_faces_get_list_view (self));
  value = gtk_adjustment_get_value (adjustment);
  if (row_height < 1 || value < 1)
    return;
  from = (gint64) (value / row_height);
  if (before == NULL || from >= crm_id_list_get_length (before))
    return;
  to = crm_query_model_find (self->model, crm_id_list_get (before, (guint) from));
  if (to >= 0 && to != from)
    gtk_adjustment_set_value (adjustment, value + (double) (to - from) * row_height);
}

/* Making them */

static void
on_row_activated (CrmFaces *self,
                  guint     position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}

static void
on_sort (CrmFaces *self,
         guint     field,
         gboolean  descending)
{
  g_signal_emit (self, signals[SIGNAL_SORT], 0, field, descending);
}

static void
on_context_pressed (CrmFaces *self,
                    int       n_press,
                    double    x,
                    double    y)
{
  GtkWidget *list_view = crm_faces_get_list_view (self);
  double row_height = crm_list_cursor_get_row_height (list_view);
  double list_x, list_y;
  guint position;

  if (row_height < 1 || !gtk_widget_translate_coordinates (GTK_WIDGET (self), list_view, x, y, &list_x, &list_y) || list_y < 0)
    return;
  position = (guint) ((list_y + gtk_adjustment_get_value (get_adjustment (self))) / row_height);
  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->model)))
    g_signal_emit (self, signals[SIGNAL_CONTEXT], 0, position, x, y);
}

static void
add_face (CrmFaces   *self,
          GtkWidget  *face,
          const char *name)
{
  g_signal_connect_swapped (face, "activate", G_CALLBACK (on_row_activated), self);
  gtk_stack_add_named (self->stack, face, name);
}

static void
make_table (CrmFaces *self)
{
  self->table = CRM_TABLE (crm_table_new (self->entity, self->settings));
  crm_table_set_columns (self->table, self->columns);
  crm_table_set_sort (self->table, self->sort, self->descending);
  crm_table_set_trash (self->table, self->trash);
  g_signal_connect_swapped (self->table, "sort", G_CALLBACK (on_sort), self);
  add_face (self, GTK_WIDGET (self->table), "table");
}

void
crm_faces_show (CrmFaces *self,
                gboolean  table)
{
  g_return_if_fail (CRM_IS_FACES (self));

  if (table && self->table == NULL)
    make_table (self);
  if (!table && self->list == NULL)
    {
      g_autoptr (CrmStore) store = NULL;

      g_object_get (self->model, "store", &store, NULL);
      self->list = CRM_LIST_FACE (crm_list_face_new (self->entity, crm_store_get_path (store)));
      add_face (self, GTK_WIDGET (self->list), "list");
    }
  self->is_table = table;
  if (self->list != NULL)
    crm_list_face_set_selection (self->list, table ? NULL : self->selection);
  if (self->table != NULL)
    crm_table_set_selection (self->table, table ? self->selection : NULL);
  gtk_stack_set_visible_child_name (self->stack, table ? "table" : "list");
}

gboolean
crm_faces_shows_table (CrmFaces *self)
{
  g_return_val_if_fail (CRM_IS_FACES (self), FALSE);

  return self->is_table;
}

void
crm_faces_set_query (CrmFaces       *self,
                     const CrmQuery *query)
{
  g_return_if_fail (CRM_IS_FACES (self));
  g_return_if_fail (query != NULL);

  self->sort = query->sort;
  self->descending = query->descending;
  self->trash = query->trash;
  if (self->table == NULL)
    return;
  crm_table_set_sort (self->table, self->sort, self->descending);
  crm_table_set_trash (self->table, self->trash);
}

/* Columns */

GVariant *
crm_faces_get_columns (CrmFaces *self)
{
  g_return_val_if_fail (CRM_IS_FACES (self), NULL);

  if (self->table != NULL)
    return crm_table_get_columns (self->table);
  return self->columns != NULL ? g_variant_ref (self->columns) : NULL;
}

void
crm_faces_set_columns (CrmFaces *self,
                       GVariant *columns)
{
  g_return_if_fail (CRM_IS_FACES (self));

  if (columns != NULL)
    g_variant_ref (columns);
  g_clear_pointer (&self->columns, g_variant_unref);
  self->columns = columns;
  if (self->table != NULL)
    crm_table_set_columns (self->table, columns);
}

GMenuModel *
crm_faces_get_columns_menu (CrmFaces *self)
{
  g_return_val_if_fail (CRM_IS_FACES (self), NULL);

  return self->table != NULL ? crm_table_get_columns_menu (self->table) : NULL;
}

GActionGroup *
crm_faces_get_columns_actions (CrmFaces *self)
{
  g_return_val_if_fail (CRM_IS_FACES (self), NULL);

  return self->table != NULL ? crm_table_get_actions (self->table) : NULL;
}

/* Object */

void
crm_faces_close (CrmFaces *self)
{
  g_return_if_fail (CRM_IS_FACES (self));

  if (self->list != NULL)
    crm_list_face_set_selection (self->list, NULL);
  if (self->table != NULL)
    crm_table_set_selection (self->table, NULL);
}

static void
crm_faces_dispose (GObject *object)
{
  CrmFaces *self = CRM_FACES (object);

  if (self->stack != NULL)
    {
      crm_faces_close (self);
      gtk_widget_unparent (GTK_WIDGET (self->stack));
      self->stack = NULL;
      self->list = NULL;
      self->table = NULL;
    }
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->columns, g_variant_unref);

  G_OBJECT_CLASS (crm_faces_parent_class)->dispose (object);
}

static void
crm_faces_class_init (CrmFacesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = crm_faces_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_SORT] =
    g_signal_new ("sort", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
  signals[SIGNAL_CONTEXT] =
    g_signal_new ("context", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
crm_faces_init (CrmFaces *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->stack), GTK_WIDGET (self));

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_context_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
crm_faces_new (CrmQueryModel   *model,
               CrmSelection    *selection,
               const CrmEntity *entity,
               GSettings       *settings)
{
  CrmFaces *self;

  g_return_val_if_fail (CRM_IS_QUERY_MODEL (model), NULL);
  g_return_val_if_fail (CRM_IS_SELECTION (selection), NULL);

  self = g_object_new (CRM_TYPE_FACES, NULL);
  self->model = g_object_ref (model);
  self->selection = g_object_ref (selection);
  self->entity = entity;
  self->settings = g_object_ref (settings);
  return GTK_WIDGET (self);
}
