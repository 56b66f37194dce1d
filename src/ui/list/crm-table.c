/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crm-config.h"

#include "crm-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "crm-list-cursor.h"
#include "crm-table-cells.h"

/* A drag of a column's edge notifies for every pixel */
#define SAVE_DELAY_MS 500
/* The name is never narrower, until its edge is dragged */
#define TITLE_CHARS 24
#define WIDEST 4000

/* A column that is hidden is not in the view: GTK 4.8 counts the width of invisible ones, and rows get too wide */
typedef struct {
  CrmTable            *table;
  guint                field;
  GtkColumnViewColumn *column; /* owned */
  gboolean             shown;
} Column;

struct _CrmTable
{
  GtkWidget    parent_instance;

  const CrmEntity *entity;
  GSettings   *settings;
  char        *key;

  GtkWidget   *scroller;
  GtkColumnView *view;
  GtkWidget   *list_view;
  GPtrArray   *columns; /* of Column, from left to right, hidden ones among them */
  GMenu       *menu;
  GSimpleActionGroup *actions;

  Column      *probed; /* the first column that the view's sorter asked */
  gboolean     changing; /* columns or the sort are set by us, not by the user */
  guint        sort;
  gboolean     descending;
  gboolean     lent;     /* the columns are of a view, not of the settings */
  guint        save_id;
};

enum {
  SIGNAL_ACTIVATE,
  SIGNAL_SORT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CrmTable, crm_table, GTK_TYPE_WIDGET)

static const CrmField *
get_field (const Column *column)
{
  return &column->table->entity->fields[column->field];
}

static gboolean
is_title (const Column *column)
{
  return g_str_equal (get_field (column)->name, column->table->entity->title);
}

static gboolean
is_deletion_time (const Column *column)
{
  return g_str_equal (get_field (column)->name, "deleted");
}

/* Cells */

static void
on_setup (Column      *column,
          GtkListItem *item)
{
  GtkWidget *cell = crm_table_cells_new_cell (get_field (column));

  if (is_title (column))
    gtk_inscription_set_min_chars (GTK_INSCRIPTION (cell), TITLE_CHARS);
  gtk_list_item_set_child (item, cell);
}

static void
on_bind (Column      *column,
         GtkListItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  CrmRow *row = gtk_list_item_get_item (item);

  crm_table_cells_bind (row, column->field, cell);
  if (is_title (column))
    crm_list_cursor_bind (column->table->list_view, row, cell);
}

static void
on_unbind (Column      *column,
           GtkListItem *item)
{
  GtkWidget *cell = gtk_list_item_get_child (item);
  CrmRow *row = gtk_list_item_get_item (item);

  crm_table_cells_unbind (row, column->field, cell);
  if (is_title (column))
    crm_list_cursor_unbind (column->table->list_view, row, cell);
}

/* Sorting: GTK 4.8 does not tell which header was clicked. Its sorter asks that of each column in turn, so the first that is asked is
   the one, and the sign of the answer is the direction. */

static int
probe_column (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  Column *column = user_data;

  if (column->table->probed == NULL)
    column->table->probed = column;
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

static Column *
find_column (CrmTable   *self,
             const char *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = self->columns->pdata[i];

      if (g_str_equal (get_field (column)->name, name))
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
      Column *column = find_column (self, name);
      guint index;

      if (column == NULL || is_deletion_time (column))
        continue;
      g_ptr_array_find (self->columns, column, &index);
      if (index < place)
        continue;
      g_ptr_array_insert (self->columns, (int) place++, g_ptr_array_steal_index (self->columns, index));
      if (width > 0)
        gtk_column_view_column_set_fixed_width (column->column, (int) MIN (width, WIDEST));
      column->shown = shown || is_title (column);
    }
}

/* Showing and hiding */

static void
show_column (CrmTable *self,
             Column   *column,
             gboolean  shown)
{
  guint place = 0;

  self->changing = TRUE;
  column->shown = shown;
  for (guint i = 0; self->columns->pdata[i] != column; i++)
    place += ((Column *) self->columns->pdata[i])->shown;
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
    next += ((Column *) self->columns->pdata[i])->shown;
  if (next != g_list_model_get_n_items (shown))
    return;

  next = 0;
  for (guint i = 0; i < self->columns->len; i++)
    {
      g_autoptr (GtkColumnViewColumn) column = NULL;

      if (!((Column *) self->columns->pdata[i])->shown)
        continue;
      column = g_list_model_get_item (shown, next++);
      self->columns->pdata[i] = g_object_get_data (G_OBJECT (column), "crm-column");
    }
  queue_save (self);
}

/* Making the columns */

/* The name has none: it takes the room that the others leave */
static int
get_first_width (const Column *column)
{
  if (is_title (column))
    return -1;
  switch (get_field (column)->kind)
    {
    case CRM_KIND_EMAIL:
    case CRM_KIND_URL:
      return 220;
    case CRM_KIND_PHONE:
    case CRM_KIND_REFERENCE:
    case CRM_KIND_TAGS:
    case CRM_KIND_DATETIME:
      return 160;
    case CRM_KIND_TEXT:
    case CRM_KIND_NOTE:
      return 140;
    case CRM_KIND_INTEGER:
    case CRM_KIND_MONEY:
    case CRM_KIND_BOOL:
    case CRM_KIND_DATE:
    case CRM_KIND_CHOICE:
    default:
      return 120;
    }
}

static gboolean
has_column (const CrmField *field)
{
  if (field->flags & CRM_FIELD_SYSTEM)
    return field->kind == CRM_KIND_DATETIME || field->derived != NULL;
  return !(field->flags & CRM_FIELD_VIRTUAL) && field->kind != CRM_KIND_NOTE;
}

static void
column_free (gpointer data)
{
  Column *column = data;

  g_object_unref (column->column);
  g_free (column);
}

static Column *
column_new (CrmTable *self,
            guint     field)
{
  Column *column = g_new0 (Column, 1);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkSorter) sorter = GTK_SORTER (gtk_custom_sorter_new (probe_column, column, NULL));

  column->table = self;
  column->field = field;
  column->shown = (get_field (column)->flags & CRM_FIELD_COLUMN) != 0;
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (on_setup), column);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (on_bind), column);
  g_signal_connect_swapped (factory, "unbind", G_CALLBACK (on_unbind), column);

  column->column = gtk_column_view_column_new (crm_field_get_label (get_field (column)), factory);
  g_object_set_data (G_OBJECT (column->column), "crm-column", column);
  gtk_column_view_column_set_sorter (column->column, sorter);
  gtk_column_view_column_set_resizable (column->column, TRUE);
  gtk_column_view_column_set_expand (column->column, is_title (column));
  gtk_column_view_column_set_fixed_width (column->column, get_first_width (column));
  gtk_column_view_column_set_header_menu (column->column, G_MENU_MODEL (self->menu));
  return column;
}

static void
on_toggled (GSimpleAction *action,
            GVariant      *state,
            gpointer       user_data)
{
  Column *column = user_data;

  g_simple_action_set_state (action, state);
  show_column (column->table, column, g_variant_get_boolean (state));
  queue_save (column->table);
}

/* The name always shows, the time of deletion when there is one: neither can be chosen */
static void
add_toggle (CrmTable *self,
            Column   *column)
{
  g_autofree char *name = g_strdelimit (g_strdup (get_field (column)->name), "_", '-');
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful (name, NULL, g_variant_new_boolean (column->shown));

  g_signal_connect (action, "change-state", G_CALLBACK (on_toggled), column);
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
}

static void
fill_menu (CrmTable *self)
{
  g_autoptr (GMenu) section = NULL;
  const char *group = NULL;

  for (guint i = 0; i < self->entity->n_fields; i++)
    {
      const CrmField *field = &self->entity->fields[i];
      g_autofree char *name = g_strdelimit (g_strconcat ("column.", field->name, NULL), "_", '-');

      if (!g_action_group_has_action (G_ACTION_GROUP (self->actions), name + strlen ("column.")))
        continue;
      if (section == NULL || g_strcmp0 (group, field->group) != 0)
        {
          g_clear_object (&section);
          section = g_menu_new ();
          g_menu_append_section (self->menu, field->group != NULL ? _(field->group) : NULL, G_MENU_MODEL (section));
          group = field->group;
        }
      g_menu_append (section, crm_field_get_label (field), name);
    }
}

/* In the trash it matters most: it stands next to the name */
static void
move_deletion_time (CrmTable *self)
{
  Column *column = find_column (self, "deleted");
  guint index;

  if (column == NULL)
    return;
  g_ptr_array_find (self->columns, column, &index);
  g_ptr_array_steal_index (self->columns, index);
  g_ptr_array_find (self->columns, find_column (self, self->entity->title), &index);
  g_ptr_array_insert (self->columns, (int) index + 1, column);
}

static void
add_columns (CrmTable *self)
{
  g_autoptr (GVariant) stored = g_settings_get_value (self->settings, self->key);

  for (guint i = 0; i < self->entity->n_fields; i++)
    {
      if (has_column (&self->entity->fields[i]))
        g_ptr_array_add (self->columns, column_new (self, i));
    }
  load_columns (self, stored);
  move_deletion_time (self);
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = self->columns->pdata[i];

      if (column->shown)
        gtk_column_view_append_column (self->view, column->column);
      if (!is_title (column) && !is_deletion_time (column))
        add_toggle (self, column);
      g_signal_connect_swapped (column->column, "notify::fixed-width", G_CALLBACK (queue_save), self);
    }
  fill_menu (self);
  g_signal_connect_object (gtk_column_view_get_columns (self->view), "items-changed", G_CALLBACK (on_columns_changed), self, G_CONNECT_SWAPPED);
}

static int
compare_fields (gconstpointer a,
                gconstpointer b)
{
  const Column *x = *(Column * const *) a;
  const Column *y = *(Column * const *) b;

  return (int) x->field - (int) y->field;
}

/* The columns the program starts with */
static void
reset_columns (CrmTable *self)
{
  g_ptr_array_sort (self->columns, compare_fields);
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = self->columns->pdata[i];

      gtk_column_view_column_set_fixed_width (column->column, get_first_width (column));
      if (!is_deletion_time (column))
        column->shown = (get_field (column)->flags & CRM_FIELD_COLUMN) != 0;
    }
}

static void
update_toggles (CrmTable *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = self->columns->pdata[i];
      g_autofree char *name = g_strdelimit (g_strdup (get_field (column)->name), "_", '-');
      GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

      if (action != NULL)
        g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (column->shown));
    }
}

static void
take_columns (CrmTable *self,
              GVariant *columns)
{
  self->changing = TRUE;
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = self->columns->pdata[i];

      if (column->shown)
        gtk_column_view_remove_column (self->view, column->column);
    }
  reset_columns (self);
  load_columns (self, columns);
  move_deletion_time (self);
  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = self->columns->pdata[i];

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
    g_signal_handlers_disconnect_by_data (((Column *) self->columns->pdata[i])->column, self);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (crm_table_parent_class)->dispose (object);
}

static void
crm_table_finalize (GObject *object)
{
  CrmTable *self = CRM_TABLE (object);

  g_ptr_array_unref (self->columns);
  g_object_unref (self->menu);
  g_object_unref (self->actions);
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
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->menu = g_menu_new ();
  self->actions = g_simple_action_group_new ();

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
  Column *column;

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
      Column *column = self->columns->pdata[i];

      if (!is_deletion_time (column))
        g_variant_builder_add (&builder, "(sub)", get_field (column)->name,
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
  Column *column;

  g_return_if_fail (CRM_IS_TABLE (self));

  column = find_column (self, "deleted");
  if (column != NULL && column->shown != trash)
    show_column (self, column, trash);
}

GMenuModel *
crm_table_get_columns_menu (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  return G_MENU_MODEL (self->menu);
}

GActionGroup *
crm_table_get_actions (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

GtkWidget *
crm_table_get_list_view (CrmTable *self)
{
  g_return_val_if_fail (CRM_IS_TABLE (self), NULL);

  return self->list_view;
}
