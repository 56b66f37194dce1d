/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-table.h"

#include <glib/gi18n-lib.h>

#include "crm-column-menu.h"
#include "crm-list-cursor.h"
#include "crm-table-column.h"

/* A drag of a column's edge notifies for every pixel */
#define SAVE_DELAY_MS 500
#define WIDEST 4000

struct _CrmTable
{
  GtkWidget        parent_instance;

  const CrmEntity *entity;
  GSettings       *settings;
  char            *key;

  GtkWidget       *scroller;
  GtkColumnView   *view;
  GtkWidget       *list_view;
  GPtrArray       *columns; /* of CrmTableColumn, from left to right, hidden ones among them */
  CrmColumnMenu   *menu;

  CrmTableColumn  *probed; /* the first column that the view's sorter asked */
  gboolean         changing; /* columns or the sort are set by us, not by the user */
  guint            sort;
  gboolean         descending;
  gboolean         lent;     /* the columns are of a view, not of the settings */
  guint            save_id;
};

enum {
  SIGNAL_ACTIVATE,
  SIGNAL_SORT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmTable, crm_table, GTK_TYPE_WIDGET)

/* Sorting: GTK 4.8 does not tell which header was clicked. Its sorter asks that of each column in turn, so the first that is asked is
   the one, and the sign of the answer is the direction. */

/* @a: the table, see on_sorter_changed() */
static int
probe_column (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  CrmTable *self = CRM_TABLE ((gpointer) a);

  if (self->probed == NULL)
    self->probed = user_data;
  return GTK_ORDERING_SMALLER;
}

static void
on_sorter_changed (CrmTable *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);
  GtkOrdering ordering;
  gboolean descending;

  if (self->changing)
    return;
  self->probed = NULL;
  ordering = gtk_sorter_compare (sorter, self, self->view);
  if (self->probed == NULL)
    return;

  descending = ordering == GTK_ORDERING_LARGER;
  if (self->probed->field == self->sort && descending == self->descending)
    return;
  self->sort = self->probed->field;
  self->descending = descending;
  g_signal_emit (self, signals[SIGNAL_SORT], 0, self->sort, self->descending);
}

/* Settings */

static void
save_columns (CrmTable *self)
{
  g_autoptr (GVariant) columns = crm_table_get_columns (self);

  g_settings_set_value (self->settings, self->key, columns);
}

static gboolean
on_save_timeout (gpointer user_data)
{
  CrmTable *self = user_data;

  self->save_id = 0;
  save_columns (self);
  return G_SOURCE_REMOVE;
}

static void
queue_save (CrmTable *self)
{
  if (self->save_id == 0 && !self->changing && !self->lent)
    self->save_id = g_timeout_add (SAVE_DELAY_MS, on_save_timeout, self);
}

static CrmTableColumn *
find_column (CrmTable   *self,
             const char *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      CrmTableColumn *column = self->columns->pdata[i];

      if (g_str_equal (crm_table_column_get_field (column)->name, name))
        return column;
    }
  return NULL;
}

/* Columns that are not in @stored stay behind, as they are */
static void
load_columns (CrmTable *self,
              GVariant *stored)
{
  GVariantIter iter;
  const char *name;
  guint width;
  gboolean shown;
  guint place = 0;

  g_variant_iter_init (&iter, stored);
  while (g_variant_iter_next (&iter, "(&sub)", &name, &width, &shown))
    {
      CrmTableColumn *column = find_column (self, name);
      guint index;

      if (column == NULL || crm_table_column_is_deletion_time (column))
        continue;
      g_ptr_array_find (self->columns, column, &index);
      if (index < place)
        continue;
      g_ptr_array_insert (self->columns, (int) place++, g_ptr_array_steal_index (self->columns, index));
      if (width > 0)
        gtk_column_view_column_set_fixed_width (column->column, (int) MIN (width, WIDEST));
      column->shown = shown || crm_table_column_is_title (column);
    }
}

/* Showing and hiding */

static void
show_column (CrmTable       *self,
             CrmTableColumn *column,
             gboolean        shown)
{
  guint place = 0;

  self->changing = TRUE;
  column->shown = shown;
  for (guint i = 0; self->columns->pdata[i] != column; i++)
    place += ((CrmTableColumn *) self->columns->pdata[i])->shown;
  if (shown)
    gtk_column_view_insert_column (self->view, place, column->column);
  else
    gtk_column_view_remove_column (self->view, column->column);
  crm_table_set_sort (self, self->sort, self->descending);
  self->changing = FALSE;
}

/* A header was dragged elsewhere: hidden columns keep their places among those shown */
static void
on_columns_changed (CrmTable *self)
{
  GListModel *shown = gtk_column_view_get_columns (self->view);
  guint next = 0;

  if (self->changing)
    return;
  /* A move is a removal and an insertion: only both make sense */
  for (guint i = 0; i < self->columns->len; i++)
    next += ((CrmTableColumn *) self->columns->pdata[i])->shown;
  if (next != g_list_model_get_n_items (shown))
    return;

  next = 0;
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = NULL;

      if (!((CrmTableColumn *) self->columns->pdata[i])->shown)
        continue;
      column = g_list_model_get_item (shown, next++);
      self->columns->pdata[i] = crm_table_column_of (column);
    }
  queue_save (self);
}

/* Making the columns */

/* In the trash it matters most: it stands next to the name */
static void
move_deletion_time (CrmTable *self)
{
  CrmTableColumn *column = find_column (self, "deleted");
  guint index;

  if (column == NULL)
    return;
  g_ptr_array_find (self->columns, column, &index);
  g_ptr_array_steal_index (self->columns, index);
  g_ptr_array_find (self->columns, find_column (self, self->entity->title), &index);
  g_ptr_array_insert (self->columns, (int) index + 1, column);
}

static void
update_toggles (CrmTable *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const CrmTableColumn *column = self->columns->pdata[i];

      crm_column_menu_set_shown (self->menu, crm_table_column_get_field (column), column->shown);
    }
}

static void
on_column_chosen (const char *field,
                  gboolean    shown,
                  gpointer    data)
{
  CrmTable *self = data;

  show_column (self, find_column (self, field), shown);
  queue_save (self);
}

static void
add_column (CrmTable *self,
            guint     field)
{
  CrmTableColumn *column = crm_table_column_new (self->entity, field, self->list_view);
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (probe_column, column, NULL));

  gtk_column_view_column_set_sorter (column->column, sorter);
  gtk_column_view_column_set_header_menu (column->column, crm_column_menu_get_model (self->menu));
  g_ptr_array_add (self->columns, column);
}

static void
add_columns (CrmTable *self)
{
  g_autoptr (GVariant) stored = g_settings_get_value (self->settings, self->key);

  for (guint i = 0; i < self->entity->n_fields; i++)
    if (crm_table_column_is_possible (&self->entity->fields[i]))
      add_column (self, i);
  load_columns (self, stored);
  move_deletion_time (self);
  for (guint i = 0; i < self->columns->len; i++)
    {
      CrmTableColumn *column = self->columns->pdata[i];

      if (column->shown)
        gtk_column_view_append_column (self->view, column->column);
      g_signal_connect_swapped (column->column, "notify::fixed-width", G_CALLBACK (queue_save), self);
    }
  update_toggles (self);
  g_signal_connect_object (gtk_column_view_get_columns (self->view), "items-changed", G_CALLBACK (on_columns_changed), self, G_CONNECT_SWAPPED);
}

static int
compare_fields (gconstpointer a,
                gconstpointer b)
{
  const CrmTableColumn *x = *(CrmTableColumn * const *) a;
  const CrmTableColumn *y = *(CrmTableColumn * const *) b;

  return (int) x->field - (int) y->field;
}

/* The columns the program starts with */
static void
reset_columns (CrmTable *self)
{
  g_ptr_array_sort (self->columns, compare_fields);
  for (guint i = 0; i < self->columns->len; i++)
    {
      CrmTableColumn *column = self->columns->pdata[i];

      crm_table_column_reset_width (column);
      if (!crm_table_column_is_deletion_time (column))
        column->shown = (crm_table_column_get_field (column)->flags & CRM_FIELD_COLUMN) != 0;
    }
}

static void
take_columns (CrmTable *self,
              GVariant *columns)
{
  self->changing = TRUE;
  for (guint i = 0; i < self->columns->len; i++)
    {
      CrmTableColumn *column = self->columns->pdata[i];

      if (column->shown)
        gtk_column_view_remove_column (self->view, column->column);
    }
  reset_columns (self);
  load_columns (self, columns);
  move_deletion_time (self);
  for (guint i = 0; i < self->columns->len; i++)
    {
      CrmTableColumn *column = self->columns->pdata[i];

      if (column->shown)
        gtk_column_view_append_column (self->view, column->column);
    }
  update_toggles (self);
  crm_table_set_sort (self, self->sort, self->descending);
  self->changing = FALSE;
}

static void
on_activate (CrmTable *self,
             guint     position)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0, position);
}

/* Object */

static void
crm_table_dispose (GObject *object)
{
  CrmTable *self = CRM_TABLE (object);

  if (self->save_id != 0)
    {
      g_clear_handle_id (&self->save_id, g_source_remove);
      save_columns (self);
    }
  if (self->view != NULL)
    {
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_columns (self->view), self);
      g_signal_handlers_disconnect_by_data (gtk_column_view_get_sorter (self->view), self);
      gtk_column_view_set_model (self->view, NULL);
      self->view = NULL;
    }
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  for (guint i = 0; i < self->columns->len; i++)
    g_signal_handlers_disconnect_by_data (((CrmTableColumn *) self->columns->pdata[i])->column, self);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (crm_table_parent_class)->dispose (object);
}

static void
crm_table_finalize (GObject *object)
{
  CrmTable *self = CRM_TABLE (object);

  g_ptr_array_unref (self->columns);
  g_clear_pointer (&self->menu, crm_column_menu_free);
  g_free (self->key);

  G_OBJECT_CLASS (crm_table_parent_class)->finalize (object);
}

/* GTK 4.8 would go through all rows, which the arrows are for; back is the header. */
static gboolean
crm_table_focus (GtkWidget        *widget,
                 GtkDirectionType  direction)
{
  CrmTable *self = CRM_TABLE (widget);

  if (direction == GTK_DIR_TAB_FORWARD && crm_list_cursor_has_focus (self->list_view))
    return FALSE;
  if (direction == GTK_DIR_TAB_BACKWARD && crm_list_cursor_has_focus (self->list_view))
    return gtk_widget_child_focus (gtk_widget_get_first_child (GTK_WIDGET (self->view)), direction);
  return GTK_WIDGET_CLASS (crm_table_parent_class)->focus (widget, direction);
}

static void
crm_table_class_init (CrmTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = crm_table_dispose;
  object_class->finalize = crm_table_finalize;
  widget_class->focus = crm_table_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "tableface");

  signals[SIGNAL_ACTIVATE] =
    g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[SIGNAL_SORT] =
    g_signal_new ("sort", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
}

static void
crm_table_init (CrmTable *self)
{
  self->columns = g_ptr_array_new_with_free_func (crm_table_column_free);

  self->view = GTK_COLUMN_VIEW (gtk_column_view_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "crm-table");
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activate), self);
  /* The header comes first, the list of the rows last */
  self->list_view = gtk_widget_get_last_child (GTK_WIDGET (self->view));

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->view));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}

GtkWidget *
crm_table_new (const CrmEntity *entity,
               GSettings       *settings)
{
  CrmTable *self = g_object_new (CRM_TYPE_TABLE, NULL);

  self->entity = entity;
  self->settings = g_object_ref (settings);
  self->key = g_strconcat (entity->name, "-columns", NULL);
  self->sort = crm_entity_find_field (entity, entity->title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _(entity->plural), -1);
  self->menu = crm_column_menu_new (entity, on_column_chosen, self);
  add_columns (self);
  g_signal_connect_object (gtk_column_view_get_sorter (self->view), "changed", G_CALLBACK (on_sorter_changed), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
crm_table_set_selection (CrmTable     *self,
                         CrmSelection *selection)
{
  g_return_if_fail (CRM_IS_TABLE (self));

  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (selection));
}

void
crm_table_set_sort (CrmTable *self,
                    guint     field,
                    gboolean  descending)
{
  gboolean changing;
  CrmTableColumn *column;

  g_return_if_fail (CRM_IS_TABLE (self));
  g_return_if_fail (field < self->entity->n_fields);

  self->sort = field;
  self->descending = descending;
  column = find_column (self, self->entity->fields[field].name);
  changing = self->changing;
  self->changing = TRUE;
  gtk_column_view_sort_by_column (self->view, column != NULL && column->shown ? column->column : NULL,
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->changing = changing;
}

GVariant *
crm_table_get_columns (CrmTable *self)
{
  GVariantBuilder builder;

  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sub)"));
  for (guint i = 0; i < self->columns->len; i++)
    {
      CrmTableColumn *column = self->columns->pdata[i];

      if (!crm_table_column_is_deletion_time (column))
        g_variant_builder_add (&builder, "(sub)", crm_table_column_get_field (column)->name,
                               (guint) MAX (gtk_column_view_column_get_fixed_width (column->column), 0), column->shown);
    }
  return g_variant_ref_sink (g_variant_builder_end (&builder));
}

void
crm_table_set_columns (CrmTable *self,
                       GVariant *columns)
{
  g_autoptr (GVariant) own = NULL;

  g_return_if_fail (CRM_IS_TABLE (self));

  if (columns == NULL && !self->lent)
    return;
  if (self->save_id != 0)
    {
      g_clear_handle_id (&self->save_id, g_source_remove);
      save_columns (self);
    }
  self->lent = columns != NULL;
  if (columns == NULL)
    columns = own = g_settings_get_value (self->settings, self->key);
  take_columns (self, columns);
}

void
crm_table_set_trash (CrmTable *self,
                     gboolean  trash)
{
  CrmTableColumn *column;

  g_return_if_fail (CRM_IS_TABLE (self));

  column = find_column (self, "deleted");
  if (column != NULL && column->shown != trash)
    show_column (self, column, trash);
}

GMenuModel *
crm_table_get_columns_menu (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  return crm_column_menu_get_model (self->menu);
}

GActionGroup *
crm_table_get_actions (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  return crm_column_menu_get_actions (self->menu);
}

GtkWidget *
crm_table_get_list_view (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  return self->list_view;
}
